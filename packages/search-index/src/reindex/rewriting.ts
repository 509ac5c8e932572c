import type { StoredDocument } from './change-feed.ts';
import { ReindexRefusedError } from './errors.ts';
import type { ReindexState } from './lease.ts';

/** What is done to documents on their way into the new index, in words that another process can be held to. */
export type RewritePlan = Readonly<Record<string, string | number>>;

/** Documents are not copied as they are but made anew, e.g. by an improved parser. */
export interface Rewriting {
  /** Kept with the state: only who does the same may go on with it. */
  readonly plan: RewritePlan;
  /** In the same order, under the same ids and versions; what became of them is counted by words of its own. */
  rewrite(documents: readonly StoredDocument[], signal: AbortSignal): Promise<Rewritten>;
  /** Whether `made` can be what was made of `original`. */
  matches(original: unknown, made: unknown): boolean;
}

export interface Rewritten {
  readonly documents: readonly StoredDocument[];
  readonly tally: Readonly<Record<string, number>>;
}

/** Of a rewriting that was begun. */
export interface RewriteState {
  readonly plan: RewritePlan;
  /** Of all documents so far, those written again meanwhile counted again. */
  readonly tally: Readonly<Record<string, number>>;
  /** When the new index first held all documents; what was written since is caught up with before the switch. */
  readonly filledAt?: string;
}

export const addTallies = (
  left: Readonly<Record<string, number>>,
  right: Readonly<Record<string, number>>,
): Record<string, number> => {
  const sum: Record<string, number> = { ...left };
  for (const [word, count] of Object.entries(right)) sum[word] = (sum[word] ?? 0) + count;
  return sum;
};

/** How to go on with an interrupted one: a plain reindex, or one that rewrites. */
export const wayOn = ({ rewriting }: ReindexState): string =>
  rewriting === undefined
    ? 'newsmill reindex --resume (or drop it: newsmill reindex --abandon)'
    : 'newsmill replay --resume (or drop it: newsmill replay --abandon)';

/** @throws ReindexRefusedError unless what was begun is what is to be gone on with */
export function assertSamePlan(state: ReindexState, rewriting: Rewriting | undefined, hold: boolean): void {
  const begun = state.rewriting;
  const refuse = (why: string): never => {
    throw new ReindexRefusedError('unfinished', `${why}. Go on with: ${wayOn(state)}`);
  };
  if ((begun === undefined) !== (rewriting === undefined)) {
    refuse(
      `${state.from} → ${state.to} was begun ${state.startedAt} as a ${begun === undefined ? 'reindex' : 'replay'}`,
    );
  }
  if (begun === undefined || rewriting === undefined) return;
  const words = new Set([...Object.keys(begun.plan), ...Object.keys(rewriting.plan)]);
  for (const word of words) {
    const [then, now] = [begun.plan[word], rewriting.plan[word]];
    if (then !== now) refuse(`${state.to} was begun with ${word} ${then ?? '–'}, this is ${now ?? '–'}`);
  }
  if (!hold && state.phase === 'copying' && begun.filledAt === undefined) refuse(`${state.to} does not hold all yet`);
}
