import { type Client, errors } from '@elastic/elasticsearch';
import { compareLeaves, compareMappings } from './check.ts';
import type { FieldMapping } from './mapping.ts';

/** An index beside that of the articles: `<name>-vN-000001` behind the alias `<name>`, as theirs is. */
export interface SideIndex {
  readonly alias: string;
  readonly template: string;
  readonly pattern: string;
  readonly first: string;
  readonly definition: {
    readonly settings: Readonly<Record<string, unknown>>;
    readonly mappings: {
      readonly dynamic: string;
      readonly _meta: object;
      readonly properties: Readonly<Record<string, FieldMapping>>;
    };
  };
}

/** @param version grows when a change of the mapping needs every document to be written anew */
export function sideIndex(alias: string, version: number, definition: SideIndex['definition']): SideIndex {
  const template = `${alias}-v${version}`;
  return { alias, template, pattern: `${template}-*`, first: `${template}-000001`, definition };
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

/** One line per difference between the code and the live index, each with the alias before it. */
export async function checkSideIndex(client: Client, side: SideIndex): Promise<string[]> {
  if (!(await client.indices.existsAlias({ name: side.alias }))) return [`${side.alias}: does not exist`];
  return (await compare(client, side)).map(({ path, detail }) => `${side.alias}: ${path} ${detail}`);
}

async function compare(client: Client, { alias, definition }: SideIndex) {
  const [state] = Object.values(await client.indices.get({ index: alias }));
  const live = (state?.mappings?.properties ?? {}) as unknown as Readonly<Record<string, FieldMapping>>;
  const analysis = compareLeaves(definition.settings.analysis ?? {}, state?.settings?.index?.analysis ?? {}).map(
    (detail) => ({ path: 'analysis', kind: 'changed' as const, detail }),
  );
  return [...analysis, ...compareMappings(definition.mappings.properties, live)];
}

/** Deletes index, alias and template. */
export async function dropSideIndex(client: Client, { pattern, template }: SideIndex): Promise<void> {
  // By exact name: wildcards in deletions are off by default (action.destructive_requires_name).
  const indices = Object.keys(await client.indices.get({ index: pattern, expand_wildcards: 'all' }));
  if (indices.length > 0) await client.indices.delete({ index: indices, ignore_unavailable: true });
  await client.indices.deleteIndexTemplate({ name: template }, { ignore: [404] });
}
