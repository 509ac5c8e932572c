import type { Client } from '@elastic/elasticsearch';
import type { Article } from '@newsmill/contracts';
import { indexDefinition } from '../definition.ts';
import { IndexWriteError } from '../errors.ts';
import { fixtureArticle } from '../fixture.ts';
import { indexNames } from '../names.ts';
import type { ArticleIndex } from '../port.ts';

/** The first index as older code made it: headlines without the field for spelling, other fields as told. */
export async function createOldIndex(
  client: Client,
  prefix: string,
  { settings = {}, properties = {} }: { settings?: object; properties?: object } = {},
): Promise<void> {
  const { first, alias } = indexNames(prefix);
  const definition = indexDefinition();
  const { headline } = definition.mappings.properties;
  const { spelling: _, ...fields } = (headline?.fields ?? {}) as Record<string, unknown>;
  const old = { ...definition.mappings.properties, headline: { ...headline, fields }, ...properties };
  await client.indices.create({
    index: first,
    settings: { ...definition.settings, ...settings },
    mappings: { ...definition.mappings, properties: old },
    aliases: { [alias]: { is_write_index: true } },
  } as never);
}

export const numbered = (n: number, fields: Partial<Article> = {}): Article =>
  fixtureArticle({
    url: `https://a.example/${n}`,
    headline: `Library ${n} opens`,
    body: `兰州第${n}所图书馆开放。`,
    contentHash: `hash-${n}`,
    clusterFirst: true,
    ...fields,
  });

/** Writes as an indexer does: again and again until each document has its own answer, also where all is refused for now. */
export async function writeAll(index: Pick<ArticleIndex, 'write'>, articles: readonly Article[]): Promise<void> {
  let waiting = articles;
  while (waiting.length > 0) {
    const verdicts = await index.write(waiting).catch((error: unknown) => {
      if (error instanceof IndexWriteError && error.kind === 'overloaded') return undefined;
      throw error;
    });
    if (verdicts === undefined) continue;
    const bad = verdicts.find(({ type }) => type === 'rejected' || type === 'stale');
    if (bad !== undefined) throw new Error(`not written: ${JSON.stringify(bad)}`);
    waiting = waiting.filter((_, at) => verdicts[at]?.type === 'retry');
  }
}

/** All documents behind the alias, filter or not, by id. */
export async function documentsIn(client: Client, index: string): Promise<Map<string, unknown>> {
  await client.indices.refresh({ index });
  const { hits } = await client.search({ index, size: 10_000, query: { match_all: {} } });
  return new Map(hits.hits.map((hit) => [String(hit._id), hit._source]));
}
