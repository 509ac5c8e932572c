import type { Article } from '@newsmill/contracts';
import { documentVersion } from '../bulk.ts';
import { compareBodies } from './compare-bodies.ts';
import { isTombstone } from './tombstone.ts';

/** How a state of an article differs from the one that took its place. */
export interface VersionChanges {
  readonly headline: boolean;
  readonly paragraphsAdded: number;
  readonly paragraphsRemoved: number;
  readonly paragraphsChanged: number;
  /** The same page read by another version of the parser: perhaps it did not change at all. */
  readonly parser: boolean;
}

/** A former state of an article, as it was, under an id of its own. */
export interface ArticleVersion extends Article {
  /** The article's id; `id` is that of this state. */
  readonly articleId: string;
  /** When the page was first seen to be different: ISO 8601. */
  readonly replacedAt: string;
  /** What the next state is counted as. */
  readonly replacedBy?: number;
  readonly changes: VersionChanges;
}

/** What changed between two states. */
export function changesOf(before: Article, after: Article): VersionChanges {
  const changes = compareBodies(before.body, after.body);
  const count = (type: string): number => changes.filter((change) => change.type === type).length;
  return {
    headline: before.headline !== after.headline,
    paragraphsAdded: count('added'),
    paragraphsRemoved: count('removed'),
    paragraphsChanged: count('changed'),
    parser: before.parserVersion !== after.parserVersion,
  };
}

/**
 * The former state as it is to be kept; undefined when `after` is not a newer state with other content. Its id is made of
 * the article's and the time of its last fetch: writing it twice makes one document, and a ledger that was lost and counts
 * from 1 again overwrites nothing.
 */
export function formerVersion(before: Article, after: Article): ArticleVersion | undefined {
  // Of a text that was deleted nothing is kept.
  if (isTombstone(before)) return undefined;
  if (before.contentHash === after.contentHash || documentVersion(before) >= documentVersion(after)) return undefined;
  const { removedAt: _, ...state } = before;
  return {
    ...state,
    id: `${before.id}-${documentVersion(before).toString(36)}`,
    articleId: before.id,
    replacedAt: after.fetchedAt ?? new Date(0).toISOString(),
    ...(after.version === undefined ? {} : { replacedBy: after.version }),
    changes: changesOf(before, after),
  };
}
