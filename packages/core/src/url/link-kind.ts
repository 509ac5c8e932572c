import type { LinkKind } from '../page.ts';
import { dataKind } from './data-file.ts';
import type { UrlParts } from './split.ts';

/**
 * Guesses from the address (and the anchor text, where the address says nothing) what a link leads to. It only decides how
 * early and how often the URL is fetched: the parser judges the page itself.
 */
export function guessLinkKind(url: string, text?: string): LinkKind {
  return guessPathKind(new URL(url), text);
}

/** `guessLinkKind` for an address that is cut already. */
export function guessPathKind({ pathname, search }: UrlParts, text?: string): LinkKind {
  const data = dataKind(pathname, search);
  if (data !== undefined) return data;
  const segments: string[] = [];
  for (let at = 0; at < pathname.length; ) {
    const slash = pathname.indexOf('/', at);
    const end = slash < 0 ? pathname.length : slash;
    if (end > at) segments.push(pathname.slice(at, end));
    at = end + 1;
  }
  return kindByQuery(segments, search) ?? kindByPath(segments, longestNumber(pathname)) ?? kindByText(text);
}

/** Digits of the longest number: most addresses have none that is long enough for a date or an id, and need not be tried on them. */
function longestNumber(text: string): number {
  let longest = 0;
  let digits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    digits = code >= 48 && code <= 57 ? digits + 1 : 0;
    if (digits > longest) longest = digits;
  }
  return longest;
}

const LIST_QUERY = /[?&](?:page|pageno|pagenum|pn|offset|start|cat|category|tag|keyword|q|s|sort)=/i;
const ID_QUERY =
  /[?&](?:id|aid|nid|no|idx|seq|sn|serialno|autono|guid|newsid|news_id|newsno|articleid|article_id|articleno|contentid|content_id|docid|wr_id|p|story|storyid|infoid)=[\w%{-]{0,40}\d{2,}/i;

function kindByQuery(segments: readonly string[], search: string): LinkKind | undefined {
  if (search === '') return undefined;
  const last = segments.at(-1) ?? '';
  // `list.html?id=61` is a list of that number, `index.php?id=61` may be anything.
  if (LIST_FILE.test(last) && !INDEX_FILE.test(last)) return 'section';
  if (ID_QUERY.test(search)) return 'article';
  if (LIST_QUERY.test(search) && !/\d{6,}/.test(last)) return 'section';
  return undefined;
}

/** Names of list pages: `list-3.html`, `node_7188.htm`, `col123`. */
const LIST_FILE =
  /^(?:index|default|list|node|home|main|more|channel|columns?|col|category|roll|latest|archives?|page)(?:[_-]?\d{1,12}){0,3}(?:\.\w{2,5})?$/i;
/** The page of a folder, which may be a section's or an article's. */
const INDEX_FILE = /^(?:index|default)\.\w{2,5}$/i;
const LIST_SEGMENTS: ReadonlySet<string> = new Set([
  ...['tag', 'tags', 'category', 'categories', 'topic', 'topics', 'author', 'authors', 'section', 'channel'],
  ...['page', 'list', 'node', 'column', 'columns', 'archive', 'archives', 'keyword', 'profile', 'people'],
]);
/** Whatever stands below these has the name of a label, however long: `/category/film/dancing-with-the-stars`. */
const LABEL_FOLDERS: ReadonlySet<string> = new Set([
  ...['tag', 'tags', 'category', 'categories', 'topic', 'topics', 'author', 'authors', 'keyword'],
]);
/** What stands right before the name of an article, … */
const ARTICLE_PARENTS: ReadonlySet<string> = new Set([
  ...[
    'content',
    'detail',
    'details',
    'doc',
    'view',
    'show',
    'read',
    'info',
    'post',
    'posts',
    'a',
    'p',
    'c',
    'archives',
  ],
]);
/** … and what stands anywhere before it. */
const ARTICLE_FOLDERS: ReadonlySet<string> = new Set(['article', 'articles', 'story', 'stories', 'newsdetail']);
const PAGE_EXTENSION = /\.(?:s?html?|php|aspx?|jsp|do|jhtml|xhtml|cms)$/i;
/** `2026/11/24`, `2026-11/24`, `202611/24`, `20261124`, `2026-11-24`, `t20261124_1.html`. */
const DATED =
  /(?:^|[/_t-])(?:19|20)\d{2}(?:[/_-]?(?:0[1-9]|1[0-2])[/_-]?(?:0[1-9]|[12]\d|3[01])|[/_-]\d{1,2}[/_-]\d{1,2}(?!\d))/;
/** `/2026/11/some-words`: blogs leave the day out. */
const MONTHLY = /(?:^|\/)(?:19|20)\d{2}\/(?:0[1-9]|1[0-2])\/[^/]*[a-z%][^/]*$/i;
/** `/240423/`: two digits of the year. */
const SHORT_DATE = /^\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;

/** @param digits of the longest number in them. */
function kindByPath(segments: readonly string[], digits: number): LinkKind | undefined {
  const last = segments.at(-1);
  if (last === undefined) return 'section';
  const folders = segments.slice(0, -1);
  if (INDEX_FILE.test(last)) return kindByPath(folders, digits) ?? 'section';
  if (LIST_FILE.test(last)) return 'section';
  const name = last.includes('.') ? last.replace(PAGE_EXTENSION, '') : last;
  const hasExtension = name !== last;
  const parent = folders.at(-1)?.toLowerCase() ?? '';

  const dated = digits >= 4 ? kindByDate(segments, name, hasExtension) : undefined;
  if (dated !== undefined) return dated;
  if (digits >= 6 && hasExtension && SHORT_DATE.test(parent)) return 'article';
  const isId = digits > 0 && /^\d+$/.test(name);
  if (parent === 'archives' && isId) return 'article';
  const [first = ''] = folders;
  if (LABEL_FOLDERS.has(first.toLowerCase()) && !/\d{5,}/.test(name)) return 'section';
  if (LIST_SEGMENTS.has(parent)) return isId && name.length >= 5 && parent === 'archive' ? 'article' : 'section';
  if (folders.some((folder) => ARTICLE_FOLDERS.has(folder.toLowerCase()))) return 'article';
  if (digits >= 4 && (/\d{5,}/.test(name) || /[a-z]-\d{4,}$/i.test(name))) return 'article';
  if (ARTICLE_PARENTS.has(parent) && (/\d/.test(name) || isSlug(name, 3))) return 'article';
  if (isSlug(name, 4) || (isSlug(name, 3) && name.length >= 25) || isLongForeignName(name)) return 'article';
  // The slug may stand before the id: `/some-words-in-a-row/ar-BBWXwNX`, `/898682/words`.
  if (folders.some((folder) => isSlug(folder, 5) || (digits >= 6 && /^\d{6,}$/.test(folder)))) return 'article';
  return digits > 0 && isMixedId(name, hasExtension) ? 'article' : undefined;
}

function kindByDate(segments: readonly string[], name: string, hasExtension: boolean): LinkKind | undefined {
  const path = segments.join('/');
  const dated = DATED.exec(path);
  if (dated === null) return MONTHLY.test(path) ? 'article' : undefined;
  const behind = path.slice(dated.index + dated[0].length).replace(PAGE_EXTENSION, '');
  if (hasExtension || /[\w%]/.test(behind)) return 'article';
  // A date with nothing around it is the list of that day; at the end of a slug it is an article's.
  return isSlug(name, 2) ? 'article' : 'section';
}

/** Words of letters joined by `-` or `_`, as headlines become names. */
function isSlug(name: string, wordsMin: number): boolean {
  // Names of one short word are the most frequent.
  if (name.length < 2 * wordsMin - 1) return false;
  let words = 0;
  let isWord = false;
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at);
    if (code === 37 || code > 127) return hasWords(name, wordsMin);
    if (code === 45 || code === 95 || code === 43) isWord = false;
    else if (!isWord && ((code >= 97 && code <= 122) || (code >= 65 && code <= 90))) {
      isWord = true;
      words += 1;
    }
  }
  return words >= wordsMin;
}

