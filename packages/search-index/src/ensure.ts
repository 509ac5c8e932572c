import { type Client, errors, type estypes } from '@elastic/elasticsearch';
import { compareLeaves, compareMappings, type MappingDifference } from './check.ts';
import { definitionOf, type IndexSizing, indexDefinition, templateDefinition } from './definition.ts';
import { IndexMismatchError } from './errors.ts';
import { type FieldMapping, mappings, properties } from './mapping.ts';
import type { IndexNames } from './names.ts';
import type { EnsureReport } from './port.ts';

const isResponse = (error: unknown, type: string): boolean =>
  error instanceof errors.ResponseError && JSON.stringify(error.body ?? '').includes(`"${type}"`);

/**
 * Template, first index and alias. The alias comes with the index in one request, so that no process ever sees one
 * without the other; whoever loses the race finds what the winner made.
 */
export async function ensureIndex(client: Client, names: IndexNames, sizing: IndexSizing): Promise<EnsureReport> {
  // The client's own types name every analysis component as a union; ours is checked by Elasticsearch itself.
  await client.indices.putIndexTemplate({ name: names.template, ...templateDefinition(names, sizing) } as never);
  let created = false;
  if (!(await client.indices.existsAlias({ name: names.alias }))) {
    try {
      await client.indices.create({
        index: names.first,
        ...indexDefinition(sizing),
        aliases: { [names.alias]: { is_write_index: true } },
      } as never);
      created = true;
    } catch (error) {
      if (isResponse(error, 'invalid_alias_name_exception')) {
        throw new IndexMismatchError(
          `"${names.alias}" is an index, but must be an alias: something wrote to it before newsmill created it. ` +
            `Copy what you need and delete it: curl -X DELETE <elasticsearch>/${names.alias}`,
          [],
        );
      }
      if (!isResponse(error, 'resource_already_exists_exception')) throw error;
    }
  }
  if (!created && !(await client.indices.existsAlias({ name: names.alias }))) {
    // The index is there without its alias: somebody removed the alias by hand.
    await client.indices.putAlias({ index: names.first, name: names.alias, is_write_index: true });
  }
  const live = await liveIndex(client, names);
  const differences = compareMappings(properties, live.properties);
  const changed = [...live.other, ...differences.filter(({ kind }) => kind === 'changed').map(describe)];
  if (changed.length > 0) {
    throw new IndexMismatchError(
      `index ${live.index} differs from the code and cannot be changed in place: ${changed.slice(0, 5).join('; ')}. ` +
        'Run `newsmill reindex`, or give ELASTICSEARCH_PREFIX another value to start a new index.',
      changed,
    );
  }
  const added = differences.filter(({ kind }) => kind === 'missing').map(({ path }) => path);
  // Adding what is there already changes nothing, so the whole mapping can be sent.
  if (added.length > 0) await client.indices.putMapping({ index: names.alias, ...mappings } as never);
  return { created, index: live.index, added };
}

/**
 * What makes the live index refuse good documents: fields or analysis that are not the code's. Such an index was put behind the
 * alias by hand, since none is started on. A field too many does no harm.
 */
export async function misfits(client: Client, names: IndexNames): Promise<string[]> {
  const live = await liveIndex(client, names);
  const differences = compareMappings(definitionOf(names).mappings.properties, live.properties);
  return [...live.other, ...differences.filter(({ kind }) => kind !== 'extra').map(describe)];
}

/** One line per difference between the code and the live index. */
export async function checkIndex(client: Client, names: IndexNames): Promise<string[]> {
  if (!(await client.indices.existsAlias({ name: names.alias }))) return [`alias ${names.alias} does not exist`];
  return differencesOf(await liveIndex(client, names), names);
}

/** The same for any index, by its own name. */
export async function checkIndexNamed(client: Client, names: IndexNames, index: string): Promise<string[]> {
  const state = (await client.indices.get({ index }))[index];
  return state === undefined
    ? [`index ${index} does not exist`]
    : differencesOf(describeState(names, index, state), names);
}

const differencesOf = (live: LiveIndex, names: IndexNames): string[] => [
  ...live.other,
  ...compareMappings(definitionOf(names).mappings.properties, live.properties).map(describe),
];

const describe = ({ path, detail }: MappingDifference) => `${path} ${detail}`;

interface LiveIndex {
  readonly index: string;
  readonly properties: Readonly<Record<string, FieldMapping>>;
  /** Differences outside of the fields. */
  readonly other: string[];
}

/** The index that takes the writes of the alias. */
async function liveIndex(client: Client, names: IndexNames): Promise<LiveIndex> {
  const [all, aliases] = await Promise.all([
    client.indices.get({ index: names.alias }),
    client.indices.getAlias({ name: names.alias }),
  ]);
  const indices = Object.keys(all);
  const index = indices.find((name) => aliases[name]?.aliases[names.alias]?.is_write_index === true) ?? indices[0];
  const state = index === undefined ? undefined : all[index];
  if (index === undefined || state === undefined) throw new Error(`alias ${names.alias} points to no index`);
  return describeState(names, index, state);
}

function describeState(names: IndexNames, index: string, state: estypes.IndicesIndexState): LiveIndex {
  const { settings, mappings: wanted } = definitionOf(names);
  const dynamic = String(state.mappings?.dynamic);
  return {
    index,
    properties: (state.mappings?.properties ?? {}) as unknown as Readonly<Record<string, FieldMapping>>,
    other: [
      ...(dynamic === wanted.dynamic ? [] : [`dynamic is ${dynamic}, the code says ${wanted.dynamic}`]),
      ...compareLeaves(settings.analysis ?? {}, state.settings?.index?.analysis ?? {}).map(
        (detail) => `analysis: ${detail}`,
      ),
    ],
  };
}
