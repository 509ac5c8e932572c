import { SearchInputError } from './errors.ts';

/** Fields that a query can name, and how people name them. */
const filterNames = {
  site: ['site', '站点', '站點', '网站', '網站'],
  source: ['source', '来源', '來源'],
  origin: ['origin', '出处', '出處'],
  publisher: ['publisher', '媒体', '媒體'],
  author: ['author', '作者', '记者', '記者'],
  contributor: ['contributor'],
  section: ['section', '栏目', '欄目', '频道', '頻道'],
  language: ['language', 'lang', '语言', '語言'],
  before: ['before', '早于', '早於'],
  after: ['after', '晚于', '晚於'],
} as const;

export type QueryFilterField = keyof typeof filterNames;

interface QueryFilter {
  readonly field: QueryFilterField;
  readonly value: string;
  readonly negated: boolean;
}

/** What a person typed, taken apart. */
export interface ParsedQuery {
  /** The words, in order, joined by a blank. */
  readonly text: string;
  /** Each must occur as it is. */
  readonly phrases: readonly string[];
  /** None of these may occur. */
  readonly excluded: readonly string[];
  readonly filters: readonly QueryFilter[];
}

/** Longest query in characters: a headline has 30, a long pasted sentence 200. */
const queryLengthMax = 512;
/** Words, phrases and filters together: each costs the cluster a clause per field. */
const queryPartsMax = 64;

const fieldByName = new Map<string, QueryFilterField>(
  Object.entries(filterNames).flatMap(([field, names]) =>
    names.map((name) => [name, field as QueryFilterField] as const),
  ),
);
/** Opening quote → closing quote; input methods type the curly and the corner ones. */
const quotes: Readonly<Record<string, string>> = { '"': '"', '“': '”', '＂': '＂', '「': '」', '『': '』' };
/** These belong to running text as well: a headline such as `麦田飞来“新农具”` quotes without asking for a phrase. */
const printedQuotes = '“「『';
// Control, zero-width, bidi and line-separator characters mean nothing in a query and forge what logs show.
const invisible = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

export const withoutInvisible = (text: string): string => text.toWellFormed().replace(invisible, ' ');

/**
 * Reads the query syntax for people: `"phrase"`, `-not`, `-"not this"`, `site:`, `来源:`, `author:`, `section:`,
 * `language:`, `before:`, `after:`. Anything else is text: there are no wildcards and no operators. A quote without its partner
 * is dropped, and so are Chinese quotes in the middle of a text. Full-width colon and quotes count as theirs.
 * @throws SearchInputError for a query that is too long or a filter without a value.
 */
export function parseQuery(input: string): ParsedQuery {
  // The hard limit first, so that a huge input costs nothing.
  if (input.length > queryLengthMax * 2 || [...input].length > queryLengthMax) {
    throw new SearchInputError('q', input, `is ${input.length} characters long`, `Use at most ${queryLengthMax}.`);
  }
  const query = withoutInvisible(input);
  const words: string[] = [];
  const phrases: string[] = [];
  const excluded: string[] = [];
  const filters: QueryFilter[] = [];
  let at = 0;

  /** The quoted text that begins at `from`, or undefined when there is no closing quote. */
  const quoted = (from: number): { readonly text: string; readonly end: number } | undefined => {
    const close = quotes[query[from] ?? ''];
    const end = close === undefined ? -1 : query.indexOf(close, from + 1);
    return end < 0 ? undefined : { text: query.slice(from + 1, end).trim(), end: end + 1 };
  };
  /** The end of the run of characters that are neither blank nor an opening quote. */
  const wordEnd = (from: number): number => {
    let end = from;
    while (end < query.length && !/\s/.test(query[end] ?? '') && quotes[query[end] ?? ''] === undefined) end += 1;
    return end;
  };

  while (at < query.length) {
    const character = query[at] ?? '';
    const afterBlank = at === 0 || /\s/.test(query[at - 1] ?? '');
    const negated = afterBlank && (character === '-' || character === '－') && /\S/.test(query[at + 1] ?? ' ');
    const start = negated ? at + 1 : at;
    const phrase = quoted(start);
    if (phrase !== undefined) {
      const alone = afterBlank && /^\s*$/.test(query[phrase.end] ?? '');
      const printed = printedQuotes.includes(query[start] ?? '') && !alone && !negated;
      if (phrase.text !== '') (negated ? excluded : printed ? words : phrases).push(phrase.text);
      at = phrase.end;
      continue;
    }
    const end = wordEnd(start);
    if (end === start) {
      at = start + 1; // A blank, or a quote without its partner.
      continue;
    }
    const word = query.slice(start, end);
    const colon = word.search(/[:：]/);
    const name = colon < 1 ? '' : word.slice(0, colon);
    const field = fieldByName.get(name.toLowerCase());
    if (field === undefined) {
      (negated ? excluded : words).push(word);
      at = end;
      continue;
    }
    const bare = word.slice(colon + 1);
    const value = bare === '' ? quoted(end) : { text: bare, end };
    if (value === undefined || value.text === '') {
      throw new SearchInputError(
        'q',
        word,
        'has no value',
        `Write it without a blank, e.g. ${name}:${example(field)}.`,
      );
    }
    filters.push({ field, value: value.text, negated });
    at = value.end;
  }
  const parts = words.length + phrases.length + excluded.length + filters.length;
  if (parts > queryPartsMax) {
    throw new SearchInputError(
      'q',
      input,
      `has ${parts} parts`,
      `Use at most ${queryPartsMax} words, phrases and filters.`,
    );
  }
  return { text: words.join(' '), phrases, excluded, filters };
}

const example = (field: QueryFilterField): string =>
  (({ site: 'gscn.com.cn', language: 'zh', before: '2022-02-01', after: '2022-01-01' }) as Record<string, string>)[
    field
  ] ?? '"兰州日报"';
