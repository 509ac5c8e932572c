import { type Cursor, readCursor } from './cursor.ts';
import { type DateSpan, offsetMinutes, parseDateSpan } from './date-span.ts';
import { SearchInputError } from './errors.ts';
import { type FacetName, facetNames } from './facets.ts';
import { parseQuery, type QueryFilterField } from './query-parser.ts';

/** A search as API, command line and other programs ask for it. Lists mean "one of these". */
export interface SearchParams {
  /** In the syntax for people (query-parser.ts). Without it every article matches. */
  readonly q?: string;
  /** Registrable domain or name of the site. */
  readonly site?: readonly string[];
  readonly publisher?: readonly string[];
  /** Anyone in the source chain. */
  readonly source?: readonly string[];
  readonly section?: readonly string[];
  /** BCP 47 range: `zh` finds `zh-Hans` and `zh-Hant`. */
  readonly language?: readonly string[];
  /** Who wrote it first: the last of the source chain. */
  readonly origin?: readonly string[];
  /** `clusterId`: the copies of one story. */
  readonly cluster?: readonly string[];
  /** A name in any role. */
  readonly contributor?: readonly string[];
  /** A name as author, reporter or correspondent. */
  readonly author?: readonly string[];
  /** First day (month, year, moment) of publication. */
  readonly from?: string;
  /** Last day (month, year, moment) of publication, itself included. */
  readonly to?: string;
  /** Offset in which dates without one are meant. */
  readonly timeZone?: string;
  /** Only articles with (`true`) or without pictures. */
  readonly hasImages?: boolean;
  /** Only articles whose page is gone (`true`) or is still there; both unless told. */
  readonly removed?: boolean;
  readonly sort?: SortOrder;
  /** Hits per page, 1 to 100. */
  readonly size?: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
  /** One hit per cluster of copies. Pages reach up to hit 10,000 then. */
  readonly collapse?: boolean;
  /**
   * All pages show the index as it was at the first one, for exports; each page must be asked for within two minutes of the
   * one before. Not with `collapse`.
   */
  readonly snapshot?: boolean;
  /** What to count the matching articles by; on the first page only. */
  readonly facets?: readonly FacetName[];
  /** Asks for another spelling of the query, on the first page. */
  readonly didYouMean?: boolean;
  /** `false` for none. */
  readonly highlight?: false | HighlightParams;
}

export type SortOrder = 'relevance' | 'newest';

export interface HighlightParams {
  /** Put before a match; `<em>` unless told. */
  readonly pre?: string;
  readonly post?: string;
  /**
   * `html` (default) escapes the article's text, so that only the tags are markup; `none` is for terminals, where the
   * text has its control characters replaced by blanks.
   */
  readonly encode?: 'html' | 'none';
}

export const filterFields = [
  'site',
  'publisher',
  'source',
  'origin',
  'section',
  'language',
  'contributor',
  'author',
  'cluster',
] as const;
type FilterField = (typeof filterFields)[number];

/** Values of one field, any of which must (or must not) be there. */
export interface Filter {
  readonly field: FilterField;
  readonly values: readonly string[];
}

/** A checked search with all syntax resolved; what the adapters work from. */
export interface SearchPlan {
  /** As typed. */
  readonly q: string;
  readonly text: string;
  readonly phrases: readonly string[];
  readonly excluded: readonly string[];
  readonly filters: readonly Filter[];
  readonly excludedFilters: readonly Filter[];
  /** Of `datePublished`: from `startMs` inclusive to `endMs` exclusive. */
  readonly published: Partial<DateSpan>;
  readonly timeZone: string;
  readonly hasImages: boolean | undefined;
  readonly removed: boolean | undefined;
  readonly sort: SortOrder;
  readonly size: number;
  readonly after: Cursor | undefined;
  readonly collapse: boolean;
  readonly snapshot: boolean;
  readonly facets: readonly FacetName[];
  readonly didYouMean: boolean;
  /**
   * For a search that found next to nothing: fewer of its words will do, and where it found nothing at all two characters
   * need only sound right.
   */
  readonly lenient: false | 'words' | 'sound';
  readonly highlight: Required<HighlightParams> | undefined;
}

export const pageSizeMax = 100;
const valuesMax = 50;
const valueLengthMax = 200;

/**
 * Checks a search and resolves its syntax. Pure; every limit that protects the cluster is here or in the query parser.
 * @throws SearchInputError
 */
