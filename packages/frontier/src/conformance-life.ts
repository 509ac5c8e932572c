import { hostIdOf, urlIdOf } from '@newsmill/core/url';
import { describe, expect, it } from 'vitest';
import type { FoundUrl, Frontier, UrlEvent } from './port.ts';

const t0 = Date.parse('2026-01-01T00:00:00Z');
const hour = 3_600_000;
const page = (path: string, over: Partial<FoundUrl> = {}): FoundUrl => ({
  url: `http://a.test/${path}`,
  kind: 'article',
  sourceId: 's',
  depth: 1,
  standing: true,
  ...over,
});
const hostId = hostIdOf('http://a.test/');
const idOf = (path: string) => urlIdOf(page(path).url);
const indexed: UrlEvent = { type: 'finalized', outcome: { verdict: 'indexed' } };
const parsed: UrlEvent = { type: 'parsed', generation: 1, contentHash: 'h' };
const captured: UrlEvent = { type: 'captured', captureRef: 'x#0+1', etag: '"1"' };

/** Takes everything that is due, in order. */
async function takeAll(frontier: Frontier, now: number): Promise<string[]> {
  const urls: string[] = [];
  for (;;) {
    const take = await frontier.take(hostId, 'w', now, 60_000, 30_000);
    if (take.status !== 'url') return urls;
    urls.push(take.taken.row.url.slice('http://a.test/'.length));
    expect(take.taken.urlId).toBe(urlIdOf(take.taken.row.url));
  }
}
async function begin(frontier: Frontier, found: readonly FoundUrl[], now = t0): Promise<void> {
  const job = (await frontier.admit(found, now)).turns[0]?.job;
  if (!job) throw new Error('no turn');
  await frontier.beginTurn(job, 'w', now, 10 * hour);
}
async function readAndIndex(frontier: Frontier, path: string, now: number): Promise<void> {
  await frontier.record(hostId, idOf(path), captured, now);
  await frontier.record(hostId, idOf(path), parsed, now);
  await frontier.record(hostId, idOf(path), { ...indexed, generation: 1 } as UrlEvent, now);
}

