import { pipeline } from '@newsmill/contracts';
import { hostIdOf, urlIdOf } from '@newsmill/core/url';
import { dropQuarantined } from '@newsmill/queue';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { createWorld, siteSource } from './audit.fixture.ts';
import { balanceOf, isBalanced } from './index.ts';

const origin = 'http://www.a.test';
const urlOf = (name: string): string => `${origin}/${name}.html`;
const hostId = hostIdOf(`${origin}/`);
let world: Awaited<ReturnType<typeof createWorld>>;

beforeEach(async () => {
  world = await createWorld(inject('redisUrl'), inject('elasticsearchUrl'));
  await world.frontier.putSource(siteSource('s', 'a.test'));
});

afterEach(async () => {
  await world[Symbol.asyncDispose]();
});

/** One URL at every station. */
async function populate(): Promise<void> {
  await world.indexed([urlOf('indexed-1'), urlOf('indexed-2')]);
  await world.accept(['accepted', 'captured', 'skipped', 'quarantined'].map(urlOf));
  for (const name of ['captured', 'skipped', 'quarantined']) await world.fetch(urlOf(name));
  await world.finish(urlOf('skipped'), { verdict: 'skipped', reason: 'too_short' });
  await world.finish(urlOf('quarantined'), { verdict: 'quarantined', reason: 'parser_failed' });
}

/** Audits once more with repair, and expects that the audit after that finds nothing. */
async function repaired() {
  const { findings, progress } = await world.audit({ repair: true });
  expect(findings.every(({ repair }) => repair === 'done')).toBe(true);
  expect(isBalanced(progress)).toBe(true);
  await world.articles.refresh();
  expect((await world.audit()).findings).toEqual([]);
  return findings;
}

describe('a pipeline at work', () => {
  it('balances, whatever station its URLs are at', async () => {
    await populate();
    const { progress, findings } = await world.audit();
    expect(findings).toEqual([]);
    expect(isBalanced(progress)).toBe(true);
    expect(balanceOf(progress)).toEqual({ accepted: 6, indexed: 2, skipped: 1, quarantined: 1, inFlight: 2 });
    expect(progress).toMatchObject({ hosts: 1, documents: 2, captures: 5, quarantined: 1, jobs: 1 });
    expect(progress.urls).toMatchObject({ skipped: { too_short: 1 }, quarantined: { parser_failed: 1 } });
  });

  it('gives no alarm while URLs are on their way', async () => {
    const urls = Array.from({ length: 60 }, (_, at) => urlOf(`moving-${at}`));
    await world.accept(urls);
    let done = false;
    const work = (async () => {
      for (const [at, url] of urls.entries()) {
        await world.fetch(url);
        await world.finish(url, at % 3 === 0 ? { verdict: 'skipped', reason: 'empty' } : { verdict: 'indexed' });
      }
      done = true;
    })();
    let audits = 0;
    while (!done) {
      // The index shows what was written at its next refresh: until then it only looks as if it were not there.
      expect((await world.audit({ settleMs: 200 })).findings).toEqual([]);
      audits += 1;
    }
    await work;
    expect(audits).toBeGreaterThan(0);
  });
});

