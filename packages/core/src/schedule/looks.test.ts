import { describe, expect, it } from 'vitest';
import { mayAskConditionally, nextUrlState, type UrlEvent, type UrlRow } from './url-state.ts';

const t0 = Date.parse('2026-01-01T00:00:00Z');
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const list = (over: Partial<UrlRow> = {}): UrlRow => ({
  url: 'http://a.test/feed',
  kind: 'feed',
  sourceId: 's',
  depth: 1,
  standing: true,
  state: 'accepted',
  generation: 0,
  firstSeenAt: t0,
  dueAt: t0,
  ...over,
});
const play = (row: UrlRow, ...events: UrlEvent[]): UrlRow =>
  events.reduce((state, event) => nextUrlState(state, event, t0), row);
type Captured = Extract<UrlEvent, { type: 'captured' }>;
type Finalized = Extract<UrlEvent, { type: 'finalized' }>;
const captured = (over: Partial<Captured> = {}): UrlEvent => ({
  type: 'captured',
  captureRef: 'x#0+1',
  etag: '"1"',
  ...over,
});
const read = (over: Partial<Finalized> = {}): UrlEvent => ({
  type: 'finalized',
  outcome: { verdict: 'skipped', reason: 'feed' },
  ...over,
});
const gone: UrlEvent = { type: 'fetch-failed', reason: 'http_404', transient: false };
const away = (retryAfterMs?: number): UrlEvent => ({
  type: 'fetch-failed',
  reason: 'http_5xx',
  transient: true,
  retryAfterMs,
});

describe('how often a list is looked at', () => {
  it('goes by its share of new links', () => {
    const known = play(list(), captured(), read({ newLinks: 1, links: 100 }));
    expect(known.intervalMs).toBe(15 * minute);
    const hourly = { ...known, intervalMs: hour };
    const after = (newLinks: number) => play(hourly, captured(), read({ newLinks, links: 30 })).intervalMs;
    expect([0, 1, 19, 20].map(after)).toEqual([90 * minute, 40.2 * minute, 40.2 * minute, 19.8 * minute]);
  });

  it('is never sooner than it asks itself, within reason', () => {
    const asks = (freshnessMs?: number, ttlMs?: number) =>
      play(list(), captured({ freshnessMs }), read({ newLinks: 9, ...(ttlMs === undefined ? {} : { ttlMs }) }))
        .intervalMs;
    expect(asks(5 * minute)).toBe(15 * minute);
    expect(asks(hour)).toBe(hour);
    expect(asks(365 * day)).toBe(6 * hour);
    expect(asks(hour, 2 * hour)).toBe(2 * hour);
    expect(asks(undefined, 40 * day)).toBe(day);
    // What a feed asked for holds on, also while it does not change; what it does not ask any more does not.
    const slow = play(list(), captured(), read({ newLinks: 1, ttlMs: 3 * hour }));
    expect(play(slow, { type: 'unchanged' }, { type: 'unchanged' }).intervalMs).toBeGreaterThan(3 * hour);
    expect(play({ ...slow, intervalMs: minute }, captured(), read({ newLinks: 1 })).intervalMs).toBe(10 * minute);
  });

  it('backs off to 30 days while it is dead, and comes back', () => {
    let row = list();
    const waits: number[] = [];
    for (let i = 0; i < 12; i += 1) {
      row = play(row, gone);
      waits.push(((row.dueAt ?? 0) - t0) / hour);
    }
    expect(waits.slice(0, 4)).toEqual([1, 2, 4, 8]);
    expect(waits.at(-1)).toBe(30 * 24);
    const back = play(row, captured(), read({ newLinks: 3 }));
    expect(back).toMatchObject({ intervalMs: 15 * minute, outcome: { reason: 'feed' } });
    expect(back.failures).toBeUndefined();
    expect(play(list({ standing: false }), gone).dueAt).toBeUndefined();
    expect(play(list({ kind: 'article' }), gone).dueAt).toBeUndefined();
  });

  it('waits as long as the server says, but not for 88 hours', () => {
    expect(play(list(), away(2 * hour)).dueAt).toBe(t0 + 2 * hour);
    expect(play(list(), away(88 * hour)).dueAt).toBe(t0 + day);
    expect(play(list(), away()).lastFailure).toBe('http_5xx');
  });
});

describe('whether validators are honest', () => {
  const known = play(list(), captured(), read({ newLinks: 3 }));

  it('asks without them after five times "unchanged"', () => {
    expect(mayAskConditionally(list())).toBe(false);
    const asked: boolean[] = [];
    let row = known;
    for (let i = 0; i < 6; i += 1) {
      asked.push(mayAskConditionally(row));
      row = play(row, { type: 'unchanged', by: 'validators' });
    }
    expect(asked).toEqual([...Array<boolean>(5).fill(true), false]);
    // The whole body came and was the same: it was true.
    expect(mayAskConditionally(play(row, { type: 'unchanged', by: 'bytes' }))).toBe(true);
  });

  it('believes no validators again that were the same while the content was not', () => {
    const liar = play(known, captured(), read({ newLinks: 1 }));
    expect(liar).toMatchObject({ distrusted: true });
    expect(liar.etag).toBeUndefined();
    expect(mayAskConditionally(liar)).toBe(false);
    expect(play(liar, captured(), read()).etag).toBeUndefined();
  });

  it('suspects nobody whose validators changed with the content, or whose content did not', () => {
    expect(play(known, captured({ etag: '"2"' }), read({ newLinks: 1 }))).toMatchObject({ etag: '"2"' });
    expect(play(known, captured(), read({ newLinks: 0 })).distrusted).toBeUndefined();
    expect(play(list(), captured({ etag: undefined }), read({ newLinks: 1 })).distrusted).toBeUndefined();
    const dated = play(list(), captured({ etag: undefined, lastModified: 'x' }), read({ newLinks: 1 }));
    expect(play(dated, captured({ etag: undefined, lastModified: 'x' }), read({ newLinks: 1 })).distrusted).toBe(true);
  });
});

describe('a list that is said to have changed', () => {
  const looked = play(list(), captured(), read({ newLinks: 0 }));

  it('is due at once, but not over and over', () => {
    expect(nextUrlState(looked, { type: 'nudged' }, t0 + 5 * minute).dueAt).toBe(t0 + 5 * minute);
    expect(nextUrlState(looked, { type: 'nudged' }, t0 + 1_000).dueAt).toBe(t0 + 30_000);
    const due = { ...looked, dueAt: t0 + 1 };
    expect(nextUrlState(due, { type: 'nudged' }, t0 + minute)).toBe(due);
  });

  it('is not, while its server fails or when nobody looks at it any more', () => {
    const failing = nextUrlState(looked, away(), t0);
    expect(nextUrlState(failing, { type: 'nudged' }, t0)).toBe(failing);
    const { dueAt: _, ...done } = looked;
    expect(nextUrlState(done, { type: 'nudged' }, t0)).toBe(done);
  });
});
