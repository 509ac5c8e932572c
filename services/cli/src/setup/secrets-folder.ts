import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '@newsmill/contracts';

/**
 * A folder of secrets, a file each. Only its owner may enter the folder. The files themselves are open, because Docker hands
 * each to a container whose user is another one, by a path that does not lead through the folder.
 */
export interface SecretsFolder {
  readonly path: string;
  /** What is in a file, without blanks around it; undefined if there is none or it is empty. */
  read(name: string): Promise<string | undefined>;
  /** Writes a file that is not there or is empty; returns what is in it then. */
  keep(name: string, make: () => string | Promise<string>, access?: 'shared' | 'filled-later' | 'own'): Promise<string>;
  /** Writes a file that follows from others, when what is in it is not that. */
  derive(name: string, content: string): Promise<void>;
  /** Writes into a file that is there, which may be mounted somewhere: its inode stays. */
  fill(name: string, content: string): Promise<void>;
  /** Names of the files that `keep` and `derive` have written. */
  readonly made: readonly string[];
}

const modes = { shared: 0o644, 'filled-later': 0o666, own: 0o600 };

/** @throws UsageError when the folder cannot be written to, saying as whom to come back */
export async function openSecretsFolder(path: string): Promise<SecretsFolder> {
  const made: string[] = [];
  const read = async (name: string): Promise<string | undefined> => {
    const text = await readFile(join(path, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    return text.trim() === '' ? undefined : text.trim();
  };
  return {
    path,
    read,
    made,
    async keep(name, make, access = 'shared') {
      const known = await read(name);
      if (known !== undefined) return known;
      const content = await make();
      await refuseWell(path, async () => {
        await mkdir(path, { recursive: true, mode: 0o700 });
        await chmod(path, 0o700);
        await writeFile(join(path, name), content === '' ? '' : `${content.trimEnd()}\n`, { mode: modes[access] });
        await chmod(join(path, name), modes[access]);
      });
      made.push(name);
      return content.trim();
    },
    async derive(name, content) {
      if ((await read(name)) === content.trim()) return;
      await refuseWell(path, async () => {
        await writeFile(join(path, name), content, { mode: modes.shared });
        await chmod(join(path, name), modes.shared);
      });
      made.push(name);
    },
    async fill(name, content) {
      await stat(join(path, name)).catch(() => {
        throw new UsageError(`${join(path, name)} is not there: run \`newsmill setup files\` first`);
      });
      await refuseWell(path, () => writeFile(join(path, name), `${content}\n`));
    },
  };
}

async function refuseWell(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') throw error;
    throw new UsageError(`${path} cannot be written to by user ${process.getuid?.()}: run this as the folder's owner`);
  }
}
