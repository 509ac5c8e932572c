import { fingerprintBands } from '@newsmill/core/fingerprint';

/**
 * Bands lie in 131,072 small hashes. Redis keeps a hash of up to 512 short fields as one packed list, so that an entry
 * costs 15 bytes instead of a hundred; that is up to four million articles in the window. Beyond, it costs more memory.
 */
const shardBits = 17;

/** Of a band: three bytes of shard, and three of field (the band's number and what the shard's number does not say of its cells). */
export const placeBytes = 6;

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const digitOf = new Map(Array.from(digits, (digit, value) => [digit, value]));

/**
 * Where the bands of a fingerprint are kept, one after another: a band is its number (16 of them) and 36 bits, of which 17
 * choose the shard. As bytes, since two arguments for each band are what a claim would mostly consist of.
 */
export function bandPlaces(fingerprint: string): Buffer {
  const bands = fingerprintBands(fingerprint);
  const places = Buffer.alloc(bands.length * placeBytes);
  for (const [at, band] of bands.entries()) {
    const [number = 0, a = 0, b = 0, c = 0, ...rest] = Array.from(band, (digit) => digitOf.get(digit) ?? 0);
    const low = rest.reduce((bits, digit) => bits * 64 + digit, c & 1);
    const high = (a << 11) | (b << 5) | (c >>> 1);
    places.writeUIntBE(high & ((1 << shardBits) - 1), at * placeBytes, 3);
    // 4 bits of number and 19 of content.
    places.writeUIntBE(((number & 15) << 19) | low, at * placeBytes + 3, 3);
  }
  return places;
}
