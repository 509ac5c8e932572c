import type { ItemVerdict, WriteOptions } from '../port.ts';
import type { ArticleVersion } from './article-version.ts';

/** The former states of articles, beside the index of articles. What is written can be listed after `refresh()`. */
export interface VersionIndex {
  /** Creates template, index and alias where they are missing; any number of times from any number of processes. */
  ensure(): Promise<void>;
  /** Writing a state again changes nothing. @throws IndexWriteError when the request as a whole failed. */
  write(versions: readonly ArticleVersion[], options?: WriteOptions): Promise<ItemVerdict[]>;
  /** Newest first, at most 100. @throws SearchUnavailableError when there is no answer. */
  list(articleId: string): Promise<ArticleVersion[]>;
  /** Deletes all former states of an article, also those that cannot be listed yet. */
  removeOf(articleId: string): Promise<void>;
  refresh(): Promise<void>;
  /** Deletes index, alias and template: for tests and `newsmill down --purge`. */
  drop(): Promise<void>;
}

export const listedMax = 100;
