import { foldText } from './folding.ts';
import type { Clause } from './match-text.ts';
import type { SearchPlan } from './search-params.ts';

/** What matching articles can be counted by. */
export const facetNames = ['site', 'publisher', 'source', 'origin', 'section', 'language', 'year', 'month'] as const;
export type FacetName = (typeof facetNames)[number];

export interface FacetValue {
  /** Give it back as a filter: of `site` as `site=`, of `year` and `month` as `from=` and `to=`. */
  readonly value: string;
  /** As an article prints it; for a site its name. */
  readonly label: string;
  readonly count: number;
}
export type Facets = Readonly<Partial<Record<FacetName, readonly FacetValue[]>>>;

/** Values per facet; the rest are counted in none. */
export const facetSizeMax = 20;
/** Years and months, the last ones. */
export const datesMax = 36;

/** Facet → the field that is counted, and where its printed form stands in the document. */
export const facetFields = {
  site: { field: 'site.domain', printed: 'site.name' },
  publisher: { field: 'publisher.name', printed: 'publisher.name' },
  source: { field: 'sourceChain', printed: 'sourceChain' },
  origin: { field: 'origin', printed: 'origin' },
  section: { field: 'sectionPath', printed: 'sectionPath' },
  language: { field: 'inLanguage', printed: 'inLanguage' },
} as const;
type TermsFacet = keyof typeof facetFields;
const isTerms = (name: FacetName): name is TermsFacet => name in facetFields;

export function facetAggregations({ facets, timeZone }: Pick<SearchPlan, 'facets' | 'timeZone'>): Clause {
  return Object.fromEntries(
    facets.map((name) => [name, isTerms(name) ? termsOf(name) : datesOf(name === 'year' ? 'year' : 'month', timeZone)]),
  );
}

const termsOf = (name: TermsFacet): Clause => ({
  terms: { field: facetFields[name].field, size: facetSizeMax },
  // The keyword is folded (simplified, lower case): one article of each tells how the name is printed.
  aggs: { printed: { top_hits: { size: 1, _source: [facetFields[name].printed] } } },
});

/** Only years that a calendar of news can hold: a page may claim the year 1 or 9999, and each month would be a bucket. */
const datesOf = (interval: 'year' | 'month', timeZone: string): Clause => ({
  filter: { range: { datePublished: { gte: '1900-01-01', lt: '2200-01-01' } } },
  aggs: {
    dates: {
      date_histogram: {
        field: 'datePublished',
        calendar_interval: interval,
        time_zone: timeZone,
        format: interval === 'year' ? 'yyyy' : 'yyyy-MM',
        min_doc_count: 1,
        order: { _key: 'desc' },
      },
    },
  },
});

interface Bucket {
  readonly key: string | number;
  readonly key_as_string?: string;
  readonly doc_count: number;
  readonly printed?: { readonly hits: { readonly hits: readonly { readonly _source?: unknown }[] } };
}
export type FacetAnswer = Readonly<
  Record<string, { readonly buckets?: readonly Bucket[]; readonly dates?: { readonly buckets: readonly Bucket[] } }>
>;

/** Reads what Elasticsearch answered to `facetAggregations`. */
export function readFacets(answer: FacetAnswer, { facets }: Pick<SearchPlan, 'facets'>): Facets {
  return Object.fromEntries(
    facets.map((name) => {
      const found = answer[name];
      const buckets = found?.buckets ?? found?.dates?.buckets.slice(0, datesMax) ?? [];
      return [name, buckets.map((bucket) => toValue(name, bucket))];
    }),
  );
}

function toValue(name: FacetName, bucket: Bucket): FacetValue {
  const value = bucket.key_as_string ?? String(bucket.key);
  const label = isTerms(name) ? printedForm(name, value, bucket.printed?.hits.hits[0]?._source) : value;
  return { value, label, count: bucket.doc_count };
}

/** The value of the document that folds to the bucket's key; a site is called by its name. */
export function printedForm(name: TermsFacet, value: string, document: unknown): string {
  const printed = facetFields[name].printed
    .split('.')
    .reduce<unknown>((part, key) => (part as Readonly<Record<string, unknown>> | undefined)?.[key], document);
  const values = [printed ?? []].flat().filter((each) => typeof each === 'string');
  return (name === 'site' ? values[0] : values.find((each) => foldText(each) === value)) ?? value;
}
