import { analysis } from './analysis.ts';
import { mappings } from './mapping.ts';
import type { IndexNames } from './names.ts';
import type { IndexDefinition, SideIndex } from './side-index.ts';

export interface IndexSizing {
  /** Primary shards; one holds tens of millions of articles. */
  readonly shards?: number;
  /** A number, or a range such as `0-1` that follows the number of nodes (the default: green on one node). */
  readonly replicas?: number | `${number}-${number}`;
  /** How soon a write can be searched. */
  readonly refreshInterval?: string;
}

/** Settings and mappings of an articles index; template and index are made of the same. */
export function indexDefinition(sizing: IndexSizing = {}) {
  const replicas = sizing.replicas ?? '0-1';
  return {
    settings: {
      number_of_shards: sizing.shards ?? 1,
      ...(typeof replicas === 'number' ? { number_of_replicas: replicas } : { auto_expand_replicas: replicas }),
      // Said explicitly: with the default Elasticsearch stops refreshing an index that nobody searched for 30 s.
      refresh_interval: sizing.refreshInterval ?? '1s',
      // Nobody but an operator deletes a document. With the default (60 s) one that was deleted by mistake could not be
      // written again for a minute: its version would be compared with that of its grave.
      gc_deletes: '0s',
      // So that `?q=兰州` and a query_string without a field search the article and not every keyword.
      query: { default_field: ['headline', 'alternativeHeadline', 'description', 'body'] },
      analysis: analysis(),
    },
    mappings,
  };
}

/** Of the index that has these names. */
export const definitionOf = (names: IndexNames | SideIndex): IndexDefinition =>
  'definition' in names ? names.definition : indexDefinition();

/** The composable template that gives every `articles-vN-*` index this definition, also one made by a migration. */
export function templateDefinition(names: IndexNames | SideIndex, sizing: IndexSizing = {}) {
  return {
    index_patterns: [names.pattern],
    // Above the built-in templates (100) and below what an operator may put on top.
    priority: 200,
    template: 'definition' in names ? names.definition : indexDefinition(sizing),
    _meta: mappings._meta,
  };
}
