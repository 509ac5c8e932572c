/** Longer pages get an array of their own, which is garbage afterwards. */
const sharedMax = 1 << 19;
/** No look ahead goes further than the longest name that is looked for. */
const padding = 32;

let shared = new Uint16Array(1 << 16);

/**
 * Code units of a page, with zeros behind its end: reading one from an array takes a fraction of what asking a string takes, and
 * copying them costs next to nothing. Good until the next page is asked for.
 */
export function pageUnits(html: string): Uint16Array {
  const needed = html.length + padding;
  if (needed > shared.length && needed <= sharedMax) shared = new Uint16Array(Math.min(sharedMax, 2 * needed));
  const units = needed <= shared.length ? shared : new Uint16Array(needed);
  Buffer.from(units.buffer).write(html, 'utf16le');
  units.fill(0, html.length, needed);
  return units;
}
