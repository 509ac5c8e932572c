import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findOnPath, lastLines, runCommand } from './run-command.ts';

/**
 * Fetching from Debian or Ubuntu without installing: apt works in a folder of its own, so neither root nor apt's lock is
 * needed and nothing on the machine changes. apt checks the packages' signatures as ever.
 */

export async function hasApt(path: string[]): Promise<boolean> {
  return (await findOnPath('apt-get', path)) !== undefined && (await findOnPath('dpkg-deb', path)) !== undefined;
}

export type AptWish = {
  /** Names of packages that would do, best first; which one a release has differs. Several that belong together: `a b`. */
  anyOf: string[];
  /** An empty folder to work in; the packages stay in it. */
  folder: string;
  /** All libraries down to the C library, instead of those only that this machine lacks. */
  selfContained: boolean;
  /** Lines of sources.list instead of the machine's own sources. */
  source?: string;
  /** apt's preferences (apt_preferences(5)) beside `source`; without them the newest version counts. */
  preferences?: string;
};

/** Downloads the first package of `anyOf` that exists, with what it depends on, and returns the paths of the .deb files. */
export async function downloadPackages(wish: AptWish): Promise<string[]> {
  const { anyOf, folder, selfContained, source, preferences = '' } = wish;
  const [state, cache, archives] = [join(folder, 'state'), join(folder, 'cache'), join(folder, 'packages')];
  await mkdir(join(state, 'lists', 'partial'), { recursive: true });
  await mkdir(join(cache, 'archives', 'partial'), { recursive: true });
  await mkdir(join(archives, 'partial'), { recursive: true });
  await writeFile(join(folder, 'nothing-installed'), '');
  const options = [
    ...[`Dir::State=${state}`, `Dir::Cache=${cache}`, `Dir::Cache::archives=${archives}/`],
    `Dir::State::status=${selfContained ? join(folder, 'nothing-installed') : '/var/lib/dpkg/status'}`,
    // Root's apt would download as the user _apt, who cannot write here.
    ...[
      'APT::Sandbox::User=root',
      'Debug::NoLocking=1',
      'APT::Keep-Downloaded-Packages=true',
      'Acquire::Languages=none',
    ],
  ];
  if (source !== undefined) {
    await writeFile(join(folder, 'sources.list'), `${source}\n`);
    options.push(`Dir::Etc::sourcelist=${join(folder, 'sources.list')}`, 'Dir::Etc::sourceparts=/dev/null');
    await writeFile(join(folder, 'preferences'), preferences);
    options.push(`Dir::Etc::preferences=${join(folder, 'preferences')}`, 'Dir::Etc::preferencesparts=/dev/null');
  }
  // Through env, so that the rest of the environment (proxies) stays. The sbin folders are not on everybody's PATH.
  const settings = ['PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'DEBIAN_FRONTEND=noninteractive', 'LC_ALL=C'];
  const command = ['apt-get', '-y', '-qq', ...options.flatMap((option) => ['-o', option])];
  const apt = (args: string[]) => runCommand('env', [...settings, ...command, ...args], { timeoutMs: 300_000 });
  // A source of somebody else that fails must not stop us: whether the package is to be had shows below.
  const updated = await apt(['update']);
  const said = updated.stderr === '' ? [] : [lastLines(updated.stderr, 1)];
  for (const names of anyOf.map((text) => text.split(' '))) {
    const flags = ['--no-install-recommends', '--reinstall', '--download-only'];
    const { code, stderr } = await apt(['install', ...flags, ...names]);
    if (code === 0) {
      return (await readdir(archives)).filter((file) => file.endsWith('.deb')).map((file) => join(archives, file));
    }
    said.push(lastLines(stderr, 1));
  }
  throw new Error(`apt-get: ${said.join('; ')}`);
}

/** Unpacks .deb files below `root`, over each other, as an installation would lay them. */
export async function unpackPackages(packages: string[], root: string): Promise<void> {
  await mkdir(root, { recursive: true });
  for (const file of packages) {
    const { code, stderr } = await runCommand('dpkg-deb', ['--extract', file, root], { timeoutMs: 120_000 });
    if (code !== 0) throw new Error(`dpkg-deb: ${lastLines(stderr, 2)}`);
  }
  // The packages' top folder has the packager's mode, a temporary one its maker's: others must be able to enter.
  await chmod(root, 0o755);
}

/** The folders below `root` that hold shared libraries, for LD_LIBRARY_PATH. */
export async function libraryFolders(root: string): Promise<string[]> {
  const folders = new Set<string>();
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (/^lib.*\.so(\.|$)/.test(entry.name) && !entry.parentPath.includes('/jvm/')) folders.add(entry.parentPath);
  }
  return [...folders].sort();
}

/**
 * The mirror that this Debian machine uses, from its apt sources (both notations, see sources.list(5)); undefined if none
 * is named. Pure.
 */
export function debianMirrorIn(sources: string[]): string | undefined {
  const uris: string[] = [];
  for (const line of sources.join('\n').split('\n')) {
    const fields = line.trim().split(/\s+/);
    if (fields[0] === 'URIs:') uris.push(...fields.slice(1));
    else if (fields[0] === 'deb') uris.push(...fields.slice(1).filter((field) => field.includes('://')));
  }
  return uris.find((uri) => /\/debian\/?$/.test(uri));
}

/** The line for another release of Debian at this machine's mirror; undefined elsewhere than on Debian. */
export async function debianSource(release: string): Promise<string | undefined> {
  const system = await readFile('/etc/os-release', 'utf8').catch(() => '');
  if (!/^ID=debian$/m.test(system)) return undefined;
  const folder = '/etc/apt/sources.list.d';
  const files = (await readdir(folder).catch(() => [])).map((name) => join(folder, name));
  const texts = ['/etc/apt/sources.list', ...files].map((file) => readFile(file, 'utf8').catch(() => ''));
  const mirror = debianMirrorIn(await Promise.all(texts));
  return mirror && `deb ${mirror} ${release} main`;
}
