const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Letters of a hash. 48 bits: among the few thousand texts that a site's memory holds, one in ten billion meets another. */
export const hashLength = 8;

/** A short hash of a text for tables that are thrown away: fast, and no secret (two multiplicative hashes side by side). */
export function shortHash(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 2_654_435_761);
    b = Math.imul(b ^ code, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return number64(a >>> 8, 4) + number64(b >>> 8, 4);
}

/** A number in `length` digits of 6 bits, the highest first; what does not fit is cut off. */
export function number64(value: number, length: number): string {
  let out = '';
  for (let at = length - 1; at >= 0; at -= 1) out += digits.charAt(Math.floor(value / 64 ** at) % 64);
  return out;
}

/** The number that `number64` wrote; NaN for anything else. */
export function parseNumber64(text: string): number {
  let value = 0;
  for (const digit of text) {
    const at = digits.indexOf(digit);
    if (at < 0) return Number.NaN;
    value = value * 64 + at;
  }
  return value;
}
