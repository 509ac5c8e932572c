import type { Client, estypes } from '@elastic/elasticsearch';
import { definitionOf, templateDefinition } from '../definition.ts';
import type { IndexNames } from '../names.ts';
import { ReindexRefusedError } from './errors.ts';
import { patiently } from './patience.ts';

export interface AliasedIndex {
  readonly index: string;
  readonly uuid: string;
}

/** The one index behind the alias. @throws ReindexRefusedError when there is none, or more than one */
export async function aliasedIndex(client: Client, { alias }: IndexNames): Promise<AliasedIndex> {
  const found = await patiently(() => client.indices.getAlias({ name: alias }, { ignore: [404] }));
  // Of a missing alias the answer is `{error, status}`.
  const indices = 'error' in found ? [] : Object.keys(found);
  const [index] = indices;
  if (index === undefined) {
    throw new ReindexRefusedError('nothing-there', `alias ${alias} does not exist: an indexer creates it as it starts`);
  }
  if (indices.length > 1) {
    throw new ReindexRefusedError(
      'ambiguous',
      `alias ${alias} points to ${indices.join(' and ')}; newsmill gives it one index only: take it from the others`,
    );
  }
  return { index, uuid: (await uuidOf(client, index)) ?? '' };
}

/** Undefined when there is no such index. */
export async function uuidOf(client: Client, index: string): Promise<string | undefined> {
  const settings = await patiently(() => client.indices.getSettings({ index, ignore_unavailable: true }));
  return settings[index]?.settings?.index?.uuid ?? undefined;
}

/** The name after the highest that is there. */
export async function nextIndexName(client: Client, { pattern, template }: IndexNames): Promise<string> {
  const found = await patiently(() =>
    client.indices.get({ index: pattern, expand_wildcards: 'all', allow_no_indices: true, features: ['aliases'] }),
  );
  const numbers = Object.keys(found).map((name) => Number(/-(\d+)$/.exec(name)?.[1] ?? 0));
  return `${template}-${String(Math.max(0, ...numbers) + 1).padStart(6, '0')}`;
}

/**
 * Makes the new index by the code's definition, but with the shards, replicas and refresh interval of the old one: those
 * are the operator's. Until `openForSearch` it does not refresh, which makes copying faster.
 */
export async function createTarget(client: Client, names: IndexNames, from: string, to: string): Promise<string> {
  const { shards, replicas } = await operatorsSettings(client, from);
  const definition = definitionOf(names);
  await patiently(() =>
    client.indices.putIndexTemplate({ name: names.template, ...templateDefinition(names, {}) } as never),
  );
  const settings = { ...definition.settings, number_of_shards: shards, ...replicas, refresh_interval: '-1' };
  await client.indices.create({ index: to, ...definition, settings } as never);
  return (await uuidOf(client, to)) ?? '';
}

async function operatorsSettings(client: Client, index: string) {
  const settings = (await patiently(() => client.indices.getSettings({ index })))[index]?.settings?.index;
  const range = settings?.auto_expand_replicas;
  return {
    shards: Number(settings?.number_of_shards ?? 1),
    refreshInterval: (settings?.refresh_interval as string | undefined) ?? '1s',
    replicas:
      range === undefined || range === 'false'
        ? { number_of_replicas: Number(settings?.number_of_replicas ?? 1), auto_expand_replicas: false }
        : { auto_expand_replicas: range },
  };
}

/** Gives the new index the refresh interval of the old one and makes all that is in it visible. */
export async function openForSearch(client: Client, from: string, to: string): Promise<void> {
  const { refreshInterval } = await operatorsSettings(client, from);
  await patiently(() => client.indices.putSettings({ index: to, settings: { refresh_interval: refreshInterval } }));
  await refresh(client, to);
}

export async function refresh(client: Client, index: string): Promise<void> {
  await patiently(() => client.indices.refresh({ index }));
}

/**
 * Closes an index for writes and returns once all that were on their way have ended. Writers are answered 403, which
 * the indexers take as "later".
 */
export async function freeze(client: Client, index: string): Promise<void> {
  await patiently(() => client.indices.addBlock({ index, block: 'write' }));
}

export async function unfreeze(client: Client, index: string): Promise<void> {
  await patiently(() =>
    client.indices.putSettings({ index, ignore_unavailable: true, settings: { 'index.blocks.write': null } as never }),
  );
}

/** All aliases of one index go to another in one step, each with its filter, routing and write flag. */
export async function moveAliases(client: Client, from: string, to: string, alias: string): Promise<void> {
  await patiently(async () => {
    const found = await client.indices.getAlias({ index: [from, to] });
    // This may be a second try, after an answer was lost.
    if (found[to]?.aliases[alias] !== undefined) return;
    const aliases = Object.entries(found[from]?.aliases ?? {});
    const actions = aliases.flatMap(([name, definition]): estypes.IndicesUpdateAliasesAction[] => [
      { remove: { index: from, alias: name, must_exist: true } },
      { add: { ...definition, index: to, alias: name } },
    ]);
    await client.indices.updateAliases({ actions });
  });
}
