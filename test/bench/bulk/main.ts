/**
 * How near the bulk writer comes to what Elasticsearch takes at all, in the same run: the same documents, sent by 200
 * concurrent jobs through the writer, and as ready `_bulk` requests with nothing before them. Piece by piece in turn, so that
 * whatever else the machine does slows all of them alike.
 *
 *     ELASTICSEARCH_URL=http://127.0.0.1:9200 node test/bench/bulk/main.ts [--documents 1000] [--rounds 8]
 */
import { parseArgs } from 'node:util';
import type { Article } from '../../../packages/contracts/src/article.ts';
import { documentVersion, toDocument } from '../../../packages/search-index/src/bulk.ts';
import {
  createElasticsearchClient,
  createElasticsearchIndex,
} from '../../../packages/search-index/src/elasticsearch.ts';
import { fixtureArticle } from '../../../packages/search-index/src/fixture.ts';
import { indexNames } from '../../../packages/search-index/src/names.ts';
import { createBulkWriter } from '../../../services/indexer/src/bulk-writer.ts';
import { storiesZh1 } from '../../sites/content/stories-zh-1.ts';
import { storiesZh2 } from '../../sites/content/stories-zh-2.ts';

const { values } = parseArgs({
  options: { documents: { type: 'string', default: '1000' }, rounds: { type: 'string', default: '8' } },
});
const count = Number(values.documents);
const rounds = Number(values.rounds);
/** As INDEXER_CONCURRENCY is unless told. */
const jobs = 200;

const stories = Object.values({ ...storiesZh1, ...storiesZh2 });
const articles: readonly Article[] = Array.from({ length: count }, (_, n) => {
  // Some paragraphs of one story and some of another: texts of about the usual length, each another one.
  const [one, two] = [stories[n % stories.length], stories[(n * 7 + 3) % stories.length]];
  const body = [...(one?.paragraphs ?? []), `第${n}篇。`, ...(two?.paragraphs ?? [])].join('\n\n');
  return fixtureArticle({
    url: `https://bulk.example/${n}`,
    headline: `${one?.headline} ${n}`,
    body,
    bodyHtml: `<p>${body.replaceAll('\n\n', '</p><p>')}</p>`,
    datePublished: new Date(Date.UTC(2024, 0, 1) + n * 60_000).toISOString(),
    clusterFirst: true,
  });
});
const megabytes = articles.reduce((sum, article) => sum + Buffer.byteLength(JSON.stringify(article)), 0) / 1e6;

const client = createElasticsearchClient({ url: process.env.ELASTICSEARCH_URL ?? 'http://127.0.0.1:9200' });

/** Sends a piece and resolves when all of it has been answered for. */
type Load = (piece: readonly Article[]) => Promise<void>;

function throughWriter(prefix: string): Load & AsyncDisposable {
  const writer = createBulkWriter({ index: createElasticsearchIndex({ client, prefix }) });
  const load: Load = async (piece) => {
    let next = 0;
    const job = async (): Promise<void> => {
      for (let article = piece[next++]; article !== undefined; article = piece[next++]) {
        const verdict = await writer.write(article);
        if (verdict.type !== 'indexed') throw new Error(JSON.stringify(verdict));
      }
    };
    await Promise.all(Array.from({ length: jobs }, job));
  };
  return Object.assign(load, { [Symbol.asyncDispose]: () => writer.close() });
}

/** @param perRequest documents of a request */
const ready = (prefix: string, perRequest: number): Load => {
  const { alias } = indexNames(prefix);
  return async (piece) => {
    const requests = Array.from({ length: Math.ceil(piece.length / perRequest) }, (_, n) =>
      piece.slice(n * perRequest, (n + 1) * perRequest).flatMap((article) => {
        const action = { index: { _id: article.id, version: documentVersion(article), version_type: 'external_gte' } };
        return [JSON.stringify(action), JSON.stringify(toDocument(article))];
      }),
    );
    const send = async (): Promise<void> => {
      for (let operations = requests.shift(); operations !== undefined; operations = requests.shift()) {
        const answer = await client.bulk({ index: alias, operations, filter_path: ['errors'] });
        if (answer.errors) throw new Error('refused');
      }
    };
    await Promise.all([send(), send()]);
  };
};

const prefixOf = (way: string): string => `bulk-${process.pid}-${way}-`;
const indices = ['writer', 'raw-100', 'raw-500'].map((way) =>
  createElasticsearchIndex({ client, prefix: prefixOf(way) }),
);
try {
  for (const index of indices) await index.ensure();
  await using writer = throughWriter(prefixOf('writer'));
  const ways: readonly (readonly [string, Load])[] = [
    ['writer', writer],
    ['raw-100', ready(prefixOf('raw-100'), 100)],
    ['raw-500', ready(prefixOf('raw-500'), 500)],
  ];
  const all = rounds * count;
  console.log(`${all} documents, ${(megabytes * rounds).toFixed(1)} MB, ${rounds} pieces; documents a second`);
  const spent = new Map(ways.map(([name]) => [name, 0]));
  // One piece before, for the compilers of both sides.
  for (let round = -1; round < rounds; round += 1) {
    const piece = articles.map((article) => ({ ...article, id: `${round}-${article.id}` }));
    // Whoever is first in a round gains or loses by it: each is in turn.
    for (const at of ways.keys()) {
      const [name, load] = ways[(at + round + 1) % ways.length] ?? [];
      if (name === undefined || load === undefined) continue;
      const began = performance.now();
      await load(piece);
      if (round >= 0) spent.set(name, (spent.get(name) ?? 0) + performance.now() - began);
    }
  }
  for (const index of indices) {
    await index.refresh();
    if ((await index.count()) !== all + count) throw new Error('documents are missing');
  }
  const rates = new Map([...spent].map(([name, ms]) => [name, (all * 1_000) / ms]));
  for (const [name, rate] of rates) console.log(`${name.padEnd(8)} ${rate.toFixed(0)}`);
  const ceiling = Math.max(rates.get('raw-100') ?? 0, rates.get('raw-500') ?? 0);
  console.log(`the writer comes to ${((rates.get('writer') ?? 0) / ceiling).toFixed(2)} of the ceiling`);
} finally {
  for (const index of indices) await index.drop();
  await client.close();
}
