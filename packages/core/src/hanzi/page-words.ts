import { frequentHan } from './frequent.ts';
import { gbkCharacter } from './gbk.ts';
import { traditionalToSimplified } from './simplification.ts';

/**
 * Guesses a character of which only one byte is left, by the company it keeps elsewhere on the same page:
 * a page that reports on 日常活動 tells what stood in `日?活動`.
 */
export interface PageWords {
  /** The best character with this trail byte between its neighbours, or undefined when nothing speaks for any. */
  readonly guess: (trail: number, before: string, after: string) => string | undefined;
}

/** Where 。 (A1 A3) is cut in two, nearly always it was 。 and not one of the words with that byte. */
const fullStopTrail = 0xa3;

const simplify = (character: string): string => traditionalToSimplified.get(character) ?? character;

/** Words so frequent in news that a single page need not have them elsewhere. */
const commonPairs = new Set(
  '日常 经常 非常 正常 异常 通常 平常 时常 环保 社保 医保 确保 担保 规模 上海 沿海 负担 承担 处罚 暂停 市场 现场 广场 立场 机场 基础 全省 我省 疾病 参加 增加 更加'.split(
    ' ',
  ),
);

export function pageWords(pageText: string): PageWords {
  let pairs: Map<string, number> | undefined;

  const countPairs = (): Map<string, number> => {
    const counts = new Map<string, number>();
    const text = Array.from(pageText.replace(/[(（][^)）]{1,8}[)）]/g, ''), simplify).join('');
    for (let i = 0; i + 1 < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit < 0x3400 || unit > 0x9fff) continue;
      const pair = text.slice(i, i + 2);
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
    return counts;
  };

  const guess = (trail: number, before: string, after: string): string | undefined => {
    pairs ??= countPairs();
    let best: string | undefined;
    let bestScore = 0;
    for (let lead = 0x81; lead <= 0xf7; lead++) {
      const character = gbkCharacter(lead, trail);
      if (character === undefined) continue;
      const plain = simplify(character);
      const rank = frequentHan.indexOf(plain);
      const [first, second] = [simplify(before) + plain, plain + simplify(after)];
      const seen = (pairs.get(first) ?? 0) + (pairs.get(second) ?? 0);
      const isCommon = commonPairs.has(first) || commonPairs.has(second);
      const frequency = rank === -1 ? 0 : 1 - rank / (2 * frequentHan.length);
      const score = 2 * seen + (isCommon ? 2 : 0) + frequency;
      if (score > bestScore) [best, bestScore] = [character, score];
    }
    if (trail === fullStopTrail && bestScore < 2) return '。';
    return best;
  };
  return { guess };
}
