import { createHash } from 'node:crypto';
import { newProgress } from '@newsmill/audit';
import { pipeline } from '@newsmill/contracts';
import { hostIdOf, urlIdOf } from '@newsmill/core/url';
import { createMemoryFrontier, parseJobOf, recordQuarantined } from '@newsmill/frontier';
import { createMemoryJobQueue, createMemoryQuarantine } from '@newsmill/queue';
import { createMemoryIndex } from '@newsmill/search-index';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { createApi } from '../app.ts';
import { createMemoryReplayStore } from '../replay/memory-store.ts';

const now = Date.parse('2026-03-02T00:00:00Z');
const urlOf = (name: string): string => `http://www.a.test/${name}.html`;
const jobIdOf = (name: string): string => `${urlIdOf(urlOf(name))}-1`;

/** An API with two keys, of which one is an operator's, and a few pages in quarantine. */
async function setUp(names: readonly string[] = ['1', '2', '3']) {
  const frontier = createMemoryFrontier();
  const quarantine = createMemoryQuarantine();
  const queue = createMemoryJobQueue();
  const sha256 = (key: string) => createHash('sha256').update(key).digest('hex');
  for (const [at, name] of names.entries()) {
    const url = urlOf(name);
    const [hostId, urlId] = [hostIdOf(url), urlIdOf(url)];
    await frontier.admit([{ url, kind: 'article', sourceId: 's', depth: 1, standing: false }], now);
    const recorded = await frontier.record(hostId, urlId, { type: 'captured', captureRef: 'a#0+1' }, now);
    const payload = recorded && parseJobOf(hostId, urlId, recorded.row);
    const reason = at === 0 ? 'parse_timeout' : 'parser_failed';
    const quarantinedAt = new Date(now - at * 3_600_000).toISOString();
    const [jobId, stage] = [jobIdOf(name), 'parse'] as const;
    const entry = { id: `${stage}/${jobId}`, stage, jobId, payload, reason, quarantinedAt } as const;
    await quarantine.put({ ...entry, message: 'bad', attempts: 2 });
    await recordQuarantined(frontier, { hostId, urlId, generation: 1 }, reason, now);
  }
  const app = await createApi({
    index: createMemoryIndex(),
    balance: () => frontier.balance(),
    registry: new Registry(),
    access: {
      keys: [
        { name: 'reader', sha256: sha256('read') },
        { name: 'chief', sha256: sha256('operate') },
      ],
      ratePerMinute: 0,
      atOnceMax: 0,
      corsOrigins: [],
    },
    operator: {
      ...{ quarantine, queue, ledger: frontier, operators: ['chief'], clock: () => now },
      ...{ replays: createMemoryReplayStore(), countArticles: async () => 0 },
      audits: {
        load: async () => ({
          ...newProgress(now),
          phase: 'done',
          found: { job_missing: 2 },
          repaired: { job_missing: 1 },
        }),
      },
    },
  });
  const ask = async (method: 'GET' | 'POST' | 'DELETE', url: string, key = 'operate') => {
    const { statusCode, body } = await app.inject({ method, url, headers: { 'x-api-key': key } });
    return { status: statusCode, body: body === '' ? undefined : JSON.parse(body) };
  };
  return { app, ask, frontier, quarantine, queue };
}

