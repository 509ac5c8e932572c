/** The scorer of the data sets (scrapinghub/article-extraction-benchmark, character bigrams for Chinese), to the digit. */

const noSpace =
  '\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f\\u0e00-\\u0eff\\u1780-\\u17ff\\u1000-\\u109f';
const noSpaceChar = new RegExp(`[${noSpace}]`, 'g');
const noSpaceRun = new RegExp(`([${noSpace}]+)`);
// Python's \w: letters, digits and the underscore; combining marks are not in it, nor are symbols.
const wordPattern = /[\p{L}\p{N}_]+/gu;

export function isDenseText(text: string): boolean {
  const words = (text.match(wordPattern) ?? []).join('');
  return words !== '' && (words.match(noSpaceChar)?.length ?? 0) >= 0.3 * [...words].length;
}

export function tokens(text: string, bigrams: boolean): string[] {
  const words: string[] = text.match(wordPattern) ?? [];
  if (!bigrams) return words;
  const out: string[] = [];
  for (const word of words) {
    for (const piece of word.split(noSpaceRun)) {
      if (piece === '') continue;
      if (noSpaceRun.test(piece)) {
        if (piece.length > 1) for (let at = 0; at + 1 < piece.length; at += 1) out.push(piece.slice(at, at + 2));
        else out.push(piece);
      } else out.push(piece);
    }
  }
  return out;
}

function shingles(list: readonly string[]): Map<string, number> {
  const out = new Map<string, number>();
  for (let at = 0; at < Math.max(1, list.length - 3); at += 1) {
    const shingle = list.slice(at, at + 4).join('\u0000');
    if (shingle !== '') out.set(shingle, (out.get(shingle) ?? 0) + 1);
  }
  return out;
}

export interface BodyScore {
  readonly precision: number;
  readonly recall: number;
  /** Whether precision and recall are defined. */
  readonly hasPrediction: boolean;
  readonly f1: number;
}

export function scoreBody(truth: string, prediction: string): BodyScore {
  const bigrams = isDenseText(truth);
  const gold = shingles(tokens(truth, bigrams));
  const found = shingles(tokens(prediction, bigrams));
  let tp = 0;
  let fp = 0;
  let fn = 0;
  for (const [key, count] of found) {
    const other = gold.get(key) ?? 0;
    tp += Math.min(count, other);
    fp += Math.max(0, count - other);
  }
  for (const [key, count] of gold) fn += Math.max(0, count - (found.get(key) ?? 0));
  const precision = fp === 0 && fn === 0 ? 1 : tp === 0 && fp === 0 ? 0 : tp / (tp + fp);
  const recall = fp === 0 && fn === 0 ? 1 : tp === 0 && fn === 0 ? 0 : tp / (tp + fn);
  const f1 = precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
  return { precision, recall, hasPrediction: tp + fp > 0, f1 };
}

/** F1 of the mean precision and the mean recall, each over the pages where it is defined. */
export function aggregate(scores: readonly BodyScore[]): { f1: number; precision: number; recall: number } {
  const mean = (list: readonly number[]) => (list.length === 0 ? 0 : list.reduce((sum, x) => sum + x, 0) / list.length);
  const precision = mean(scores.filter((s) => s.hasPrediction).map((s) => s.precision));
  const recall = mean(scores.map((s) => s.recall));
  return { f1: precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0, precision, recall };
}
