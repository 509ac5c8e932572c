import {
  type createElasticsearchClient,
  createElasticsearchIndex,
} from '../../../packages/search-index/src/elasticsearch.ts';
import { type JudgedQuery, type Kind, kinds } from './judged-queries.ts';
import type { JudgedSet } from './judged-sets.ts';
import { judge, meanQuality, type Quality } from './measures.ts';

export interface Judged {
  readonly query: JudgedQuery;
  readonly found: readonly string[];
  readonly quality: Quality;
}

export interface Report {
  readonly judged: readonly Judged[];
  readonly byKind: ReadonlyMap<Kind, Quality>;
  /** Mean over the kinds, so that a kind of many queries weighs no more than another. */
  readonly mean: Quality;
}

type Client = ReturnType<typeof createElasticsearchClient>;
type Body = Readonly<Record<string, unknown>>;
/** Ids of the articles found, the best first. */
export type Search = (q: string) => Promise<string[]>;

/**
 * Indexes a judged set under a prefix of its own, calls `use` and drops the index, however that ends. The searches are those
 * that the API makes; `plain` are the same without the freshness boost.
 */
export async function withJudgedIndex<Result>(
  client: Client,
  prefix: string,
  set: JudgedSet,
  use: (search: { readonly fresh: Search; readonly plain: Search }) => Promise<Result>,
): Promise<Result> {
  const index = createElasticsearchIndex({ client, prefix });
  const searching =
    (through: Client): Search =>
    async (q) => {
      const { hits } = await createElasticsearchIndex({ client: through, prefix }).search({ q, highlight: false });
      return hits.map(({ id }) => id);
    };
  try {
    await index.ensure();
    const verdicts = await index.write(set.documents(Date.now()));
    if (verdicts.some(({ type }) => type !== 'indexed')) throw new Error(JSON.stringify(verdicts));
    await index.refresh();
    return await use({ fresh: searching(client), plain: searching(withoutFreshness(client)) });
  } finally {
    await index.drop();
  }
}

export async function runJudged(search: Search, { queries }: JudgedSet): Promise<Report> {
  const judged: Judged[] = [];
  for (const query of queries) {
    const found = await search(query.q);
    judged.push({ query, found, quality: judge(found, query.grades) });
  }
  const byKind = new Map(
    (Object.keys(kinds) as Kind[]).map((kind) => [
      kind,
      meanQuality(judged.filter(({ query }) => query.kind === kind).map(({ quality }) => quality)),
    ]),
  );
  return { judged, byKind, mean: meanQuality([...byKind.values()]) };
}

/** A client that leaves the freshness boost out of what it sends. */
function withoutFreshness(client: Client): Client {
  const search = (body: Body, options: object) => client.search(plainBody(body) as never, options);
  return Object.create(client, { search: { value: search } }) as Client;
}

const plainBody = (body: Body): Body =>
  JSON.parse(JSON.stringify(body), (key, value) =>
    key === 'should' && Array.isArray(value) ? value.filter((clause) => !('distance_feature' in clause)) : value,
  );