describe('the quarantine of the API', () => {
  it('is for operators only, whatever is asked', async () => {
    const { app, ask, quarantine } = await setUp();
    const one = `/quarantine/parse/${jobIdOf('1')}`;
    const all: ['GET' | 'POST' | 'DELETE', string][] = [
      ['GET', '/quarantine'],
      ['GET', one],
      ['POST', `${one}/retry`],
      ['DELETE', one],
      ['POST', '/quarantine/retry?all=true'],
      ['POST', '/quarantine/drop?all=true'],
      ['GET', '/audit'],
      ['POST', '/replay?all=true'],
      ['GET', '/replay'],
      ['DELETE', '/replay'],
    ];
    for (const [method, url] of all) {
      expect([url, (await ask(method, url, 'read')).status]).toEqual([url, 403]);
      expect([url, (await ask(method, url, 'wrong')).status]).toEqual([url, 401]);
      expect([url, (await app.inject({ method, url })).statusCode]).toEqual([url, 401]);
    }
    expect(await quarantine.count()).toBe(3);
    // What everybody may ask stays as it was.
    expect((await ask('GET', '/status', 'read')).status).toBe(200);
  });

  it('lists by reason, stage, host and age, and shows one with its payload', async () => {
    const { ask } = await setUp();
    const idsOf = async (query: string) => {
      const { body } = await ask('GET', `/quarantine${query}`);
      return body.entries.map(({ url }: { url: string }) => url);
    };
    expect(await idsOf('')).toEqual(['1', '2', '3'].map(urlOf));
    expect(await idsOf('?reason=parser_failed')).toEqual(['2', '3'].map(urlOf));
    expect(await idsOf('?host=www.a.test&olderThan=90min')).toEqual([urlOf('3')]);
    expect(await idsOf('?host=www.b.test')).toEqual([]);
    expect(await idsOf('?stage=index')).toEqual([]);
    expect(await idsOf('?limit=1')).toEqual([urlOf('1')]);
    for (const query of [
      '?reason=none',
      '?stage=fetch',
      '?host=a/b',
      '?olderThan=old',
      '?limit=0',
      '?stage=a&stage=b',
    ]) {
      expect([query, (await ask('GET', `/quarantine${query}`)).status]).toEqual([query, 400]);
    }
    const { body } = await ask('GET', `/quarantine/parse/${jobIdOf('1')}`);
    expect(body).toMatchObject({
      reason: 'parse_timeout',
      captureRef: 'a#0+1',
      payload: { url: urlOf('1') },
      retries: [],
    });
    expect((await ask('GET', '/quarantine/parse/none')).status).toBe(404);
  });

  it('puts back one or many, and tells the ledger', async () => {
    const { ask, frontier, quarantine, queue } = await setUp();
    const { body } = await ask('POST', `/quarantine/parse/${jobIdOf('1')}/retry`);
    expect(body).toEqual({ retried: 1, obsolete: 0, failures: [], more: false });
    expect(await frontier.getUrl(urlOf('1'))).toMatchObject({ state: 'captured' });
    expect((await ask('POST', '/quarantine/retry')).status).toBe(400);
    const many = await ask('POST', '/quarantine/retry?reason=parser_failed&limit=1');
    expect(many.body).toEqual({ retried: 1, obsolete: 0, failures: [], more: true });
    expect((await ask('POST', '/quarantine/retry?all=true')).body).toMatchObject({ retried: 1, more: false });
    expect((await queue.depth(pipeline.parse.queue)).waiting).toBe(3);
    expect(await quarantine.count()).toBe(0);
    // Its history stays.
    const shown = await ask('GET', `/quarantine/parse/${jobIdOf('1')}`);
    expect(shown.body.retries).toMatchObject([{ reason: 'parse_timeout', message: 'bad' }]);
  });

  it('drops one or many for good', async () => {
    const { ask, frontier } = await setUp();
    expect((await ask('DELETE', `/quarantine/parse/${jobIdOf('1')}`)).status).toBe(204);
    expect((await ask('POST', '/quarantine/drop')).status).toBe(400);
    expect((await ask('POST', '/quarantine/drop?all=true')).body).toEqual({ dropped: 2, more: false });
    expect(await frontier.balance()).toEqual({ s: { 'skipped:dropped': 3, fetches: 3 } });
    expect((await ask('DELETE', `/quarantine/parse/${jobIdOf('1')}`)).status).toBe(404);
  });
});

it('tells what the last audit found', async () => {
  const { ask } = await setUp([]);
  expect((await ask('GET', '/audit')).body).toMatchObject({
    ...{ phase: 'done', balanced: false, startedAt: '2026-03-02T00:00:00.000Z' },
    ...{ found: { job_missing: 2 }, repaired: { job_missing: 1 } },
    balance: { accepted: 0, inFlight: 0 },
  });
});
