import type { UrlRow } from '@newsmill/core/schedule';
import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter } from './bytes.ts';
import { type Names, packHead, packTail, unpackRow } from './packing.ts';

const t0 = Date.parse('2026-01-01T00:00:00.123Z');
const table: string[] = [];
const names: Names = {
  async numberOf(name) {
    if (!table.includes(name)) table.push(name);
    return table.indexOf(name);
  },
  nameOf: async (number) => table[number] ?? '',
};
const bare: UrlRow = {
  url: 'https://www.a.test/新/1?x=1',
  kind: 'article',
  sourceId: 'a.test',
  depth: 3,
  standing: true,
  state: 'accepted',
  generation: 0,
  firstSeenAt: t0,
};
const full: UrlRow = {
  ...bare,
  kind: 'sitemap',
  standing: false,
  state: 'final',
  outcome: { verdict: 'skipped', reason: 'sitemap' },
  generation: 300,
  dueAt: t0 + 2_592_000_000,
  openSince: t0 + 5,
  captureRef: '20260101-0.warc.gz#12+345',
  fetchedAt: t0 + 4,
  etag: 'W/"é"',
  lastModified: 'Thu, 01 Jan 2026 00:00:00 GMT',
  contentHash: 'abc',
  bodyHash: 'def',
  looks: 0,
  sameValidators: true,
  distrusted: true,
  version: 7,
  failures: 200,
  lastFailure: 'http_5xx',
  intervalMinMs: 1,
  intervalMs: 86_400_000,
  hops: 2,
  datePublished: '2025-12-31T16:00:00.000Z',
  headline: '兰州&定西新路',
  author: 'Jane Doe; John Roe',
};
const round = async (row: UrlRow, host = 'www.a.test') =>
  unpackRow(Buffer.concat([await packHead(row, names), await packTail(row, host, names)]), { host, names });

describe('packed rows', () => {
  it.each([
    bare,
    full,
    { ...bare, outcome: { verdict: 'indexed' } as const, dueAt: t0 },
    { ...bare, firstSeenAt: Date.parse('2016-08-26T01:02:03.004Z'), fetchedAt: Date.parse('2016-08-26T01:02:04Z') },
    { ...bare, url: 'http://www.a.test/', lastModified: 'yesterday', datePublished: '2026-01-01' },
    { ...bare, outcome: { verdict: 'quarantined', reason: 'parser_failed' } as const },
  ])('come back as they were: %j', async (row) => {
    expect(await round(row)).toEqual(row);
    expect(await round(row, 'other.test:8080')).toEqual(row);
  });

  it('keep their fate without a tail, under the address that is asked for', async () => {
    const done: UrlRow = {
      ...bare,
      state: 'final',
      outcome: { verdict: 'indexed' },
      generation: 2,
      version: 2,
      fetchedAt: t0 + 99,
    };
    const head = await packHead(done, names);
    expect(head.length).toBeLessThanOrEqual(15);
    expect(await unpackRow(head, { host: 'www.a.test', url: done.url, names })).toEqual(done);
    expect((await unpackRow(head, { host: 'www.a.test', names })).url).toBe('');
  });

  it('are refused when they are cut off', async () => {
    const bytes = Buffer.concat([await packHead(full, names), await packTail(full, 'x.test', names)]);
    for (let length = 0; length < bytes.length; length += 1) {
      const cut = unpackRow(bytes.subarray(0, length), { host: 'x.test', names });
      // Between head and tail it is a row without a tail.
      const wholeHead = length === (await packHead(full, names)).length;
      if (wholeHead) expect((await cut).url).toBe('');
      else await expect(cut).rejects.toThrow(RangeError);
    }
  });
});

describe('numbers as bytes', () => {
  it.each([0, 1, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 40 + 5, Number.MAX_SAFE_INTEGER])('%d', (value) => {
    const bytes = new ByteWriter();
    bytes.number(value);
    expect(new ByteReader(bytes.done()).number()).toBe(value);
  });

  it('grow with what is written', () => {
    const bytes = new ByteWriter();
    const text = '新闻'.repeat(5_000);
    bytes.text(text);
    expect(new ByteReader(bytes.done()).text()).toBe(text);
  });
});
