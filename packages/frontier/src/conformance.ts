import { hostIdOf, urlIdOf } from '@newsmill/core/url';
import { describe, expect, it } from 'vitest';
import type { FoundUrl, Frontier } from './port.ts';

const t0 = Date.parse('2026-01-01T00:00:00Z');
const page = (path: string, over: Partial<FoundUrl> = {}): FoundUrl => ({
  url: `http://a.test/${path}`,
  kind: 'article',
  sourceId: 's',
  depth: 1,
  standing: true,
  ...over,
});
const hostId = hostIdOf('http://a.test/');
const pace = { nextFetchAt: t0 + 500, delayMs: 500 };

/** What every frontier does, in memory or in Redis. `create` gives an empty one. */
export function frontierConformance(name: string, create: () => Promise<Frontier>): void {
  describe(`${name}: frontier`, () => {
    it('gives a new host one turn, and knows a URL once', async () => {
      const frontier = await create();
      const first = await frontier.admit([page('1'), page('2'), page('1')], t0);
      expect(first.accepted).toBe(2);
      expect(first.turns).toEqual([{ job: { v: 1, hostId, host: 'a.test', turn: 1 }, dueAt: t0 }]);
      const again = await frontier.admit([page('1'), page('3')], t0 + 1);
      expect(again).toEqual({ accepted: 1, turns: [] });
      expect(await frontier.balance()).toEqual({ s: { accepted: 3 } });
    });

    it('lends a host to one worker at a time, and to the next when the lease ends', async () => {
      const frontier = await create();
      const job = (await frontier.admit([page('1')], t0)).turns[0]?.job;
      if (!job) throw new Error('no turn');
      expect((await frontier.beginTurn(job, 'worker-a', t0, 1_000)).status).toBe('ok');
      expect(await frontier.beginTurn(job, 'worker-b', t0 + 10, 1_000)).toEqual({
        status: 'busy',
        untilMs: t0 + 1_000,
      });
      expect((await frontier.beginTurn(job, 'worker-b', t0 + 1_001, 1_000)).status).toBe('ok');
      expect((await frontier.take(hostId, 'worker-a', t0 + 1_002, 1_000, 60_000)).status).toBe('lost');
    });

    it('takes due URLs, lists before articles, and hides what it gave out', async () => {
      const frontier = await create();
      const job = (await frontier.admit([page('1'), page('feed', { kind: 'feed' })], t0)).turns[0]?.job;
      if (!job) throw new Error('no turn');
      await frontier.beginTurn(job, 'w', t0, 60_000);
      const order = [];
      for (;;) {
        const take = await frontier.take(hostId, 'w', t0, 60_000, 30_000);
        if (take.status !== 'url') break;
        order.push(take.taken.row.url);
      }
      expect(order).toEqual(['http://a.test/feed', 'http://a.test/1']);
      // Nothing was recorded, as after a crash: both fall due again.
      expect((await frontier.take(hostId, 'w', t0 + 30_000, 60_000, 30_000)).status).toBe('url');
    });

    it('gives the next turn at the end of one, not before the pace allows', async () => {
      const frontier = await create();
      const job = (await frontier.admit([page('1'), page('2')], t0)).turns[0]?.job;
      if (!job) throw new Error('no turn');
      await frontier.beginTurn(job, 'w', t0, 60_000);
      expect(await frontier.admit([page('3')], t0)).toEqual({ accepted: 1, turns: [] });
      const next = await frontier.endTurn(job, 'w', t0, pace);
      expect(next).toEqual({ job: { ...job, turn: 2 }, dueAt: t0 + 500 });
      expect(await frontier.beginTurn(job, 'w', t0, 60_000)).toEqual({ status: 'superseded' });
      expect(await frontier.beginTurn({ ...job, turn: 2 }, 'w', t0 + 500, 60_000)).toEqual({
        status: 'ok',
        nextFetchAt: t0 + 500,
        delayMs: 500,
      });
    });

    it('lets the holder keep a host for longer, and tells who has lost it', async () => {
      const frontier = await create();
      const job = (await frontier.admit([page('1')], t0)).turns[0]?.job;
      if (!job) throw new Error('no turn');
      await frontier.beginTurn(job, 'w', t0, 1_000);
      expect(await frontier.holdTurn(hostId, 'w', t0 + 900, 1_000)).toBe(true);
      const other = () => frontier.beginTurn(job, 'v', t0 + 1_500, 1_000);
      expect(await other()).toEqual({ status: 'busy', untilMs: t0 + 1_900 });
      expect((await frontier.beginTurn(job, 'v', t0 + 2_000, 1_000)).status).toBe('ok');
      expect(await frontier.holdTurn(hostId, 'w', t0 + 2_100, 1_000)).toBe(false);
    });

    it('pulls a far turn near when something is due sooner', async () => {
      const frontier = await create();
      const job = (await frontier.admit([page('feed', { kind: 'feed' })], t0)).turns[0]?.job;
      if (!job) throw new Error('no turn');
      await frontier.beginTurn(job, 'w', t0, 60_000);
      await frontier.take(hostId, 'w', t0, 60_000, 30_000);
      const id = urlIdOf('http://a.test/feed');
      await frontier.record(hostId, id, { type: 'captured', captureRef: 'x#0+1' }, t0);
      await frontier.record(hostId, id, { type: 'finalized', outcome: { verdict: 'skipped', reason: 'feed' } }, t0);
      const far = await frontier.endTurn(job, 'w', t0, pace);
      expect(far?.dueAt).toBeGreaterThan(t0 + 60_000);
      const near = await frontier.admit([page('1')], t0 + 1_000);
      expect(near.turns).toEqual([{ job: { ...job, turn: 3 }, dueAt: t0 + 1_000 }]);
    });

    it('keeps the balance through the life of an article', async () => {
      const frontier = await create();
      await frontier.admit([page('1')], t0);
      const id = urlIdOf('http://a.test/1');
      await frontier.record(hostId, id, { type: 'captured', captureRef: 'x#0+1' }, t0 + 1);
      expect(await frontier.balance()).toEqual({ s: { captured: 1, fetches: 1 } });
      await frontier.record(hostId, id, { type: 'parsed', generation: 1, contentHash: 'h' }, t0 + 2);
      expect(await frontier.balance()).toEqual({ s: { parsed: 1, fetches: 1 } });
      const end = await frontier.record(
        hostId,
        id,
        { type: 'finalized', generation: 1, outcome: { verdict: 'indexed' } },
        t0 + 3,
      );
      expect(end?.row).toMatchObject({ state: 'final', version: 1 });
      expect(await frontier.balance()).toEqual({ s: { indexed: 1, fetches: 1 } });
      expect(await frontier.record(hostId, 'A'.repeat(22), { type: 'unchanged' }, t0)).toBeUndefined();
    });

    it('records what happened to a row as it is, whatever it was seen as', async () => {
      const frontier = await create();
      const job = (await frontier.admit([page('1')], t0)).turns[0]?.job;
      if (!job) throw new Error('no turn');
      const id = urlIdOf('http://a.test/1');
      await frontier.beginTurn(job, 'w', t0, 60_000);
      const take = await frontier.take(hostId, 'w', t0, 60_000, 30_000);
      if (take.status !== 'url') throw new Error('nothing was due');
      const captured = { type: 'captured', captureRef: 'x#0+1' } as const;
      await frontier.record(hostId, id, captured, t0 + 1, take.taken);
      const seen = await frontier.see(hostId, id);
      expect(seen?.row).toMatchObject({ state: 'captured', generation: 1 });
      const parsed = { type: 'parsed', generation: 1, contentHash: 'h' } as const;
      // It means nothing to the row as it was taken, …
      expect((await frontier.record(hostId, id, parsed, t0 + 2, take.taken))?.row).toMatchObject({ state: 'parsed' });
      // … and once more captured is something else to the row as it is than as it was seen.
      expect((await frontier.record(hostId, id, captured, t0 + 3, seen))?.row).toMatchObject({
        generation: 2,
        version: 1,
      });
      await frontier.record(hostId, id, { ...parsed, generation: 2 }, t0 + 4, seen);
      const indexed = { type: 'finalized', generation: 2, outcome: { verdict: 'indexed' } } as const;
      await frontier.record(hostId, id, indexed, t0 + 5, await frontier.see(hostId, id));
      expect(await frontier.balance()).toEqual({ s: { indexed: 1, fetches: 2 } });
      expect(await frontier.see(hostId, 'A'.repeat(22))).toBeUndefined();
    });

    it('finds what a crash left lying', async () => {
      const frontier = await create();
      const job = (await frontier.admit([page('1'), page('2')], t0)).turns[0]?.job;
      await frontier.record(hostId, urlIdOf('http://a.test/1'), { type: 'captured', captureRef: 'x#0+1' }, t0 + 1);
      expect(await frontier.reconcile(t0 + 100, 60_000)).toEqual({ turns: [], parses: [] });
      const found = await frontier.reconcile(t0 + 60_100, 60_000);
      expect(found.turns.map((turn) => turn.job)).toEqual([job]);
      expect(found.parses).toEqual([
        {
          v: 1,
          urlId: urlIdOf('http://a.test/1'),
          hostId,
          url: 'http://a.test/1',
          generation: 1,
          captureRef: 'x#0+1',
          fetchedAt: new Date(t0 + 1).toISOString(),
          sourceId: 's',
          depth: 1,
        },
      ]);
    });

    it('keeps sources and counts the pages of a one-off crawl', async () => {
      const frontier = await create();
      const source = {
        id: 'a.test',
        name: 'A',
        url: 'http://a.test/',
        domain: 'a.test',
        addedAt: '2026-01-01T00:00:00.000Z',
        mode: 'once' as const,
        pagesMax: 2,
        depthMax: 8,
      };
      await frontier.putSource(source);
      expect(await frontier.getSource('a.test')).toEqual(source);
      expect(await frontier.listSources()).toEqual([source]);
      const spent = [];
      for (let i = 0; i < 3; i += 1) spent.push(await frontier.spendPage('a.test', 2));
      expect(spent).toEqual([true, true, false]);
      expect(await frontier.removeSource('a.test')).toBe(true);
      expect(await frontier.getSource('a.test')).toBeUndefined();
    });

    it('keeps robots.txt for a host', async () => {
      const frontier = await create();
      await frontier.admit([page('1')], t0);
      const entry = { type: 'rules' as const, text: 'user-agent: *\ndisallow: /x', fetchedAt: t0 };
      await frontier.putRobots(hostId, entry, 60_000);
      expect(await frontier.getRobots(hostId)).toEqual(entry);
    });
  });
}
