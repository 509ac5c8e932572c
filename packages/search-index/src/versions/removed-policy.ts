import type { Client } from '@elastic/elasticsearch';
import type { Article } from '@newsmill/contracts';
import { indexNames } from '../names.ts';
import { isTombstone } from './tombstone.ts';

/**
 * `mark`: removed articles are found and say so (`removedAt`). `hide`: searches do not see them, `GET` by id does. `delete`:
 * hidden, and their text and former states are deleted; what stays is the address and when it was gone.
 */
export type RemovedPolicy = 'mark' | 'hide' | 'delete';

const present = { bool: { must_not: { exists: { field: 'removedAt' } } } };

/**
 * Puts the policy where every searcher is, also one who asks Elasticsearch directly: into the alias, as a filter. Writes,
 * gets and the articles themselves are the same under both, so that an operator can change his mind at any time (but for what
 * `delete` has deleted).
 */
export async function applyRemovedPolicy(client: Client, prefix: string, policy: RemovedPolicy): Promise<void> {
  const { alias } = indexNames(prefix);
  const hides = policy !== 'mark';
  const found = await client.indices.getAlias({ name: alias });
  const actions = Object.entries(found).flatMap(([index, { aliases }]) => {
    const { filter, is_write_index } = aliases[alias] ?? {};
    if ((filter !== undefined) === hides) return [];
    return {
      add: {
        index,
        alias,
        ...(is_write_index === undefined ? {} : { is_write_index }),
        ...(hides ? { filter: present } : {}),
      },
    };
  });
  if (actions.length > 0) await client.indices.updateAliases({ actions });
}

/** Removed articles that still have their text, also where the alias hides them: for a policy that was not always `delete`. */
export async function* removedWithText(
  client: Client,
  prefix: string,
): AsyncGenerator<Article & { removedAt: string }> {
  const { alias } = indexNames(prefix);
  const indices = Object.keys(await client.indices.getAlias({ name: alias }));
  await client.indices.refresh({ index: indices });
  let after: string | undefined;
  for (;;) {
    const { hits } = await client.search<Article>({
      index: indices,
      size: 100,
      query: { exists: { field: 'removedAt' } },
      sort: [{ id: 'asc' }],
      ...(after === undefined ? {} : { search_after: [after] }),
    });
    for (const { _source: article } of hits.hits) {
      if (article === undefined) continue;
      const { removedAt } = article;
      if (removedAt !== undefined && !isTombstone(article)) yield { ...article, removedAt };
      after = article.id;
    }
    if (hits.hits.length === 0) return;
  }
}
