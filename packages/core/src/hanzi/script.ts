import data from './data/simplification.json' with { type: 'json' };
import { traditionalToSimplified } from './simplification.ts';

/** `Hans` simplified, `Hant` traditional, `mixed` both in earnest. */
export type HanScript = 'Hans' | 'Hant' | 'mixed';

const simplifiedOnly = 1;
const traditionalOnly = 2;
let scriptOfUnit: Uint8Array | undefined;

function load(): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (const character of traditionalToSimplified.keys()) {
    if (character.length === 1) table[character.charCodeAt(0)] = traditionalOnly;
  }
  for (const character of data.simplifiedOnly) table[character.charCodeAt(0)] = simplifiedOnly;
  return table;
}

/** How many characters of a text exist in one script only: 网 is simplified, 網 traditional, 中 and 后 are neither. */
export function countScripts(text: string): { simplified: number; traditional: number } {
  scriptOfUnit ??= load();
  let simplified = 0;
  let traditional = 0;
  for (let i = 0; i < text.length; i++) {
    const script = scriptOfUnit[text.charCodeAt(i)];
    if (script === simplifiedOnly) simplified++;
    else if (script === traditionalOnly) traditional++;
  }
  return { simplified, traditional };
}

/** Quotations and names of the other script (乾隆, a Taiwanese title) do not make a page mixed. */
const foreignShareMax = 0.15;

/** The script of Chinese text; undefined when no character tells. Japanese has to be told apart before (kana). */
export function detectScript(text: string): HanScript | undefined {
  const { simplified, traditional } = countScripts(text);
  const all = simplified + traditional;
  if (all === 0) return undefined;
  const foreignMax = Math.max(1, foreignShareMax * all);
  if (simplified > traditional) return traditional <= foreignMax ? 'Hans' : 'mixed';
  return simplified <= foreignMax && traditional > simplified ? 'Hant' : 'mixed';
}
