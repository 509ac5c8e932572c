import { article } from '@newsmill/contracts';
import { facetNames, filterFields, pageSizeMax } from '@newsmill/search-index';
import { articleExample, problemExample, searchExample } from './examples.ts';

/** A JSON schema of the API's description; requests are checked by the search itself, which can say what to do. */
type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const integer: Schema = { type: 'integer' };
const object = (properties: Readonly<Record<string, Schema>>, required = Object.keys(properties)): Schema => ({
  type: 'object',
  properties,
  required,
});

const { $schema: _, ...untitled } = article.toJSONSchema() as {
  $schema?: string;
  properties: Record<string, Schema>;
};
export const articleSchema = { ...untitled, title: 'Article' };
const {
  body: __,
  bodyHtml: ___,
  provenance: ____,
  fingerprint: _____,
  ...summaryProperties
} = articleSchema.properties;

const describeField: Readonly<Record<(typeof filterFields)[number], string>> = {
  site: 'Registrable domain or name of the site. Repeat it for several; so for the others.',
  publisher: 'Name or domain of the publisher.',
  source: 'Anyone in the source chain (来源).',
  origin: 'Who wrote it first: the last of the source chain.',
  cluster: '`clusterId`: the copies of one story.',
  section: 'A section of the breadcrumb.',
  language: 'BCP 47 range: `zh` finds `zh-Hans` and `zh-Hant`.',
  contributor: 'A name in any role.',
  author: 'A name as author, reporter or correspondent.',
};

export const searchQuerySchema: Schema = object(
  {
    q: {
      ...text,
      maxLength: 512,
      description:
        'What to look for, in either Chinese script: words, "a phrase", -not, site:gscn.com.cn, 来源:兰州日报, author:, section:, language:, before:2022-02-01, after:2022.',
      examples: ['兰州 品质学校', '"品質學校" -招生 after:2022'],
    },
    ...Object.fromEntries(
      filterFields.map((field) => [
        field,
        { type: 'array', items: text, maxItems: 50, description: describeField[field] },
      ]),
    ),
    from: { ...text, description: 'First day, month, year or moment of publication.', examples: ['2022-01-26'] },
    to: { ...text, description: 'Last one, itself included.', examples: ['2022-01'] },
    timeZone: { ...text, default: '+08:00', description: 'Offset in which dates without one are meant.' },
    sort: { ...text, enum: ['relevance', 'newest'], default: 'relevance' },
    size: { ...integer, minimum: 1, maximum: pageSizeMax, default: 10 },
    cursor: { ...text, description: '`nextCursor` of the page before, with the same search.' },
    hasImages: { type: 'boolean', description: 'Only articles with or without pictures.' },
    removed: { type: 'boolean', description: 'Only articles whose page is gone, or is still there. Both unless told.' },
    collapse: { type: 'boolean', default: false, description: 'One hit for all copies of a story.' },
    snapshot: {
      type: 'boolean',
      default: false,
      description:
        'All pages show the index as it was at the first one; ask for each within two minutes. For exports; not with `collapse`.',
    },
    facets: {
      type: 'array',
      items: { ...text, enum: facetNames },
      description: 'What to count the matching articles by, also comma-separated. On the first page.',
      examples: [['site', 'year']],
    },
    didYouMean: { type: 'boolean', default: false, description: 'Ask for another spelling of `q`, on the first page.' },
    highlight: { type: 'boolean', default: true, description: '`false` leaves `highlights` empty.' },
  },
  [],
);

export const feedQuerySchema: Schema = {
  ...searchQuerySchema,
  description: 'The parameters of /search; the newest first unless told, 30 entries unless told.',
};

const highlights = object(
  {
    headline: { ...text, description: 'HTML: the text is escaped, matches are in <em>.' },
    alternativeHeadline: text,
    description: text,
    body: { type: 'array', items: text, description: 'Up to three fragments, the best first.' },
  },
  [],
);

export const summarySchema: Schema = {
  ...object(summaryProperties, ['id', 'url', 'headline', 'site']),
  title: 'ArticleSummary',
};

