import { isUtf8 } from 'node:buffer';

/**
 * UTF-8 that was read as Windows-1252 and encoded again: `中国` became `ä¸­å›½`. It is undone where a run of such
 * characters is, byte for byte, UTF-8 itself, and only if the page does it again and again.
 */

const special = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
const specialBytes = [
  0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8e, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96,
  0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9e, 0x9f,
];
const byteOfSpecial = new Map(Array.from(special, (character, i) => [character, specialBytes[i] ?? 0]));

const run = new RegExp(`[\\u0080-\\u00ff${special}]{2,}`, 'g');
// Without ß (DF, the lead byte of N'Ko): `Spaß“` is German.
const leadAndTrail = new RegExp(`[\\u00c2-\\u00de\\u00e0-\\u00f4][\\u0080-\\u00bf${special}]`);

/** Fewer restored characters than this may be an author writing about the accident. */
const restoredMin = 3;

/**
 * Bytes of UTF-8 whose second decoding would show the accident: `Ã` to `ô` are C3 83 to C3 B4.
 * A cheap look at the bytes, so that clean pages pay almost nothing.
 */
export function mayBeDoubleEncoded(bytes: Uint8Array): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let found = 0;
  for (let at = view.indexOf(0xc3); at !== -1 && found < restoredMin; at = view.indexOf(0xc3, at + 2)) {
    const next = view[at + 2] ?? 0;
    const isLead = (view[at + 1] ?? 0) >= 0x82 && (view[at + 1] ?? 0) <= 0xb4;
    if (isLead && (next === 0xc2 || next === 0xc5 || next === 0xc6 || next === 0xcb || next === 0xe2)) found++;
  }
  return found >= restoredMin;
}

function undoRun(text: string): string | undefined {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = byteOfSpecial.get(text.charAt(i)) ?? text.charCodeAt(i);
  if (isUtf8(bytes)) return Buffer.from(bytes).toString('utf8');
  return undefined;
}

/** The text with the accident undone, or undefined when there is none. */
export function undoDoubleEncoding(text: string): string | undefined {
  let undone = 0;
  let failed = 0;
  const result = text.replace(run, (found) => {
    if (!leadAndTrail.test(found)) return found;
    const restored = undoRun(found);
    if (restored === undefined) failed++;
    else undone += restored.length;
    return restored ?? found;
  });
  return undone >= restoredMin && failed <= 0.2 * undone ? result : undefined;
}
