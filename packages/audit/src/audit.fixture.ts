import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFsArchive } from '@newsmill/archive';
import { type Article, type FinalOutcome, pipeline, type Source } from '@newsmill/contracts';
import { hostIdOf, urlIdOf } from '@newsmill/core/url';
import { createRedisFrontier, parseJobOf, recordQuarantined, visitsOf } from '@newsmill/frontier';
import { createBullInventory, createBullJobQueue, createRedisQuarantine } from '@newsmill/queue';
import {
  createElasticsearchClient,
  createElasticsearchIndex,
  createElasticsearchInventory,
  indexNames,
} from '@newsmill/search-index';
import { Redis } from 'ioredis';
import { type AuditOptions, audit, type Finding } from './index.ts';

export const siteSource = (id: string, domain: string): Source => ({
  ...{ id, name: id, url: `http://${domain}/`, domain, addedAt: '2026-01-01T00:00:00.000Z' },
  ...{ mode: 'once', depthMax: 8 },
});

/** Real servers with names of their own, and a hand that does what the services do, as far as they got. */
export async function createWorld(redisUrl: string, elasticsearchUrl: string) {
  const prefix = `audit-${randomUUID().slice(0, 8)}`;
  const folder = await mkdtemp(join(tmpdir(), 'newsmill-audit-'));
  const redis = new Redis(redisUrl);
  const frontier = createRedisFrontier(redis, prefix);
  const queue = createBullJobQueue({ redisUrl, prefix });
  const jobs = createBullInventory(redis, prefix);
  const quarantine = createRedisQuarantine(redis, prefix);
  const archive = createFsArchive({ folder });
  const client = createElasticsearchClient({ url: elasticsearchUrl });
  const articles = createElasticsearchIndex({ client, prefix });
  const index = createElasticsearchInventory({ client, prefix });
  await articles.ensure();
  const parts = { frontier, archive, index, queue, jobs, quarantine };
  const record = async (url: string, event: Parameters<typeof frontier.record>[2]) =>
    frontier.record(hostIdOf(url), urlIdOf(url), event, Date.now());

  const world = {
    ...{ ...parts, redis, prefix, articles, record },

    /** Every key of these that matches is deleted. */
    async forget(...patterns: string[]): Promise<void> {
      for (const pattern of patterns) {
        for await (const keys of redis.scanStream({ match: pattern, count: 1_000 })) {
          if (keys.length > 0) await redis.del(...keys);
        }
      }
    },
    async accept(urls: readonly string[], sourceId = 's'): Promise<void> {
      const found = urls.map((url) => ({ url, kind: 'article', sourceId, depth: 1, standing: false }) as const);
      const { turns } = await frontier.admit(found, Date.now());
      for (const { job, delayMs = 0 } of visitsOf(turns, Date.now())) {
        await queue.add(pipeline.visit.queue, [{ id: pipeline.visit.jobId(job), payload: job, delayMs }]);
      }
    },
    /** Archives a page; the ledger has not heard of it yet. */
    capture: (url: string, sentAt = Date.now()) =>
      archive.write({
        ...{ url, fetchedAt: new Date(sentAt).toISOString(), status: 200, httpVersion: '1.1' },
        headers: [['content-type', 'text/html']],
        body: Buffer.from(`<p>${url}</p>`),
      }),
    /** Up to the parse job. */
    async fetch(url: string) {
      const captureRef = await world.capture(url);
      const recorded = await record(url, { type: 'captured', captureRef });
      const job = recorded && parseJobOf(hostIdOf(url), urlIdOf(url), recorded.row);
      if (job === undefined) throw new Error(`${url} is not known`);
      await queue.add(pipeline.parse.queue, [{ id: pipeline.parse.jobId(job), payload: job }]);
      return job;
    },
    /** Takes the parse job from its queue. */
    async finish(url: string, outcome: FinalOutcome) {
      const row = await frontier.getUrl(url);
      if (row?.captureRef === undefined) throw new Error(`${url} has not been fetched`);
      const { generation } = row;
      const id = `${urlIdOf(url)}-${generation}`;
      if (outcome.verdict === 'indexed') {
        const document = articleOf(url, row.fetchedAt ?? 0, row.captureRef);
        // One that was deleted a moment ago has to wait for its grave to be forgotten.
        while ((await articles.write([document]))[0]?.type === 'retry') await articles.refresh();
        await record(url, { type: 'parsed', generation, contentHash: 'AAAAAAAAAAAAAAAAAAAAAA' });
      }
      if (outcome.verdict === 'quarantined') {
        const payload = parseJobOf(hostIdOf(url), urlIdOf(url), row);
        const quarantinedAt = new Date().toISOString();
        const entry = { id: `parse/${id}`, stage: 'parse', jobId: id, payload, reason: outcome.reason } as const;
        await quarantine.put({ ...entry, message: 'broken', attempts: 1, quarantinedAt });
        await recordQuarantined(
          frontier,
          { hostId: hostIdOf(url), urlId: urlIdOf(url), generation },
          outcome.reason,
          Date.now(),
        );
      } else await record(url, { type: 'finalized', outcome, generation });
      await world.removeJob('parse', id);
    },
    async indexed(urls: readonly string[]): Promise<void> {
      await world.accept(urls);
      for (const url of urls) {
        await world.fetch(url);
        await world.finish(url, { verdict: 'indexed' });
      }
      await articles.refresh();
    },
    async deleteDocument(url: string): Promise<void> {
      await client.delete({ index: indexNames(prefix).alias, id: urlIdOf(url), refresh: true });
    },
    /** Tears a job out of its queue, whatever state it is in. */
    async removeJob(stage: 'visit' | 'parse' | 'index', id: string): Promise<void> {
      const key = (part: string) => `${prefix}:${pipeline[stage].queue}:${part}`;
      await redis.multi().lrem(key('wait'), 0, id).zrem(key('delayed'), id).del(key(id)).exec();
    },
    async audit(options: AuditOptions = {}) {
      const findings: Finding[] = [];
      const progress = await audit(parts, { settleMs: 5, onFinding: (finding) => findings.push(finding), ...options });
      return { progress, findings, codes: findings.map(({ code }) => code).sort() };
    },
    async [Symbol.asyncDispose]() {
      await articles.drop();
      await client.close();
      await jobs[Symbol.asyncDispose]();
      await queue[Symbol.asyncDispose]();
      await archive[Symbol.asyncDispose]();
      await world.forget(`*${prefix}*`);
      redis.disconnect();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return world;
}

const articleOf = (url: string, fetchedAt: number, captureRef: string): Article => ({
  ...{ id: urlIdOf(url), url, site: { domain: new URL(url).hostname }, type: 'article', headline: url, body: url },
  ...{ repairs: [], provenance: {}, contentHash: 'AAAAAAAAAAAAAAAAAAAAAA', parserVersion: '1', version: 1 },
  ...{ fetchedAt: new Date(fetchedAt).toISOString(), firstSeenAt: new Date(fetchedAt).toISOString() },
  ...{ captureRef, sourceId: 's' },
});
