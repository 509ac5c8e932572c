import { offsetMax, undatedMs } from './cursor.ts';
import { facetAggregations } from './facets.ts';
import { wireTags } from './fragment.ts';
import { type Clause, marked, markedInHeadline, matchText, phraseClause } from './match-text.ts';
import { type Filter, planSearch, type SearchParams, type SearchPlan } from './search-params.ts';
import { leftOut } from './source-fields.ts';

/** The request body of a search: pure, so that it can be shown (`newsmill search --explain`) and tested. */
export function buildSearch(params: SearchParams): Clause {
  return searchRequest(planSearch(params));
}

export function searchRequest(plan: SearchPlan): Clause {
  const newest = [{ datePublished: { order: 'desc', missing: undatedMs } }, { id: 'asc' }];
  return {
    query: { bool: { ...matchText(plan), filter: filtering(plan), must_not: excluding(plan) } },
    sort: plan.sort === 'newest' ? newest : [{ _score: 'desc' }, ...newest],
    // One more than asked tells whether there is a next page.
    size: plan.size + 1,
    track_total_hits: 10_000,
    timeout: '5s',
    _source: { excludes: leftOut },
    ...(plan.after?.type === 'after' ? { search_after: plan.after.values } : {}),
    ...(plan.after?.type === 'offset' ? { from: Math.min(plan.after.offset, offsetMax - plan.size - 1) } : {}),
    ...(plan.collapse ? { collapse: { field: 'clusterId' } } : {}),
    ...(plan.facets.length > 0 ? { aggs: facetAggregations(plan) } : {}),
    ...(plan.highlight === undefined ? {} : { highlight: highlighting(plan, plan.highlight) }),
  };
}

function filtering({ filters, published, hasImages, removed }: SearchPlan): Clause[] {
  const { startMs, endMs } = published;
  const range = {
    format: 'epoch_millis',
    ...(startMs === undefined ? {} : { gte: startMs }),
    ...(endMs === undefined ? {} : { lt: endMs }),
  };
  const dated = startMs !== undefined || endMs !== undefined;
  return [
    ...filters.map(filterClause),
    ...(dated ? [{ range: { datePublished: range } }] : []),
    ...having('images.url', hasImages),
    ...having('removedAt', removed),
  ];
}

function having(field: string, wanted: boolean | undefined): Clause[] {
  if (wanted === undefined) return [];
  const exists = { exists: { field } };
  return [wanted ? exists : { bool: { must_not: exists } }];
}

function excluding({ excluded, excludedFilters }: SearchPlan): Clause[] {
  return [...excluded.map((phrase) => phraseClause(phrase)), ...excludedFilters.map(filterClause)];
}

function filterClause({ field, values }: Filter): Clause {
  const anyOf = (clauses: readonly Clause[]): Clause =>
    clauses.length === 1 && clauses[0] !== undefined
      ? clauses[0]
      : { bool: { should: clauses, minimum_should_match: 1 } };
  const terms = (...names: string[]) => anyOf(names.map((name) => ({ terms: { [name]: values } })));
  switch (field) {
    case 'site':
      return terms('site.domain', 'site.name');
    case 'publisher':
      return terms('publisher.name', 'publisher.domain');
    case 'source':
      return terms('sourceChain');
    case 'section':
      return terms('sectionPath');
    case 'origin':
      return terms('origin');
    case 'cluster':
      return terms('clusterId');
    case 'contributor':
      return terms('contributors.name');
    case 'author':
      return {
        nested: {
          path: 'contributors',
          query: {
            bool: {
              filter: [
                { terms: { 'contributors.name': values } },
                { terms: { 'contributors.role': ['author', 'reporter', 'correspondent'] } },
              ],
            },
          },
        },
      };
    case 'language':
      // RFC 4647 basic filtering: a range matches itself and everything that goes on with '-'.
      return anyOf(
        values.flatMap((value) => [
          { term: { inLanguage: value } },
          { prefix: { inLanguage: { value: `${value.toLowerCase()}-` } } },
        ]),
      );
  }
}

function highlighting(plan: SearchPlan, highlight: NonNullable<SearchPlan['highlight']>): Clause {
  const { pre, post } = wireTags(highlight);
  const whole = { number_of_fragments: 0 };
  // Not the whole query: it would look for each similar word in each text (12 ms for a page instead of 5).
  const exact = { highlight_query: marked(plan) };
  const han = /\p{Script=Han}/u.test(plan.text + plan.phrases.join(''));
  return {
    type: 'unified',
    // The default encoder would return markup of the page as it is.
    encoder: highlight.encode === 'html' ? 'html' : 'default',
    pre_tags: [pre],
    post_tags: [post],
    boundary_scanner: 'sentence',
    boundary_scanner_locale: han || plan.text === '' ? 'zh-CN' : 'en-US',
    // Beyond a million characters Elasticsearch refuses the whole search instead of the one document.
    max_analyzed_offset: 500_000,
    fields: {
      headline: { ...whole, highlight_query: markedInHeadline(plan) },
      alternativeHeadline: { ...whole, ...exact },
      description: { ...whole, ...exact },
      body: { ...exact, fragment_size: 90, number_of_fragments: 3, no_match_size: 90, order: 'score' },
    },
  };
}
