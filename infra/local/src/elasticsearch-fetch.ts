import { mkdtemp, rename, rm, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { requireSpace } from './account.ts';
import { installPlugin, pluginKey } from './analysis-plugin.ts';
import { ELASTICSEARCH } from './artifacts.ts';
import type { LocalConfig } from './config.ts';
import type { Jvm } from './java.ts';
import { withLock } from './lock.ts';
import { exists, fetchArtifact, makeCacheFolder } from './maven.ts';
import { unzip } from './zip.ts';

/** What the unpacked distribution takes. */
const UNPACKED_BYTES = 160_000_000;

/**
 * The home of the bare Elasticsearch with the analysis plugin in it, fetched and built once. The folder's name carries the
 * plugin's key and appears only when it is complete.
 */
export async function fetchElasticsearch(
  jvm: Jvm,
  config: LocalConfig,
  onProgress: (message: string) => void,
): Promise<string> {
  const { version } = ELASTICSEARCH;
  await makeCacheFolder(config.cacheDir);
  const home = join(config.cacheDir, `elasticsearch-${version}-${await pluginKey(version)}`);
  return withLock(join(config.cacheDir, 'locks', basename(home)), async () => {
    if (await exists(home)) return home;
    const options = { ...config, onProgress };
    const archive = await fetchArtifact(ELASTICSEARCH, options);
    await requireSpace(config.cacheDir, UNPACKED_BYTES, async (path) => {
      const { bavail, bsize } = await statfs(path);
      return bavail * bsize;
    });
    const work = await mkdtemp(join(config.cacheDir, '.elasticsearch-'));
    try {
      onProgress(`unpacking Elasticsearch ${version}`);
      await unzip(archive, join(work, 'home'), { stripFirst: true });
      await installPlugin(join(work, 'home'), version, jvm, options);
      await rename(join(work, 'home'), home);
      return home;
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  });
}
