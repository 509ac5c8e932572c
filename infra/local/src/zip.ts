import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/**
 * Unpacks zip and jar files of known content (their checksum was compared before), because no unpacking tool can be
 * counted on. Format: PKWARE's APPNOTE 6.3.10, sections 4.3.7 to 4.3.16; no encryption, no Zip64, no symbolic links.
 */

const END_OF_CENTRAL_DIRECTORY = 0x06054b50;
const CENTRAL_HEADER = 0x02014b50;
const DEFLATED = 8;
const STORED = 0;

export type ZipEntry = {
  name: string;
  method: number;
  mode: number;
  start: number;
  packedBytes: number;
  bytes: number;
};

/** The entries of an archive, folders (names that end in a slash) included. */
export function listZip(archive: Buffer): ZipEntry[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || archive.readUInt32LE(end) !== END_OF_CENTRAL_DIRECTORY) throw new Error('not a zip archive');
  const count = archive.readUInt16LE(end + 10);
  const entries: ZipEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (archive.readUInt32LE(at) !== CENTRAL_HEADER) throw new Error('damaged zip archive');
    const nameBytes = archive.readUInt16LE(at + 28);
    const local = archive.readUInt32LE(at + 42);
    entries.push({
      name: archive.toString('utf8', at + 46, at + 46 + nameBytes),
      method: archive.readUInt16LE(at + 10),
      // The upper half of the external attributes is the Unix mode where the archive was made on Unix.
      mode: (archive.readUInt32LE(at + 38) >>> 16) & 0o777,
      // The local header repeats the name and has an extra field of its own length.
      start: local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28),
      packedBytes: archive.readUInt32LE(at + 20),
      bytes: archive.readUInt32LE(at + 24),
    });
    at += 46 + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

export function readZipEntry(archive: Buffer, entry: ZipEntry): Buffer {
  const packed = archive.subarray(entry.start, entry.start + entry.packedBytes);
  if (entry.method === STORED) return packed;
  if (entry.method !== DEFLATED) throw new Error(`${entry.name} is packed by method ${entry.method}`);
  return inflateRawSync(packed, { maxOutputLength: Math.max(entry.bytes, 1) });
}

/**
 * Unpacks `file` below `target`, leaving out the archive's first folder level when `stripFirst`. Files are readable by all
 * (the servers may run as another user) whatever the umask says.
 */
export async function unzip(file: string, target: string, { stripFirst = false } = {}): Promise<void> {
  const archive = await readFile(file);
  for (const entry of listZip(archive)) {
    const name = normalize(stripFirst ? entry.name.slice(entry.name.indexOf('/') + 1) : entry.name);
    if (name.startsWith(`..${sep}`) || name.startsWith(sep)) throw new Error(`${entry.name} leads out of the archive`);
    const path = join(target, name);
    if (entry.name.endsWith('/')) {
      await makeOpenFolder(path, target);
      continue;
    }
    await makeOpenFolder(dirname(path), target);
    await writeFile(path, readZipEntry(archive, entry));
    await chmod(path, (entry.mode & 0o111) === 0 ? 0o644 : 0o755);
  }
}

async function makeOpenFolder(path: string, top: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  for (let folder = path; folder.length >= top.length; folder = dirname(folder)) await chmod(folder, 0o755);
}
