import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listZip, readZipEntry, unzip } from './zip.ts';
import { writeZip } from './zip-write.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'newsmill-zip-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Made once with Python's zipfile: top/bin/run (mode 755, `echo hi`) and top/text.txt (200 × `newsmill `), deflated. */
const DEFLATED = Buffer.from(
  'UEsDBBQAAAAAALtEeF0AAAAAAAAAAAAAAAAEAAAAdG9wL1BLAwQUAAAAAAC7RHhdAAAAAAAAAAAAAAAACAAAAHRvcC9iaW4vUEsDBBQAAAAIALtEeF0zRq4KCgAAAAgAAAALAAAAdG9wL2Jpbi9ydW5LTc7IV8jI5AIAUEsDBBQAAAAIALtEeF1KzxjJGQAAAAgHAAAMAAAAdG9wL3RleHQudHh0y0stL87NzMlRyBtljDJGGaOMUcYoY+QxAFBLAQIUAxQAAAAAALtEeF0AAAAAAAAAAAAAAAAEAAAAAAAAAAAAEADtQQAAAAB0b3AvUEsBAhQDFAAAAAAAu0R4XQAAAAAAAAAAAAAAAAgAAAAAAAAAAAAQAO1BIgAAAHRvcC9iaW4vUEsBAhQDFAAAAAgAu0R4XTNGrgoKAAAACAAAAAsAAAAAAAAAAAAAAO2BSAAAAHRvcC9iaW4vcnVuUEsBAhQDFAAAAAgAu0R4XUrPGMkZAAAACAcAAAwAAAAAAAAAAAAAAKSBewAAAHRvcC90ZXh0LnR4dFBLBQYAAAAABAAEANsAAAC+AAAAAAA=',
  'base64',
);

test('what is packed can be unpacked, folders and bytes alike', async () => {
  await mkdir(join(folder, 'in', 'a', 'b'), { recursive: true });
  await writeFile(join(folder, 'in', 'a', 'b', 'X.class'), Buffer.from([0xca, 0xfe, 0, 0xff]));
  await writeFile(join(folder, 'in', '网.txt'), '甘肃');
  const packed = await writeZip(join(folder, 'in'));
  expect(await writeZip(join(folder, 'in'))).toEqual(packed);
  await writeFile(join(folder, 'x.zip'), packed);
  await unzip(join(folder, 'x.zip'), join(folder, 'out'));
  expect([...(await readFile(join(folder, 'out', 'a', 'b', 'X.class')))]).toEqual([0xca, 0xfe, 0, 0xff]);
  expect(await readFile(join(folder, 'out', '网.txt'), 'utf8')).toBe('甘肃');
});

test("another packer's deflated archive: first level stripped, executables stay executable", async () => {
  await writeFile(join(folder, 'x.zip'), DEFLATED);
  await unzip(join(folder, 'x.zip'), join(folder, 'out'), { stripFirst: true });
  expect(await readFile(join(folder, 'out', 'text.txt'), 'utf8')).toBe('newsmill '.repeat(200));
  expect((await stat(join(folder, 'out', 'bin', 'run'))).mode & 0o777).toBe(0o755);
  expect((await stat(join(folder, 'out', 'text.txt'))).mode & 0o777).toBe(0o644);
});

test('an entry that leads out, a lie about the size and a torn archive are refused', async () => {
  const [entry] = listZip(DEFLATED).filter(({ name }) => name.endsWith('text.txt'));
  if (entry === undefined) expect.unreachable();
  expect(() => readZipEntry(DEFLATED, { ...entry, bytes: 10 })).toThrow(/larger than/i);
  expect(() => listZip(DEFLATED.subarray(0, DEFLATED.length - 30))).toThrow(/not a zip/);
  const evil = Buffer.from(DEFLATED.toString('latin1').replaceAll('top/text.txt', '../evil1.txt'), 'latin1');
  await writeFile(join(folder, 'evil.zip'), evil);
  await expect(unzip(join(folder, 'evil.zip'), join(folder, 'out'))).rejects.toThrow(/leads out/);
});
