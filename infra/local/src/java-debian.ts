import { mkdtemp, readdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Account } from './account.ts';
import { downloadPackages, unpackPackages } from './apt.ts';
import type { LocalConfig } from './config.ts';
import { inspectHome, JAVA_MINIMUM, type Jvm } from './java.ts';
import { withLock } from './lock.ts';
import { exists, makeCacheFolder } from './maven.ts';

/** Debian's runtimes that are new enough, newest first: which one a release has differs. */
const PACKAGES = ['openjdk-25-jre-headless', 'openjdk-21-jre-headless'];

/** Debian's headless Java runtime, unpacked into the cache; nothing is installed and nothing on the machine changes. */
export async function fetchDebianJava(
  config: LocalConfig,
  account: Account | undefined,
  onProgress: (message: string) => void,
): Promise<Jvm> {
  await makeCacheFolder(config.cacheDir);
  const root = join(config.cacheDir, 'java-debian');
  return withLock(`${root}.lock`, async () => {
    if (!(await exists(root))) {
      onProgress(`fetching a Java runtime (${JAVA_MINIMUM} or newer) from Debian`);
      const work = await mkdtemp(join(config.cacheDir, '.java-'));
      try {
        await unpackPackages(await downloadRuntime(join(work, 'packages')), join(work, 'root'));
        await makeSelfContained(join(work, 'root'));
        await rename(join(work, 'root'), root);
      } finally {
        await rm(work, { recursive: true, force: true });
      }
    }
    const homes = await readdir(join(root, 'usr', 'lib', 'jvm'));
    for (const name of homes) {
      const jvm = await inspectHome(join(root, 'usr', 'lib', 'jvm', name), account);
      if (jvm !== undefined && jvm.major >= JAVA_MINIMUM) return jvm;
    }
    throw new Error(`no Java ${JAVA_MINIMUM} in what was unpacked into ${root}`);
  });
}

/** Debian's runtime links into /etc by absolute paths; unpacked aside they must lead into what was unpacked. */
async function makeSelfContained(root: string): Promise<void> {
  const jvms = join(root, 'usr', 'lib', 'jvm');
  for (const entry of await readdir(jvms, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) continue;
    const link = join(entry.parentPath, entry.name);
    const target = await readlink(link);
    if (!target.startsWith('/') || !(await exists(join(root, target)))) continue;
    await rm(link);
    await symlink(relative(entry.parentPath, join(root, target)), link);
  }
}

async function downloadRuntime(folder: string): Promise<string[]> {
  let last: unknown;
  for (const name of PACKAGES) {
    try {
      return await downloadPackages([name], folder);
    } catch (error) {
      last = error;
    }
  }
  throw last;
}
