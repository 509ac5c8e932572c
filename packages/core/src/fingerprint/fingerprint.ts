import { fnvStart, fnvStep } from '../fnv.ts';
import { type CodeUnits, codeUnits, foldScript, unitsMax } from '../hanzi/index.ts';

/**
 * Near-duplicate fingerprint: a MinHash of the script-folded text.
 *
 * The text is seen as the set of its shingles (four neighbouring Han characters, or three neighbouring words). Two
 * fingerprints agree in a cell with the probability that the two sets have in common (Jaccard), so the share of equal
 * cells estimates how much of the text is shared: a cut or added paragraph costs its share, another headline nothing.
 * A SimHash of 64 bits finds 95 % of such copies only from a distance of 13 on, where a million strangers collide.
 *
 * One permutation: every shingle is hashed once and falls into one cell, which keeps the smallest (Li, Owen, Zhang 2012;
 * empty cells are filled after Shrivastava 2017). Integer arithmetic of 32 bits throughout.
 */

const cellCount = 48;
const cellsPerBand = 3;

/** Two base64url characters per cell: 12 bits. */
const cellLength = 2;
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** One character (6 bits) per cell of figures, and how many different ones make them worth comparing. */
const numberCellCount = 16;
const numbersMin = 5;
/** Sixteen cells estimate coarsely; a copy with a paragraph cut stays well within this. */
const figuresLagMax = 0.4;

/** Texts with fewer shingles (a caption, a flash) have too little to be told apart by. */
const shinglesMin = 24;

const han = 1;
const letter = 2;
let tables: { readonly kindOfUnit: Uint8Array; readonly foldedUnit: Uint16Array } | undefined;

/** Han, kana and Hangul count one by one, other letters and digits by word, the rest is dropped. */
function kinds(): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (let unit = 0x30; unit < 0x10000; unit++) {
    if (/[\p{L}\p{Nd}\p{M}]/u.test(String.fromCharCode(unit))) table[unit] = letter;
  }
  table.fill(han, 0x3041, 0x3100);
  table.fill(han, 0x3400, 0xa000);
  table.fill(han, 0xac00, 0xd7b0);
  // Rare Han beyond the basic plane; each surrogate counts as one.
  table.fill(han, 0xd840, 0xe000);
  return table;
}

/** Code unit → its form by `foldScript`; 0 where that depends on the neighbours (surrogates, sigma) or is more than one unit. */
function folds(): Uint16Array {
  const table = new Uint16Array(0x10000);
  for (let unit = 1; unit < 0x10000; unit++) {
    const folded = foldScript(String.fromCharCode(unit));
    if (folded.length === 1) table[unit] = folded.charCodeAt(0);
  }
  table.fill(0, 0xd800, 0xe000);
  table[0x3a3] = 0;
  return table;
}

/** Mixes all bits of a 32-bit number into all others (the finalizer of MurmurHash3). */
function mix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

interface Tokens {
  /** Odd for words and numbers, even for Han characters. */
  readonly hashes: Int32Array;
  readonly count: number;
  /** Numbers of two digits or more. */
  readonly numbers: readonly number[];
}

/** Kept, since it is the largest thing that a page would make. */
const tokenHashes = new Int32Array(unitsMax);

function foldedUnits(text: string, foldedUnit: Uint16Array): CodeUnits {
  const { units, length } = codeUnits(text);
  for (let i = 0; i < length; i++) {
    const folded = foldedUnit[units[i] as number] as number;
    if (folded === 0) return codeUnits(foldScript(text));
    units[i] = folded;
  }
  return { units, length };
}

/** The tokens of the folded text; good until the next text is read. */
function tokenize(text: string): Tokens {
  tables ??= { kindOfUnit: kinds(), foldedUnit: folds() };
  const { kindOfUnit, foldedUnit } = tables;
  const { units, length } = foldedUnits(text, foldedUnit);
  const hashes = tokenHashes;
  const numbers: number[] = [];
  let count = 0;
  let word = 0;
  let wordLength = 0;
  let isNumber = true;
  for (let i = 0; i <= length; i++) {
    const unit = i < length ? (units[i] as number) : 0;
    const kind = kindOfUnit[unit];
    if (kind === letter) {
      word = fnvStep(wordLength === 0 ? fnvStart : word, unit);
      wordLength++;
      if (unit > 0x39) isNumber = false;
      continue;
    }
    if (wordLength > 0) {
      hashes[count++] = word | 1;
      if (isNumber && wordLength > 1) numbers.push(word);
      wordLength = 0;
      isNumber = true;
    }
    if (kind === han) hashes[count++] = Math.imul(unit, 0x9e3779b1) << 1;
  }
  return { hashes, count, numbers };
}

