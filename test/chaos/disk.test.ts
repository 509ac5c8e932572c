import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { appendFile, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, it } from 'vitest';
import { createFsArchive } from '../../packages/archive/src/index.ts';
import { type ChaosWorld, createChaosWorld } from './world/chaos-world.ts';
import { until } from './world/until.ts';

/** A disk of 4 MB for the archive; undefined where this user may not mount one. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'newsmill-chaos-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=0777', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    return undefined;
  }
}

const disk = smallDisk();
const free = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

afterAll(() => {
  if (disk === undefined) return;
  execFileSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true });
});

/** Fills the disk until at most `leave` bytes are left. A crawl that goes on takes of the same room meanwhile. */
async function fill(folder: string, leave: number): Promise<() => Promise<void>> {
  const ballast = join(folder, 'ballast');
  for (let left = await free(folder); left > leave; left = await free(folder)) {
    await appendFile(ballast, Buffer.alloc(left - leave)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOSPC') throw error;
    });
  }
  return () => rm(ballast);
}

/** Every capture that the archive names can be read; what was cut short by a full disk is named by nobody. */
async function readAll(folder: string): Promise<number> {
  await using archive = createFsArchive({ folder });
  let count = 0;
  for await (const { ref } of archive.scan()) {
    await archive.read(ref);
    count += 1;
  }
  return count;
}

async function workers(world: ChaosWorld, env: Record<string, string>) {
  const [crawler] = await Promise.all([
    world.startInside('crawler', env),
    world.startInside('parser', env),
    world.startInside('indexer', env),
  ]);
  return crawler;
}

it.skipIf(disk === undefined)('F23: nothing is fetched while little room is left for it', async () => {
  const folder = join(disk ?? '', 'a');
  const env = { ARCHIVE_DIR: folder, ARCHIVE_FREE_BYTES_MIN: '1000000' };
  await using world = await createChaosWorld({
    ...{ redisUrl: inject('redisUrl'), elasticsearchUrl: inject('elasticsearchUrl'), archiveDir: folder },
  });
  const makeRoom = await fill(disk ?? '', 900_000);
  const crawler = await workers(world, env);
  await world.add(2);
  expect(await crawler.metrics()).toContain('newsmill_intake_paused{reason="archive_disk",service="crawler"} 1');
  const looks = performance.now() + 1_500;
  await until('it has looked a few times', () => performance.now() > looks);
  expect(world.hosts.asked).toEqual([]);
  await makeRoom();
  await world.settled();
  expect(await world.faults()).toEqual([]);
});

it.skipIf(disk === undefined)('F23: a disk that is full in the middle of a write', async () => {
  const folder = join(disk ?? '', 'b');
  const env = { ARCHIVE_DIR: folder };
  await using world = await createChaosWorld({
    ...{ redisUrl: inject('redisUrl'), elasticsearchUrl: inject('elasticsearchUrl'), archiveDir: folder },
  });
  const crawler = await workers(world, env);
  await world.add(2);
  await until('the crawl is under way', async () => (await world.progress()).indexed > 0);
  const makeRoom = await fill(disk ?? '', 0);
  await world.add(2);
  const failed = () => crawler.lines.some(({ verdict, reason }) => verdict === 'postponed' && reason === 'outage');
  await until('a write fails', failed);
  await makeRoom();
  await world.settled();
  expect(await world.faults()).toEqual([]);
  expect(crawler.lines.filter(({ verdict }) => verdict === 'retried' || verdict === 'quarantined')).toEqual([]);
  expect(await readAll(folder)).toBeGreaterThanOrEqual(4 * 9);
});