/** What a row goes through in its life, on every frontier. `create` gives an empty one. */
export function frontierLifeConformance(name: string, create: () => Promise<Frontier>): void {
  describe(`${name}: a URL's life`, () => {
    it('keeps thousands of URLs of one host apart, each once', async () => {
      const frontier = await create();
      const paths = Array.from({ length: 3_000 }, (_, at) => `news/${at}`);
      await begin(
        frontier,
        paths.map((path) => page(path)),
      );
      expect(
        (
          await frontier.admit(
            paths.map((path) => page(path)),
            t0,
          )
        ).accepted,
      ).toBe(0);
      expect(await frontier.balance()).toEqual({ s: { accepted: 3_000 } });
      const taken = await takeAll(frontier, t0);
      expect(taken).toEqual(paths);
      expect(await frontier.getUrl('http://a.test/news/2999')).toMatchObject({
        depth: 1,
        sourceId: 's',
        firstSeenAt: t0,
      });
      expect(await frontier.getUrl('http://a.test/news/3000')).toBeUndefined();
    });

    it('gives out lists first, then the news of the last days, then the rest', async () => {
      const frontier = await create();
      await begin(frontier, [
        page('old'),
        page('new', { datePublished: '2025-12-31T12:00:00.000Z' }),
        page('far/section', { kind: 'section', depth: 2 }),
        page('section', { kind: 'section' }),
        page('sitemap', { kind: 'sitemap' }),
        page('feed', { kind: 'feed' }),
      ]);
      expect(await takeAll(frontier, t0)).toEqual(['feed', 'sitemap', 'section', 'new', 'old', 'far/section']);
    });

    it('looks at a list whose time has come again before a backlog of articles', async () => {
      const frontier = await create();
      await begin(frontier, [page('feed', { kind: 'feed' }), page('1'), page('2'), page('3')]);
      expect((await frontier.take(hostId, 'w', t0, 10 * hour, hour)).status).toBe('url');
      const looked = { verdict: 'skipped', reason: 'feed' } as const;
      await frontier.record(hostId, idOf('feed'), captured, t0);
      await frontier.record(hostId, idOf('feed'), { type: 'finalized', outcome: looked, generation: 1 }, t0);
      expect(await frontier.take(hostId, 'w', t0, 10 * hour, hour)).toMatchObject({ taken: { row: page('1') } });
      expect(await takeAll(frontier, t0 + hour - 1)).toEqual(['feed', '2', '3']);
    });

    it('takes turns between lists that are due again and what is new', async () => {
      const frontier = await create();
      const lists = ['a', 'b', 'c'].map((path) => page(path, { kind: 'section' }));
      await begin(frontier, lists);
      await takeAll(frontier, t0);
      const looked = { verdict: 'skipped', reason: 'section_page' } as const;
      for (const path of ['a', 'b', 'c']) {
        await frontier.record(hostId, idOf(path), captured, t0);
        await frontier.record(hostId, idOf(path), { type: 'finalized', outcome: looked, generation: 1 }, t0);
      }
      await frontier.admit([page('1'), page('2')], t0 + 1);
      const order = (await takeAll(frontier, t0 + hour - 1)).map((path) => (/\d/.test(path) ? 'article' : 'list'));
      expect(order).toEqual(['list', 'article', 'list', 'article', 'list']);
    });

    it('holds back what is not to be fetched yet', async () => {
      const frontier = await create();
      await begin(frontier, [page('later', { kind: 'sitemap', notBefore: t0 + hour }), page('now')]);
      expect(await takeAll(frontier, t0 + hour - 1)).toEqual(['now']);
      expect(await frontier.getUrl(page('later').url)).toMatchObject({ state: 'accepted', dueAt: t0 + hour });
      expect(await takeAll(frontier, t0 + hour)).toEqual(['later']);
    });

    it('knows the fate of a URL for ever, and does not take it in again', async () => {
      const frontier = await create();
      await begin(frontier, [page('1', { standing: false })]);
      await takeAll(frontier, t0);
      await readAndIndex(frontier, '1', t0 + 1);
      const row = await frontier.getUrl('http://a.test/1');
      expect(row).toMatchObject({
        url: 'http://a.test/1',
        state: 'final',
        outcome: { verdict: 'indexed' },
        generation: 1,
        fetchedAt: t0 + 1,
      });
      expect(row?.dueAt).toBeUndefined();
      expect((await frontier.admit([page('1')], t0 + 2)).accepted).toBe(0);
      expect(await takeAll(frontier, t0 + 999 * hour)).toEqual([]);
      expect(await frontier.balance()).toEqual({ s: { indexed: 1, fetches: 1 } });
    });

    it('comes back for each re-check of an article, with what the fetch needs', async () => {
      const frontier = await create();
      await begin(frontier, [page('1'), page('2')]);
      await takeAll(frontier, t0);
      await readAndIndex(frontier, '1', t0 + 1_000);
      await readAndIndex(frontier, '2', t0 + 2_000);
      expect(await takeAll(frontier, t0 + hour - 1)).toEqual([]);
      const take = await frontier.take(hostId, 'w', t0 + hour, 10 * hour, 30_000);
      if (take.status !== 'url') throw new Error(take.status);
      expect(take.taken.row).toMatchObject({ url: 'http://a.test/1', etag: '"1"', generation: 1, standing: true });
      const again = await frontier.record(hostId, idOf('1'), { type: 'unchanged' }, t0 + hour);
      expect(again?.row.dueAt).toBe(t0 + 6 * hour);
      expect(await takeAll(frontier, t0 + hour)).toEqual(['2']);
      // Of 2 nothing was heard, as after a crash.
      expect(await takeAll(frontier, t0 + 6 * hour)).toEqual(['2', '1']);
    });

    it('does not let a late re-check hold up an earlier one', async () => {
      const frontier = await create();
      await begin(frontier, [page('early')], t0 - 2 * hour);
      await frontier.admit([page('late')], t0);
      await takeAll(frontier, t0);
      await readAndIndex(frontier, 'late', t0 + hour);
      await readAndIndex(frontier, 'early', t0 + hour);
      expect((await frontier.getUrl('http://a.test/late'))?.dueAt).toBe(t0 + 6 * hour);
      expect(await takeAll(frontier, t0 + 4 * hour)).toEqual(['early']);
    });

    it('listens to nothing that comes too late', async () => {
      const frontier = await create();
      await begin(frontier, [page('1'), page('2', { standing: false })]);
      await takeAll(frontier, t0);
      await readAndIndex(frontier, '1', t0);
      await readAndIndex(frontier, '2', t0);
      for (const path of ['1', '2']) {
        const late = await frontier.record(hostId, idOf(path), { ...indexed, generation: 1 } as UrlEvent, t0 + 5);
        expect(late?.row).toMatchObject({ state: 'final', generation: 1 });
        expect(late?.turn).toBeUndefined();
      }
      expect(await frontier.balance()).toEqual({ s: { indexed: 2, fetches: 2 } });
    });

    it("takes an operator's word for one that lay in quarantine, although its address is not kept", async () => {
      const frontier = await create();
      await begin(frontier, [page('1', { standing: false })]);
      await takeAll(frontier, t0);
      await frontier.record(hostId, idOf('1'), captured, t0 + 1);
      const outcome = { verdict: 'quarantined', reason: 'parser_failed' } as const;
      await frontier.record(hostId, idOf('1'), { type: 'finalized', outcome, generation: 1 }, t0 + 2);
      const dropped = await frontier.record(hostId, idOf('1'), { type: 'dropped', generation: 1 }, t0 + 3);
      expect(dropped?.row.outcome).toEqual({ verdict: 'skipped', reason: 'dropped' });
      expect(await frontier.balance()).toEqual({ s: { 'skipped:dropped': 1, fetches: 1 } });
    });

    it('opens a URL again that was quarantined, address and all, and lets its job end it', async () => {
      const frontier = await create();
      await begin(frontier, [page('1', { standing: false })]);
      await takeAll(frontier, t0);
      await frontier.record(hostId, idOf('1'), captured, t0 + 1);
      const outcome = { verdict: 'quarantined', reason: 'parser_failed' } as const;
      await frontier.record(hostId, idOf('1'), { type: 'finalized', outcome, generation: 1 }, t0 + 2);
      const { url } = page('1');
      const event = { type: 'reopened', url, generation: 1, state: 'captured', captureRef: 'x#0+1' } as const;
      const opened = await frontier.record(hostId, idOf('1'), event, t0 + 3);
      expect(opened?.row).toMatchObject({ url, state: 'captured', generation: 1 });
      expect(await frontier.balance()).toEqual({ s: { captured: 1, fetches: 1 } });
      // What dies before the job is on its queue is found again.
      expect((await frontier.reconcile(t0 + hour, 1)).parses).toMatchObject([
        { url, generation: 1, captureRef: 'x#0+1', fetchedAt: new Date(t0 + 1).toISOString() },
      ]);
      await frontier.record(hostId, idOf('1'), parsed, t0 + 4);
      await frontier.record(hostId, idOf('1'), { ...indexed, generation: 1 } as UrlEvent, t0 + 4);
      expect(await frontier.balance()).toEqual({ s: { indexed: 1, fetches: 1 } });
      const again = await frontier.record(hostId, idOf('1'), event, t0 + 5);
      expect(again?.row).toMatchObject({ state: 'final', outcome: { verdict: 'indexed' } });
    });

    it('makes known and new URLs due for whoever wants them', async () => {
      const frontier = await create();
      await begin(frontier, [page('1', { standing: false }), page('waits')]);
      await takeAll(frontier, t0);
      await readAndIndex(frontier, '1', t0);
      const wanted = await frontier.want([page('1', { sourceId: 't' }), page('new'), page('waits')], t0 + 100_000);
      expect(wanted.accepted).toBe(1);
      expect((await takeAll(frontier, t0 + 100_000)).sort()).toEqual(['1', 'new', 'waits']);
      expect(await frontier.getUrl('http://a.test/1')).toMatchObject({
        sourceId: 't',
        state: 'accepted',
        generation: 1,
      });
      expect(await frontier.balance()).toEqual({ s: { accepted: 2, fetches: 1 }, t: { accepted: 1 } });
    });

    it('takes in no more than host and source may have', async () => {
      const frontier = await create();
      const five = ['1', '2', '3', '4', '5'].map((path) => page(path));
      expect(await frontier.admit(five, t0, { hostUrlsMax: 3 })).toMatchObject({ accepted: 3, refused: 2 });
      const again = await frontier.admit(five, t0, { sourceUrlsMax: 4 });
      expect(again).toMatchObject({ accepted: 1, refused: 1 });
      expect(await frontier.admit([page('9', { sourceId: 't' })], t0, { sourceUrlsMax: 1 })).toMatchObject({
        accepted: 1,
      });
    });
  });
}
