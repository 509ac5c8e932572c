import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { createClient } from '../../packages/client/src/index.ts';
import { urlIdOf } from '../../packages/core/src/url/index.ts';
import type { FoundUrl } from '../../packages/frontier/src/index.ts';
import type { QuarantineEntry } from '../../packages/queue/src/index.ts';
import { createElasticsearchClient, indexNames } from '../../packages/search-index/src/index.ts';
import { listQuarantine, retryQuarantine, showQuarantine } from '../../services/cli/src/commands/quarantine.ts';
import { replay } from '../../services/cli/src/commands/replay.ts';
import { type ReplayIntoNewOptions, replayIntoNew } from '../../services/cli/src/commands/replay-into-new.ts';
import { freePort } from '../../services/cli/src/local.ts';
import { makeSource } from '../../services/cli/src/make-source.ts';
import { progressOf } from '../../services/cli/src/progress.ts';
import { type ServedPages, servePages } from './served-pages.ts';
import { createWorld, type World } from './world.ts';

/** A site with one article that Elasticsearch refuses for a while, and one that it takes. */
const origin = 'http://www.refused.test';
const page = (headline: string, by: string, name: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${headline}_拒收网</title></head><body>
<div class="article"><h1>${headline}</h1><div class="info">2026-03-02 09:30　${by}</div>
<div class="content">${[
    `3月2日从市水务局获悉，穿城而过的${name}治理二期工程通过验收，沿岸新添步道6.5公里，两岸居民可以沿河走到老城。`,
    '工程去年四月动工，清淤河道11公里，新建污水管网23公里，沿线37个排污口全部封堵，河水由劣五类提高到三类。',
    `家住${name}边的周大爷每天早晨沿河散步。他说，从前夏天要关着窗，如今河边又能看见白鹭，孩子们也肯来了。`,
  ]
    .map((text) => `<p>${text}</p>`)
    .join('\n')}</div></div></body></html>`;
const pages = new Map<string, string>([
  ['/news/signed.html', page('清溪河治理二期工程通过验收', '记者：王小明', '清溪河')],
  ['/news/plain.html', page('白水河治理二期工程通过验收', '', '白水河')],
]);
const urls = [...pages.keys()].map((path) => origin + path);
const signedId = urlIdOf(`${origin}/news/signed.html`);

let server: ServedPages;
let apiPort = 0;
let world: World;
const client = createElasticsearchClient({ url: inject('elasticsearchUrl') });

beforeAll(async () => {
  server = await servePages(pages);
  apiPort = await freePort();
  world = await createWorld({
    redisUrl: inject('redisUrl'),
    elasticsearchUrl: inject('elasticsearchUrl'),
    environment: {
      FETCH_RESOLVE: `*.refused.test=${server.address}`,
      API_PORT: String(apiPort),
      API_KEYS: `chief:${createHash('sha256').update('key').digest('hex')}`,
      API_OPERATORS: 'chief',
    },
  });
  await Promise.all([world.start('indexer'), world.start('parser'), world.start('crawler')]);
});

afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await client.close();
  server?.[Symbol.dispose]();
});

/** What a command prints, as data. */
async function command<Result = unknown>(
  run: (config: Settings, output: Printed) => Promise<unknown>,
): Promise<Result> {
  const lines: string[] = [];
  const output = { out: (text: string) => void lines.push(text), err: () => {}, live: () => {}, color: false };
  await run(
    {
      REDIS_URL: inject('redisUrl'),
      REDIS_PREFIX: world.redisPrefix,
      ELASTICSEARCH_URL: inject('elasticsearchUrl'),
      ELASTICSEARCH_PREFIX: world.elasticsearchPrefix,
      ARCHIVE_DIR: world.archiveDir,
      API_PORT: 0,
      dataDir: world.archiveDir,
    },
    output,
  );
  return JSON.parse(lines.join('\n'));
}
type Settings = Parameters<typeof listQuarantine>[0];
type Printed = Parameters<typeof listQuarantine>[1];
type Listed = { readonly total: number; readonly entries: readonly (QuarantineEntry & { readonly url: string })[] };

/** A contributor is a nested document: with none allowed, Elasticsearch refuses every article that names one. */
const allowNested = (limit: number | null) =>
  client.indices.putSettings({
    index: indexNames(world.elasticsearchPrefix).alias,
    settings: { 'index.mapping.nested_objects.limit': limit },
  });

const balance = async () => {
  const { discovered, indexed, skipped, quarantined, open } = progressOf(await world.frontier.balance());
  return { discovered, indexed, skipped, quarantined, open };
};

it('quarantines what Elasticsearch refuses, and brings it home when the cause is gone', async () => {
  await allowNested(0);
  const source = makeSource(`${origin}/`, { mode: 'standing' }, Date.now());
  await world.frontier.putSource(source);
  await world.pipeline.request(
    urls.map((url): FoundUrl => ({ url, kind: 'article', sourceId: source.id, depth: 1, standing: true })),
  );
  await world.drained(60_000);
  expect(await balance()).toEqual({ discovered: 2, indexed: 1, skipped: 0, quarantined: 1, open: 0 });

  const list = (options: { reason?: string; host?: string } = {}) =>
    command<Listed>((config, output) => listQuarantine(config, output, { ...options, json: true }));
  const { entries } = await list({ reason: 'document_rejected', host: 'www.refused.test' });
  expect(entries).toMatchObject([{ url: `${origin}/news/signed.html`, stage: 'index', retries: [] }]);
  expect(entries[0]?.message).toContain('nested documents');
  expect((await list({ host: 'www.other.test' })).entries).toEqual([]);
  const id = entries[0]?.id ?? '';

  // The cause is still there: it comes back, and says that it was here before.
  await command((config, output) => retryQuarantine(config, output, id, { json: true }));
  await world.drained(60_000);
  expect(await balance()).toMatchObject({ indexed: 1, quarantined: 1, open: 0 });
  const shown = await command<QuarantineEntry>((config, output) => showQuarantine(config, output, id, true));
  expect(shown.retries).toMatchObject([{ reason: 'document_rejected' }]);

  await allowNested(null);
  const retried = await command((config, output) =>
    retryQuarantine(config, output, undefined, { reason: 'document_rejected', json: true }),
  );
  expect(retried).toEqual({ retried: 1, obsolete: 0, failed: 0, failures: [] });
  await world.drained(60_000);
  expect(await balance()).toEqual({ discovered: 2, indexed: 2, skipped: 0, quarantined: 0, open: 0 });
  expect((await list()).total).toBe(0);
  expect((await world.index.get(signedId))?.article.contributors).toMatchObject([{ name: '王小明' }]);
  await world.index.refresh();
  expect(await world.index.count()).toBe(2);
});

it('replays the archive into the index without a request, once', async () => {
  const before = server.requests;
  const run = (options: { dryRun?: boolean; parserOlderThan?: string } = {}) =>
    command((config, output) => replay(config, output, { ...options, json: true }, new AbortController().signal));
  expect(await run()).toMatchObject({ captures: 2, pages: 2, unchanged: 2, changed: 0, added: 0, failed: 0 });

  // As a parser of before would have left it.
  const stored = (await world.index.get(signedId))?.article;
  if (stored === undefined) throw new Error('not indexed');
  await world.index.write([{ ...stored, headline: '旧的解析', parserVersion: '0' }]);
  expect(await run({ dryRun: true, parserOlderThan: '1' })).toMatchObject({ changed: 1, filtered: 1 });
  expect((await world.index.get(signedId))?.article.headline).toBe('旧的解析');

  expect(await run({ parserOlderThan: '1' })).toMatchObject({ changed: 1, filtered: 1 });
  const deadline = performance.now() + 30_000;
  for (;;) {
    const article = (await world.index.get(signedId))?.article;
    if (article?.headline === stored.headline) {
      const { indexedAt: _now, ...rest } = article;
      const { indexedAt: _then, ...expected } = stored;
      expect(rest).toEqual(expected);
      break;
    }
    if (performance.now() > deadline) throw new Error('the index was not brought up to date');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(await run()).toMatchObject({ unchanged: 2, changed: 0, waiting: 0 });
  expect(await balance()).toEqual({ discovered: 2, indexed: 2, skipped: 0, quarantined: 0, open: 0 });
  expect(server.requests).toBe(before);
});

it('reads all again into a new index beside the live one, which takes its place when told to', async () => {
  const rules = join(world.archiveDir, '..', 'rules.yaml');
  await writeFile(rules, 'rules:\n  - site: refused.test\n    body: [".content p:first-child"]\n');
  const run = (options: ReplayIntoNewOptions) =>
    command((config, output) =>
      replayIntoNew(config, output, { ...options, rules, json: true }, new AbortController().signal),
    );
  const names = indexNames(world.elasticsearchPrefix);
  const idOf = (path: string): string => urlIdOf(origin + path);
  const plainId = idOf('/news/plain.html');
  const before = server.requests;
  const live = (await world.index.get(signedId))?.article;
  const second = `${names.template}-000002`;
  expect(await run({ into: 'new' })).toMatchObject({
    ...{ type: 'filled', from: names.first, to: second, tally: { changed: 2 }, kept: [] },
    difference: { documents: 2, changed: 2, fields: { body: 2 }, behind: 0 },
  });
  expect(server.requests).toBe(before);
  expect((await world.index.get(signedId))?.article).toEqual(live);
  expect(await run({ into: 'new' })).toMatchObject({ type: 'failed', error: expect.stringContaining('--resume') });

  // The pipeline goes on meanwhile: a page changes, another one comes.
  pages.set('/news/plain.html', page('白水河治理二期工程竣工', '', '白水河'));
  pages.set('/news/late.html', page('黑水河治理二期工程通过验收', '', '黑水河'));
  const sourceId = live?.sourceId ?? '';
  const ask = (path: string): FoundUrl => ({ url: origin + path, kind: 'article', sourceId, depth: 1, standing: true });
  await world.pipeline.request(['/news/plain.html', '/news/late.html'].map(ask));
  await world.drained(60_000);
  expect(await run({ switch: true })).toMatchObject({ type: 'done', to: second, documents: 3, oldIndex: 'deleted' });

  const firstParagraph = (name: string): string => `3月2日从市水务局获悉，穿城而过的${name}治理二期工程通过验收`;
  for (const [id, headline, name] of [
    [signedId, live?.headline, '清溪河'],
    [plainId, '白水河治理二期工程竣工', '白水河'],
    [idOf('/news/late.html'), '黑水河治理二期工程通过验收', '黑水河'],
  ]) {
    const article = (await world.index.get(id ?? ''))?.article;
    expect(article).toMatchObject({
      headline,
      body: expect.stringMatching(new RegExp(`^${firstParagraph(name ?? '')}`)),
    });
    expect(article?.body).not.toContain('\n');
  }
  const {
    body: _was,
    bodyHtml: _html,
    contentHash: _hash,
    fingerprint: _print,
    provenance: _how,
    ...rest
  } = live ?? {};
  expect((await world.index.get(signedId))?.article).toMatchObject(rest);

  // Indexers follow the alias, and nothing is left to do.
  pages.set('/news/later.html', page('青水河治理二期工程通过验收', '', '青水河'));
  await world.pipeline.request([ask('/news/later.html')]);
  await world.drained(60_000);
  expect(await client.exists({ index: second, id: idOf('/news/later.html') })).toBe(true);
  expect(await balance()).toEqual({ discovered: 4, indexed: 4, skipped: 0, quarantined: 0, open: 0 });
  await expect(run({ switch: true })).rejects.toThrow('There is no replay into a new index');
});

it('parses all again when an operator asks the API for it, without a request', async () => {
  await world.start('api');
  const api = createClient({ baseUrl: `http://127.0.0.1:${apiPort}/`, apiKey: 'key' });
  await world.index.refresh();
  const before = server.requests;
  const short = (await world.index.get(signedId))?.article;
  expect(short?.body).not.toContain('\n');

  expect(await api.startReplay({ host: 'www.refused.test' })).toMatchObject({ state: 'running', documents: 4 });
  await vi.waitFor(async () => expect((await api.lastReplay()).state).toBe('done'), { timeout: 60_000, interval: 50 });
  expect(await api.lastReplay()).toMatchObject({ looked: 4, queued: 4, filtered: 0, leftAlone: 0 });
  await world.drained(60_000);
  const whole = (await world.index.get(signedId))?.article;
  expect(whole?.body).toContain('\n\n家住清溪河边的周大爷');
  const { id, fetchedAt, captureRef, firstSeenAt, firstIndexedAt, sourceId } = short ?? {};
  expect(whole).toMatchObject({ id, fetchedAt, captureRef, firstSeenAt, firstIndexedAt, sourceId });
  expect(await balance()).toEqual({ discovered: 4, indexed: 4, skipped: 0, quarantined: 0, open: 0 });
  expect(server.requests).toBe(before);
  await expect(api.cancelReplay()).rejects.toMatchObject({ status: 409 });
});
