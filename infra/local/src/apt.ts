import { chmod, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findOnPath, lastLines, runCommand } from './run-command.ts';

/** Fetching from Debian without installing: packages are downloaded with their missing dependencies and unpacked aside. */

export async function hasApt(path: string[]): Promise<boolean> {
  return (await findOnPath('apt-get', path)) !== undefined && (await findOnPath('dpkg-deb', path)) !== undefined;
}

/**
 * Downloads packages and those of their dependencies that are not installed. Needs root (apt's lock).
 * `extra` are apt options, for instance another list of sources.
 * @returns the paths of the .deb files
 */
export async function downloadPackages(names: string[], folder: string, extra: string[] = []): Promise<string[]> {
  await mkdir(join(folder, 'partial'), { recursive: true });
  // apt drops its rights to _apt for the download, which must be able to write here; as root it falls back with a warning.
  await chmod(folder, 0o755);
  const download = () => apt([...extra, 'install', '--download-only', '--reinstall', ...names], folder);
  let result = await download();
  if (result.code !== 0) {
    // A fresh container has no package lists yet.
    const updated = await apt([...extra, 'update'], folder);
    if (updated.code !== 0) throw new Error(`apt-get update: ${lastLines(updated.stderr, 2)}`);
    result = await download();
  }
  if (result.code !== 0) throw new Error(`apt-get: ${lastLines(result.stderr, 2)}`);
  return (await readdir(folder)).filter((name) => name.endsWith('.deb')).map((name) => join(folder, name));
}

function apt(args: string[], folder: string) {
  const options = [
    '-y',
    '-qq',
    '--no-install-recommends',
    '-o',
    `Dir::Cache::archives=${folder}/`,
    '-o',
    'DPkg::Lock::Timeout=120',
  ];
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C', ...proxies() };
  return runCommand('apt-get', [...options, ...args], { timeoutMs: 300_000, env });
}

function proxies(): Record<string, string> {
  const { http_proxy, https_proxy, no_proxy } = process.env;
  return { ...(http_proxy && { http_proxy }), ...(https_proxy && { https_proxy }), ...(no_proxy && { no_proxy }) };
}

/** Unpacks .deb files below `root`, over each other, as an installation would lay them. */
export async function unpackPackages(packages: string[], root: string): Promise<void> {
  await mkdir(root, { recursive: true });
  await chmod(root, 0o755);
  for (const file of packages) {
    const { code, stderr } = await runCommand('dpkg-deb', ['--extract', file, root], { timeoutMs: 120_000 });
    if (code !== 0) throw new Error(`dpkg-deb: ${lastLines(stderr, 2)}`);
  }
}

/** The folders below `root` that hold shared libraries, for LD_LIBRARY_PATH. */
export async function libraryFolders(root: string): Promise<string[]> {
  const folders = new Set<string>();
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (/\.so(\.|$)/.test(entry.name)) folders.add(entry.parentPath);
  }
  return [...folders].sort();
}
