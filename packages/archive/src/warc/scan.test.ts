import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeBody } from '../decode-body.ts';
import { temporaryFolders } from '../temporary-folders.fixture.ts';
import type { ScanOptions } from './scan.ts';
import { fileSource } from './source.ts';
import { unchunk } from './unchunk.ts';
import { walkWarc } from './walk.ts';

const newFolder = temporaryFolders();

/** A record as other tools write it. */
function record(type: string, block: string, ...fields: string[]): Buffer {
  const head = ['WARC/1.0', `WARC-Type: ${type}`, 'WARC-Date: 2026-11-24T08:00:00Z', ...fields];
  return Buffer.from(
    `${head.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(block, 'latin1')}\r\n\r\n${block}\r\n\r\n`,
    'latin1',
  );
}
const response = (path: string, block: string) =>
  record(
    'response',
    block,
    `WARC-Target-URI: <http://e.com/${path}>`,
    'Content-Type: application/http; msgtype=response',
  );
const http = (body: string, ...headers: string[]) => ['HTTP/1.1 200 OK', ...headers, '', body].join('\r\n');

const info = record('warcinfo', 'software: other\r\n');
const one = response('1', http('one', 'Content-Type: text/plain'));
const chunked = response('2', http('3\r\ntwo\r\n1;x=y\r\n!\r\n0\r\nTrailer: 1\r\n\r\n', 'Transfer-Encoding: chunked'));
const unchunked = response('3', http('three', 'transfer-encoding: chunked', 'no colon'));
const broken = response('4', 'this is not HTTP');
const request = record('request', 'GET /5 HTTP/1.1\r\n\r\n', 'WARC-Target-URI: http://e.com/5');
const six = response('6', 'HTTP/2 200\r\n\r\nsix');
const all = [info, one, chunked, unchunked, broken, request, six];
const expected = ['http://e.com/1 one', 'http://e.com/2 two!', 'http://e.com/3 three', 'http://e.com/6 six'];

/** What is found, and after it what is said about damage: `offset: words`. */
async function walk(bytes: Buffer, options: ScanOptions = {}): Promise<{ found: string[]; damage: string[] }> {
  const path = join(await newFolder(), 'x.warc.gz');
  await writeFile(path, bytes);
  const found: string[] = [];
  const damage: string[] = [];
  await using source = await fileSource(path);
  const onDamage = ({ offset, what }: { offset: number; what: string }) => damage.push(`${offset}: ${what}`);
  for await (const walked of walkWarc(source, { onDamage, ...options })) {
    if (walked.type !== 'capture') continue;
    const decoded = decodeBody(walked.capture, 10_000_000);
    found.push(`${walked.capture.url} ${'bytes' in decoded ? Buffer.from(decoded.bytes) : decoded.failed}`);
  }
  return { found, damage };
}
const read = async (bytes: Buffer): Promise<string[]> => (await walk(bytes)).found;

