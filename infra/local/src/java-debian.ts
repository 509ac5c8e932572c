import { chmod, copyFile, mkdtemp, readdir, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import type { Account } from './account.ts';
import { debianSource, downloadPackages, libraryFolders, unpackPackages } from './apt.ts';
import type { LocalConfig } from './config.ts';
import { inspectHome, JAVA_MINIMUM, type Jvm } from './java.ts';
import { withLock } from './lock.ts';
import { exists, makeCacheFolder } from './maven.ts';

/** Debian's runtimes that are new enough, newest first: which one a release has differs. */
const PACKAGES = ['openjdk-25-jre-headless', 'openjdk-21-jre-headless'];
/** The release that has them, for machines with an older one. */
const RELEASE = 'trixie';
/** Of all that a runtime depends on, what it loads; the rest (configuration tools, their helpers) only fills the disk. */
const NEEDED = /^(openjdk|libc6|libgcc|libstdc|zlib)/;

/**
 * Debian's headless Java runtime, unpacked into the cache together with the C library it was built for, so that it runs on
 * an older release (and on Ubuntu) too. Nothing is installed and nothing on the machine changes.
 */
export async function fetchDebianJava(
  config: LocalConfig,
  account: Account | undefined,
  onProgress: (message: string) => void,
): Promise<Jvm> {
  await makeCacheFolder(config.cacheDir);
  const root = join(config.cacheDir, 'java-debian');
  return withLock(join(config.cacheDir, 'locks', basename(root)), async () => {
    if (!(await exists(root))) {
      onProgress(`fetching a Java runtime (${JAVA_MINIMUM} or newer) from Debian`);
      const work = await mkdtemp(join(config.cacheDir, '.java-'));
      try {
        const packages = await downloadRuntime(work);
        // Unpacked where it will be used: the start scripts name their folder.
        await unpackPackages(
          packages.filter((file) => NEEDED.test(basename(file))),
          `${root}.part`,
        );
        await makeSelfContained(`${root}.part`, root);
        await rename(`${root}.part`, root);
      } finally {
        await rm(work, { recursive: true, force: true });
        await rm(`${root}.part`, { recursive: true, force: true });
      }
    }
    for (const home of await homesIn(root)) {
      const jvm = await inspectHome(home, account);
      if (jvm !== undefined && jvm.major >= JAVA_MINIMUM) return jvm;
    }
    throw new Error(`no Java ${JAVA_MINIMUM} in what was unpacked into ${root}`);
  });
}

/** From the machine's own sources, else from a newer release at the same mirror. */
async function downloadRuntime(work: string): Promise<string[]> {
  const wish = { anyOf: PACKAGES, selfContained: true };
  try {
    return await downloadPackages({ ...wish, folder: join(work, 'own') });
  } catch (error) {
    const source = await debianSource(RELEASE);
    if (source === undefined) throw error;
    return downloadPackages({ ...wish, folder: join(work, RELEASE), source });
  }
}

async function homesIn(root: string): Promise<string[]> {
  const jvms = join(root, 'usr', 'lib', 'jvm');
  const entries = await readdir(jvms, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(jvms, entry.name));
}

/**
 * Makes a runtime below `root` (which will be renamed to `final`) independent of the machine: links into /etc lead into what
 * was unpacked, and its programs start by the C library's own loader beside them. The loader lies in `bin` because the JVM
 * takes the folder above its running program (/proc/self/exe, which is the loader) for its home.
 */
async function makeSelfContained(root: string, final: string): Promise<void> {
  for (const entry of await readdir(join(root, 'usr', 'lib', 'jvm'), { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) continue;
    const link = join(entry.parentPath, entry.name);
    const target = await readlink(link);
    if (!target.startsWith('/') || !(await exists(join(root, target)))) continue;
    await rm(link);
    await symlink(relative(entry.parentPath, join(root, target)), link);
  }
  const libraries = await libraryFolders(root);
  const loader = await findLoader(libraries);
  const libraryPath = libraries.map((folder) => join(final, relative(root, folder))).join(':');
  for (const home of await homesIn(root)) {
    if (!(await exists(join(home, 'bin', 'java')))) continue;
    await copyFile(loader, join(home, 'bin', 'loader'));
    await chmod(join(home, 'bin', 'loader'), 0o755);
    const finalHome = join(final, relative(root, home));
    for (const program of ['bin/java', 'lib/jspawnhelper']) {
      await rename(join(home, program), join(home, `${program}.program`));
      const script = `exec "${finalHome}/bin/loader" --library-path "${libraryPath}" "${finalHome}/${program}.program" "$@"`;
      await writeFile(join(home, program), `#!/bin/sh\n${script}\n`);
      await chmod(join(home, program), 0o755);
    }
  }
}

async function findLoader(folders: string[]): Promise<string> {
  for (const folder of folders) {
    const name = (await readdir(folder)).find((file) => /^ld-linux.*\.so\.\d+$/.test(file));
    if (name !== undefined) return join(folder, name);
  }
  throw new Error('the unpacked C library has no loader');
}
