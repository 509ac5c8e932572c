import { describe, expect, it } from 'vitest';
import { balanceLabel, isKnownBody, nextUrlState, type UrlEvent, type UrlRow } from './url-state.ts';

const t0 = Date.parse('2026-01-01T00:00:00Z');
const minute = 60_000;
const hour = 60 * minute;

const fresh = (over: Partial<UrlRow> = {}): UrlRow => ({
  url: 'http://a.test/1',
  kind: 'article',
  sourceId: 's',
  depth: 1,
  standing: true,
  state: 'accepted',
  generation: 0,
  firstSeenAt: t0,
  dueAt: t0,
  ...over,
});
/** Plays events one second apart. */
const play = (row: UrlRow, ...events: UrlEvent[]): UrlRow =>
  events.reduce((state, event, index) => nextUrlState(state, event, t0 + index * 1_000), row);
const captured: UrlEvent = { type: 'captured', captureRef: 'x#0+1', etag: '"1"' };
const parsed: UrlEvent = { type: 'parsed', generation: 1, contentHash: 'h1' };
const indexed: UrlEvent = { type: 'finalized', generation: 1, outcome: { verdict: 'indexed' } };
const failed = (over: Partial<Extract<UrlEvent, { type: 'fetch-failed' }>> = {}): UrlEvent => ({
  type: 'fetch-failed',
  reason: 'http_5xx',
  transient: true,
  ...over,
});

