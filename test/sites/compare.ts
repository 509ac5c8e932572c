import type { ExtractedArticle } from '../../packages/contracts/src/article.ts';
import type { Expected, ExpectedArticle, SkipReason } from './model.ts';

/** Whether a URL that was skipped for `reason` ended as it should. */
export function acceptsReason(entry: Expected, reason: string): boolean {
  if (entry.outcome !== 'skipped') return false;
  const accepted: readonly SkipReason[] = [entry.reason, ...(entry.also ?? [])];
  return accepted.some((candidate) => candidate === reason);
}

/**
 * What differs between an article and what was expected: one line a field, none if all is right.
 * Only expected fields are looked at. Contributors and repairs have no order, of images the first counts, of the
 * publisher the name.
 */
export function compareArticle(
  wanted: ExpectedArticle,
  actual: Partial<ExtractedArticle>,
  { characterErrorMax = 0 }: { characterErrorMax?: number | undefined } = {},
): string[] {
  const { bodyParagraphs, repairs, ...fields } = wanted;
  const differences: string[] = [];
  const note = (field: string, want: unknown, got: unknown): void => {
    if (JSON.stringify(want) !== JSON.stringify(got)) {
      differences.push(`${field}: want ${JSON.stringify(want)}, got ${JSON.stringify(got)}`);
    }
  };
  const body = bodyParagraphs.join('\n\n');
  const error = characterErrorMax > 0 ? characterError(body, actual.body ?? '') : 0;
  if (characterErrorMax === 0) note('bodyParagraphs', bodyParagraphs, actual.body?.split('\n\n'));
  else if (error > characterErrorMax) differences.push(`body: character error ${error.toFixed(3)}`);
  // A damaged page may be restored in part only, so what was done to it is not fixed.
  if (repairs && characterErrorMax === 0) note('repairs', repairs.toSorted(), actual.repairs?.toSorted());
  for (const field of Object.keys(fields) as (keyof typeof fields)[]) {
    note(field, comparable(field, fields), comparable(field, actual));
  }
  return differences;
}

/** The part of a field that counts, in an order and with a key order of its own. */
function comparable(field: string, article: Partial<ExtractedArticle>): unknown {
  if (field === 'contributors') return article.contributors?.map(({ name, role }) => `${role} ${name}`).toSorted();
  if (field === 'publisher') return article.publisher?.name;
  if (field === 'dateline') return [article.dateline?.agency, article.dateline?.place, article.dateline?.date];
  if (field === 'images') {
    const [first] = article.images ?? [];
    return [first?.url, first?.caption, first?.width, first?.height];
  }
  return (article as Record<string, unknown>)[field];
}

/** Levenshtein distance over the length of what was wanted. */
export function characterError(wanted: string, actual: string): number {
  const want = [...wanted];
  let row = Array.from({ length: want.length + 1 }, (_, index) => index);
  [...actual].forEach((char, line) => {
    const next = [line + 1];
    want.forEach((expectedChar, column) => {
      const replaced = (row[column] ?? 0) + (expectedChar === char ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    });
    row = next;
  });
  return (row.at(-1) ?? 0) / Math.max(1, want.length);
}