describe('finds and puts back', () => {
  it('a document that is gone from the index', async () => {
    await populate();
    const lost = urlOf('indexed-1');
    await world.deleteDocument(lost);
    const { findings } = await world.audit();
    expect(findings).toMatchObject([{ code: 'document_missing', url: lost, host: 'www.a.test', repair: 'left' }]);
    const [found] = (await world.audit({ repair: true })).findings;
    expect(found).toMatchObject({ code: 'document_missing', repair: 'done' });
    // Its capture waits for the parser again, under the time of its fetch.
    const row = await world.frontier.getUrl(lost);
    expect(row).toMatchObject({ state: 'captured', generation: 1, captureRef: found?.subject });
    expect((await world.jobs.ids(pipeline.parse.queue)).has(`${urlIdOf(lost)}-1`)).toBe(true);
    await world.finish(lost, { verdict: 'indexed' });
    await world.articles.refresh();
    expect((await world.audit()).findings).toEqual([]);
  });

  it('a job that is gone from its queue, also when its rest is in the way', async () => {
    await populate();
    const id = `${urlIdOf(urlOf('captured'))}-1`;
    // Torn out of the list, its hash left: adding it again would do nothing.
    await world.redis.lrem(`${world.prefix}:parse:wait`, 0, id);
    expect((await world.audit()).findings).toMatchObject([{ code: 'job_missing', url: urlOf('captured') }]);
    expect(await repaired()).toMatchObject([{ code: 'job_missing' }]);
    expect((await world.jobs.ids(pipeline.parse.queue)).has(id)).toBe(true);
  });

  it('the visit of a host that has URLs to fetch', async () => {
    await populate();
    await world.forget(`${world.prefix}:visit:*`);
    expect((await world.audit()).findings).toMatchObject([{ code: 'turn_missing', host: 'www.a.test' }]);
    await repaired();
    expect([...(await world.jobs.ids(pipeline.visit.queue))]).toEqual([`${hostId}-1`]);
  });

  it('an item that is gone from quarantine', async () => {
    await populate();
    await world.quarantine.drop(`parse/${urlIdOf(urlOf('quarantined'))}-1`);
    expect((await world.audit()).findings).toMatchObject([{ code: 'quarantine_missing', url: urlOf('quarantined') }]);
    await repaired();
    expect(await world.frontier.getUrl(urlOf('quarantined'))).toMatchObject({ state: 'captured' });
  });

  it('nothing when an operator drops an item from quarantine', async () => {
    await populate();
    const entry = await world.quarantine.get(`parse/${urlIdOf(urlOf('quarantined'))}-1`);
    if (entry === undefined) throw new Error('nothing in quarantine');
    const { quarantine, frontier: ledger } = world;
    expect(await dropQuarantined(entry, { quarantine, ledger, now: Date.now() })).toBe(true);
    const { findings, progress } = await world.audit();
    expect(findings).toEqual([]);
    expect(progress.urls.skipped).toEqual({ too_short: 1, dropped: 1 });
  });

  it('an item in quarantine that the ledger does not call so', async () => {
    await populate();
    const id = `parse/${urlIdOf(urlOf('quarantined'))}-1`;
    const entry = await world.quarantine.get(id);
    if (entry === undefined) throw new Error('nothing in quarantine');
    const other = `${urlIdOf(urlOf('indexed-1'))}-1`;
    const payload = { ...(entry.payload as object), urlId: urlIdOf(urlOf('indexed-1')), url: urlOf('indexed-1') };
    await world.quarantine.put({ ...entry, id: `parse/${other}`, jobId: other, payload });
    expect((await world.audit()).codes).toEqual(['quarantine_obsolete']);
    await repaired();
    expect(await world.quarantine.ids()).toEqual([id]);
  });

  it('what the ledger has lost of one host, from index, quarantine, queues and archive', async () => {
    await populate();
    await world.forget(`${world.prefix}:{${hostId}}:*`);
    await world.redis.hdel(`${world.prefix}:hosts`, hostId);
    expect((await world.audit()).codes).toEqual([
      ...Array(5).fill('capture_unknown'),
      ...Array(2).fill('document_unknown'),
      'job_unknown',
      'quarantine_unknown',
    ]);
    const findings = await repaired();
    expect(findings.map(({ code }) => code).sort()).toEqual([
      'capture_unknown',
      'document_unknown',
      'document_unknown',
      'job_unknown',
      'quarantine_unknown',
    ]);
    // What was never fetched is found again through the pages that link to it.
    const { progress } = await world.audit();
    expect(balanceOf(progress)).toEqual({ accepted: 5, indexed: 2, skipped: 0, quarantined: 1, inFlight: 2 });
    expect(await world.frontier.balance()).toMatchObject({
      s: { indexed: 2, captured: 2, 'quarantined:parser_failed': 1 },
    });
  });

  it('a capture that is newer than all that the ledger knows of', async () => {
    await populate();
    const ref = await world.capture(urlOf('skipped'), Date.now() + 1_000);
    expect((await world.audit()).findings).toMatchObject([{ code: 'capture_unrecorded', url: urlOf('skipped') }]);
    await repaired();
    expect(await world.frontier.getUrl(urlOf('skipped'))).toMatchObject({
      state: 'captured',
      captureRef: ref,
      generation: 2,
    });
  });

  it('counts that are not those of the rows', async () => {
    await populate();
    await world.redis.hincrby(`${world.prefix}:{${hostId}}:counts`, 's|indexed', 5);
    expect((await world.audit()).findings).toMatchObject([
      { code: 'counts_wrong', subject: 's|indexed: 7 counted, 2 there' },
    ]);
    await repaired();
    expect((await world.frontier.balance()).s).toMatchObject({ indexed: 2, fetches: 5 });
  });

  it('URLs that were torn out of one part of the ledger', async () => {
    await populate();
    await world.accept(Array.from({ length: 200 }, (_, at) => urlOf(`many-${at}`)));
    // A bucket of marks: fates and all of some sixty URLs, most of them never fetched.
    const bucket = `${world.prefix}:{${hostId}}:b1`;
    const torn = await world.redis.hlen(bucket);
    expect(torn).toBeGreaterThan(20);
    await world.redis.del(bucket);
    const { findings } = await world.audit();
    expect(findings.some(({ code }) => code === 'counts_wrong')).toBe(true);
    const unlisted = findings.filter(({ code }) => code === 'url_unlisted');
    expect(unlisted.length).toBeGreaterThan(20);
    await repaired();
    for (const { url = '' } of unlisted) expect(await world.frontier.getUrl(url)).toBeDefined();
    const known = balanceOf((await world.audit()).progress).accepted;
    // Of what was done and was no article nothing is left but its capture, which is looked at again.
    expect(known).toBe(206);
  });

  it('a host that is missing in the list of hosts', async () => {
    await populate();
    await world.redis.hdel(`${world.prefix}:hosts`, hostId);
    expect(await world.frontier.balance()).toEqual({});
    expect((await world.audit()).findings).toMatchObject([{ code: 'host_unlisted', host: 'www.a.test' }]);
    await repaired();
    expect((await world.frontier.balance()).s).toMatchObject({ indexed: 2, accepted: 1 });
  });

  it('URLs of which the ledger has lost all but that it knows them', async () => {
    await populate();
    await world.redis.del(`${world.prefix}:{${hostId}}:rows`);
    const codes = ['capture_unknown', 'counts_wrong', 'job_unknown', 'row_missing'];
    expect((await world.audit()).codes).toEqual(codes);
    await repaired();
    expect(await world.frontier.getUrl(urlOf('captured'))).toMatchObject({ state: 'captured' });
    expect((await world.frontier.balance()).s).toMatchObject({ indexed: 2, captured: 1 });
  });

  it('URLs that stand in no line any more', async () => {
    await populate();
    await world.forget(`${world.prefix}:{${hostId}}:l*`);
    expect((await world.audit()).findings).toMatchObject([{ code: 'not_scheduled', host: 'www.a.test' }]);
    const { findings } = await world.audit({ repair: true });
    expect(findings).toMatchObject([{ code: 'not_scheduled', repair: 'failed' }]);
    expect((await world.audit()).findings).toEqual([]);
    await world.accept([urlOf('accepted')]);
    expect(await world.frontier.getUrl(urlOf('accepted'))).toMatchObject({ state: 'accepted', url: urlOf('accepted') });
  });

  it('nothing of what belongs to no source, and says so', async () => {
    await world.capture('http://www.other.test/1.html');
    const { findings, progress } = await world.audit({ repair: true });
    expect(findings).toMatchObject([{ code: 'capture_unknown', repair: 'failed' }]);
    expect(findings[0]?.why).toContain('no source');
    expect(isBalanced(progress)).toBe(false);
  });
});

describe('an audit that is interrupted', () => {
  it.each([2, 5, 8])('goes on where it was and finds the same (after %i steps)', async (steps) => {
    await populate();
    await world.accept([urlOf('accepted')].map((url) => url.replace('www.a', 'www2.a')));
    await world.deleteDocument(urlOf('indexed-2'));
    const stop = new AbortController();
    let saved: string | undefined;
    let left = steps;
    const interrupted = world.audit({
      signal: stop.signal,
      saveEveryMs: 0,
      save: async (progress) => {
        saved = JSON.stringify(progress);
        left -= 1;
        if (left === 0) stop.abort(new Error('enough'));
      },
    });
    await expect(interrupted).rejects.toThrow('enough');
    if (saved === undefined) throw new Error('nothing was saved');
    const { progress } = await world.audit({ resume: JSON.parse(saved) });
    expect(progress.found).toEqual({ document_missing: 1 });
    expect(balanceOf(progress)).toEqual({ accepted: 7, indexed: 2, skipped: 1, quarantined: 1, inFlight: 3 });
    expect(progress).toMatchObject({ hosts: 2, documents: 1, captures: 5, quarantined: 1, jobs: 1 });
  });
});