describe('walkWarc', () => {
  it('reads a member per record, all records in one member, and plain records', async () => {
    expect(await read(Buffer.concat(all.map((each) => gzipSync(each))))).toEqual(expected);
    expect(await read(gzipSync(Buffer.concat(all)))).toEqual(expected);
    expect(await read(Buffer.concat(all))).toEqual(expected);
  });

  it('reads up to where the file was cut off', async () => {
    const members = Buffer.concat(all.map((each) => gzipSync(each)));
    expect(await read(members.subarray(0, -10))).toEqual(expected.slice(0, 3));
    expect(await read(Buffer.concat(all).subarray(0, -10))).toEqual(expected.slice(0, 3));
    expect(await read(Buffer.alloc(0))).toEqual([]);
    expect(await read(Buffer.from('not a WARC file'))).toEqual([]);
  });

  it('goes on behind a damaged member', async () => {
    const damaged = gzipSync(one);
    damaged.fill(0xff, 14, 40);
    expect(await read(Buffer.concat([damaged, gzipSync(six)]))).toEqual(['http://e.com/6 six']);
  });

  it('says where a file is damaged, and reads what is good', async () => {
    const members = all.map((each) => gzipSync(each));
    const offsetOf = (n: number) => members.slice(0, n).reduce((sum, member) => sum + member.byteLength, 0);
    const put = (n: number, member: Buffer) => Buffer.concat(members.map((each, at) => (at === n ? member : each)));
    const without = (n: number) => expected.filter((line) => !line.startsWith(`http://e.com/${n} `));

    const flipped = Buffer.from(members[3] ?? '');
    flipped.fill(0xff, 20, 40);
    expect(await walk(put(3, flipped))).toEqual({
      found: without(3),
      damage: [`${offsetOf(3)}: bytes that gzip cannot have written`],
    });
    const checksum = Buffer.from(members[1] ?? '');
    checksum.writeUInt32LE(7, checksum.byteLength - 8);
    expect(await walk(put(1, checksum))).toEqual({ found: without(1), damage: [`${offsetOf(1)}: a wrong checksum`] });

    const longer = Buffer.from(one.toString('latin1').replace(/Length: \d+/, 'Length: 999999'), 'latin1');
    expect(await walk(put(1, gzipSync(longer)))).toEqual({
      found: without(1),
      damage: [expect.stringMatching(`^${offsetOf(1)}: a record that ends \\d+ bytes before its length says$`)],
    });
    const shorter = Buffer.from(one.toString('latin1').replace(/Length: \d+/, 'Length: 20'), 'latin1');
    expect(await walk(put(1, gzipSync(shorter)))).toEqual({
      found: without(1),
      damage: [`${offsetOf(1)}: a record that goes on behind its length`],
    });
    expect((await walk(Buffer.concat(members).subarray(0, -10))).damage).toEqual([
      `${offsetOf(6)}: the file ends in the middle of a record`,
    ]);
    expect(await walk(gzipSync('hello'))).toEqual({ found: [], damage: ['0: something that is no record'] });
  });

  it('does the same without compression', async () => {
    const offsetOf = (n: number) => all.slice(0, n).reduce((sum, each) => sum + each.byteLength, 0);
    for (const [length, words] of [
      ['999999', 'ends'],
      ['20', 'goes on behind its length'],
      ['none', 'without a whole head'],
    ] as const) {
      const wrong = Buffer.from(one.toString('latin1').replace(/Length: \d+/, `Length: ${length}`), 'latin1');
      const { found, damage } = await walk(Buffer.concat(all.toSpliced(1, 1, wrong)));
      expect(found).toEqual(expected.slice(1));
      expect(damage).toEqual([expect.stringMatching(`^${offsetOf(1)}: a record .*${words}`)]);
    }
    expect((await walk(Buffer.from('not a WARC file'))).damage).toEqual(['0: something that is no record']);
  });

  it('passes over giants without holding them', async () => {
    const giant = response('giant', http('x'.repeat(6_000_000)));
    const options = { recordBytesMax: 1_000_000 };
    const found = ['http://e.com/1 one', 'http://e.com/6 six'];
    for (const bytes of [
      Buffer.concat([one, giant, six].map((each) => gzipSync(each))),
      gzipSync(Buffer.concat([one, giant, six])),
      Buffer.concat([one, giant, six]),
    ]) {
      const walked = await walk(bytes, options);
      expect(walked.found).toEqual(found);
      expect(walked.damage).toEqual([expect.stringMatching(/^\d+: a record of 6000\d\d\d bytes, more than 1000000$/)]);
    }
  });

  it('reads records that are larger than what is read at once', async () => {
    const large = [`http://e.com/large ${'y'.repeat(5_000_000)}`, 'http://e.com/6 six'];
    const records = [response('large', http('y'.repeat(5_000_000))), six];
    expect((await read(Buffer.concat(records.map((each) => gzipSync(each, { level: 0 }))))).join()).toBe(large.join());
    expect((await read(gzipSync(Buffer.concat(records)))).join()).toBe(large.join());
    expect((await read(Buffer.concat(records))).join()).toBe(large.join());
  });

  it('takes nothing that is not what its digest says', async () => {
    const digest = (value: string) =>
      Buffer.from(one.toString('latin1').replace('WARC-Date', `WARC-Block-Digest: ${value}\r\nWARC-Date`), 'latin1');
    const block = one.subarray(one.indexOf('HTTP/'), -4);
    const hex = createHash('sha1').update(block).digest('hex');
    const kept = ['http://e.com/1 one'];
    for (const good of [`sha1:${hex}`, `md5:${'0'.repeat(32)}`, 'nonsense']) {
      expect(await walk(digest(good))).toEqual({ found: kept, damage: [] });
    }
    for (const bad of [`sha1:${'0'.repeat(40)}`, `sha1:${'A'.repeat(32)}`, `sha256:${'0'.repeat(64)}`]) {
      expect(await walk(digest(bad))).toEqual({
        found: [],
        damage: ['0: a record that is not what its digest says'],
      });
    }
  });

  it('asks for each byte once', async () => {
    const bytes = Buffer.concat(all.map((each) => gzipSync(each)));
    let read = 0;
    const source = {
      async read(position: number, length: number) {
        const part = bytes.subarray(position, position + length);
        read += part.byteLength;
        return part;
      },
      async [Symbol.asyncDispose]() {},
    };
    expect(await Array.fromAsync(walkWarc(source))).toHaveLength(all.length);
    expect(read).toBe(bytes.byteLength);
  });

  it('says when there is no such file', async () => {
    await expect(fileSource('/nonexistent/x.warc.gz')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('unchunk', () => {
  it.each([
    ['0\r\n\r\n', ''],
    ['A\r\n0123456789\r\n0\r\n', '0123456789'],
    ['3\nabc\n0\n', 'abc'],
    ['abc', undefined],
    ['3\r\nab', undefined],
    ['3\r\nabcd\r\n0\r\n', undefined],
    ['', undefined],
    ['zz\r\n', undefined],
  ])('%j: %j', (text, body) => {
    expect(unchunk(Buffer.from(text))?.toString()).toBe(body);
  });
});