/** `isSlug` where letters are escaped or not of ASCII. */
function hasWords(name: string, wordsMin: number): boolean {
  const words = name.split(/[-_+]/);
  return words.length >= wordsMin && words.filter((word) => /\p{L}|%[89A-F]/iu.test(word)).length >= wordsMin;
}

/** A headline in another script, escaped: names of sections are a few characters long. */
function isLongForeignName(name: string): boolean {
  return name.includes('%') && (name.match(/%[C-F][0-9A-F]/g)?.length ?? 0) >= 8;
}

/** `KH2A9B1C0001899N.html`, `7kQcQG2peWU`: an id of letters and digits. */
function isMixedId(name: string, hasExtension: boolean): boolean {
  if (!/^\w+$/.test(name) || !/\d/.test(name) || !/[a-z]/i.test(name)) return false;
  return hasExtension ? name.length >= 12 : name.length >= 10 && /[a-z]/.test(name) && /[A-Z]/.test(name);
}

/** A headline is a sentence; the name of a section is a word. */
function kindByText(text: string | undefined): LinkKind {
  const label = text?.trim().slice(0, 200) ?? '';
  // Without a character beyond Latin, Greek and Cyrillic there is no Han.
  const han = /[\u2e80-\uffff]/.test(label) ? (label.match(/\p{Script=Han}/gu)?.length ?? 0) : 0;
  if (han === 0 && label.length < 28) return 'section';
  const words = label.split(/\s+/).length;
  return han >= 10 || (han === 0 && words >= 5 && label.length >= 28) ? 'article' : 'section';
}
