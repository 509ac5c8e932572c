import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** Bytes that an ordinary user can still write to the disk of a folder, which need not be there yet. */
export async function freeSpaceOf(folder: string): Promise<number> {
  for (let path = resolve(folder); ; path = dirname(path)) {
    try {
      const { bavail, bsize } = await statfs(path);
      return bavail * bsize;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || path === dirname(path)) throw error;
    }
  }
}
