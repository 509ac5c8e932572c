import type { Article } from '../../../packages/contracts/src/article.ts';
import { articleOf, judgedDocuments } from './documents.ts';
import { type JudgedQuery, judgedQueries, readQueries } from './judged-queries.ts';
import { validationTable } from './validation/questions.ts';
import { englishWires } from './validation/wires-english.ts';
import { harbourWires } from './validation/wires-harbour.ts';
import { mainlandWires } from './validation/wires-mainland.ts';

export interface JudgedSet {
  /** Under their keys as ids, dated back from `now`. */
  readonly documents: (now: number) => Article[];
  readonly queries: readonly JudgedQuery[];
}

const wires = [...mainlandWires, ...harbourWires, ...englishWires];

/** `tuned` is what the ranking was made on; `validation` has other documents and queries, judged before they were ranked. */
export const judgedSets = {
  tuned: { documents: judgedDocuments, queries: judgedQueries },
  validation: {
    documents: (now: number) =>
      wires.map(({ key, outlet, daysAgo, headline, body }) => articleOf(key, outlet, daysAgo, headline, body, now)),
    queries: readQueries(validationTable),
  },
} as const satisfies Readonly<Record<string, JudgedSet>>;

for (const [name, { documents, queries }] of Object.entries(judgedSets)) {
  const keys = documents(0).map(({ id }) => id);
  const unknown = queries.flatMap(({ grades }) => [...grades.keys()]).filter((key) => !keys.includes(key));
  if (unknown.length > 0 || new Set(keys).size < keys.length) {
    throw new Error(`judged set ${name}: keys occur twice, or questions name unknown ones: ${unknown.join(' ')}`);
  }
}
