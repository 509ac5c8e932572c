import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from './lock.ts';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'newsmill-lock-'));
  path = join(folder, 'the.lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Ten that want the lock at once; the most that ever held it together. */
async function crowd(): Promise<number> {
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await readdir(path);
    inside--;
  };
  await Promise.all(Array.from({ length: 10 }, () => withLock(path, work)));
  return most;
}

test('one at a time, and nothing is left behind', async () => {
  expect(await crowd()).toBe(1);
  expect(await readdir(path)).toEqual([]);
});

test("a dead holder's lock is taken over by exactly one", async () => {
  await mkdir(path);
  await writeFile(join(path, `${2 ** 22}.1.0`), '');
  expect(await crowd()).toBe(1);
  expect(await readdir(path)).toEqual([]);
});

test('a living process with the number of the dead holder does not count as the holder', async () => {
  await mkdir(path);
  await writeFile(join(path, `${process.pid}.long%20ago.0`), '');
  expect(await withLock(path, async () => 'done')).toBe('done');
});

test('a living holder is waited for, then named', async () => {
  const waited: number[] = [];
  const second = () => withLock(path, async () => undefined, { timeoutMs: 150, onWait: (pid) => waited.push(pid) });
  await withLock(path, async () => {
    await expect(second()).rejects.toThrow(`Process ${process.pid} has held`);
  });
  expect(waited).toEqual([process.pid]);
  await second();
});

test('the lock is given back when the work fails', async () => {
  await expect(withLock(path, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await readdir(path)).toEqual([]);
});
