import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type AuditProgress, audit, balanceOf, type Finding, isBalanced } from '../../packages/audit/src/index.ts';
import { hostIdOf, urlIdOf } from '../../packages/core/src/url/index.ts';
import { indexNames } from '../../packages/search-index/src/index.ts';
import { openAudit } from '../../services/cli/src/open-audit.ts';
import { type ChaosWorld, createChaosWorld } from '../chaos/world/chaos-world.ts';
import { articlePath } from '../chaos/world/pages.ts';
import { type ServerProcess, startServer } from '../chaos/world/server-process.ts';

/** Things are taken away behind the back of workers that go on; the audit names them and brings them home. */
let redis: ServerProcess;
let world: ChaosWorld;
let admin: Redis;
let hosts: readonly string[];

beforeAll(async () => {
  redis = await startServer('redis', { appendFsync: 'always' });
  admin = new Redis(redis.url, { maxRetriesPerRequest: null, retryStrategy: () => 100 });
  admin.on('error', () => undefined);
  world = await createChaosWorld({ redisUrl: redis.url, elasticsearchUrl: inject('elasticsearchUrl') });
  for (const name of ['crawler', 'parser', 'indexer'] as const) await world.startInside(name);
  hosts = await world.add(4);
  await world.settled();
});

afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  admin?.disconnect();
  await redis?.[Symbol.asyncDispose]();
});

async function run(repair: boolean): Promise<{ findings: Finding[]; progress: AuditProgress }> {
  await using opened = openAudit(
    { redisUrl: redis.url, elasticsearchUrl: inject('elasticsearchUrl') },
    {
      ...{ REDIS_PREFIX: world.redisPrefix, ELASTICSEARCH_PREFIX: world.elasticsearchPrefix },
      ...{ ARCHIVE_DIR: world.archiveDir, API_PORT: 0, dataDir: world.archiveDir },
    },
  );
  const findings: Finding[] = [];
  const progress = await audit(opened.parts, { repair, settleMs: 500, onFinding: (one) => findings.push(one) });
  return { findings, progress };
}

/** Repairs until nothing more is found, and expects what an undisturbed run would have left. */
async function home(): Promise<void> {
  const { findings } = await run(true);
  expect(findings.filter(({ repair }) => repair !== 'done')).toEqual([]);
  await world.settled();
  expect(await world.faults()).toEqual([]);
  expect((await run(false)).findings).toEqual([]);
}

it('balances after a crawl', async () => {
  const { findings, progress } = await run(false);
  expect(findings).toEqual([]);
  const { accepted, indexed, skipped, inFlight } = balanceOf(progress);
  expect([accepted, indexed, skipped, inFlight]).toEqual([44, 32, 12, 0]);
});

it('brings home documents that were deleted, and a host that the ledger was made to forget', async () => {
  const [first = '', second = ''] = hosts;
  const { alias } = indexNames(world.elasticsearchPrefix);
  const lost = [0, 1, 2].map((n) => `http://${first}${articlePath(n)}`);
  for (const url of lost) await world.client.delete({ index: alias, id: urlIdOf(url), refresh: true });
  const hostId = hostIdOf(`http://${second}/`);
  await admin.del(...(await admin.keys(`${world.redisPrefix}:{${hostId}}:*`)));

  const { findings, progress } = await run(false);
  expect(isBalanced(progress)).toBe(false);
  const named = (code: Finding['code']) =>
    findings
      .filter((one) => one.code === code)
      .map(({ url }) => url)
      .sort();
  expect(named('document_missing')).toEqual(lost);
  expect(named('document_unknown')).toHaveLength(8);
  // Its articles, and its front page.
  expect(named('capture_unknown')).toHaveLength(9);
  await home();
});

it('F08: restores everything when the data of Redis is gone, from sources, index and archive', async () => {
  const sources = await world.pipeline.frontier.listSources();
  await redis.kill();
  expect(await readdir(redis.dir)).not.toEqual([]);
  for (const name of await readdir(redis.dir)) await rm(join(redis.dir, name), { recursive: true });
  await redis.start();
  expect(await world.pipeline.frontier.balance()).toEqual({});
  // What `newsmill sources apply` does.
  for (const source of sources) await world.pipeline.frontier.putSource(source);
  await home();
});
