/**
 * Code units of a text as an array: reading one is several times as fast as asking a string for its characters one by one, and
 * copying them costs next to nothing.
 */

/** Longer texts get an array of their own, which is garbage afterwards. */
const keptMax = 1 << 19;

/**
 * Gives the code units of a text, with a zero behind the last. Each reader has one array for all texts, so that no page makes
 * garbage of it: what it gave is good until it is asked for the next text, and may be written to.
 */
export function unitReader(): (text: string) => Uint16Array {
  let kept = new Uint16Array(0);
  let bytes = Buffer.from(kept.buffer);
  return (text) => {
    const needed = text.length + 1;
    if (needed > keptMax) {
      const own = new Uint16Array(needed);
      Buffer.from(own.buffer).write(text, 'utf16le');
      return own;
    }
    if (needed > kept.length) {
      kept = new Uint16Array(Math.min(keptMax, Math.max(1 << 16, 2 * needed)));
      bytes = Buffer.from(kept.buffer);
    }
    bytes.write(text, 'utf16le');
    kept[text.length] = 0;
    return kept;
  };
}

/** Of texts that are read in one go, without another in between. */
export const unitsOf = unitReader();

/** A whole book would say no more of its language or its story than its beginning. */
export const unitsMax = 60_000;

export interface CodeUnits {
  readonly units: Uint16Array;
  /** How many of them are the text's: all or the first `unitsMax`. */
  readonly length: number;
}

/** Those of a text's beginning, from `unitsOf`. */
export function codeUnits(text: string): CodeUnits {
  const beginning = text.length > unitsMax ? text.slice(0, unitsMax) : text;
  return { units: unitsOf(beginning), length: beginning.length };
}
