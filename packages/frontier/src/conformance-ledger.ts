import type { VisitJob } from '@newsmill/contracts';
import { hostIdOf, urlIdOf } from '@newsmill/core/url';
import { describe, expect, it } from 'vitest';
import { idBeginning, type LedgerEntry, type LedgerHost, shortIdOf } from './ledger.ts';
import type { FoundUrl, Frontier, UrlEvent, UrlRow } from './port.ts';

const t0 = Date.parse('2026-01-01T00:00:00Z');
const page = (url: string, over: Partial<FoundUrl> = {}): FoundUrl => ({
  ...{ url, kind: 'article', sourceId: 's', depth: 1, standing: false },
  ...over,
});

async function walked(frontier: Frontier, after?: string) {
  const entries: LedgerEntry[] = [];
  const ended: LedgerHost[] = [];
  const positions: string[] = [];
  for await (const step of frontier.ledger.walk(t0, after)) {
    entries.push(...step.entries);
    ended.push(...step.ended);
    positions.push(step.position);
  }
  return { entries, ended, positions };
}

/** What the ledger of every frontier does for its auditors. `create` gives an empty one. */
export function ledgerConformance(name: string, create: () => Promise<Frontier>): void {
  describe(`${name}: ledger`, () => {
    it('shows every URL of every host once, and goes on behind any position', async () => {
      const frontier = await create();
      const urls = ['a.test', 'b.test', 'c.test'].flatMap((host) =>
        Array.from({ length: host === 'b.test' ? 3_000 : 3 }, (_, at) => `http://${host}/${at}`),
      );
      await frontier.admit(
        urls.map((url) => page(url)),
        t0,
      );
      const { entries, ended, positions } = await walked(frontier);
      const expected = urls.map((url) => `${hostIdOf(url)}/${shortIdOf(urlIdOf(url))}`).sort();
      const nameOf = ({ hostId, shortId }: LedgerEntry) => `${hostId}/${shortId}`;
      expect(entries.map(nameOf).sort()).toEqual(expected);
      expect(ended.map(({ host }) => host).sort()).toEqual(['a.test', 'b.test', 'c.test']);
      expect(entries.every(({ row, scheduled }) => row.state === 'accepted' && scheduled)).toBe(true);
      for (const [at, position] of positions.entries()) {
        const rest = await walked(frontier, position);
        expect(rest.positions).toEqual(positions.slice(at + 1));
      }
      const middle = Math.floor(positions.length / 2);
      const rest = await walked(frontier, positions[middle]);
      expect(rest.entries.length).toBeLessThan(entries.length);
    });

    it('finds single URLs by id or by short id, and tells those it does not know', async () => {
      const frontier = await create();
      const [one, other] = ['http://a.test/1', 'http://a.test/2'];
      await frontier.admit([page(one)], t0);
      const found = await frontier.ledger.find(hostIdOf(one), [urlIdOf(one), urlIdOf(other), shortIdOf(urlIdOf(one))]);
      expect(found.map((entry) => entry?.shortId)).toEqual([
        shortIdOf(urlIdOf(one)),
        undefined,
        shortIdOf(urlIdOf(one)),
      ]);
      expect(urlIdOf(one).startsWith(idBeginning(shortIdOf(urlIdOf(one))))).toBe(true);
      expect(await frontier.ledger.find(hostIdOf('http://b.test/'), [urlIdOf(other)])).toEqual([undefined]);
    });

    it('takes back what other records tell of, once, and goes on with it as ever', async () => {
      const frontier = await create();
      const url = 'http://a.test/1';
      const row: UrlRow = {
        ...{ url, kind: 'article', sourceId: 's', depth: 1, standing: true, state: 'captured', generation: 1 },
        ...{ firstSeenAt: t0, fetchedAt: t0, openSince: t0, captureRef: 'a#0+1' },
      };
      expect(await frontier.ledger.restore(row, t0)).toEqual({});
      expect(await frontier.ledger.restore({ ...row, generation: 5 }, t0)).toBeUndefined();
      expect(await frontier.getUrl(url)).toEqual(row);
      expect(await frontier.balance()).toEqual({ s: { captured: 1, fetches: 1 } });
      expect((await frontier.reconcile(t0 + 9, 1)).parses).toMatchObject([{ url, generation: 1, captureRef: 'a#0+1' }]);
      const outcome = { verdict: 'skipped', reason: 'too_short' } as const;
      await frontier.record(hostIdOf(url), urlIdOf(url), { type: 'finalized', outcome, generation: 1 }, t0 + 10);
      expect(await frontier.balance()).toEqual({ s: { 'skipped:too_short': 1, fetches: 1 } });
    });

    it('tells of the captures that are on their way, and of no others', async () => {
      const frontier = await create();
      const found = Array.from({ length: 1_200 }, (_, at) => page(`http://a.test/${at}`));
      await frontier.admit([...found, page('http://b.test/1'), page('http://b.test/2')], t0);
      const open = async () => {
        const refs: string[] = [];
        for await (const { captureRef, since } of frontier.openCaptures()) refs.push(`${captureRef} ${since - t0}`);
        return refs.toSorted();
      };
      expect(await open()).toEqual([]);
      const record = (url: string, event: UrlEvent, at: number) =>
        frontier.record(hostIdOf(url), urlIdOf(url), event, t0 + at);
      const captured = (captureRef: string): UrlEvent => ({ type: 'captured', captureRef });
      await Promise.all(found.map(({ url }, at) => record(url, captured(`a#${at}+1`), 5)));
      await record('http://b.test/1', captured('b#1+1'), 6);
      await record('http://b.test/1', { type: 'parsed', generation: 1, contentHash: 'h' }, 7);
      await record('http://b.test/2', captured('b#2+1'), 8);
      const outcome = { verdict: 'skipped', reason: 'too_short' } as const;
      await record('http://b.test/2', { type: 'finalized', outcome, generation: 1 }, 9);
      expect(await open()).toEqual([...found.map((_, at) => `a#${at}+1 5`), 'b#1+1 6'].toSorted());
    });

    it('gives the host of what falls due a turn', async () => {
      const frontier = await create();
      const url = 'http://a.test/1';
      const row: UrlRow = {
        ...{ url, kind: 'article', sourceId: 's', depth: 1, standing: true, state: 'final', generation: 1 },
        ...{ outcome: { verdict: 'indexed' }, firstSeenAt: t0, fetchedAt: t0, dueAt: t0 + 3_600_000 },
      };
      const job: VisitJob = { v: 1, hostId: hostIdOf(url), host: 'a.test', turn: 1 };
      expect(await frontier.ledger.restore(row, t0)).toEqual({ turn: { job, dueAt: t0 + 3_600_000 } });
      expect(await frontier.ledger.giveTurn(hostIdOf(url), t0)).toEqual({ job, dueAt: t0 + 3_600_000 });
      const { entries, ended } = await walked(frontier);
      expect(await frontier.ledger.host(job.hostId, t0)).toEqual(ended[0]);
      expect(await frontier.ledger.host(hostIdOf('http://b.test/'), t0)).toBeUndefined();
      expect(ended).toEqual([
        {
          hostId: job.hostId,
          host: 'a.test',
          turn: { job, dueAt: t0 + 3_600_000 },
          counts: { 's|indexed': 1, 's|fetches': 1 },
          lined: expect.any(Number),
        },
      ]);
      expect(entries).toMatchObject([{ scheduled: true, row: { state: 'final', dueAt: t0 + 3_600_000 } }]);
    });

    it('has its counts put right, unless they have changed since', async () => {
      const frontier = await create();
      const url = 'http://a.test/1';
      await frontier.admit([page(url)], t0);
      const hostId = hostIdOf(url);
      expect(await frontier.ledger.recount(hostId, { 's|accepted': 2 }, { 's|accepted': 5 })).toBe(false);
      expect(await frontier.ledger.recount(hostId, { 's|accepted': 1 }, { 's|accepted': 5 })).toBe(true);
      expect(await frontier.balance()).toEqual({ s: { accepted: 5 } });
    });
  });
}
