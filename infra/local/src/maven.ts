import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, stat, statfs } from 'node:fs/promises';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import mvn from 'mvn-artifact-download';
import { requireSpace } from './account.ts';
import { type Artifact, coordinatesOf, fileNameOf } from './artifacts.ts';
import { withLock } from './lock.ts';
import { lastLines, runCommand } from './run-command.ts';
import { reasonOf, StackError } from './stack-error.ts';

export type FetchOptions = {
  cacheDir: string;
  mavenRepository?: string | undefined;
  onProgress?: ((message: string) => void) | undefined;
  /** After how long without a byte a download is given up, milliseconds. */
  stallMs?: number;
};

/** A way to put an artifact's file into a folder; the two real ones are `mvn-artifact-download` and Maven itself. */
export type Download = (artifact: Artifact, folder: string, options: FetchOptions) => Promise<string>;

/** Slow lines pause for seconds, not for a minute. */
const STALL_MS = 60_000;

/**
 * The path of an artifact in the cache, fetched first if it is not there. What was fetched is compared with the pinned
 * SHA-256 before it gets its final name, so a file with that name is always whole and right.
 */
export async function fetchArtifact(
  artifact: Artifact,
  options: FetchOptions,
  downloads: Download[] = [downloadDirectly, downloadWithMaven],
): Promise<string> {
  const folder = join(options.cacheDir, 'artifacts');
  const file = join(folder, fileNameOf(artifact));
  await makeCacheFolder(options.cacheDir);
  await makeCacheFolder(folder);
  return withLock(join(options.cacheDir, 'locks', fileNameOf(artifact)), async () => {
    if (await exists(file)) return file;
    await requireSpace(folder, artifact.bytes, async (path) => {
      const { bavail, bsize } = await statfs(path);
      return bavail * bsize;
    });
    const reasons: string[] = [];
    for (const download of downloads) {
      const temporary = await mkdtemp(join(folder, '.fetching-'));
      try {
        const fetched = await download(artifact, temporary, options);
        const sum = await sha256Of(fetched);
        if (sum !== artifact.sha256) {
          reasons.push(`${coordinatesOf(artifact)} came with SHA-256 ${sum} instead of ${artifact.sha256}`);
          continue;
        }
        await chmod(fetched, 0o644);
        await rename(fetched, file);
        return file;
      } catch (error) {
        reasons.push(reasonOf(error));
        options.onProgress?.(`${fileNameOf(artifact)}: ${reasonOf(error)}`);
      } finally {
        await rm(temporary, { recursive: true, force: true });
      }
    }
    throw new StackError(
      `${coordinatesOf(artifact)} could not be fetched: ${reasons.join('; ')}.`,
      'check the network, or name a reachable Maven repository in NEWSMILL_MAVEN_REPOSITORY, or point REDIS_URL and ' +
        'ELASTICSEARCH_URL at servers you have',
    );
  });
}

/** A CommonJS module with a default export: Node gives its exports, bundlers and vitest the default itself. */
const mavenDownload = mvn.default ?? (mvn as unknown as typeof mvn.default);

const downloadDirectly: Download = async (artifact, folder, { mavenRepository, onProgress, stallMs = STALL_MS }) => {
  const agent = new Agent({ keepAlive: false });
  const done = new AbortController();
  const file = join(folder, fileNameOf(artifact));
  const { groupId, artifactId, version, extension } = artifact;
  // The package takes an agent of the right protocol only; a plain-http repository keeps the default one.
  const transport = mavenRepository?.startsWith('http:') ? {} : { agent };
  const download = mavenDownload({ groupId, artifactId, version, extension }, folder, mavenRepository, undefined, {
    ...transport,
    timeout: stallMs,
  });
  try {
    return await Promise.race([download, watchGrowth(file, artifact, stallMs, onProgress, done.signal)]);
  } finally {
    done.abort();
    agent.destroy();
    download.catch(() => undefined);
  }
};

/** Tells how far a download is and rejects when it stalls (the package itself would wait for ever). */
async function watchGrowth(
  file: string,
  artifact: Artifact,
  stallMs: number,
  onProgress: FetchOptions['onProgress'],
  signal: AbortSignal,
): Promise<never> {
  let bytes = -1;
  let grewAt = performance.now();
  while (!signal.aborted) {
    await sleep(Math.min(500, stallMs / 2), undefined, { signal }).catch(() => undefined);
    const now = (await stat(file).catch(() => undefined))?.size ?? 0;
    if (now !== bytes) {
      grewAt = performance.now();
      bytes = now;
      if (now > 0) onProgress?.(`${fileNameOf(artifact)}: ${Math.floor((100 * now) / artifact.bytes)} %`);
    } else if (performance.now() - grewAt > stallMs) {
      throw new Error(`no byte of ${fileNameOf(artifact)} arrived for ${stallMs / 1000} s`);
    }
  }
  return new Promise<never>(() => undefined);
}

/** Maven knows this machine's mirrors and proxies, where the direct download does not. */
const downloadWithMaven: Download = async (artifact, folder, { mavenRepository }) => {
  if (mavenRepository !== undefined) throw new Error('mvn is not asked when NEWSMILL_MAVEN_REPOSITORY is set');
  const args = ['-q', '-B', 'dependency:copy', `-Dartifact=${coordinatesOf(artifact)}`, `-DoutputDirectory=${folder}`];
  const { code, stdout, stderr } = await runCommand('mvn', args, { timeoutMs: 600_000, cwd: folder });
  if (code !== 0) throw new Error(`mvn: ${lastLines(stdout || stderr, 3)}`);
  return join(folder, fileNameOf(artifact));
};

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** A folder of the cache, open to the account the servers run as. */
export async function makeCacheFolder(path: string): Promise<void> {
  try {
    if ((await mkdir(path, { recursive: true })) !== undefined) await chmod(path, 0o755);
  } catch (cause) {
    throw new StackError(`The cache folder ${path} cannot be created: ${reasonOf(cause)}.`, 'set NEWSMILL_CACHE_DIR', {
      cause,
    });
  }
}

export async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
