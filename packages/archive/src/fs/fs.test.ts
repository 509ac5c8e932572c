import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { appendFile, readdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { WARCParser } from 'warcio';
import type { Capture } from '../capture.ts';
import { temporaryFolders } from '../temporary-folders.fixture.ts';
import { createFsArchive } from './archive.ts';
import { SegmentLog } from './segment-log.ts';

const newFolder = temporaryFolders();

const page: Capture = {
  url: 'http://news.example.com/a',
  fetchedAt: '2026-11-24T08:15:00.000Z',
  status: 200,
  reasonPhrase: 'OK',
  httpVersion: '1.1',
  headers: [
    ['Content-Type', 'text/html; charset=utf-8'],
    ['Content-Encoding', 'gzip'],
    ['Transfer-Encoding', 'chunked'],
  ],
  body: gzipSync('<p>新闻</p>'),
  ip: '127.0.0.1',
};

interface WarcRecord {
  type: string | null;
  url: string | null;
  header(name: string): string | null;
  text: string;
}

async function readAll(path: string): Promise<WarcRecord[]> {
  const records: WarcRecord[] = [];
  for await (const record of new WARCParser(createReadStream(path))) {
    const text = await record.contentText();
    records.push({
      type: record.warcType ?? null,
      url: record.warcTargetURI ?? null,
      header: (name) => record.warcHeader(name) ?? null,
      text,
    });
  }
  return records;
}

async function segments(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort().map((name) => join(folder, name));
}

describe('segments', () => {
  it('are WARC 1.1 that warcio reads', async () => {
    const folder = await newFolder();
    await using archive = createFsArchive({ folder, info: { operator: 'desk@example.com' } });
    await archive.write({ ...page, requestHeaders: [['User-Agent', 'newsmill']], truncated: 'length' });
    const [path = ''] = await segments(folder);
    const records = await readAll(path);
    expect(records.map(({ type }) => type)).toEqual(['warcinfo', 'response', 'request']);
    const [info, response, request] = records;
    expect(info?.text).toContain('software: newsmill\r\n');
    expect(info?.text).toContain('operator: desk@example.com\r\n');
    expect(response?.url).toBe(page.url);
    expect(response?.text).toBe('<p>新闻</p>');
    expect(response?.header('WARC-IP-Address')).toBe('127.0.0.1');
    expect(response?.header('WARC-Truncated')).toBe('length');
    expect(response?.header('WARC-Payload-Digest')).toMatch(/^sha1:[A-Z2-7]{32}$/);
    expect(request?.header('WARC-Concurrent-To')).toBe(response?.header('WARC-Record-ID'));
  });

  it('carry the digests that a reader computes', async () => {
    const folder = await newFolder();
    await using archive = createFsArchive({ folder });
    await archive.write({ ...page, headers: [], body: Buffer.from('abc') });
    const [, response] = await readAll((await segments(folder))[0] ?? '');
    // SHA-1 of "abc" (FIPS 180-1, appendix A) in base32.
    expect(response?.header('WARC-Payload-Digest')).toBe('sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5');
  });

  it('note without the body that a page was seen again as it was', async () => {
    const folder = await newFolder();
    await using archive = createFsArchive({ folder });
    const ref = await archive.write(page);
    const again = await archive.writeRevisit({ ...page, fetchedAt: '2026-11-25T08:15:00.000Z' }, page);
    const answer = {
      status: 304,
      reasonPhrase: 'Not Modified',
      headers: [['ETag', '"1"']] as const,
      body: Buffer.of(),
    };
    await archive.writeRevisit({ ...page, ...answer }, page);
    const [path = ''] = await segments(folder);
    const [, response, identical, notModified] = await readAll(path);
    const profile = 'http://netpreserve.org/warc/1.1/revisit';
    expect(identical).toMatchObject({ type: 'revisit', url: page.url, text: '' });
    expect(identical?.header('WARC-Profile')).toBe(`${profile}/identical-payload-digest`);
    expect(identical?.header('WARC-Refers-To-Target-URI')).toBe(page.url);
    expect(identical?.header('WARC-Refers-To-Date')).toBe(response?.header('WARC-Date'));
    expect(identical?.header('WARC-Payload-Digest')).toBe(response?.header('WARC-Payload-Digest'));
    expect(notModified).toMatchObject({ type: 'revisit', text: '' });
    expect(notModified?.header('WARC-Profile')).toBe(`${profile}/server-not-modified`);
    // Nobody takes it for a capture.
    expect((await Array.fromAsync(archive.scan())).map((found) => found.ref)).toEqual([ref]);
    expect(await Array.fromAsync(archive.records())).toHaveLength(4);
    await expect(archive.read(again)).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('can be removed, and then are missed by name', async () => {
    const folder = await newFolder();
    await using archive = createFsArchive({ folder, segmentBytesMax: 300 });
    const refs = [await archive.write(page), await archive.write(page)];
    const all = await Array.fromAsync(archive.segments());
    expect(all).toHaveLength(2);
    expect(all.map(({ name }) => name)).toEqual(refs.map((ref) => ref.split('#')[0]));
    for (const { name, bytes } of all) expect((await readFile(join(folder, name))).byteLength).toBe(bytes);
    await archive.removeSegment(all[0]?.name ?? '');
    await archive.removeSegment(all[0]?.name ?? '');
    await expect(archive.read(refs[0] ?? '')).rejects.toMatchObject({ code: 'not_found' });
    expect((await archive.read(refs[1] ?? '')).url).toBe(page.url);
    expect(await Array.fromAsync(archive.segments())).toHaveLength(1);
  });

  it('are rolled by size, and old references stay good', async () => {
    const folder = await newFolder();
    await using archive = createFsArchive({ folder, segmentBytesMax: 1_000 });
    const refs: string[] = [];
    for (let at = 0; at < 10; at += 1) refs.push(await archive.write({ ...page, url: `${page.url}${at}` }));
    expect((await segments(folder)).length).toBeGreaterThan(2);
    for (const [at, ref] of refs.entries()) expect((await archive.read(ref)).url).toBe(`${page.url}${at}`);
    for (const path of await segments(folder)) expect((await readAll(path))[0]?.type).toBe('warcinfo');
  });

  it('of two writers never share a file', async () => {
    const folder = await newFolder();
    await using one = createFsArchive({ folder });
    await using other = createFsArchive({ folder });
    const [a, b] = await Promise.all([one.write(page), other.write(page)]);
    expect(a.split('#')[0]).not.toBe(b.split('#')[0]);
    expect((await one.read(b)).url).toBe(page.url);
  });

  it('that end in a record cut short are readable up to it', async () => {
    const folder = await newFolder();
    const archive = createFsArchive({ folder });
    const first = await archive.write(page);
    const second = await archive.write({ ...page, url: `${page.url}2` });
    await archive[Symbol.asyncDispose]();
    const [path = ''] = await segments(folder);
    const { byteLength } = await readFile(path);
    await truncate(path, byteLength - 20);
    expect((await archive.read(first)).url).toBe(page.url);
    await expect(archive.read(second)).rejects.toMatchObject({ code: 'corrupt' });
    await appendFile(path, 'noise that is longer than twenty bytes');
    await expect(archive.read(second)).rejects.toMatchObject({ code: 'corrupt' });
  });
});

describe('SegmentLog', () => {
  const open = (folder: string, ages: { now: number }) =>
    new SegmentLog({
      segmentBytesMax: 1e9,
      segmentAgeMaxMs: 1_000,
      durability: 'fsync',
      now: () => ages.now,
      nextSegment: async (n) => ({ name: `s${n}`, path: join(folder, `s${n}`), head: Buffer.from('head') }),
    });

  it('rolls by age', async () => {
    const ages = { now: 0 };
    await using log = open(await newFolder(), ages);
    const write = () => log.append([Buffer.from('x')]);
    expect(await write()).toEqual({ segment: 's1', offset: 4 });
    expect(await write()).toEqual({ segment: 's1', offset: 5 });
    ages.now = 1_000;
    expect(await write()).toEqual({ segment: 's2', offset: 4 });
  });

  it('finishes what was asked for before it was closed', async () => {
    const log = open(await newFolder(), { now: 0 });
    const writes = Array.from({ length: 20 }, () => log.append([Buffer.from('xy')]));
    await log[Symbol.asyncDispose]();
    expect((await Promise.all(writes)).map(({ offset }) => offset)).toEqual(writes.map((_, at) => 4 + at * 2));
    await expect(log.append([Buffer.from('x')])).rejects.toMatchObject({ code: 'closed' });
  });

  it('recovers when its folder was unusable for a while', async () => {
    const folder = await newFolder();
    let path = join(folder, 'missing\0name');
    await using log = new SegmentLog({
      segmentBytesMax: 1e9,
      segmentAgeMaxMs: 1e9,
      durability: 'fsync',
      now: () => 0,
      nextSegment: async (n) => ({ name: `s${n}`, path, head: Buffer.from('head') }),
    });
    await expect(log.append([Buffer.from('x')])).rejects.toMatchObject({ code: 'storage_failed' });
    path = join(folder, 'fine');
    expect(await log.append([Buffer.from('x')])).toEqual({ segment: 's2', offset: 4 });
  });
});

describe('a writer that is killed', () => {
  it('leaves everything that it had acknowledged', async () => {
    const folder = await newFolder();
    const script = `
      const { createFsArchive } = await import(${JSON.stringify(new URL('../index.ts', import.meta.url).href)});
      const { writeSync } = await import('node:fs');
      const archive = createFsArchive({ folder: ${JSON.stringify(folder)}, segmentBytesMax: 300_000 });
      const page = ${JSON.stringify({ ...page, headers: [], body: undefined })};
      const body = Buffer.alloc(20_000, 'text ');
      const writeForEver = async () => {
        for (;;) writeSync(1, (await archive.write({ ...page, headers: [['Content-Encoding', 'identity']], body })) + '\\n');
      };
      await Promise.all([writeForEver(), writeForEver(), writeForEver()]);
    `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.length > 3_000) child.kill('SIGKILL');
    });
    await once(child, 'close');
    const refs = output.slice(0, output.lastIndexOf('\n')).split('\n');
    expect(refs.length).toBeGreaterThan(30);
    await using archive = createFsArchive({ folder });
    for (const ref of refs) expect((await archive.read(ref)).body.byteLength).toBe(20_000);
    const scanned: string[] = [];
    for await (const { ref } of archive.scan()) scanned.push(ref);
    expect(scanned).toEqual(expect.arrayContaining(refs));
  });
});

