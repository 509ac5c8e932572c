import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Capture } from './capture.ts';
import { decodeBody } from './decode-body.ts';

const text = Buffer.from('新闻 '.repeat(200));
const MAX = 1_000_000;

function coded(encoding: string | undefined, body: Uint8Array, truncated?: Capture['truncated']) {
  const headers: [string, string][] = encoding === undefined ? [] : [['Content-encoding', encoding]];
  return truncated === undefined ? { headers, body } : { headers, body, truncated };
}

describe('decodeBody', () => {
  const whole: [encoding: string | undefined, body: Uint8Array][] = [
    [undefined, text],
    ['identity', text],
    ['UTF-8', text],
    ['gzip', gzipSync(text)],
    ['X-GZIP', gzipSync(text)],
    ['gzip', Buffer.concat([gzipSync(text.subarray(0, 7)), gzipSync(text.subarray(7))])],
    ['gzip', Buffer.concat([gzipSync(text), Buffer.alloc(20)])],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['zstd', zstdCompressSync(text)],
    ['gzip, br', brotliCompressSync(gzipSync(text))],
  ];
  it.each(whole)('%s', (encoding, body) => {
    const decoded = decodeBody(coded(encoding, body), MAX);
    expect('bytes' in decoded && Buffer.compare(decoded.bytes, text)).toBe(0);
    expect(decoded).not.toHaveProperty('warning');
  });

  it('passes over bytes behind a whole gzip stream', () => {
    const body = Buffer.concat([gzipSync(text), Buffer.from('garbage')]);
    expect(decodeBody(coded('gzip', body), MAX)).toEqual({ bytes: text, warning: 'trailing_garbage' });
  });

  const failures: [what: string, encoding: string, body: Uint8Array, failed: string][] = [
    ['plain text', 'gzip', Buffer.from('<html>plain</html>'), 'bad_encoding'],
    ['plain text', 'br', Buffer.from('<html>plain</html>'), 'bad_encoding'],
    ['plain text', 'zstd', Buffer.from('<html>plain</html>'), 'bad_encoding'],
    ['unknown', 'sdch', text, 'bad_encoding'],
    ['four layers', 'gzip, gzip, gzip, gzip', text, 'bad_encoding'],
    ['damaged', 'gzip', damaged(gzipSync(text)), 'bad_encoding'],
    ['cut off', 'gzip', gzipSync(text).subarray(0, -9), 'truncated'],
    ['cut off', 'br', brotliCompressSync(text).subarray(0, -4), 'truncated'],
    ['cut off', 'zstd', zstdCompressSync(text).subarray(0, -4), 'truncated'],
    ['a bomb', 'gzip', gzipSync(Buffer.alloc(64 << 20)), 'too_large'],
    ['a bomb', 'br', brotliCompressSync(Buffer.alloc(64 << 20)), 'too_large'],
    ['a bomb', 'zstd', zstdCompressSync(Buffer.alloc(64 << 20)), 'too_large'],
    ['a bomb in a bomb', 'gzip, gzip', gzipSync(gzipSync(Buffer.alloc(64 << 20))), 'too_large'],
    ['plain and large', 'identity', Buffer.alloc(MAX + 1), 'too_large'],
  ];
  it.each(failures)('%s as %s: %4$s', (_, encoding, body, failed) => {
    expect(decodeBody(coded(encoding, body), MAX)).toEqual({ failed });
  });

  it('yields what there is of a body that we cut off', () => {
    const random = Buffer.from(Array.from({ length: 20_000 }, (_, at) => (at * at * 31) % 251));
    for (const [encoding, packed] of [
      ['gzip', gzipSync(random)],
      ['deflate', deflateSync(random)],
    ] as const) {
      const decoded = decodeBody(coded(encoding, packed.subarray(0, packed.byteLength >> 1), 'length'), MAX);
      expect(decoded).toMatchObject({ warning: 'truncated' });
      const bytes = 'bytes' in decoded ? decoded.bytes : new Uint8Array();
      expect(bytes.byteLength).toBeGreaterThan(100);
      expect(Buffer.compare(bytes, random.subarray(0, bytes.byteLength))).toBe(0);
    }
  });
});

describe('a file that is gzip itself', () => {
  it('is undone by its first bytes', () => {
    expect(decodeBody(coded(undefined, gzipSync(text)), MAX)).toEqual({ bytes: text });
    expect(decodeBody(coded('gzip', gzipSync(gzipSync(text))), MAX)).toEqual({ bytes: text });
    const broken = damaged(gzipSync(text));
    expect(decodeBody(coded(undefined, broken), MAX)).toEqual({ bytes: broken });
    expect(decodeBody(coded(undefined, gzipSync(Buffer.alloc(64 << 20))), MAX)).toEqual({ failed: 'too_large' });
  });
});

function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.fill(0xff, 12, 30);
  return copy;
}
