import { buildSearch } from '../../../packages/search-index/src/build-search.ts';
import {
  type createElasticsearchClient,
  createElasticsearchIndex,
} from '../../../packages/search-index/src/elasticsearch.ts';
import { indexNames } from '../../../packages/search-index/src/names.ts';
import { judgedDocuments } from './documents.ts';
import { type JudgedQuery, judgedQueries, type Kind, kinds } from './judged-queries.ts';
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

type Body = Readonly<Record<string, unknown>>;

/** Indexes the judged set under a prefix of its own, calls `use` and drops the index, however that ends. */
export async function withJudgedIndex<Result>(
  client: ReturnType<typeof createElasticsearchClient>,
  prefix: string,
  use: (search: (body: Body) => Promise<string[]>) => Promise<Result>,
): Promise<Result> {
  const index = createElasticsearchIndex({ client, prefix });
  try {
    await index.ensure();
    const verdicts = await index.write(judgedDocuments(Date.now()));
    if (verdicts.some(({ type }) => type !== 'indexed')) throw new Error(JSON.stringify(verdicts));
    await index.refresh();
    return await use(async (body) => {
      const answer = await client.search({ index: indexNames(prefix).alias, ...body } as never);
      return answer.hits.hits.map(({ _id }) => _id ?? '');
    });
  } finally {
    await index.drop();
  }
}

/** @param change what to do to the request before it is sent, e.g. leave the freshness boost out. */
export async function runJudged(
  search: (body: Body) => Promise<string[]>,
  change: (body: Body) => Body = (body) => body,
): Promise<Report> {
  const judged: Judged[] = [];
  for (const query of judgedQueries) {
    const found = await search(change(buildSearch({ q: query.q, size: 10, highlight: false })));
    judged.push({ query, found: found.slice(0, 10), quality: judge(found, query.grades) });
  }
  const byKind = new Map(
    (Object.keys(kinds) as Kind[]).map((kind) => [
      kind,
      meanQuality(judged.filter(({ query }) => query.kind === kind).map(({ quality }) => quality)),
    ]),
  );
  return { judged, byKind, mean: meanQuality([...byKind.values()]) };
}

/** The request without its freshness boost. */
export function withoutFreshness(body: Body): Body {
  return JSON.parse(JSON.stringify(body), (key, value) =>
    key === 'should' && Array.isArray(value) ? value.filter((clause) => !('distance_feature' in clause)) : value,
  );
}
