import { createMultibyteEncoder } from '@exodus/bytes/multi-byte.js';
import { plausibility } from './plausibility.ts';

/**
 * The Chinese way to encode twice: UTF-8 that was read as GBK and stored as UTF-8 again (`涓浗` for 中国).
 * `，` and `。` always show as 锛 and 銆, characters that no text has otherwise. Where an odd byte was lost on the way,
 * one character stays U+FFFD; the rest comes back.
 */

const run = /[\u0080-\uffff]+/g;

/** Half of the rare characters of the accident become frequent ones when it is undone. */
const frequentMin = 0.35;
const frequentBeforeMax = 0.15;
const brokenMax = 0.25;

let encode: ((text: string) => Uint8Array) | undefined;

function bytesOf(text: string): Uint8Array {
  encode ??= createMultibyteEncoder('gb18030');
  try {
    return encode(text);
  } catch {
    // Not from GBK after all; as it stands it makes the result implausible.
    return new TextEncoder().encode(text);
  }
}

/** The text with the accident undone, or undefined when there is none. */
export function undoGbkReading(text: string): string | undefined {
  if (!text.includes('锛') && !text.includes('銆')) return undefined;
  const before = plausibility(text);
  if (before.frequent > frequentBeforeMax) return undefined;
  const decoder = new TextDecoder();
  const undone = text.replace(run, (found) =>
    found
      .split('\ufffd')
      .map((piece) => decoder.decode(bytesOf(piece)))
      .join('\ufffd')
      .replace(/\ufffd{2,}/g, '\ufffd'),
  );
  const after = plausibility(undone);
  return after.frequent >= frequentMin && after.broken <= brokenMax ? undone : undefined;
}
