import { mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { debianSource, downloadPackages, hasApt, unpackPackages } from '../local/src/apt.ts';
import type { LocalConfig } from '../local/src/config.ts';
import { withLock } from '../local/src/lock.ts';
import { exists, makeCacheFolder } from '../local/src/maven.ts';

/** The release whose Engine (26.1), Compose (2.26) and buildx are used; older ones have no Compose 2. */
const release = 'trixie';
const fromRelease = ['docker.io', 'containerd', 'docker-cli', 'docker-compose', 'docker-buildx'];
/** Close to the kernel and the C library: from the machine's own release. `tini` is what `init: true` runs. */
const fromMachine = ['runc', 'iptables', 'tini', 'mmdebstrap'];

/** A Docker Engine with its tools, unpacked and not installed. */
export interface EngineFiles {
  /** Goes before PATH. */
  readonly path: string;
  /** DOCKER_CONFIG in which the client finds Compose and buildx. */
  readonly clientConfig: string;
  /** Where iptables finds its extensions. */
  readonly xtables: string;
}

/**
 * Debian's Docker Engine, unpacked into the cache: nothing is installed, so nothing has to be removed. About 15 s and 90 MB
 * on the first call.
 * @throws Error with the reason when this machine cannot have it
 */
export async function fetchEngine(config: LocalConfig, say: (message: string) => void): Promise<EngineFiles> {
  if (!(await hasApt(config.path))) throw new Error('there is no apt to fetch one with');
  const [newer, own] = await Promise.all([debianSource(release), machineRelease().then(debianSource)]);
  if (newer === undefined || own === undefined) throw new Error('there is a recipe for Debian only');
  await makeCacheFolder(config.cacheDir);
  const home = join(config.cacheDir, `docker-engine-${release}`);
  await withLock(join(config.cacheDir, 'locks', basename(home)), async () => {
    if (await exists(home)) return;
    say("fetching Debian's Docker Engine");
    const work = await mkdtemp(join(config.cacheDir, '.engine-'));
    try {
      const names = [...fromRelease.map((name) => `${name}/${release}`), ...fromMachine];
      const packages = await downloadPackages({
        anyOf: [names.join(' ')],
        folder: work,
        selfContained: false,
        source: [...new Set([own, newer])].join('\n'),
        preferences: own === newer ? '' : `Package: *\nPin: release n=${release}\nPin-Priority: 100\n`,
      });
      await unpackPackages(packages, join(work, 'root'));
      await addLinks(join(work, 'root'));
      await rename(join(work, 'root'), home);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  });
  const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  return {
    path: ['links', 'usr/bin', 'usr/sbin'].map((folder) => join(home, folder)).join(':'),
    clientConfig: join(home, 'client'),
    xtables: join(home, 'usr/lib', triplet, 'xtables'),
  };
}

/** What the packages' installation scripts would have linked. */
async function addLinks(root: string): Promise<void> {
  await makeCacheFolder(join(root, 'links'));
  await makeCacheFolder(join(root, 'client'));
  for (const family of ['iptables', 'ip6tables']) {
    for (const tool of [family, `${family}-save`, `${family}-restore`]) {
      await symlink('../usr/sbin/xtables-nft-multi', join(root, 'links', tool));
    }
  }
  await symlink('../usr/bin/tini-static', join(root, 'links', 'docker-init'));
  await symlink('../usr/libexec/docker/cli-plugins', join(root, 'client', 'cli-plugins'));
}

/** The code name of this machine's Debian, e.g. `bookworm`. */
async function machineRelease(): Promise<string> {
  const system = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^VERSION_CODENAME=(\w+)$/m.exec(system)?.[1] ?? release;
}
