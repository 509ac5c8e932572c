import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Artifact } from './artifacts.ts';
import { type Download, fetchArtifact } from './maven.ts';

const CONTENT = 'the jar';
const artifact: Artifact = {
  groupId: 'org.example',
  artifactId: 'thing',
  version: '1.0',
  extension: 'jar',
  sha256: createHash('sha256').update(CONTENT).digest('hex'),
  bytes: CONTENT.length,
};

let cacheDir = '';
beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'newsmill-maven-'));
});
afterEach(() => rm(cacheDir, { recursive: true, force: true }));

let downloads = 0;
const delivers =
  (content: string): Download =>
  async (_, folder) => {
    downloads++;
    const file = join(folder, 'thing-1.0.jar');
    await writeFile(file, content);
    return file;
  };
const fails: Download = () => Promise.reject(new Error('no network'));

test('an artifact is fetched once, however many ask', async () => {
  downloads = 0;
  const ask = () => fetchArtifact(artifact, { cacheDir }, [delivers(CONTENT)]);
  const files = await Promise.all([ask(), ask(), ask()]);
  files.push(await ask());
  expect(new Set(files)).toEqual(new Set([join(cacheDir, 'artifacts', 'thing-1.0.jar')]));
  expect(await readFile(files[0] ?? '', 'utf8')).toBe(CONTENT);
  expect(downloads).toBe(1);
});

test('the second way is tried when the first fails or brings something else', async () => {
  const file = await fetchArtifact(artifact, { cacheDir }, [fails, delivers('a proxy says hello'), delivers(CONTENT)]);
  expect(await readFile(file, 'utf8')).toBe(CONTENT);
});

test('nothing wrong or half is left in the cache, and the error names every reason and the setting', async () => {
  const fetching = fetchArtifact(artifact, { cacheDir }, [fails, delivers('tampered')]);
  await expect(fetching).rejects.toThrow(/org\.example:thing:1\.0:jar could not be fetched: no network; .* SHA-256/);
  await expect(fetching).rejects.toThrow(/NEWSMILL_MAVEN_REPOSITORY/);
  expect(await readdir(join(cacheDir, 'artifacts'))).toEqual([]);
});

test('a repository without the artifact is said to be so', async () => {
  const server = createServer((_, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const mavenRepository = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  const fetching = fetchArtifact(artifact, { cacheDir, mavenRepository });
  await expect(fetching).rejects.toThrow(/Status 404/);
  server.close();
});

test('a download that stalls is given up', async () => {
  const server = createServer((_, response) => void response.writeHead(200, { 'content-length': '7' }).write('the'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const mavenRepository = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  await expect(fetchArtifact(artifact, { cacheDir, mavenRepository, stallMs: 200 })).rejects.toThrow(
    /no byte of thing-1\.0\.jar arrived for 0\.2 s/,
  );
  server.closeAllConnections();
  server.close();
});
