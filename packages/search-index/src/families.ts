import { type IndexNames, indexNames } from './names.ts';
import type { SideIndex } from './side-index.ts';
import { sitesIndex } from './sites/elasticsearch.ts';
import { versionsIndex } from './versions/elasticsearch.ts';

/** All indices, by the names of their aliases. */
export const indexFamilies = ['articles', 'article-versions', 'sites'] as const;
export type IndexName = (typeof indexFamilies)[number];

export function namesOf(name: IndexName = 'articles', prefix = ''): IndexNames | SideIndex {
  if (name === 'articles') return indexNames(prefix);
  return name === 'sites' ? sitesIndex(prefix) : versionsIndex(prefix);
}
