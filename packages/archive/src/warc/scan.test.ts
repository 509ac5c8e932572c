import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeBody } from '../decode-body.ts';
import { temporaryFolders } from '../temporary-folders.fixture.ts';
import { readWarcFile } from './scan.ts';
import { unchunk } from './unchunk.ts';

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

async function read(bytes: Buffer): Promise<string[]> {
  const path = join(await newFolder(), 'x.warc.gz');
  await writeFile(path, bytes);
  const found: string[] = [];
  for await (const { capture } of readWarcFile(path)) {
    const decoded = decodeBody(capture, 1_000_000);
    found.push(`${capture.url} ${'bytes' in decoded ? Buffer.from(decoded.bytes) : decoded.failed}`);
  }
  return found;
}

describe('readWarcFile', () => {
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

  it('says when there is no such file', async () => {
    const walk = async () => {
      for await (const each of readWarcFile('/nonexistent/x.warc.gz')) expect(each).toBeUndefined();
    };
    await expect(walk()).rejects.toMatchObject({ code: 'not_found' });
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
