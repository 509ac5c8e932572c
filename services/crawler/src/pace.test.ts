import { describe, expect, it } from 'vitest';
import { nextDelayMs } from './pace.ts';

const calm = { floorMs: 1_000, previousMs: 1_000, latencyMs: 100, overloaded: false };

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
  it('doubles while the host is overloaded, to five minutes, and comes back by halves', () => {
    const delays = [1_000];
    for (let n = 0; n < 12; n += 1)
      delays.push(nextDelayMs({ ...calm, previousMs: delays.at(-1) ?? 0, overloaded: true }));
    expect(delays.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(delays.at(-1)).toBe(300_000);
    expect(nextDelayMs({ ...calm, previousMs: 300_000 })).toBe(150_000);
    expect(nextDelayMs({ ...calm, previousMs: 1_500 })).toBe(1_000);
  });
  it('slows down from nothing too', () => {
    expect(nextDelayMs({ floorMs: 0, previousMs: 0, latencyMs: 0, overloaded: true })).toBe(1_000);
  });
});
