import type { Article } from '@newsmill/contracts';
import { offsetMinutes } from './date-span.ts';
import { datesMax, type FacetName, type Facets, facetFields, facetSizeMax, printedForm } from './facets.ts';
import { foldText } from './folding.ts';
import type { SearchPlan } from './search-params.ts';

/** What the aggregations of facets.ts count, counted here. */
export function countFacets(articles: readonly Article[], plan: Pick<SearchPlan, 'facets' | 'timeZone'>): Facets {
  return Object.fromEntries(plan.facets.map((name) => [name, countOne(articles, name, plan.timeZone)]));
}

function countOne(articles: readonly Article[], name: FacetName, timeZone: string) {
  const found = new Map<string, { count: number; label: string }>();
  for (const article of articles) {
    for (const value of new Set(valuesOf(article, name, timeZone))) {
      const label = name in facetFields ? printedForm(name as keyof typeof facetFields, value, article) : value;
      found.set(value, { count: (found.get(value)?.count ?? 0) + 1, label: found.get(value)?.label ?? label });
    }
  }
  const values = [...found].map(([value, { count, label }]) => ({ value, label, count }));
  if (name === 'year' || name === 'month') {
    return values.sort((a, b) => (a.value > b.value ? -1 : 1)).slice(0, datesMax);
  }
  return values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, facetSizeMax);
}

function valuesOf(article: Article, name: FacetName, timeZone: string): string[] {
  if (name === 'year' || name === 'month') {
    if (article.datePublished === undefined) return [];
    const local = Date.parse(article.datePublished) + (offsetMinutes(timeZone) ?? 0) * 60_000;
    return [new Date(local).toISOString().slice(0, name === 'year' ? 4 : 7)];
  }
  const { site, publisher, sourceChain, origin, sectionPath, inLanguage } = article;
  const held: readonly (string | undefined)[] = {
    site: [site.domain],
    publisher: [publisher?.name],
    source: sourceChain ?? [],
    origin: [origin],
    section: sectionPath ?? [],
    language: [inLanguage],
  }[name];
  return held.filter((value): value is string => value !== undefined).map(foldText);
}
