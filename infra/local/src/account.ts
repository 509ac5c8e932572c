import { constants, readFileSync } from 'node:fs';
import { access, chown, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StackError, systemCodeOf } from './stack-error.ts';

/** The user the servers run as, when it is not the caller: Elasticsearch refuses root, and Redis needs no such power. */
export type Account = { uid: number; gid: number };

/** `nobody` when the caller is root, undefined (the caller itself) otherwise. */
export function serverAccount(isRoot: boolean, passwd: () => string = readPasswd): Account | undefined {
  if (!isRoot) return undefined;
  const line = passwd()
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return { uid: Number(uid ?? 65534), gid: Number(gid ?? 65534) };
}

function readPasswd(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
}

/** Creates a folder that the servers' account owns. */
export async function makeOwnedFolder(path: string, account: Account | undefined): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o755 });
    if (account !== undefined) await chown(path, account.uid, account.gid);
  } catch (cause) {
    throw new StackError(
      `The folder ${path} cannot be created: ${cause instanceof Error ? cause.message : cause}.`,
      'choose another data folder (NEWSMILL_DATA_DIR) or make room',
      { cause },
    );
  }
}

/**
 * Whether another user than the owner can reach `path`: every folder above it must be open for passing through. Root's
 * home (0700) is the usual one that is not.
 */
export async function firstClosedFolder(path: string): Promise<string | undefined> {
  for (let folder = path; ; folder = dirname(folder)) {
    const info = await stat(folder).catch(() => undefined);
    if (info?.isDirectory() && (info.mode & 0o001) === 0) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** Refuses a place that the servers' account could not reach, naming the folder that is in the way. */
export async function requireReachable(path: string, account: Account | undefined, setting: string): Promise<void> {
  if (account === undefined) return;
  const closed = await firstClosedFolder(dirname(path));
  if (closed === undefined) return;
  throw new StackError(
    `${path} lies below ${closed}, which only root may enter, but the servers run as another user (uid ${account.uid}).`,
    `set ${setting} to a place outside, for example below /var/tmp, or run as a normal user`,
  );
}

/** Refuses to begin when the disk that holds `path` has less than `bytes` left; statfs may be missing, then nothing is said. */
export async function requireSpace(
  path: string,
  bytes: number,
  free: (path: string) => Promise<number>,
): Promise<void> {
  const left = await free(path);
  if (left >= bytes) return;
  throw new StackError(
    `${path} has ${Math.floor(left / 1e6)} MB left, ${Math.ceil(bytes / 1e6)} MB are needed.`,
    'make room there, or point NEWSMILL_CACHE_DIR to another disk',
  );
}

export async function isReadable(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK);
    return true;
  } catch (error) {
    if (systemCodeOf(error) === undefined) throw error;
    return false;
  }
}
