import { countScripts } from '../hanzi/index.ts';
import { guessLatin } from './latin.ts';
import { countLetters, languageOfScript } from './scripts.ts';

export interface LanguageHints {
  /** `<html lang>`, `og:locale` or the like, as printed. Often a template's default: a hint, never proof. */
  readonly htmlLang?: string | undefined;
  /** What is known of the Chinese script already, so that it is not counted again. */
  readonly script?: 'Hans' | 'Hant' | 'mixed' | undefined;
}

/** An article shows its language in the beginning. */
const sampleLength = 4_000;

/** Below this many letters (Han characters count four) the text says little and the hint decides among what fits. */
const lettersMin = 40;

/** With fewer function words than this it is a language that has no list here: better no answer than a wrong one. */
const unknownShareMax = 0.05;

/** Kana among Han and kana: Japanese has at least a fifth; a Chinese text may quote の. */
const kanaShareMin = 0.06;

/**
 * Language of a text as a BCP 47 tag, with the script for Chinese: `zh-Hans`, `zh-Hant`, `en`.
 * Undefined when neither the text nor a hint that fits its script tells.
 */
export function detectLanguage(text: string, hints: LanguageHints = {}): string | undefined {
  const sample = text.length > sampleLength ? text.slice(0, sampleLength) : text;
  const letters = countLetters(sample);
  const hint = normalizeTag(hints.htmlLang);
  const count = (script: string): number => letters.get(script) ?? 0;
  // One Han character or syllable carries what takes several Latin letters.
  const weighted = new Map([...letters].map(([script, n]) => [script, isDense(script) ? n * 4 : n]));
  const [script, weight] = [...weighted].reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0]);
  if (weight === 0) return undefined;
  if (script === 'han' || script === 'kana') {
    const kana = count('kana');
    if (kana >= kanaShareMin * (kana + count('han')) && kana >= 2) return 'ja';
    return hint === 'ja' && weight < lettersMin ? 'ja' : chinese(sample, hint, hints.script);
  }
  if (script === 'hangul') return 'ko';
  if (script !== 'latin') {
    const found = languageOfScript(script, sample.toLowerCase(), count(script));
    return weight < lettersMin && hint !== undefined && sharesScript(hint, script) ? hint : found;
  }
  return latin(sample, weight, hint);
}

const isDense = (script: string): boolean => script === 'han' || script === 'kana' || script === 'hangul';

function chinese(text: string, hint: string | undefined, known: LanguageHints['script']): string {
  if (known === 'Hans' || known === 'Hant') return `zh-${known}`;
  const { simplified, traditional } = countScripts(text);
  if (simplified !== traditional) return simplified > traditional ? 'zh-Hans' : 'zh-Hant';
  return hint?.startsWith('zh') ? hint : 'zh';
}

function latin(text: string, letterCount: number, hint: string | undefined): string | undefined {
  const guess = guessLatin(text);
  const isLatinHint = hint !== undefined && !nonLatin.test(hint);
  const isWeak = letterCount < lettersMin || guess === undefined || guess.share < 0.12;
  if (isWeak && isLatinHint) return hint;
  if (guess === undefined || (guess.share < unknownShareMax && letterCount >= lettersMin)) return undefined;
  // Close relatives (da/no, id/ms, cs/sk, hr/sr) and languages without a list of words: the page knows better.
  const isNear = guess.margin < 0.12 && hint === guess.second;
  return isLatinHint && isNear ? hint : guess.language;
}

const nonLatin =
  /^(zh|ja|ko|ru|uk|be|bg|mk|kk|mn|el|hy|he|yi|ar|fa|ur|ps|ug|hi|mr|ne|bn|pa|gu|or|ta|te|kn|ml|si|th|lo|bo|my|ka|am|km)\b/;

const scriptMates: Readonly<Record<string, RegExp>> = {
  cyrillic: /^(ru|uk|be|bg|mk|sr|kk|mn|ky|tg|tt)\b/,
  arabic: /^(ar|fa|ur|ps|ug|ku|sd)\b/,
  devanagari: /^(hi|mr|ne|sa)\b/,
  he: /^(he|yi)\b/,
};

const sharesScript = (language: string, script: string): boolean => scriptMates[script]?.test(language) ?? false;

/** `zh-CN`, `zh_TW`, `zh-Hant-HK` → `zh-Hans`, `zh-Hant`; others → their primary language. */
function normalizeTag(printed: string | undefined): string | undefined {
  const match = /^\s*([a-z]{2,3})(?:[-_]([a-z]{2,4}))?/i.exec(printed ?? '');
  if (match === null) return undefined;
  const language = match[1]?.toLowerCase() ?? '';
  const subtag = match[2]?.toLowerCase() ?? '';
  if (language === 'cn') return 'zh-Hans';
  if (language === 'nb' || language === 'nn') return 'no';
  if (language === 'iw') return 'he';
  if (language === 'jp') return 'ja';
  if (language !== 'zh') return language;
  if (/^(cn|sg|my|hans|chs)$/.test(subtag)) return 'zh-Hans';
  return /^(tw|hk|mo|hant|cht)$/.test(subtag) ? 'zh-Hant' : 'zh';
}