const hit: Schema = object(
  {
    id: text,
    score: { type: 'number' },
    article: summarySchema,
    highlights,
    copies: { ...integer, description: 'Articles of the same story that match; with collapse.' },
    first: {
      ...object(
        Object.fromEntries(
          ['id', 'url', 'headline', 'site', 'datePublished', 'datePublishedPrecision'].map((name) => [
            name,
            summaryProperties[name] ?? text,
          ]),
        ),
        ['id', 'url', 'headline', 'site'],
      ),
      description: 'The first of those copies; with collapse.',
    },
  },
  ['id', 'article', 'highlights'],
);
export const hitSchema: Schema = { ...hit, title: 'Hit' };

const facetValues: Schema = {
  type: 'array',
  items: object({
    value: { ...text, description: 'For the filter of the same name; of `year` and `month` for `from` and `to`.' },
    label: { ...text, description: 'As an article prints it.' },
    count: integer,
  }),
};

const searchResult: Schema = object(
  {
    total: { ...integer, description: 'Counted up to 10,000.' },
    totalIsExact: { type: 'boolean' },
    hits: { type: 'array', items: hitSchema },
    nextCursor: { ...text, description: 'Absent on the last page.' },
    facets: object(Object.fromEntries(facetNames.map((name) => [name, facetValues])), []),
    didYouMean: { ...text, description: 'The query as it may have been meant.' },
    partial: { type: 'boolean', description: 'True when the time limit or a missing shard cut the search short.' },
    tookMs: integer,
  },
  ['total', 'totalIsExact', 'hits', 'partial', 'tookMs'],
);
export const searchResultSchema: Schema = { ...searchResult, title: 'SearchResult', examples: [searchExample] };

export const similarSchema: Schema = object({ hits: { type: 'array', items: hitSchema } });
export const completionsSchema: Schema = object({
  completions: { type: 'array', items: object({ headline: text, id: text }) },
});
export const sizeSchema = (max: number, usual: number): Schema => ({
  ...integer,
  minimum: 1,
  maximum: max,
  default: usual,
});

export const articleResponseSchema: Schema = { ...articleSchema, examples: [articleExample] };

const problem: Schema = object({ title: text, status: integer, detail: text, field: text, value: text, hint: text }, [
  'title',
  'status',
  'detail',
]);
const problemSchema: Schema = { ...problem, title: 'Problem', examples: [problemExample] };

export const healthSchema: Schema = object({ status: { ...text, enum: ['ok', 'unavailable'] }, elasticsearch: text });

export const statusSchema: Schema = object({
  index: object({ ok: { type: 'boolean' }, detail: text, articles: { ...integer } }, ['ok', 'detail']),
  balance: {
    type: 'object',
    description: 'Source → heading (accepted, captured, parsed, indexed, skipped:…, quarantined:…) → URLs.',
    additionalProperties: { type: 'object', additionalProperties: integer },
  },
});

/** Answers in the description: one that fits, and the problems. */
export const answers = (description: string, schema: Schema, ...problems: readonly number[]): Schema =>
  answersOf('application/json', description, schema, ...problems);

/** The same for what was made. */
export const created = (description: string, schema: Schema, ...problems: readonly number[]): Schema => {
  const { 200: made, ...others } = answers(description, schema, ...problems);
  return { 201: made, ...others };
};

/** The same where there is nothing to say. */
export const noContent = (description: string, ...problems: readonly number[]): Schema => {
  const { 200: _, ...others } = answers('', {}, ...problems);
  return { 204: { description, type: 'null' }, ...others };
};

export const answersOf = (
  type: string,
  description: string,
  schema: Schema,
  ...problems: readonly number[]
): Schema => ({
  200: { description, content: { [type]: { schema } } },
  ...Object.fromEntries(
    problems.map((status) => [
      status,
      { description: 'Problem', content: { 'application/problem+json': { schema: problemSchema } } },
    ]),
  ),
});
