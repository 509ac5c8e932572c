import type { Client } from '@elastic/elasticsearch';
import { indexNames } from '../names.ts';

/** `mark`: removed articles are found and say so (`removedAt`). `hide`: searches do not see them, `GET` by id does. */
export type RemovedPolicy = 'mark' | 'hide';

const present = { bool: { must_not: { exists: { field: 'removedAt' } } } };

/**
 * Puts the policy where every searcher is, also one who asks Elasticsearch directly: into the alias, as a filter. Writes,
 * gets and the articles themselves are the same under both, so that an operator can change his mind at any time.
 */
export async function applyRemovedPolicy(client: Client, prefix: string, policy: RemovedPolicy): Promise<void> {
  const { alias } = indexNames(prefix);
  const found = await client.indices.getAlias({ name: alias });
  const actions = Object.entries(found).flatMap(([index, { aliases }]) => {
    const { filter, is_write_index } = aliases[alias] ?? {};
    if ((filter !== undefined) === (policy === 'hide')) return [];
    return {
      add: {
        index,
        alias,
        ...(is_write_index === undefined ? {} : { is_write_index }),
        ...(policy === 'hide' ? { filter: present } : {}),
      },
    };
  });
  if (actions.length > 0) await client.indices.updateAliases({ actions });
}
