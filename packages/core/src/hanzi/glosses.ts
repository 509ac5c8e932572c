import type { Repair } from '@newsmill/contracts';
import { alignDamage } from './gloss-damage.ts';
import { pageWords } from './page-words.ts';
import { isSyllable, normalizeSyllable, readsAs, withoutTone } from './readings.ts';
import { toSimplified, traditionalToSimplified } from './simplification.ts';

/**
 * Mangled copies: simplified text that a machine turned into traditional, with the pinyin of some characters put behind
 * them in brackets (`網(wǎng)`, `優(yōu)化`). Such pages are spam copies of clean mainland pages.
 *
 * Whether brackets are a machine's or an author's is a question of the whole page, never of one bracket: a dictionary
 * prints `饕餮(tāo tiè)` too. So the page is judged first, and only then are its pieces of text repaired.
 */

/** Letters of pinyin, composed or with combining tone marks, and the script forms of a and g. */
const letters = 'a-zü\u00e0-\u00fc\u0101-\u01dc\u01f9\u0251\u0261\u0300\u0301\u0304\u0308\u030c';
const glossPattern = new RegExp(`([\\u3400-\\u9fff])[(（]([${letters}]{1,8}) ?[)）]`, 'g');
const orphanPattern = new RegExp(`^[(（]([${letters}]{1,8}) ?[)）]`);
const hanPattern = /[\u3400-\u9fff]/g;
/** `图(a)` is a panel of a figure and no reading. */
const isPanelLetter = (syllable: string): boolean => syllable === 'a' || syllable === 'e' || syllable === 'o';

/**
 * `characters`: chosen characters are glossed wherever they stand (the common machine).
 * `steps`: a gloss after every few characters, whatever they are, many without tone marks, emoji strewn in.
 */
export type GlossPattern = 'characters' | 'steps';

export interface GlossDecision {
  /** Absent when the page is not mangled; then `apply` returns its argument. */
  readonly pattern?: GlossPattern;
  /** What `apply` does to this page; empty when it does nothing. */
  readonly repairs: readonly Repair[];
  /**
   * Repairs one piece of text of the page (a text node, a meta value, a title).
   * Pass pieces as long as you can: damage that a gloss did to its neighbour can only be undone inside one piece.
   */
  readonly apply: (text: string) => string;
}

const untouched: GlossDecision = { repairs: [], apply: (text) => text };

interface Evidence {
  /** Traditional-only character with a bracket that is its reading: character → how often. */
  readonly hits: Map<string, number>;
  readonly syllables: Set<string>;
  hitCount: number;
  /** Right reading, but the character is the same in both scripts. */
  sameCount: number;
  /** A syllable that the character before it is never read as. */
  wrongCount: number;
  /** Right readings without a tone mark although the character has one. */
  tonelessCount: number;
}

/** Three or fewer may be three words that an author explains. */
const hitsMin = 4;

/** A look for brackets before any pattern runs: almost every page ends here. */
function hasBracketsAfterHan(text: string): boolean {
  let found = 0;
  for (const bracket of '(（') {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      const before = text.charCodeAt(at - 1);
      const after = text.charCodeAt(at + 1);
      const isLetter = (after >= 0x61 && after <= 0x7a) || (after >= 0xe0 && after <= 0x261);
      if (isLetter && before >= 0x3400 && before <= 0x9fff && ++found >= hitsMin) return true;
    }
  }
  return false;
}

function collect(text: string): Evidence {
  const evidence: Evidence = {
    hits: new Map(),
    syllables: new Set(),
    hitCount: 0,
    sameCount: 0,
    wrongCount: 0,
    tonelessCount: 0,
  };
  for (const [, character = '', printed = ''] of text.matchAll(glossPattern)) {
    const syllable = normalizeSyllable(printed);
    if (!readsAs(character, syllable)) {
      if (isSyllable(syllable) && !isPanelLetter(syllable)) evidence.wrongCount++;
      continue;
    }
    evidence.syllables.add(syllable);
    if (withoutTone(syllable) === syllable) evidence.tonelessCount++;
    if (traditionalToSimplified.has(character)) {
      evidence.hitCount++;
      evidence.hits.set(character, (evidence.hits.get(character) ?? 0) + 1);
    } else evidence.sameCount++;
  }
  return evidence;
}

