import data from './data/simplification.json' with { type: 'json' };

/**
 * Traditional → simplified after OpenCC's dictionaries (see scripts/build-hanzi-data.ts), and the wider folding that
 * search and fingerprints use. Tables over the 65,536 code units are built at first use: a lookup per code unit is what
 * makes folding a whole article cheap.
 */

const pairsOf = (flat: string): [string, string][] => {
  const characters = Array.from(flat);
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < characters.length; i += 2) pairs.push([characters[i] ?? '', characters[i + 1] ?? '']);
  return pairs;
};

/** Traditional character → simplified character, only where the two differ; no context is needed for these. */
export const traditionalToSimplified: ReadonlyMap<string, string> = new Map(pairsOf(data.characters));

interface Table {
  /** Code unit → code unit; 0 where the unit stays, `inRest` where the answer is in `rest`. */
  readonly units: Uint16Array;
  /** What does not fit one unit on both sides: such texts are rare and go character by character. */
  readonly rest: ReadonlyMap<string, string>;
}

const inRest = 0xffff;

function buildTable(pairs: Iterable<readonly [string, string]>): Table {
  const units = new Uint16Array(0x10000);
  const rest = new Map<string, string>();
  for (const [from, to] of pairs) {
    const isSingle = from.length === 1 && to.length === 1;
    units[from.charCodeAt(0)] = isSingle ? to.charCodeAt(0) : inRest;
    rest.set(from, to);
  }
  return { units, rest };
}

/** Maps single characters; returns the very same string when nothing changes. */
function mapCharacters(text: string, { units, rest }: Table): string {
  let first = 0;
  while (first < text.length && units[text.charCodeAt(first)] === 0) first++;
  if (first === text.length) return text;
  const mapped = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const other = units[unit] ?? 0;
    if (other === inRest) return Array.from(text, (character) => rest.get(character) ?? character).join('');
    mapped[i] = other === 0 ? unit : other;
  }
  return Buffer.from(mapped.buffer).toString('utf16le');
}

let characterTable: Table | undefined;
let phrasesByFirst: Map<string, (readonly [string, string])[]> | undefined;

function phraseIndex(): Map<string, (readonly [string, string])[]> {
  if (phrasesByFirst === undefined) {
    phrasesByFirst = new Map();
    for (const line of data.phrases.split('|')) {
      const cut = line.indexOf('=');
      const entry = [line.slice(0, cut), line.slice(cut + 1)] as const;
      const first = String.fromCodePoint(entry[0].codePointAt(0) ?? 0);
      phrasesByFirst.set(first, [...(phrasesByFirst.get(first) ?? []), entry]);
    }
    for (const entries of phrasesByFirst.values()) entries.sort((a, b) => b[0].length - a[0].length);
  }
  return phrasesByFirst;
}

/**
 * Simplified form of a text, with OpenCC's phrase rules for the characters that depend on context
 * (乾隆 stays, 餅乾 becomes 饼干; 瞭解 becomes 了解, 瞭望 stays).
 */
export function toSimplified(text: string): string {
  characterTable ??= buildTable(traditionalToSimplified);
  const index = phraseIndex();
  const table = characterTable;
  let result = '';
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) < 0x3400) continue;
    const phrase = index.get(text.charAt(i))?.find(([traditional]) => text.startsWith(traditional, i));
    if (phrase === undefined) continue;
    result += mapCharacters(text.slice(from, i), table) + phrase[1];
    from = i + phrase[0].length;
    i = from - 1;
  }
  const tail = mapCharacters(from === 0 ? text : text.slice(from), table);
  return from === 0 ? tail : result + tail;
}

let foldTable: Table | undefined;

function foldingTable(): Table {
  if (foldTable === undefined) {
    const pairs: [string, string][] = [...traditionalToSimplified, ...pairsOf(data.folding)];
    // Full-width ASCII and the ideographic space.
    for (let unit = 0xff01; unit <= 0xff5e; unit++) {
      pairs.push([String.fromCharCode(unit), String.fromCharCode(unit - 0xfee0)]);
    }
    pairs.push(['\u3000', ' ']);
    foldTable = buildTable(pairs);
  }
  return foldTable;
}

/**
 * One form for comparing: simplified single characters, compatibility ideographs unified, full-width letters and signs
 * made narrow, lower case. Not for display: it treats as one what only search may treat as one (看著 and 看着).
 */
export function foldScript(text: string): string {
  return mapCharacters(text, foldingTable()).toLowerCase();
}
