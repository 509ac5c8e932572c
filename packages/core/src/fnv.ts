/** The FNV-1a hash of 32 bits (Fowler, Noll and Vo), by code units instead of bytes: for tables of this process only. */

export const fnvStart = 0x811c9dc5;

export const fnvStep = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193);

/** @param hash of what stands before the text. */
export function fnvText(text: string, hash = fnvStart): number {
  let out = hash;
  for (let at = 0; at < text.length; at += 1) out = fnvStep(out, text.charCodeAt(at));
  return out;
}
