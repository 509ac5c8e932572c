import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WARCParser } from 'warcio';
import type { Capture } from '../capture.ts';
import { archiveConformance } from '../conformance.ts';
import { temporaryFolders } from '../temporary-folders.fixture.ts';
import { createS3Archive } from './archive.ts';
import { createS3Client } from './client.ts';
import { readKeys } from './keys.ts';
import { type S3Server, startS3 } from './server.fixture.ts';

const newFolder = temporaryFolders();
let s3: S3Server;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3[Symbol.asyncDispose]());

const page: Capture = {
  url: 'http://news.example.com/a',
  fetchedAt: '2026-11-24T08:15:00.000Z',
  status: 200,
  httpVersion: '1.1',
  headers: [['Content-Type', 'text/html']],
  body: Buffer.from('<p>新闻</p>'),
};
const nextSegment = (prefix: string) => ({ ...s3.options, prefix, flushMs: 5 });

describe('s3', () => archiveConformance(async () => createS3Archive(nextSegment(s3.newPrefix()))));

describe('a bucket', () => {
  it('gets one object for what comes within a moment, and it is a WARC file', async () => {
    const prefix = s3.newPrefix();
    await using archive = createS3Archive({ ...s3.options, prefix, flushMs: 50 });
    const urls = Array.from({ length: 20 }, (_, at) => `${page.url}${at}`);
    await Promise.all(urls.map((url) => archive.write({ ...page, url })));
    const client = createS3Client(s3.options);
    const [object, ...others] = await Array.fromAsync(client.list(prefix));
    expect(others).toEqual([]);
    expect(object?.key).toMatch(/^[\w-]+\/\d{8}\/\d{8}T\d{6}-[\da-f]{8}-0001\.warc\.gz$/);
    const path = join(await newFolder(), 'x.warc.gz');
    await writeFile(path, await client.get(object?.key ?? '', 0, object?.bytes ?? 0));
    const read: (string | null | undefined)[] = [];
    for await (const record of new WARCParser(createReadStream(path))) {
      read.push(record.warcType === 'response' ? record.warcTargetURI : record.warcType);
      await record.contentText();
    }
    expect(read).toEqual(['warcinfo', ...urls]);
  });

  it('is walked page by page, in the order of writing', async () => {
    const prefix = s3.newPrefix();
    const client = createS3Client({ ...s3.options, pageMax: 3 });
    const keys = Array.from({ length: 8 }, (_, at) => `${prefix}20260101/${at}.warc.gz`);
    await Promise.all(keys.map((key) => client.put(key, Buffer.from('x'))));
    const listed = await Array.fromAsync(client.list(prefix));
    expect(listed.map(({ key, bytes }) => [key, bytes])).toEqual(keys.map((key) => [key, 1]));
    expect(listed.every(({ modifiedAt }) => Math.abs(modifiedAt - Date.now()) < 3_600_000)).toBe(true);
  });

  it('may hold what is not ours', async () => {
    const prefix = s3.newPrefix();
    await using archive = createS3Archive(nextSegment(prefix));
    await createS3Client(s3.options).put(`${prefix}20260101/notes.warc.gz.txt`, Buffer.from('x'));
    const ref = await archive.write(page);
    expect((await Array.fromAsync(archive.scan())).map((found) => found.ref)).toEqual([ref]);
    expect(await Array.fromAsync(archive.segments())).toHaveLength(1);
  });
});

