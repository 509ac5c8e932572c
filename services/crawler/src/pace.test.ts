import { describe, expect, it } from 'vitest';
import { isAway, nextDelayMs } from './pace.ts';

const calm = { floorMs: 1_000, previousMs: 1_000, latencyMs: 100, troubled: false };

describe('nextDelayMs', () => {
  it('keeps to the floor while the host is quick and well', () => {
    expect(nextDelayMs(calm)).toBe(1_000);
  });
  it('obeys a crawl-delay, up to half a minute', () => {
    expect(nextDelayMs({ ...calm, crawlDelayMs: 5_000 })).toBe(5_000);
    expect(nextDelayMs({ ...calm, crawlDelayMs: 3_600_000 })).toBe(30_000);
  });
  it('gives a slow host as long as it took, up to five seconds', () => {
    expect(nextDelayMs({ ...calm, latencyMs: 2_500 })).toBe(2_500);
    expect(nextDelayMs({ ...calm, latencyMs: 60_000 })).toBe(5_000);
  });
  it('doubles while the host is troubled, to five minutes, and comes back by halves', () => {
    const delays = [1_000];
    for (let n = 0; n < 12; n += 1)
      delays.push(nextDelayMs({ ...calm, previousMs: delays.at(-1) ?? 0, troubled: true }));
    expect(delays.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(delays.at(-1)).toBe(300_000);
    expect(nextDelayMs({ ...calm, previousMs: 300_000 })).toBe(150_000);
    expect(nextDelayMs({ ...calm, previousMs: 1_500 })).toBe(1_000);
  });
  it('slows down from nothing too', () => {
    expect(nextDelayMs({ floorMs: 0, previousMs: 0, latencyMs: 0, troubled: true })).toBe(1_000);
  });
});

describe('isAway', () => {
  /** Fails until the host is taken for away; `share`: of the failures that fall on this page. */
  const failuresUntilAway = (floorMs: number, isHosts: boolean, share: number): number => {
    let delayMs = floorMs;
    for (let failures = 1; failures < 20; failures += 1) {
      delayMs = nextDelayMs({ floorMs, previousMs: delayMs, latencyMs: 1, troubled: true });
      if (isAway({ delayMs, floorMs, isHosts, pageFailures: Math.ceil(failures * share) })) return failures;
    }
    return Number.POSITIVE_INFINITY;
  };
  it.each([0, 50, 1_000, 10_000])(
    'takes a host for away after three or four failures, at a pace of %i ms',
    (floorMs) => {
      const expected = floorMs < 1_000 ? 4 : 3;
      expect(failuresUntilAway(floorMs, true, 1)).toBe(expected);
      expect(failuresUntilAway(floorMs, false, 0.5)).toBe(expected);
    },
  );
  it('takes one page that does not work, however often, for a broken page', () => {
    for (const floorMs of [0, 50, 1_000]) expect(failuresUntilAway(floorMs, false, 1)).toBeGreaterThan(4);
  });
  it('does not need more than the longest pause', () => {
    expect(isAway({ delayMs: 300_000, floorMs: 60_000, isHosts: true, pageFailures: 1 })).toBe(true);
  });
});