/** How often the characters of `hits` stand in the text without a bracket. */
function countBare(text: string, { hits, hitCount }: Evidence): number {
  let all = 0;
  for (const character of text) if (hits.has(character)) all++;
  return all - hitCount;
}

/**
 * Characters that these machines gloss: always the first line, the second on many sites. Every copy that was seen has
 * at least four of them; whoever explains rare characters to a reader explains others.
 */
const machineGlosses = new Set(
  '產發業經現環標創統區戰數網應當聯護續內風轉據優務規責認鄉嚴計協達習節說穩準復細農費養監驅爭滿醫' +
    '機學導設術驗調強構關領進結質評價動時會實對國個場點線問過來礎濟儲險車測長報識',
);
const machineTypesMin = 2;

/** Glosses per Han character; copies have 0.048 to 0.258, less when other text stands around. */
const hitRateMin = 0.008;

function judge(text: string): { pattern: GlossPattern; evidence: Evidence } | undefined {
  if (!hasBracketsAfterHan(text)) return undefined;
  const evidence = collect(text);
  const { hits, hitCount, sameCount, wrongCount, tonelessCount } = evidence;
  const glossCount = hitCount + sameCount + wrongCount;
  const hanCount = text.match(hanPattern)?.length ?? 1;
  if (hitCount < hitsMin || hits.size < 3 || wrongCount > 0.1 * glossCount) return undefined;
  const isMachineLike = [...hits.keys()].filter((character) => machineGlosses.has(character)).length >= machineTypesMin;
  if (!isMachineLike || hitCount < hitRateMin * hanCount) return undefined;
  // A machine that glosses characters glosses them always, and only those that conversion changed (facts of 27 pages).
  if (sameCount <= 0.2 * glossCount && countBare(text, evidence) <= 0.1 * hitCount) {
    return { pattern: 'characters', evidence };
  }
  // Nobody teaches readings on every fourth character and leaves out half of the tones.
  const perHan = glossCount / hanCount;
  const isStrewn = glossCount >= 20 && perHan >= 0.1 && perHan <= 0.45;
  const isHalfToneless = tonelessCount >= 0.2 * glossCount && tonelessCount <= 0.8 * glossCount;
  return isStrewn && isHalfToneless ? { pattern: 'steps', evidence } : undefined;
}

/** Words with 著 of their own; everywhere else these machines print it for 着. */
const ownZhu = /(?<=[昭卓土原论专编巨遗合译拙名所]|(?<!彰)显)著|著(?=名|称|述|者|书立|作(?!用)|有[《多])/g;

function restoreZhe(text: string): string {
  if (!text.includes('著')) return text;
  return text.replace(ownZhu, '\ue0ff').replaceAll('著', '着').replaceAll('\ue0ff', '著');
}

const strewnEmoji =
  /(?<=[\u3400-\u9fff)）])(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f)+(?=[\u3400-\u9fff])/gu;

/**
 * Decides on a whole page whether its text is a mangled copy, and how to undo it.
 *
 * @param pageText all the text of the page (raw HTML will do); a short excerpt may not show the pattern
 */
export function repairGlosses(pageText: string): GlossDecision {
  const found = judge(pageText);
  if (found === undefined) return untouched;
  const { pattern, evidence } = found;
  const damage = { hitTypes: new Set(evidence.hits.keys()), words: pageWords(pageText) };
  const keepsZhe = pageText.includes('着');

  const removeGloss = (gloss: string, character: string, printed: string): string => {
    const isOurs = pattern === 'steps' || traditionalToSimplified.has(character);
    return isOurs && readsAs(character, normalizeSyllable(printed)) ? character : gloss;
  };
  const removeOrphan = (gloss: string, printed: string): string =>
    evidence.syllables.has(normalizeSyllable(printed)) ? '' : gloss;

  const apply = (text: string): string => {
    let result = pattern === 'characters' ? alignDamage(text, damage) : text;
    result = result.replace(orphanPattern, removeOrphan).replace(glossPattern, removeGloss);
    if (pattern === 'steps') result = result.replace(strewnEmoji, '');
    result = toSimplified(result);
    return keepsZhe ? result : restoreZhe(result);
  };
  const isDamaged = pattern === 'characters' && alignDamage(pageText, damage) !== pageText;
  const repairs: Repair[] = ['pinyin-gloss', 'traditional-to-simplified'];
  return { pattern, repairs: isDamaged ? [...repairs, 'gloss-damage'] : repairs, apply };
}
