import { chmod, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { downloadPackages, hasApt, libraryFolders, unpackPackages } from './apt.ts';
import { EMBEDDED_REDIS, EMBEDDED_REDIS_ENTRIES } from './artifacts.ts';
import type { LocalConfig } from './config.ts';
import { withLock } from './lock.ts';
import { exists, fetchArtifact, makeCacheFolder } from './maven.ts';
import { listZip, readZipEntry } from './zip.ts';

/** A Redis server's program and the libraries it brings along. */
export type RedisProgram = { path: string; libraryPath?: string };

type Progress = (message: string) => void;

/**
 * Debian's own Redis, unpacked into the cache beside the libraries that this machine lacks: nothing is installed, so no
 * service starts and nothing has to be removed. apt checks the packages' signatures itself.
 */
export async function fetchDebianRedis(config: LocalConfig, onProgress: Progress): Promise<RedisProgram | undefined> {
  if (!(await hasApt(config.path))) return undefined;
  await makeCacheFolder(config.cacheDir);
  const home = join(config.cacheDir, 'redis-debian');
  return withLock(join(config.cacheDir, 'locks', basename(home)), async () => {
    if (!(await exists(home))) {
      onProgress("fetching Debian's redis-server");
      const work = await mkdtemp(join(config.cacheDir, '.redis-'));
      try {
        const packages = await downloadPackages({ anyOf: ['redis-server'], folder: work, selfContained: false });
        await unpackPackages(packages, join(work, 'root'));
        await rename(join(work, 'root'), home);
      } finally {
        await rm(work, { recursive: true, force: true });
      }
    }
    return { path: join(home, 'usr', 'bin', 'redis-server'), libraryPath: (await libraryFolders(home)).join(':') };
  });
}

/** The Redis that an embedding library for Java carries for this platform. */
export async function fetchMavenRedis(config: LocalConfig, onProgress: Progress): Promise<RedisProgram | undefined> {
  const entryName = EMBEDDED_REDIS_ENTRIES[`${process.platform}-${process.arch}`];
  if (entryName === undefined) {
    throw new Error(`it carries no Redis for ${process.platform} on ${process.arch}`);
  }
  const jar = await fetchArtifact(EMBEDDED_REDIS, { ...config, onProgress });
  const home = join(config.cacheDir, `redis-maven-${EMBEDDED_REDIS.version}`);
  const path = join(home, entryName);
  return withLock(join(config.cacheDir, 'locks', basename(home)), async () => {
    await makeCacheFolder(home);
    if (!(await exists(path))) {
      const archive = await readFile(jar);
      const entry = listZip(archive).find(({ name }) => name === entryName);
      if (entry === undefined) throw new Error(`${jar} has no ${entryName}`);
      await writeFile(`${path}.part`, readZipEntry(archive, entry));
      await chmod(`${path}.part`, 0o755);
      await rename(`${path}.part`, path);
    }
    return { path };
  });
}
