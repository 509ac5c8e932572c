/**
 * How good the search is, by kind of query, on our two judged sets: the one it was tuned on, and one to check with.
 *
 *     ELASTICSEARCH_URL=http://127.0.0.1:9200 node test/bench/relevance/main.ts [--worst]
 */
import { createElasticsearchClient } from '../../../packages/search-index/src/elasticsearch.ts';
import { type Kind, kinds } from './judged-queries.ts';
import { judgedSets } from './judged-sets.ts';
import { runJudged, withJudgedIndex } from './run.ts';

/**
 * nDCG@10 of other ways to analyse Chinese text, measured on 6,000 real documents: another set, so they tell how hard a
 * kind is and not who wins.
 */
const measuredElsewhere: Readonly<Partial<Record<Kind | 'mean', readonly number[]>>> = {
  same: [0.9, 0.967, 0.967, 0.966],
  crossed: [0.42, 0.659, 0.967, 0.966],
  names: [0.225, 0.754, 0.874, 0.977],
  numbers: [0.87, 0.891, 0.91, 0.981],
  latin: [0.934, 0.935, 0.947, 0.977],
  clause: [0.965, 0.966, 0.956, 0.966],
  headline: [0.836, 0.879, 0.847, 0.892],
  mean: [0.622, 0.781, 0.914, 0.956],
};

const client = createElasticsearchClient({ url: process.env.ELASTICSEARCH_URL ?? 'http://127.0.0.1:9200' });
try {
  for (const [name, set] of Object.entries(judgedSets)) {
    await withJudgedIndex(client, `relevance-${process.pid}-`, set, async ({ fresh: search, plain: plainly }) => {
      const [plain, fresh] = [await runJudged(plainly, set), await runJudged(search, set)];
      console.log(
        `${name}: ${set.documents(0).length} documents, ${set.queries.length} queries; nDCG@10, MRR, recall@10`,
      );
      console.log(
        '                          queries  nDCG   MRR    recall  fresh   standard cjk    T→S    recommended (facts)',
      );
      const line = (kind: Kind | 'mean', count: number) => {
        const [a, b] = [
          kind === 'mean' ? plain.mean : plain.byKind.get(kind),
          kind === 'mean' ? fresh.mean : fresh.byKind.get(kind),
        ];
        const elsewhere = measuredElsewhere[kind]?.map((value) => value.toFixed(3)).join('    ') ?? '';
        const label = kind === 'mean' ? 'mean of the kinds' : kinds[kind];
        const own = [a?.ndcg, a?.mrr, a?.recall, b?.ndcg].map((value) => (value ?? 0).toFixed(3)).join('  ');
        console.log(`${label.padEnd(26)}${String(count).padStart(7)}  ${own}     ${elsewhere}`);
      };
      for (const kind of Object.keys(kinds) as Kind[])
        line(kind, set.queries.filter((query) => query.kind === kind).length);
      line('mean', set.queries.length);
      console.log(`the freshness boost costs ${(plain.mean.ndcg - fresh.mean.ndcg).toFixed(4)} nDCG@10\n`);
      if (process.argv.includes('--worst')) {
        for (const { query, found, quality } of fresh.judged.filter(({ quality }) => quality.ndcg < 0.999)) {
          console.log(`${quality.ndcg.toFixed(3)} ${query.kind} ${query.q} → ${found.slice(0, 6).join(' ')}`);
        }
      }
    });
  }
} finally {
  await client.close();
}
