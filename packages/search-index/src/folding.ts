import { readFileSync } from 'node:fs';

let rules: readonly string[] | undefined;

/** Character rules `網=>网` as Elasticsearch's mapping char filter takes them (generated from OpenCC, see hanzi in core). */
export function traditionalToSimplifiedRules(): readonly string[] {
  rules ??= readFileSync(new URL('./data/traditional-to-simplified.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.includes('=>'));
  return rules;
}

let simplified: ReadonlyMap<string, string> | undefined;

function simplifiedOf(character: string): string {
  simplified ??= new Map(
    traditionalToSimplifiedRules().map((line) => line.split('=>').map((side) => side.trim()) as [string, string]),
  );
  return simplified.get(character) ?? character;
}

let simplifiedOnly: ReadonlySet<string> | undefined;

/** Whether a text is written in simplified characters: none is traditional, and one at least would be another there. */
export function isSimplified(text: string): boolean {
  if (foldText(text) !== text) return false;
  simplifiedOnly ??= new Set(traditionalToSimplifiedRules().map((line) => line.split('=>')[1]?.trim() ?? ''));
  for (const character of text) if (simplifiedOnly.has(character)) return true;
  return false;
}

/** One character, folded as the index folds it: simplified, half width, lower case, without accents. */
export function foldCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCodePoint(code - 0xfee0).toLowerCase();
  if (code === 0x3000) return ' ';
  if (code < 0x80) return character.toLowerCase();
  if (code < 0x250) return character.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return simplifiedOf(character);
}

/** The same folding as the `folded` normalizer, for code that compares without Elasticsearch. */
export function foldText(text: string): string {
  let folded = '';
  for (const character of text) folded += foldCharacter(character);
  return folded;
}
