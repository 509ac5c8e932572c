/** One step of the way from one body to the next, paragraph by paragraph. */
export type ParagraphChange =
  | { readonly type: 'same'; readonly text: string }
  | { readonly type: 'added'; readonly text: string }
  | { readonly type: 'removed'; readonly text: string }
  /** Not equal, but for the most part the same characters. */
  | { readonly type: 'changed'; readonly before: string; readonly after: string };

/** Cells of the comparison table; beyond (a thousand paragraphs rewritten as a thousand others) all counts as replaced. */
const cellsMax = 1_000_000;
/** Of a paragraph's pairs of characters, so many must recur for it to count as changed and not as another one. */
const alikeMin = 0.5;
const comparedLength = 2_000;
/** How many of the added paragraphs a removed one is compared with: a change keeps its place, give or take a few. */
const lookAhead = 8;

/** Paragraphs are separated by blank lines, as `body` of an article has them. */
const paragraphsOf = (body: string): string[] => body.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '');

/** How one body became the other: a shortest list of changes, in the order of the text. */
export function compareBodies(before: string, after: string): ParagraphChange[] {
  const a = paragraphsOf(before);
  const b = paragraphsOf(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const same = (paragraphs: readonly string[]): ParagraphChange[] =>
    paragraphs.map((text) => ({ type: 'same', text }) as const);
  return [
    ...same(a.slice(0, start)),
    ...pairChanged(compareMiddles(a.slice(start, a.length - end), b.slice(start, b.length - end))),
    ...same(a.slice(a.length - end)),
  ];
}

/** By the longest common subsequence. */
function compareMiddles(a: readonly string[], b: readonly string[]): ParagraphChange[] {
  const added = (text: string): ParagraphChange => ({ type: 'added', text });
  const removed = (text: string): ParagraphChange => ({ type: 'removed', text });
  if (a.length === 0 || b.length === 0 || a.length * b.length > cellsMax) return [...a.map(removed), ...b.map(added)];
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const changes: ParagraphChange[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i], b[j]];
    if (x !== undefined && x === y) {
      changes.push({ type: 'same', text: x });
      i++;
      j++;
    } else if (x !== undefined && (y === undefined || at(i + 1, j) >= at(i, j + 1))) {
      changes.push(removed(x));
      i++;
    } else if (y !== undefined) {
      changes.push(added(y));
      j++;
    }
  }
  return changes;
}

/** Within a gap, a removed paragraph and the next added one that is like it are one that was changed. */
function pairChanged(changes: readonly ParagraphChange[]): ParagraphChange[] {
  const result: ParagraphChange[] = [];
  let gap: ParagraphChange[] = [];
  const flush = (): void => {
    const added = gap.filter((change) => change.type === 'added');
    let next = 0;
    for (const change of gap) {
      if (change.type !== 'removed') continue;
      const ahead = added.slice(next, next + lookAhead).findIndex(({ text }) => areAlike(change.text, text));
      if (ahead < 0) {
        result.push(change);
        continue;
      }
      const found = next + ahead;
      result.push(...added.slice(next, found));
      result.push({ type: 'changed', before: change.text, after: added[found]?.text ?? '' });
      next = found + 1;
    }
    result.push(...added.slice(next));
    gap = [];
  };
  for (const change of changes) {
    if (change.type === 'same') {
      flush();
      result.push(change);
    } else gap.push(change);
  }
  flush();
  return result;
}

function areAlike(a: string, b: string): boolean {
  const [x, y] = [pairsOf(a), pairsOf(b)];
  let common = 0;
  for (const [pair, count] of x) common += Math.min(count, y.get(pair) ?? 0);
  const all = Math.min(a.length, comparedLength) + Math.min(b.length, comparedLength) - 2;
  return 2 * common >= alikeMin * all;
}

function pairsOf(text: string): Map<string, number> {
  const pairs = new Map<string, number>();
  for (let i = 0; i + 1 < text.length && i + 1 < comparedLength; i++) {
    const pair = text.slice(i, i + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}