describe('nextUrlState', () => {
  it('does not blame a URL for a host that is away, for three days', () => {
    const away = failed({ hostAway: true, retryBaseMs: 5_000 });
    const later = Array.from({ length: 50 }).reduce<UrlRow>((row) => nextUrlState(row, away, t0 + hour), fresh());
    expect(later).toMatchObject({ state: 'accepted', lastFailure: 'http_5xx', dueAt: t0 + hour + 5_000 });
    expect(later.failures).toBeUndefined();
    const gone = Array.from({ length: 4 }).reduce<UrlRow>((row) => nextUrlState(row, away, t0 + 73 * hour), later);
    expect(balanceLabel(gone)).toBe('skipped:http_5xx');
    // A one-off crawl is less patient, and what the operator typed is taken for a slip of the pen.
    const end = (over: Partial<UrlRow>, at: number) =>
      balanceLabel(Array.from({ length: 4 }).reduce<UrlRow>((row) => nextUrlState(row, away, at), fresh(over)));
    expect(end({ standing: false }, t0 + hour)).toBe('accepted');
    expect(end({ standing: false }, t0 + 3 * hour)).toBe('skipped:http_5xx');
    expect(end({ depth: 0 }, t0)).toBe('skipped:http_5xx');
    // What will never pass is not a matter of patience.
    expect(nextUrlState(fresh(), failed({ hostAway: true, transient: false }), t0).state).toBe('final');
  });

  it('leads an article from accepted to indexed, and on to its first re-check an hour later', () => {
    const row = play(fresh(), captured, parsed, indexed);
    expect(row).toMatchObject({ state: 'final', generation: 1, version: 1, etag: '"1"', dueAt: t0 + hour });
    expect(row.openSince).toBeUndefined();
    expect(balanceLabel(row)).toBe('indexed');
  });

  it('was seen no later than it was fetched, whatever the finder’s clock says', () => {
    const row = nextUrlState(fresh(), { ...captured, fetchedAt: t0 - 40 }, t0);
    expect(row).toMatchObject({ firstSeenAt: t0 - 40, fetchedAt: t0 - 40 });
    expect(nextUrlState(fresh(), { ...captured, fetchedAt: t0 + 40 }, t0)).toMatchObject({ firstSeenAt: t0 });
  });

  it('waits for nothing while bytes are on their way', () => {
    const row = play(fresh(), captured);
    expect(row.dueAt).toBeUndefined();
    expect(row.openSince).toBe(t0);
    expect(balanceLabel(row)).toBe('captured');
  });

  it('counts a version only when the content changed', () => {
    const once = play(fresh(), captured, parsed, indexed);
    const same = play(once, captured, { type: 'parsed', generation: 2, contentHash: 'h1' });
    expect(same).toMatchObject({ generation: 2, version: 1 });
    const changed = play(once, captured, { type: 'parsed', generation: 2, contentHash: 'h2' });
    expect(changed.version).toBe(2);
  });

  it('does not listen to jobs of an older fetch, nor twice to the same', () => {
    const again = play(fresh(), captured, parsed, indexed, captured);
    expect(nextUrlState(again, indexed, t0)).toBe(again);
    const done = play(fresh(), captured, parsed, indexed);
    expect(nextUrlState(done, indexed, t0)).toBe(done);
  });

  it('tries again after a passing failure, later each time, and gives up after the third', () => {
    const first = play(fresh(), failed());
    expect(first).toMatchObject({ state: 'accepted', failures: 1, dueAt: t0 + 5_000 });
    const last = play(fresh(), failed(), failed(), failed(), failed());
    expect(balanceLabel(last)).toBe('skipped:http_5xx');
    expect(last.dueAt).toBeUndefined();
  });

  it('waits as long as the server asks', () => {
    expect(play(fresh(), failed({ retryAfterMs: 10 * minute })).dueAt).toBe(t0 + 10 * minute);
  });

  it('keeps a good article while its host is away', () => {
    const row = play(fresh(), captured, parsed, indexed, failed(), failed(), failed(), failed(), failed());
    expect(balanceLabel(row)).toBe('indexed');
    expect(row.failures).toBe(5);
  });

  it('says so when a page is gone', () => {
    const row = play(fresh(), captured, parsed, indexed, failed({ reason: 'http_410', transient: false }));
    expect(balanceLabel(row)).toBe('skipped:http_410');
  });

  it('comes back to the page of a standing source, however often it failed', () => {
    const row = play(fresh({ kind: 'section', depth: 0 }), failed({ reason: 'http_404', transient: false }));
    expect(row.dueAt).toBeGreaterThan(t0);
  });

  it('does not come back to the URLs of a source that was removed', () => {
    const gone = failed({ reason: 'source_removed', transient: false });
    expect(play(fresh({ kind: 'section', depth: 0 }), gone).dueAt).toBeUndefined();
  });

  it('looks at a list sooner when it brings news, later when not', () => {
    const feed = fresh({ kind: 'feed' });
    const final = (newLinks: number, generation: number): UrlEvent => ({
      type: 'finalized',
      generation,
      outcome: { verdict: 'skipped', reason: 'feed' },
      newLinks,
    });
    const first = play(feed, captured, final(3, 1));
    expect(first.intervalMs).toBe(15 * minute);
    expect(play(first, captured, final(3, 2)).intervalMs).toBe(603_000);
    expect(play(first, { type: 'unchanged' }).intervalMs).toBe(1_350_000);
  });

  it('never comes back to the URLs of a one-off crawl', () => {
    expect(play(fresh({ standing: false }), captured, parsed, indexed).dueAt).toBeUndefined();
  });

  it('stops re-checking after a week', () => {
    const old = fresh({ firstSeenAt: t0 - 8 * 24 * hour });
    expect(play(old, captured, parsed, indexed).dueAt).toBeUndefined();
  });

  it('opens a quarantined or skipped URL again, for the job of its last fetch only, and ends it anew', () => {
    const quarantined = play(fresh(), captured, parsed, {
      type: 'finalized',
      generation: 1,
      outcome: { verdict: 'quarantined', reason: 'document_rejected' },
    });
    expect(play(quarantined, indexed)).toBe(quarantined);
    const { url } = quarantined;
    const reopened = { type: 'reopened', url, generation: 1, state: 'parsed', captureRef: 'x#0+1' } as const;
    const open = play(quarantined, reopened);
    expect(open).toMatchObject({ state: 'parsed', version: 1, openSince: t0, captureRef: 'x#0+1' });
    expect(open).not.toHaveProperty('outcome');
    expect(play(open, indexed)).toMatchObject({ state: 'final', outcome: { verdict: 'indexed' }, dueAt: t0 + hour });
    const skipped = play(fresh(), captured, {
      type: 'finalized',
      generation: 1,
      outcome: { verdict: 'skipped', reason: 'too_short' },
    });
    expect(play(skipped, { ...reopened, state: 'captured' }, parsed)).toMatchObject({ state: 'parsed', version: 1 });

    expect(play(quarantined, { ...reopened, generation: 2 })).toBe(quarantined);
    expect(play(open, reopened)).toBe(open);
    const done = play(fresh(), captured, parsed, indexed);
    expect(play(done, reopened)).toBe(done);
    // Its document is gone: what the ledger says of its end is not true any more.
    expect(play(done, { ...reopened, state: 'captured', lost: true })).toMatchObject({ state: 'captured', version: 1 });
  });

  it('does not call indexed what it has forgotten to be parsed', () => {
    const forgotten = play(fresh(), captured);
    expect(play(forgotten, indexed)).toBe(forgotten);
    expect(play(forgotten, parsed, indexed)).toMatchObject({ state: 'final', version: 1 });
  });

  it('calls skipped what an operator drops from quarantine, and nothing else', () => {
    const outcome = { verdict: 'quarantined', reason: 'parser_failed' } as const;
    const quarantined = play(fresh(), captured, { type: 'finalized', generation: 1, outcome });
    const dropped = { verdict: 'skipped', reason: 'dropped' };
    expect(play(quarantined, { type: 'dropped', generation: 1 })).toEqual({ ...quarantined, outcome: dropped });
    expect(play(quarantined, { type: 'dropped', generation: 2 })).toBe(quarantined);
    const done = play(fresh(), captured, parsed, indexed);
    expect(play(done, { type: 'dropped', generation: 1 })).toBe(done);
  });

  it('takes a known URL for whoever wants it now', () => {
    const done = play(fresh({ standing: false }), captured, parsed, indexed);
    const wanted: UrlEvent = { type: 'wanted', sourceId: 't', depth: 0, standing: true, kind: 'section' };
    expect(nextUrlState(done, wanted, t0)).toMatchObject({ state: 'accepted', sourceId: 't', dueAt: t0 });
    const open = play(fresh(), captured);
    expect(nextUrlState(open, wanted, t0)).toBe(open);
  });
});

it('knows a body that its last capture had, for eight days and once it has an outcome', () => {
  const day = 24 * hour;
  const row = nextUrlState(fresh(), { ...captured, bodyHash: 'abcdefghij', fetchedAt: t0 + 5 } as UrlEvent, t0 + 70);
  expect(row.fetchedAt).toBe(t0 + 5);
  expect(isKnownBody(row, 'abcdefghij', t0 + day)).toBe(false);
  const ended = play(row, parsed, indexed);
  expect(isKnownBody(ended, 'abcdefghij', t0 + 8 * day)).toBe(true);
  expect(isKnownBody(ended, 'abcdefghij', t0 + 8 * day + 5)).toBe(false);
  expect(isKnownBody(ended, 'another', t0 + day)).toBe(false);
});
