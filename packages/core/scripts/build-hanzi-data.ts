/**
 * Writes the Han tables of core/hanzi and the search index's folding rules from two development dependencies:
 * OpenCC's dictionaries (npm opencc-js, data under the Apache License 2.0) and pinyin readings (npm pinyin-pro, MIT).
 *
 *     node packages/core/scripts/build-hanzi-data.ts
 *
 * Run it after an update of either package; the results are committed, so nothing of this is needed at run time.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import compatibility from 'opencc-js/dict/CJK_Compatibility_Ideographs';
import hongKongVariants from 'opencc-js/dict/HKVariantsRev';
import toTraditional from 'opencc-js/dict/STCharacters';
import characters from 'opencc-js/dict/TSCharacters';
import phrases from 'opencc-js/dict/TSPhrases';
import taiwanVariants from 'opencc-js/dict/TWVariantsRev';
import { polyphonic } from 'pinyin-pro';
import { foldingExtras, ownPhrases } from './hanzi-rules.ts';

const pairs = (dictionary: string): [string, string][] =>
  dictionary.split('|').map((line) => line.split(' ') as [string, string]);

/** Traditional → simplified, one character to one, where the two differ. */
function buildSimplification(): Map<string, string> {
  const table = new Map(pairs(characters).filter(([from, to]) => from !== to));
  for (const [variant, standard] of [...pairs(taiwanVariants), ...pairs(hongKongVariants)]) {
    // The regional tables also name characters that are the simplified form themselves (吃 for 喫): those stay.
    const simplified = table.get(standard) ?? standard;
    const isOwnForm = simplified === variant || variant === '么' || variant === '著';
    if (!table.has(variant) && !isOwnForm) table.set(variant, simplified);
  }
  // A few entries lead to a character that has an entry itself; follow them so that converting twice changes nothing.
  for (const [from, to] of table) {
    const further = table.get(to);
    if (further !== undefined) table.set(from, further);
  }
  return table;
}

/** The 5,401 everyday characters of traditional text: the first level of Big5, A440 to C67E. */
function everydayTraditional(): Set<string> {
  const decoder = new TextDecoder('big5');
  const found = new Set<string>();
  for (let lead = 0xa4; lead <= 0xc6; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) found.add(decoder.decode(Uint8Array.of(lead, trail)));
  }
  return found;
}

/** Characters that only simplified text prints: 网, but not 后, 里 or 台, which traditional text has words for, too. */
function buildSimplifiedOnly(): string {
  const traditional = everydayTraditional();
  return toTraditional
    .split('|')
    .map((line) => line.split(' '))
    .filter(([from = '', ...to]) => from.length === 1 && !to.includes(from) && !traditional.has(from))
    .map(([from]) => from)
    .join('');
}

/** Everything that search and fingerprints treat as one: simplification, compatibility ideographs, our extras. */
function buildFolding(simplification: ReadonlyMap<string, string>): Map<string, string> {
  const table = new Map([...simplification, ...foldingExtras]);
  for (const [from, to] of pairs(compatibility)) table.set(from, table.get(to) ?? to);
  return table;
}

const convert = (text: string, table: ReadonlyMap<string, string>): string =>
  Array.from(text, (character) => table.get(character) ?? character).join('');

/** Phrases whose simplification is not that of their characters; the shorter ones inside a longer equal one are dropped. */
function buildPhrases(simplification: ReadonlyMap<string, string>): Map<string, string> {
  const table = new Map<string, string>();
  for (const [from, to] of [...pairs(phrases), ...ownPhrases]) {
    if (convert(from, simplification) !== to) table.set(from, to);
  }
  return table;
}

/** Han characters that GB2312 or Big5 can print, and all that the simplification table knows. */
function commonCharacters(simplification: ReadonlyMap<string, string>): Set<string> {
  const found = new Set<string>();
  for (const [label, first, last] of [['gb18030', 0xb0, 0xf7] as const, ['big5', 0xa4, 0xf9] as const]) {
    const decoder = new TextDecoder(label);
    for (let lead = first; lead <= last; lead++) {
      for (let trail = label === 'big5' ? 0x40 : 0xa1; trail <= 0xfe; trail++) {
        const character = decoder.decode(Uint8Array.of(lead, trail));
        if (/^\p{Script=Han}$/u.test(character)) found.add(character);
      }
    }
  }
  for (const [from, to] of simplification) {
    if (from.length === 1) found.add(from).add(to);
  }
  return found;
}

/** Syllable without its tone → the characters that are read so in any tone. */
function buildReadings(wanted: ReadonlySet<string>): Map<string, string> {
  const bySyllable = new Map<string, string>();
  for (const character of [...wanted].sort()) {
    for (const syllable of polyphonic(character, { type: 'array' })[0] ?? []) {
      if (!/^\p{Alphabetic}+$/u.test(syllable)) continue;
      const key = syllable
        .normalize('NFD')
        .replace(/[\u0300\u0301\u0304\u030c]/g, '')
        .normalize('NFC');
      const readers = bySyllable.get(key) ?? '';
      // Characters without a reading are given as their own.
      if (!readers.includes(character) && key !== character) bySyllable.set(key, readers + character);
    }
  }
  return bySyllable;
}

const flat = (table: ReadonlyMap<string, string>): string => [...table].map(([from, to]) => from + to).join('');
const lines = (table: ReadonlyMap<string, string>): string => [...table].map(([from, to]) => `${from}=${to}`).join('|');
const toJson = (value: object): string => `${JSON.stringify(value, null, 1)}\n`;

const simplification = buildSimplification();
const folding = buildFolding(simplification);
const foldingOnly = new Map([...folding].filter(([from, to]) => simplification.get(from) !== to));
const phraseTable = buildPhrases(simplification);
const readings = buildReadings(commonCharacters(simplification));

const hanziFolder = new URL('../src/hanzi/data/', import.meta.url);
const searchFolder = new URL('../../search-index/src/data/', import.meta.url);
mkdirSync(hanziFolder, { recursive: true });
mkdirSync(searchFolder, { recursive: true });
writeFileSync(
  new URL('simplification.json', hanziFolder),
  toJson({
    characters: flat(simplification),
    folding: flat(foldingOnly),
    phrases: lines(phraseTable),
    simplifiedOnly: buildSimplifiedOnly(),
  }),
);
writeFileSync(new URL('readings.json', hanziFolder), toJson({ syllables: lines(readings) }));
writeFileSync(
  new URL('traditional-to-simplified.txt', searchFolder),
  [...folding].map(([from, to]) => `${from}=>${to}\n`).join(''),
);
