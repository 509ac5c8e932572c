import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolders } from '../temporary-folders.fixture.ts';
import { OpenSegments } from './open-segments.ts';

const newFolder = temporaryFolders();

it('reads a segment that is removed to the end of what was asked for, and then looks again', async () => {
  const path = join(await newFolder(), 'a.warc.gz');
  await using segments = new OpenSegments();
  const read = async (offset: number, length: number) => (await segments.read(path, offset, length))?.toString();
  await expect(read(0, 1)).rejects.toMatchObject({ code: 'ENOENT' });
  await writeFile(path, 'first');
  expect(await Promise.all([read(0, 5), read(1, 2), read(3, 9)])).toEqual(['first', 'ir', undefined]);
  const late = read(0, 5);
  segments.forget(path);
  await rm(path);
  expect(await late).toBe('first');
  await expect(read(0, 5)).rejects.toMatchObject({ code: 'ENOENT' });
  await writeFile(path, 'other');
  expect(await read(0, 5)).toBe('other');
});
