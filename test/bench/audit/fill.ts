import { createHash } from 'node:crypto';
import type { Archive } from '../../../packages/archive/src/index.ts';
import type { Article, ParseJob } from '../../../packages/contracts/src/index.ts';
import { pipeline } from '../../../packages/contracts/src/index.ts';
import { hostIdOf, urlIdOf } from '../../../packages/core/src/url/index.ts';
import { type Frontier, parseJobOf, type UrlRow } from '../../../packages/frontier/src/index.ts';
import type { JobQueue, Quarantine } from '../../../packages/queue/src/index.ts';
import type { ArticleIndex } from '../../../packages/search-index/src/index.ts';

export interface Shelves {
  readonly frontier: Frontier;
  readonly archive: Archive;
  readonly index: ArticleIndex;
  readonly queue: JobQueue;
  readonly quarantine: Quarantine;
}

const now = Date.parse('2026-06-01T00:00:00Z');
const hour = 3_600_000;

/** What became of a URL: of 1,000, 600 are indexed, 300 skipped, 80 never fetched, 19 wait for the parser, 1 is in quarantine. */
export const fateOf = (at: number): 'indexed' | 'skipped' | 'accepted' | 'captured' | 'quarantined' => {
  const share = createHash('sha1').update(String(at)).digest().readUInt16BE(0) % 1_000;
  if (share < 600) return 'indexed';
  if (share < 900) return 'skipped';
  if (share < 980) return 'accepted';
  return share < 999 ? 'captured' : 'quarantined';
};

export const urlOf = (at: number, hosts: number): string =>
  `https://news${at % hosts}.example.com/system/2026/05/${10 + (at % 20)}/${1_000_000 + at}-the-news-of.shtml`;

/** Puts `urls` URLs on all shelves, as the services would have left them. */
export async function fill(
  shelves: Shelves,
  urls: number,
  hosts: number,
  onProgress: (done: number) => void,
): Promise<void> {
  const { frontier, archive, index, queue, quarantine } = shelves;
  const batch = 1_000;
  for (let from = 0; from < urls; from += batch) {
    const numbers = Array.from({ length: Math.min(batch, urls - from) }, (_, n) => from + n);
    const documents: Article[] = [];
    const jobs: ParseJob[] = [];
    await Promise.all(
      numbers.map(async (at) => {
        const url = urlOf(at, hosts);
        const fate = fateOf(at);
        const fetchedAt = now + at;
        const of = { url, kind: 'article', sourceId: `source-${at % 50}`, depth: 2, standing: true } as const;
        const base = { ...of, firstSeenAt: now - hour };
        if (fate === 'accepted') {
          await frontier.ledger.restore({ ...base, state: 'accepted', generation: 0, dueAt: now }, now);
          return;
        }
        const captureRef = await archive.write({
          ...{ url, fetchedAt: new Date(fetchedAt - 50).toISOString(), status: 200, httpVersion: '1.1' },
          headers: [['content-type', 'text/html; charset=utf-8']],
          body: Buffer.from(`<p>${url}</p>`.repeat(20)),
        });
        const fetched = { ...base, generation: 1, fetchedAt } as const;
        if (fate === 'captured') {
          const row: UrlRow = { ...fetched, state: 'captured', openSince: fetchedAt, captureRef };
          await frontier.ledger.restore(row, now);
          const job = parseJobOf(hostIdOf(url), urlIdOf(url), row);
          if (job !== undefined) jobs.push(job);
          return;
        }
        if (fate === 'indexed') documents.push(documentOf(url, fetchedAt, captureRef));
        if (fate === 'quarantined') {
          const jobId = `${urlIdOf(url)}-1`;
          const entry = { id: `parse/${jobId}`, stage: 'parse', jobId, reason: 'parser_failed' } as const;
          await quarantine.put({ ...entry, message: 'x', attempts: 1, quarantinedAt: new Date(now).toISOString() });
        }
        const outcome =
          fate === 'indexed'
            ? ({ verdict: 'indexed' } as const)
            : fate === 'skipped'
              ? ({ verdict: 'skipped', reason: 'too_short' } as const)
              : ({ verdict: 'quarantined', reason: 'parser_failed' } as const);
        const contentHash = fate === 'indexed' ? { contentHash: 'AAAAAAAA', version: 1 } : {};
        await frontier.ledger.restore({ ...fetched, ...contentHash, state: 'final', outcome }, now);
      }),
    );
    await index.write(documents);
    await queue.add(
      pipeline.parse.queue,
      jobs.map((job) => ({ id: pipeline.parse.jobId(job), payload: job })),
    );
    onProgress(from + numbers.length);
  }
  await index.refresh();
}

const documentOf = (url: string, fetchedAt: number, captureRef: string): Article => ({
  ...{ id: urlIdOf(url), url, site: { domain: 'example.com' }, type: 'article', headline: url, body: url },
  ...{ repairs: [], provenance: {}, contentHash: 'AAAAAAAAAAAAAAAAAAAAAA', parserVersion: '1', version: 1 },
  ...{ fetchedAt: new Date(fetchedAt).toISOString(), firstSeenAt: new Date(now - hour).toISOString(), captureRef },
});