export function planSearch(params: SearchParams): SearchPlan {
  const query = parseQuery(params.q ?? '');
  const zone = params.timeZone ?? '+08:00';
  if (offsetMinutes(zone) === undefined) {
    throw new SearchInputError('timeZone', zone, 'is not an offset', 'Write Z or +08:00.');
  }
  const size = params.size ?? 10;
  if (!Number.isInteger(size) || size < 1 || size > pageSizeMax) {
    throw new SearchInputError(
      'size',
      String(size),
      'is out of range',
      `Use 1 to ${pageSizeMax}; page on with cursor.`,
    );
  }
  const asked = params.sort ?? 'relevance';
  if (asked !== 'relevance' && asked !== 'newest') {
    throw new SearchInputError('sort', String(asked), 'is not an order', 'Use relevance or newest.');
  }
  if (params.snapshot === true && params.collapse === true) {
    throw new SearchInputError('snapshot', 'true', 'cannot be combined with collapse', 'Use one of the two.');
  }
  const filters = new Map<FilterField, string[]>();
  for (const field of filterFields) {
    for (const value of params[field] ?? []) addTo(filters, field, checkedValue(field, value));
  }
  const excludedFilters = new Map<FilterField, string[]>();
  const spans: Partial<DateSpan>[] = [];
  if (params.from !== undefined) spans.push({ startMs: parseDateSpan('from', params.from, zone).startMs });
  if (params.to !== undefined) spans.push({ endMs: parseDateSpan('to', params.to, zone).endMs });
  for (const { field, value, negated } of query.filters) {
    if (isDateField(field)) {
      const { startMs } = parseDateSpan(field, value, zone);
      // "not before" is "from then on", and the other way round.
      spans.push((field === 'after') !== negated ? { startMs } : { endMs: startMs });
    } else addTo(negated ? excludedFilters : filters, field, checkedValue(field, value));
  }
  const published = spans.reduce(intersect, {});
  if (published.startMs !== undefined && published.endMs !== undefined && published.startMs >= published.endMs) {
    const given = [params.from ?? 'after:', params.to ?? 'before:'].join(' … ');
    throw new SearchInputError('from', given, 'ends before it begins', 'Swap the two dates or drop one.');
  }
  const searchable = query.text !== '' || query.phrases.length > 0;
  const plan = {
    q: params.q ?? '',
    text: query.text,
    phrases: query.phrases,
    excluded: query.excluded,
    filters: asList(filters),
    excludedFilters: asList(excludedFilters),
    published,
    timeZone: zone,
    hasImages: params.hasImages,
    removed: params.removed,
    // Nothing to rank by: the newest first is what a reader expects.
    sort: searchable ? asked : 'newest',
    size,
    collapse: params.collapse ?? false,
    snapshot: params.snapshot ?? false,
  } as const;
  const first = params.cursor === undefined;
  return {
    ...plan,
    after: params.cursor === undefined ? undefined : readCursor(params.cursor, plan),
    facets: first ? checkedFacets(params.facets ?? []) : [],
    lenient: false,
    didYouMean: first && query.text !== '' && (params.didYouMean ?? false),
    highlight:
      params.highlight === false ? undefined : { pre: '<em>', post: '</em>', encode: 'html', ...params.highlight },
  };
}

function checkedFacets(names: readonly string[]): FacetName[] {
  const unknown = names.find((name) => !(facetNames as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new SearchInputError('facets', unknown, 'is not a facet', `Use ${facetNames.join(', ')}.`);
  }
  return facetNames.filter((name) => names.includes(name));
}

const isDateField = (field: QueryFilterField): field is 'before' | 'after' => field === 'before' || field === 'after';

function checkedValue(field: FilterField, raw: string): string {
  const value = field === 'site' ? siteName(raw) : raw.trim();
  if (value === '' || value.length > valueLengthMax) {
    throw new SearchInputError(
      field,
      raw,
      value === '' ? 'is empty' : 'is too long',
      `Use 1 to ${valueLengthMax} characters.`,
    );
  }
  return value;
}

/** People paste addresses: `https://www.gscn.com.cn/a` → `gscn.com.cn`. */
const siteName = (raw: string) =>
  raw
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/^www\./i, '')
    .replace(/\/.*$/s, '');

function addTo(filters: Map<FilterField, string[]>, field: FilterField, value: string): void {
  const values = filters.get(field) ?? [];
  if (values.length >= valuesMax)
    throw new SearchInputError(field, value, 'is one too many', `Use at most ${valuesMax} values.`);
  filters.set(field, [...values, value]);
}

const asList = (filters: Map<FilterField, string[]>): Filter[] =>
  [...filters].map(([field, values]) => ({ field, values }));

function intersect(a: Partial<DateSpan>, b: Partial<DateSpan>): Partial<DateSpan> {
  const starts = [a.startMs, b.startMs].filter((ms) => ms !== undefined);
  const ends = [a.endMs, b.endMs].filter((ms) => ms !== undefined);
  return {
    ...(starts.length > 0 ? { startMs: Math.max(...starts) } : {}),
    ...(ends.length > 0 ? { endMs: Math.min(...ends) } : {}),
  };
}
