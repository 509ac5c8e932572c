import { article } from '@newsmill/contracts';
import { filterFields, pageSizeMax } from '@newsmill/search-index';

/** A JSON schema of the API's description; requests are checked by the search itself, which can say what to do. */
type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const integer: Schema = { type: 'integer' };
const object = (properties: Readonly<Record<string, Schema>>, required = Object.keys(properties)): Schema => ({
  type: 'object',
  properties,
  required,
});

const { $schema: _, ...articleSchema } = article.toJSONSchema() as {
  $schema?: string;
  properties: Record<string, Schema>;
};
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
    collapse: { type: 'boolean', default: false, description: 'One hit for all copies of a story.' },
    highlight: { type: 'boolean', default: true, description: '`false` leaves `highlights` empty.' },
  },
  [],
);

const highlights = object(
  {
    headline: { ...text, description: 'HTML: the text is escaped, matches are in <em>.' },
    alternativeHeadline: text,
    description: text,
    body: { type: 'array', items: text, description: 'Up to three fragments, the best first.' },
  },
  [],
);

export const searchResultSchema: Schema = object(
  {
    total: { ...integer, description: 'Counted up to 10,000.' },
    totalIsExact: { type: 'boolean' },
    hits: {
      type: 'array',
      items: object(
        {
          id: text,
          score: { type: 'number' },
          article: object(summaryProperties, ['id', 'url', 'headline', 'site']),
          highlights,
          copies: { ...integer, description: 'Articles of the same story that match; with collapse.' },
        },
        ['id', 'article', 'highlights'],
      ),
    },
    nextCursor: { ...text, description: 'Absent on the last page.' },
    partial: { type: 'boolean', description: 'True when the time limit or a missing shard cut the search short.' },
    tookMs: integer,
  },
  ['total', 'totalIsExact', 'hits', 'partial', 'tookMs'],
);

export const articleResponseSchema: Schema = articleSchema;

const problemSchema: Schema = object(
  { title: text, status: integer, detail: text, field: text, value: text, hint: text },
  ['title', 'status', 'detail'],
);

export const statusSchema: Schema = object({
  index: object({ ok: { type: 'boolean' }, detail: text, articles: { ...integer } }, ['ok', 'detail']),
  balance: {
    type: 'object',
    description: 'Source → heading (accepted, captured, parsed, indexed, skipped:…, quarantined:…) → URLs.',
    additionalProperties: { type: 'object', additionalProperties: integer },
  },
});

/** Answers in the description: one that fits, and the problems. */
export const answers = (description: string, schema: Schema, ...problems: readonly number[]): Schema => ({
  200: { description, content: { 'application/json': { schema } } },
  ...Object.fromEntries(
    problems.map((status) => [
      status,
      { description: 'Problem', content: { 'application/problem+json': { schema: problemSchema } } },
    ]),
  ),
});