/** Keeps the smallest hash of each cell; -1 where none fell. */
class Cells {
  readonly values: Int32Array;
  constructor(count: number) {
    this.values = new Int32Array(count).fill(-1);
  }

  add(hash: number): void {
    // The upper 16 bits choose the cell, a hash of all of them competes in it.
    const cell = ((hash >>> 16) * this.values.length) >>> 16;
    const value = mix(hash) >>> 8;
    const smallest = this.values[cell] ?? -1;
    if (smallest === -1 || value < smallest) this.values[cell] = value;
  }

  /** Empty cells take the value of another one, always the same other for the same cell. */
  fill(): Int32Array {
    const { values } = this;
    const filled = values.slice();
    for (let i = 0; i < values.length; i++) {
      for (let attempt = 1; filled[i] === -1; attempt++) {
        filled[i] = values[(mix(i * 0x10001 + attempt) >>> 0) % values.length] ?? -1;
      }
    }
    return filled;
  }
}

function shingleCells({ hashes, count }: Tokens): Cells {
  const cells = new Cells(cellCount);
  for (let i = 3; i < count; i++) {
    let shingle = 0;
    // A shingle that ends in a word has three tokens, one that ends in a Han character four.
    for (let j = i - 3 + ((hashes[i] ?? 0) & 1); j <= i; j++) {
      shingle = Math.imul(shingle, 0x2c1b3c6d) + (hashes[j] ?? 0);
    }
    cells.add(mix(shingle | 0));
  }
  return cells;
}

/**
 * Fingerprint of an article's body: 96 characters of base64url, and 16 more for its figures if it has at least five.
 * Undefined when the text is too short to tell (fewer than 27 Han characters or words).
 *
 * @param body normalized text; scripts are folded here, so both printings of a Chinese story are alike
 */
export function fingerprint(body: string): string | undefined {
  const tokens = tokenize(body);
  if (tokens.count < shinglesMin + 3) return undefined;
  let text = '';
  for (const value of shingleCells(tokens).fill())
    text += digits.charAt((value >>> 6) & 63) + digits.charAt(value & 63);
  if (new Set(tokens.numbers).size < numbersMin) return text;
  const cells = new Cells(numberCellCount);
  for (const number of tokens.numbers) cells.add(mix(number));
  for (const value of cells.fill()) text += digits.charAt(value & 63);
  return text;
}

function equalShare(a: string, b: string, from: number, to: number, length: number): number {
  let equal = 0;
  for (let i = from; i < to; i += length) if (a.startsWith(b.slice(i, i + length), i)) equal++;
  return (equal * length) / (to - from);
}

/**
 * Estimated share of common text, 0 to 1, give or take .07. Where the figures agree far less than the words, it is the
 * same form filled in anew (a daily weather or market report) and no copy: then the figures' agreement is returned.
 */
export function similarity(a: string, b: string): number {
  const length = cellCount * cellLength;
  if (a.length < length || b.length < length) return 0;
  const words = equalShare(a, b, 0, length, cellLength);
  if (a.length === length || b.length === length) return words;
  const figures = equalShare(a, b, length, length + numberCellCount, 1);
  return figures < words - figuresLagMax ? figures : words;
}

/** From this similarity on, two articles are copies of one story; see test/bench for what it costs and misses. */
export const sameStoryMin = 0.4;

/**
 * Look-up keys of a fingerprint, 7 characters each: copies share at least one of them, strangers practically never.
 * A store that knows which article has which key finds the candidates without comparing all; `similarity` then decides.
 */
export function fingerprintBands(text: string): string[] {
  const bandLength = cellsPerBand * cellLength;
  const bands: string[] = [];
  for (let i = 0; i < cellCount * cellLength && i < text.length; i += bandLength) {
    bands.push(digits.charAt(i / bandLength) + text.slice(i, i + bandLength));
  }
  return bands;
}
