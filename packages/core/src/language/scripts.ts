import { codeUnits } from '../hanzi/index.ts';

/** Languages that their script tells, alone or with a few letters of their own. */

/** First and last code unit of each block, and the language to assume; sorted. */
const blocks: readonly (readonly [first: number, last: number, script: string])[] = [
  [0x41, 0x5a, 'latin'],
  [0x61, 0x7a, 'latin'],
  [0xc0, 0x24f, 'latin'],
  [0x370, 0x3ff, 'el'],
  [0x400, 0x52f, 'cyrillic'],
  [0x530, 0x58f, 'hy'],
  [0x590, 0x5ff, 'he'],
  [0x600, 0x6ff, 'arabic'],
  [0x900, 0x97f, 'devanagari'],
  [0x980, 0x9ff, 'bn'],
  [0xa00, 0xa7f, 'pa'],
  [0xa80, 0xaff, 'gu'],
  [0xb00, 0xb7f, 'or'],
  [0xb80, 0xbff, 'ta'],
  [0xc00, 0xc7f, 'te'],
  [0xc80, 0xcff, 'kn'],
  [0xd00, 0xd7f, 'ml'],
  [0xd80, 0xdff, 'si'],
  [0xe00, 0xe7f, 'th'],
  [0xe80, 0xeff, 'lo'],
  [0xf00, 0xfff, 'tibetan'],
  [0x1000, 0x109f, 'my'],
  [0x10a0, 0x10ff, 'ka'],
  [0x1100, 0x11ff, 'hangul'],
  [0x1200, 0x137f, 'am'],
  [0x1780, 0x17ff, 'km'],
  [0x1800, 0x18af, 'mongolian'],
  [0x1e00, 0x1eff, 'latin'],
  [0x3041, 0x30ff, 'kana'],
  [0x3400, 0x9fff, 'han'],
  [0xac00, 0xd7af, 'hangul'],
  [0xff66, 0xff9f, 'kana'],
];

const names = ['', ...new Set(blocks.map(([, , script]) => script))];
let scriptOfUnit: Uint8Array | undefined;

function load(): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (const [first, last, script] of blocks) table.fill(names.indexOf(script), first, last + 1);
  return table;
}

/** How many letters of each script the first `unitsMax` characters of a text have; scripts of one language go by its code. */
export function countLetters(text: string): Map<string, number> {
  scriptOfUnit ??= load();
  const counts = new Uint32Array(names.length);
  const { units, length } = codeUnits(text);
  for (let i = 0; i < length; i++) {
    const script = scriptOfUnit[units[i] as number] as number;
    counts[script] = (counts[script] as number) + 1;
  }
  const found = new Map<string, number>();
  for (let script = 1; script < names.length; script++) {
    if ((counts[script] ?? 0) > 0) found.set(names[script] ?? '', counts[script] ?? 0);
  }
  return found;
}

/** Letters that only one of the languages of a script has; tried in this order, the last is the script's default. */
const ownLetters: Readonly<Record<string, readonly (readonly [language: string, letters: RegExp])[]>> = {
  cyrillic: [
    ['mk', /[ѓќѕ]/gi],
    ['sr', /[ђћљњџј]/gi],
    ['be', /ў/gi],
    ['uk', /[іїєґ]/gi],
    ['kk', /[әқңұһ]/gi],
    ['mn', /[өү]/gi],
    ['ru', /[ыэё]/gi],
    ['bg', /ъ/gi],
  ],
  arabic: [
    ['ur', /[ٹڈڑںے]/g],
    ['ps', /[ټډړښګڼې]/g],
    ['ug', /[ۇۆۈې]/g],
    ['fa', /[پچژگکی]/g],
  ],
  devanagari: [
    ['mr', /ळ|आहे/g],
    ['ne', /छन्|गरेको|भएको/g],
  ],
};

const defaults: Readonly<Record<string, string>> = {
  cyrillic: 'ru',
  arabic: 'ar',
  devanagari: 'hi',
  tibetan: 'bo',
  mongolian: 'mn',
};

/** A word of another language may bring its letters along; a language shows its own in one of this many letters. */
const ownLetterRate = 1 / 250;

/** Language of a text in a script that several share, by letters of their own. */
export function languageOfScript(script: string, text: string, letterCount: number): string {
  for (const [language, letters] of ownLetters[script] ?? []) {
    if ((text.match(letters)?.length ?? 0) >= Math.max(1, letterCount * ownLetterRate)) return language;
  }
  return defaults[script] ?? script;
}