describe('a full disk', () => {
  it('is told as such, and what was acknowledged before stays readable', async () => {
    const folder = await newFolder();
    // A file-size limit is the nearest thing to a full disk that needs no privileges: the kernel refuses the write.
    const script = `
      const { createFsArchive } = await import(${JSON.stringify(new URL('../index.ts', import.meta.url).href)});
      const { randomBytes } = await import('node:crypto');
      await using archive = createFsArchive({ folder: ${JSON.stringify(folder)} });
      const page = ${JSON.stringify({ ...page, headers: [], body: undefined })};
      const refs = [];
      let code;
      while (code === undefined && refs.length < 100) {
        try { refs.push(await archive.write({ ...page, body: randomBytes(19_000) })); } catch (error) { code = error.code; }
      }
      // Something smaller still fits behind the last whole record.
      refs.push(await archive.write({ ...page, body: randomBytes(100) }));
      process.stdout.write(JSON.stringify({ refs, code }));
    `;
    const limited = `trap '' XFSZ; ulimit -f 200; exec "$0" --input-type=module -e "$1"`;
    const child = spawn('sh', ['-c', limited, process.execPath, script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    await once(child, 'close');
    const { refs, code } = JSON.parse(Buffer.concat(output).toString()) as { refs: string[]; code: string };
    expect(code).toBe('disk_full');
    expect(refs.length).toBeGreaterThan(3);
    await using archive = createFsArchive({ folder });
    for (const ref of refs) expect((await archive.read(ref)).url).toBe(page.url);
    expect(await readAll((await segments(folder))[0] ?? '')).toHaveLength(refs.length + 1);
  });
});
