import { type Client, errors } from '@elastic/elasticsearch';
import { compareMappings } from './check.ts';
import type { FieldMapping } from './mapping.ts';
import type { IndexNames } from './names.ts';

/** What an index is made of. */
export interface IndexDefinition {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly mappings: {
    readonly dynamic: string;
    readonly _meta: object;
    readonly properties: Readonly<Record<string, FieldMapping>>;
  };
}

/** An index beside that of the articles: `<name>-vN-000001` behind the alias `<name>`, as theirs is. */
export interface SideIndex extends IndexNames {
  readonly definition: IndexDefinition;
}

/** @param version grows when a change of the mapping needs every document to be written anew */
export function sideIndex(alias: string, version: number, definition: IndexDefinition): SideIndex {
  const template = `${alias}-v${version}`;
  return {
    alias,
    template,
    pattern: `${template}-*`,
    first: `${template}-000001`,
    reindex: `${alias}-reindex`,
    definition,
  };
}

/** Creates template, index and alias where they are missing, and adds fields that the live mapping lacks. */
export async function ensureSideIndex(client: Client, side: SideIndex): Promise<void> {
  const { alias, template, pattern, first, definition } = side;
  await client.indices.putIndexTemplate({
    name: template,
    index_patterns: [pattern],
    priority: 200,
    template: definition,
    _meta: definition.mappings._meta,
  } as never);
  if (!(await client.indices.existsAlias({ name: alias }))) {
    try {
      await client.indices.create({
        index: first,
        ...definition,
        aliases: { [alias]: { is_write_index: true } },
      } as never);
      return;
    } catch (error) {
      if (!(error instanceof errors.ResponseError)) throw error;
      // Somebody else made it at the same time, or its alias was taken away by hand.
      if (!JSON.stringify(error.body ?? '').includes('"resource_already_exists_exception"')) throw error;
      await client.indices.putAlias({ index: first, name: alias, is_write_index: true });
    }
  }
  const missing = (await compare(client, side)).filter(({ kind }) => kind === 'missing');
  if (missing.length > 0) await client.indices.putMapping({ index: alias, ...definition.mappings } as never);
}

async function compare(client: Client, { alias, definition }: SideIndex) {
  const [state] = Object.values(await client.indices.get({ index: alias }));
  const live = (state?.mappings?.properties ?? {}) as unknown as Readonly<Record<string, FieldMapping>>;
  return compareMappings(definition.mappings.properties, live);
}

/** Deletes index, alias and template. */
export async function dropSideIndex(client: Client, { pattern, template, reindex }: SideIndex): Promise<void> {
  // By exact name: wildcards in deletions are off by default (action.destructive_requires_name).
  const indices = Object.keys(await client.indices.get({ index: pattern, expand_wildcards: 'all' }));
  await client.indices.delete({ index: [...indices, reindex], ignore_unavailable: true });
  await client.indices.deleteIndexTemplate({ name: template }, { ignore: [404] });
}
