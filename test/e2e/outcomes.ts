import type { Article } from '../../packages/contracts/src/index.ts';
import { balanceLabel } from '../../packages/core/src/schedule/index.ts';
import { looksLikeTrap, unwantedReason, urlIdOf } from '../../packages/core/src/url/index.ts';
import type { Frontier } from '../../packages/frontier/src/index.ts';
import type { ArticleIndex } from '../../packages/search-index/src/index.ts';
import { acceptsReason, compareArticle } from '../sites/compare.ts';
import type { ExpectedIndexed } from '../sites/expected.ts';
import type { Expected } from '../sites/model.ts';

/** The fixture's words for what the ledger says in its own. */
const ledgerWords: Record<string, readonly string[]> = {
  http_error: ['http_5xx'],
  redirect_loop: ['redirected', 'too_many_redirects'],
  redirected: ['redirected', 'redirected_out_of_scope'],
};

/** What is not as expected: one line per URL or field; none if all is right. */
export async function findFaults(
  expected: readonly Expected[],
  frontier: Frontier,
  index: ArticleIndex,
): Promise<string[]> {
  const faults: string[] = [];
  for (const entry of expected) {
    const row = await frontier.getUrl(entry.url);
    const label = row === undefined ? 'unknown' : balanceLabel(row);
    const stored = await index.get(urlIdOf(entry.url));
    const fault = (text: string) => faults.push(`${entry.url}: ${text}`);
    switch (entry.outcome) {
      case 'never':
        if (row !== undefined) fault(`must not be accepted (${entry.reason}), but is ${label}`);
        break;
      case 'skipped': {
        // Assets, service pages and traps are told by their address and are not even accepted: as right as a skip.
        if (row === undefined && (unwantedReason(entry.url) ?? looksLikeTrap(entry.url)) !== undefined) break;
        const reason = label.replace(/^skipped:/, '');
        const words = [entry.reason, ...(entry.also ?? [])].flatMap((word) => ledgerWords[word] ?? [word]);
        if (!label.startsWith('skipped:') || !(words.includes(reason) || acceptsReason(entry, reason))) {
          fault(`want skipped:${entry.reason}, got ${label}`);
        }
        if (stored !== undefined) fault('is in the index although it was to be skipped');
        break;
      }
      case 'indexed':
        if (label !== 'indexed') fault(`want indexed, got ${label}`);
        if (stored === undefined) {
          fault('is not in the index');
          break;
        }
        for (const difference of compareArticle(entry.article, stored.article, entry)) fault(difference);
    }
  }
  return faults;
}

const manglings = ['pinyin-gloss', 'traditional-to-simplified', 'gloss-damage'];
const isMangled = (article: Article): boolean => article.repairs.some((repair) => manglings.includes(repair));

/** What the index says of the copies of each story: one cluster per story, one first in it, a clean one if there is one. */
export async function findCopyFaults(
  entries: readonly ExpectedIndexed[],
  index: ArticleIndex,
): Promise<{ faults: string[]; stories: number; storiesWithMangled: number }> {
  const stories = Map.groupBy(entries, ({ story }) => story);
  const storyOf = new Map<string, string>();
  const faults: string[] = [];
  let storiesWithMangled = 0;
  for (const [story, printings] of stories) {
    const found = await Promise.all(printings.map(async ({ url }) => (await index.get(urlIdOf(url)))?.article));
    const articles = found.filter((article) => article !== undefined);
    const ids = new Set(articles.map((article) => article.clusterId ?? 'none'));
    if (ids.size !== 1) faults.push(`${story}: ${articles.length} printings in ${ids.size} clusters`);
    for (const id of ids) {
      if (storyOf.has(id)) faults.push(`${story} is in one cluster with ${storyOf.get(id)}`);
      storyOf.set(id, story);
    }
    const first = articles.filter((article) => article.clusterFirst);
    if (first.length !== 1) faults.push(`${story}: ${first.length} printings are called first`);
    if (!articles.some(isMangled) || articles.every(isMangled)) continue;
    storiesWithMangled += 1;
    if (first.some(isMangled)) faults.push(`${story}: a mangled copy is first`);
  }
  return { faults, stories: stories.size, storiesWithMangled };
}