describe('what is wrong is said, and by whom it can be put right', () => {
  const failing = (over: object) => createS3Archive({ ...nextSegment(s3.newPrefix()), triesMax: 2, ...over });
  const cases: [name: string, over: () => object, code: string, says: RegExp][] = [
    [
      'a key that there is not',
      () => ({ keys: async () => ({ accessKeyId: 'nobody', secretAccessKey: 'x' }) }),
      'storage_refused',
      /wrong keys; check S3_ACCESS_KEY_ID/,
    ],
    [
      'a wrong secret',
      () => ({ keys: async () => ({ ...(await s3.options.keys(false)), secretAccessKey: 'wrong' }) }),
      'storage_refused',
      /wrong keys/,
    ],
    [
      'a bucket that there is not',
      () => ({ bucket: 'elsewhere' }),
      'storage_refused',
      /no bucket elsewhere; make it, or check S3_BUCKET/,
    ],
    ['nobody there', () => ({ endpoint: 'http://127.0.0.1:1' }), 'storage_failed', /does not answer/],
  ];
  it.each(cases)('%s', async (_name, over, code, says) => {
    await using archive = failing(over());
    await expect(archive.write(page)).rejects.toMatchObject({ code, message: expect.stringMatching(says) });
    await expect(archive.check()).rejects.toMatchObject({ code, message: expect.stringMatching(says) });
  });

  it('names no secret', async () => {
    const keys = async () => ({ accessKeyId: 'nobody', secretAccessKey: 'sesame' });
    await using archive = failing({ keys });
    const error = await archive.write(page).catch((thrown: unknown) => thrown);
    expect(JSON.stringify([String(error), error])).not.toContain('sesame');
  });

  it('lets a good bucket be', async () => {
    await using archive = createS3Archive(nextSegment(s3.newPrefix()));
    await archive.check();
  });
});

/** A service that answers as it is told. */
async function scripted(answers: readonly (readonly [status: number, body?: string] | 'hang up')[]) {
  let asked = 0;
  const server: Server = createServer((request, response) => {
    const answer = answers[Math.min(asked, answers.length - 1)] ?? [200];
    asked += 1;
    if (answer === 'hang up') request.socket.destroy();
    else request.resume().on('end', () => response.writeHead(answer[0]).end(answer[1]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    [Symbol.asyncDispose]: async () => {
      await new Promise((resolve) => server.close(resolve).closeAllConnections());
    },
  };
}

describe('a service in trouble', () => {
  it('is asked again when it is busy or hangs up', async () => {
    await using service = await scripted([[503, '<Code>SlowDown</Code>'], 'hang up', [200]]);
    await using archive = createS3Archive({ ...nextSegment(''), endpoint: service.endpoint });
    expect(await archive.write(page)).toMatch(/-0001\.warc\.gz#/);
    expect(service.asked()).toBe(3);
  });

  it.each([
    [507, 'XMinioStorageFull', 'disk_full'],
    [403, 'AccessDenied', 'storage_refused'],
    [301, 'PermanentRedirect', 'storage_refused'],
    [400, 'AuthorizationHeaderMalformed', 'storage_refused'],
  ])('is not asked again after %i %s: %s', async (status, word, code) => {
    await using service = await scripted([[status, `<Error><Code>${word}</Code><Message>m</Message></Error>`]]);
    await using archive = createS3Archive({ ...nextSegment(''), endpoint: service.endpoint });
    await expect(archive.write(page)).rejects.toMatchObject({ code, message: expect.stringContaining(word) });
    expect(service.asked()).toBe(1);
  });

  it('is let in with keys that were exchanged meanwhile', async () => {
    const folder = await newFolder();
    const { accessKeyId, secretAccessKey } = await s3.options.keys(false);
    await writeFile(join(folder, 'secret'), 'old');
    const keys = readKeys({ accessKeyId: { value: accessKeyId }, secretAccessKey: { file: join(folder, 'secret') } });
    await using archive = createS3Archive({ ...nextSegment(s3.newPrefix()), keys });
    await expect(archive.write(page)).rejects.toMatchObject({ code: 'storage_refused' });
    await writeFile(join(folder, 'secret'), `${secretAccessKey}\n`);
    expect((await archive.read(await archive.write(page))).url).toBe(page.url);
  });

  it('gets what was asked for before the archive was closed', async () => {
    const archive = createS3Archive({ ...s3.options, prefix: s3.newPrefix(), flushMs: 60_000 });
    const writes = [archive.write(page), archive.write({ ...page, url: `${page.url}2` })];
    await new Promise((resolve) => setImmediate(resolve));
    await archive[Symbol.asyncDispose]();
    expect(await Promise.all(writes)).toHaveLength(2);
  });
});
