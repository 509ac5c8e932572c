import { isAscii, isUtf8 } from 'node:buffer';
import type { Repair } from '@newsmill/contracts';
import chardet from 'chardet';
import { bareUtf16, byteOrderMark, type Declaration, declaredInHeader, declaredInMarkup } from './declared.ts';
import { mayBeDoubleEncoded, undoDoubleEncoding } from './double-encoding.ts';
import { decodeAs, encodingFor } from './encodings.ts';
import { undoGbkReading } from './gbk-mojibake.ts';
import { plausibility } from './plausibility.ts';

export interface DecodedText {
  readonly text: string;
  /** WHATWG name of the encoding that was used, e.g. `utf-8`, `gb18030`. */
  readonly charset: string;
  /** WHATWG name of the encoding that was declared, the HTTP header before the markup. */
  readonly declared?: string;
  /** `wrong-charset`, `double-encoded-utf8`, or nothing. */
  readonly repairs: readonly Repair[];
}

const eastAsian = ['gb18030', 'big5', 'euc-kr', 'shift_jis', 'euc-jp'];

/** Enough for any guess; decoding a megabyte five times would not be. */
const guessBytesMax = 48_000;

/** A cut-off end or one foreign snippet does not make a page something else than UTF-8. */
const brokenUtf8Max = 0.1;
/** Beyond this, what looks like UTF-8 here and there is chance. */
const hopelessUtf8Min = 0.4;

/**
 * Bytes to text as a browser would (byte order mark, HTTP header, meta or XML declaration; WHATWG labels), except that
 * the content has the last word: a declaration that the bytes contradict is overruled and noted as `wrong-charset`.
 * Never fails: what cannot be decoded becomes U+FFFD.
 *
 * @param contentType the HTTP header as received
 */
export function decodeBytes(bytes: Uint8Array, contentType?: string): DecodedText {
  const declaration = declaredInHeader(contentType) ?? declaredInMarkup(bytes);
  const certain = byteOrderMark(bytes) ?? bareUtf16(bytes);
  const { charset, text } = certain === undefined ? readAs(bytes, declaration) : reading(bytes, certain);
  const repairs: Repair[] = [];
  if (declaration !== undefined && declaration.encoding !== charset && !isAscii(bytes)) repairs.push('wrong-charset');
  const undone = charset === 'utf-8' ? undo(bytes, text) : undefined;
  if (undone !== undefined) repairs.push('double-encoded-utf8');
  return {
    text: undone ?? text,
    charset,
    ...(declaration === undefined ? {} : { declared: declaration.encoding }),
    repairs,
  };
}

function undo(bytes: Uint8Array, text: string): string | undefined {
  return (mayBeDoubleEncoded(bytes) ? undoDoubleEncoding(text) : undefined) ?? undoGbkReading(text);
}

interface Reading {
  readonly charset: string;
  readonly text: string;
}

const reading = (bytes: Uint8Array, charset: string): Reading => ({ charset, text: decodeAs(bytes, charset) });

/** The reading that the content bears out; a reading that was tried on the whole page is not decoded again. */
function readAs(bytes: Uint8Array, declaration: Declaration | undefined): Reading {
  const declared = declaration?.encoding;
  if (isUtf8(bytes)) return reading(bytes, validUtf8(bytes, declared));
  const sample = bytes.subarray(0, guessBytesMax);
  if (declared === undefined || declared === 'utf-8') {
    const utf8 = reading(bytes, 'utf-8');
    const utf8Plausibility = plausibility(utf8.text);
    if (utf8Plausibility.broken <= brokenUtf8Max) return utf8;
    if (declared !== undefined && saysNothing(sample)) return utf8;
    const guess = guessEastAsian(sample);
    if (guess === undefined && utf8Plausibility.broken <= hopelessUtf8Min) return utf8;
    return reading(bytes, guess ?? guessSingleByte(sample));
  }
  if (declared.startsWith('utf-16')) return reading(bytes, guessEastAsian(sample) ?? 'utf-8');
  const asDeclared = reading(bytes, declared);
  const { broken, frequent } = plausibility(asDeclared.text);
  if (eastAsian.includes(declared) && broken <= 0.02 && frequent >= 0.35) return asDeclared;
  const guess = guessEastAsian(sample);
  if (guess !== undefined) return guess === declared ? asDeclared : reading(bytes, guess);
  // Declared East Asian, but neither that nor any other: mostly UTF-8 with foreign snippets.
  const utf8 = plausibility(decodeAs(sample, 'utf-8'));
  return utf8.broken < broken && utf8.broken <= brokenUtf8Max ? reading(bytes, 'utf-8') : asDeclared;
}

/** Bytes that are UTF-8 by form. By chance that happens only to short texts in a two-byte encoding (联通 in GBK). */
function validUtf8(bytes: Uint8Array, declared: string | undefined): string {
  if (declared === undefined || declared === 'utf-8' || declared.startsWith('utf-16')) return 'utf-8';
  if (isAscii(bytes)) return declared;
  if (!eastAsian.includes(declared) || bytes.some((byte) => byte >= 0xe0)) return 'utf-8';
  const asDeclared = plausibility(decodeAs(bytes, declared));
  return asDeclared.broken === 0 && asDeclared.frequent > 0 ? declared : 'utf-8';
}

/** Too few bytes above ASCII to be a text in another encoding: two of them make a character in every one. */
function saysNothing(sample: Uint8Array): boolean {
  let high = 0;
  for (const byte of sample) {
    if (byte >= 0x80) high += 1;
    if (high >= 12) return false;
  }
  return !isMostlyAscii(sample);
}

/** In European text a byte above ASCII stands alone between letters; in East Asian text hardly ever. */
function isMostlyAscii(sample: Uint8Array): boolean {
  let high = 0;
  let alone = 0;
  for (let i = 0; i < sample.length; i++) {
    if ((sample[i] ?? 0) < 0x80) continue;
    high++;
    if ((sample[i - 1] ?? 0) < 0x80 && (sample[i + 1] ?? 0) < 0x80) alone++;
  }
  return alone > 0.7 * high;
}

function guessEastAsian(sample: Uint8Array): string | undefined {
  if (isMostlyAscii(sample)) return undefined;
  let best: { encoding: string; score: number } | undefined;
  for (const encoding of eastAsian) {
    const { frequent, broken } = plausibility(decodeAs(sample, encoding));
    const score = frequent - 3 * broken;
    if (score >= 0.4 && (best === undefined || score > best.score)) best = { encoding, score };
  }
  return best?.encoding;
}

/** Letter statistics take a quarter of a millisecond per kilobyte. */
const lettersBytesMax = 8_000;

/** European single-byte encodings, by letter statistics; Windows-1252 when nothing tells, as browsers do. */
function guessSingleByte(sample: Uint8Array): string {
  // All of them have their letters from C0 on; below are the signs that English pages take from Windows-1252.
  const letter = sample.findIndex((byte) => byte >= 0xc0);
  if (letter < 0) return 'windows-1252';
  const start = Math.max(0, Math.min(letter - 500, sample.length - lettersBytesMax));
  for (const { name, confidence } of chardet.analyse(sample.subarray(start, start + lettersBytesMax))) {
    const encoding = encodingFor(name);
    if (confidence >= 20 && encoding !== undefined && /^(windows|iso-8859|koi8)/.test(encoding)) return encoding;
  }
  return 'windows-1252';
}
