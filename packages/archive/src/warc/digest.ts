import { createHash } from 'node:crypto';

/** `sha1:` and base32, as all WARC tools write and compare it. */
export function digest(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(part);
  return `sha1:${base32(hash.digest())}`;
}

/** Whether bytes are those that a digest was made of; undefined when it is of a kind that is not known here. */
export function matchesDigest(written: string, bytes: Uint8Array): boolean | undefined {
  const [, algorithm = '', value = ''] = /^(sha-?1|sha-?256):([A-Za-z0-9=]{20,80})$/i.exec(written.trim()) ?? [];
  if (value === '') return undefined;
  const hash = createHash(algorithm.toLowerCase().replace('-', '')).update(bytes).digest();
  const hex = hash.toString('hex');
  return value.length === hex.length
    ? value.toLowerCase() === hex
    : value.replace(/=+$/, '').toUpperCase() === base32(hash);
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648, without padding: a SHA-1 is 160 bits and needs none. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32[(value >> bits) & 31];
    }
  }
  if (bits > 0) text += BASE32[(value << (5 - bits)) & 31];
  return text;
}
