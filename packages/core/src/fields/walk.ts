import type { AnyNode, Document, Element } from 'domhandler';
import { founderSign } from '../html/dom.ts';
import { attributeBitsOf, tagBitsOf } from '../html/page-element.ts';
import { attributeBit, tagBit } from '../html/tags.ts';
import { isElement } from '../html/text.ts';
import { wordScan } from '../html/word-scan.ts';
import { readFounderRecord } from './founder-record.ts';
import { tidy } from './text.ts';

/** What a class, id or other attribute says an element holds. */
export type MarkKind = 'title' | 'author' | 'date' | 'modified' | 'source' | 'editor' | 'breadcrumb' | 'description';

/** One line of the page as a reader sees it: text between two block boundaries. */
export interface Line {
  /** Tidied, at most 400 characters. */
  readonly text: string;
  /** The last 120 characters of a longer line: paragraphs end with who wrote them. Empty for a short line. */
  readonly ending: string;
  /** Characters in all, and those inside links. */
  readonly length: number;
  readonly linkLength: number;
  /** The element that directly holds the line's first text. */
  readonly element: Element;
  /** In navigation, comments, a sidebar, related items, the footer. */
  readonly off: boolean;
}

export interface Mark {
  readonly kind: MarkKind;
  readonly element: Element;
  /** Lines before it. */
  readonly line: number;
  readonly off: boolean;
  /** What told: the class, id, `rel`, a property (`itemprop`, RDFa) or the address of a link (`/author/…`). */
  readonly by: 'class' | 'id' | 'rel' | 'prop' | 'link';
}

export interface Heading {
  readonly element: Element;
  /** 1, 2 or 3. */
  readonly level: number;
  readonly line: number;
  readonly off: boolean;
}

/** Everything that one walk over the page collects. */
export interface Walk {
  readonly title: string | undefined;
  readonly language: string | undefined;
  readonly base: string | undefined;
  readonly canonical: string | undefined;
  /** Lower-case name, property or itemprop → contents in page order. */
  readonly metas: ReadonlyMap<string, readonly string[]>;
  readonly jsonLd: readonly string[];
  readonly scripts: readonly string[];
  readonly headings: readonly Heading[];
  readonly times: readonly (Mark & { readonly datetime: string | undefined })[];
  readonly marks: readonly Mark[];
  readonly lines: readonly Line[];
}

/** `time`, and elements of several systems that scripts fill with one (`2 years ago`). */
const TIME_TAGS: ReadonlySet<string> = new Set(['time', 'relative-time', 'time-ago', 'bsp-timestamp', 'amp-timeago']);

const LINES_MAX = 6000;
const MARKS_MAX = 600;
const LINE_TEXT_MAX = 400;
/** Characters of one text that are kept for a line; layouts pad with blanks, so more than a line's length. */
const DATA_MAX = 4000;
const SCRIPT_TEXT_MAX = 300_000;

const SOURCE_LABEL_AT_END = /(?:来源|來源|稿源|出处|出處|[Ss]ource)\s{0,2}[:：]\s{0,20}$/;

/** Words that, as a whole part of a class or id, name a region beside the story. */
const OFF_WORDS =
  /(?:^|[\s_])(?:(?:comments?|commentlist|comment-list|disqus\w*|respond|related|recommend\w*|sidebar|side-bar|widget|popular|trending|most-?(?:read|viewed|popular|recent)|newsletter|footer|foot|hotnews|hot-news|rank(?:ing)?|more-?(?:news|stories|articles)|also-?read|you-?may-?like|outbrain|taboola|teasers?)(?:[\s_]|$|-(?:list|section|wrap\w*|container|box|area|items?|posts?|articles?|content|news|block|stories|links?)))/i;
const KEEP_TAGS: ReadonlySet<string> = new Set(['html', 'body', 'main', 'article', 'h1']);

const STORY_FOOTER = /(?:^|[\s_-])(?:entry|post|article|story|asset|node|by-?line|meta)(?:$|[\s_-])/i;

/** The footer of a story, where blogs put who wrote it and when; not that of the page. */
function isStoryFooter({ attribs, parent }: Element): boolean {
  if (attribs.class && STORY_FOOTER.test(attribs.class)) return true;
  return parent !== null && isElement(parent) && parent.name === 'article';
}

/** Pages about one person, as sites name their folders. */
export const AUTHOR_HREF =
  /\/(?:authors?|autor(?:en|es|e)?|auteurs?|writers?|people|profiles?|profil|staff|by|byline|contributors?|journalists?|reporters?|columnists?|redakteure?|redacteurs?|verfasser|bio)\/[^/?#]{2,80}/i;

const KINDS: readonly (readonly [MarkKind, RegExp])[] = [
  [
    'breadcrumb',
    /bread-?_?crumb|(?:^|[\s_-])(?:crumbs?|bread|position|weizhi|dqwz|cur-?pos|location|path|ariane|mbx|nav-?path|where)(?:$|[\s_-])/i,
  ],
  ['editor', /(?:^|[\s_-])(?:editors?|bianji|zebian|zrbj|art_?editor|post_?editor|editor_?baidu)(?:$|[\s_-])/i],
  [
    'author',
    /author|by-?line|(?:^|[\s_-])(?:writers?|reporters?|contributors?|autor(?:e|en|es)?|autorenzeile|auteurs?|redakteur|creator|zuozhe|journalist|p-name|fn|signature|firma|firmante|yazar|muhabir|penulis|kirjoittaja|forfatter|forfattare|redattore)(?:$|[\s_-])/i,
  ],
  ['modified', /(?:date|time)-?_?(?:modified|updated?)|(?:^|[\s_-])(?:updated?|modified|last-?mod\w*)(?:$|[\s_-])/i],
  [
    'date',
    /date|datum|fecha|pub-?_?time|published|posted|timestamp|(?:^|[\s_-])(?:time|times|fbsj|m-frt|dt-published|meta)(?:$|[\s_-])/i,
  ],
  [
    'source',
    /(?:^|[\s_-])(?:source|sources|origin|laiyuan|media|media_name|comefrom|copyfrom|src|source_?baidu|art-?source|js_name)(?:$|[\s_-])/i,
  ],
  [
    'title',
    /headline|(?:^|[\s_-])(?:title|biaoti|entry-title|post-title|article-?title|art_tit\w*|main-?title|p-name)(?:$|[\s_-])/i,
  ],
  [
    'description',
    /(?:^|[\s_-])(?:standfirst|dek|deck|subtitle|sub-title|subheadline|article-?summary|lede?|abstract|excerpt)(?:$|[\s_-])/i,
  ],
];
/** A cheap test before the patterns: words of which each needs one. Bits 0 to 7 are `KINDS` in order, bit 8 is `OFF_WORDS`. */
const mayBe = wordScan([
  'crumb bread position weizhi dqwz curpos cur-pos location path ariane mbx where',
  'editor bianji zebian zrbj',
  'author byline by-line writer reporter contributor autor auteur redakteur creator zuozhe journalist p-name fn signature firma yazar muhabir penulis kirjoittaja forfatt redattore',
  'modified update',
  'date datum fecha time published posted fbsj m-frt meta',
  'source origin laiyuan media comefrom copyfrom src js_name',
  'headline title biaoti art_tit p-name',
  'standfirst dek deck subtitle sub-title subheadline article-summary articlesummary led abstract excerpt',
  'comment disqus respond related recommend sidebar side-bar widget popular trending most newsletter foot hotnews hot-news ' +
    'rank more also you outbrain taboola teaser',
]);
const offBit = 1 << 8;
const kindBits = offBit - 1;
const noKinds: readonly MarkKind[] = [];
const authorKind: readonly MarkKind[] = ['author'];
const PROPS: Readonly<Record<string, MarkKind>> = {
  headline: 'title',
  author: 'author',
  creator: 'author',
  datepublished: 'date',
  datecreated: 'date',
  datemodified: 'modified',
  editor: 'editor',
  'schema:author': 'author',
  'dc:creator': 'author',
  'schema:datepublished': 'date',
  'dc:date': 'date',
  'dc:title': 'title',
  'schema:headline': 'title',
};

/** The kinds of an attribute value in which `mayBe` found `bits`; pages repeat their classes, so each value is looked at once. */
function kindsOf(value: string, bits: number, cache: Map<string, readonly MarkKind[]>): readonly MarkKind[] {
  const known = cache.get(value);
  if (known) return known;
  const kinds =
    value.length >= 200
      ? noKinds
      : KINDS.filter(([, pattern], place) => (bits >> place) & 1 && pattern.test(value)).map(([kind]) => kind);
  cache.set(value, kinds);
  return kinds;
}

/** All elements that hold no text of a line are of these kinds. */
const leafBits = tagBit.void | tagBit.silent | tagBit.headContent;

/** `text.trim().length`. */
function solidLength(text: string): number {
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  // Most texts touch their tags.
  return first > 32 && first < 127 && last > 32 && last < 127 ? text.length : text.trim().length;
}

/** One pass over the tree in page order, without recursion. */
export function walkPage(doc: Document): Walk {
  const metas = new Map<string, string[]>();
  const jsonLd: string[] = [];
  const scripts: string[] = [];
  const headings: Heading[] = [];
  const times: (Mark & { datetime: string | undefined })[] = [];
  const marks: Mark[] = [];
  const lines: Line[] = [];
  const kindCache = new Map<string, readonly MarkKind[]>();
  const offCache = new Map<string, boolean>();
  let title: string | undefined;
  let language: string | undefined;
  let base: string | undefined;
  let canonical: string | undefined;
  let buffer = '';
  // The two latest texts of the line: its ending, without keeping all of it.
  let latest = '';
  let penultimate = '';
  let bufferElement: Element | undefined;
  let rawLength = 0;
  let linkLength = 0;
  let linkDepth = 0;
  let scriptLength = 0;
  /** The elements around the place that stand beside the story, innermost last. */
  const offRoots: Element[] = [];

  const flush = (): void => {
    if (rawLength > 0 && bufferElement) {
      const text = tidy(buffer);
      if (text && lines.length < LINES_MAX) {
        const short = text.length > LINE_TEXT_MAX ? text.slice(0, LINE_TEXT_MAX) : text;
        const ending = rawLength > LINE_TEXT_MAX ? tidy(`${penultimate}${latest}`.slice(-160)).slice(-120) : '';
        lines.push({
          text: short,
          ending,
          length: Math.max(text.length, rawLength),
          linkLength,
          element: bufferElement,
          off: offRoots.length > 0,
        });
      }
    }
    buffer = '';
    latest = '';
    penultimate = '';
    bufferElement = undefined;
    rawLength = 0;
    linkLength = 0;
  };

  /** @param bits what `mayBe` found in its class and id. */
  const isOff = (element: Element, bits: number): boolean => {
    const { name, attribs } = element;
    if (name === 'nav' || name === 'aside') return true;
    if (name === 'footer') return !isStoryFooter(element);
    if ((bits & offBit) === 0 || KEEP_TAGS.has(name)) return false;
    const names = attribs.class ? (attribs.id ? `${attribs.class} ${attribs.id}` : attribs.class) : attribs.id;
    if (!names) return false;
    let off = offCache.get(names);
    if (off === undefined) {
      off = names.length < 300 && OFF_WORDS.test(names);
      offCache.set(names, off);
    }
    return off;
  };

  const mark = (element: Element, kinds: readonly MarkKind[], by: Mark['by']): void => {
    if (marks.length >= MARKS_MAX) return;
    for (const kind of kinds) marks.push({ kind, element, line: lines.length, off: offRoots.length > 0, by });
  };

  /** Reads an element that holds no text of a line; false for any other. */
  const readLeaf = (element: Element, tag: number): boolean => {
    const { name, attribs } = element;
    if (name === 'meta') {
      const key = (attribs.name ?? attribs.property ?? attribs.itemprop ?? attribs['http-equiv'])?.trim().toLowerCase();
      // A few generators write `value` for `content`.
      const content = attribs.content ?? attribs.value;
      if (key && content) {
        const known = metas.get(key);
        if (known) known.push(content);
        else metas.set(key, [content]);
      }
      return true;
    }
    if (name === 'script') {
      const text = element.children[0];
      if (text?.type !== 'text') return true;
      if (attribs.type?.toLowerCase().includes('ld+json')) jsonLd.push(text.data);
      else if (scriptLength < SCRIPT_TEXT_MAX) {
        scripts.push(text.data);
        scriptLength += text.data.length;
      }
      return true;
    }
    if (name === 'link') {
      if (attribs.rel === 'canonical' && attribs.href) canonical ??= attribs.href;
      return true;
    }
    if (name === 'img') {
      // `来源：<img alt="山谷日报">`: the outlet's logo stands for its name.
      if (rawLength > 0 && rawLength < 80 && attribs.alt && SOURCE_LABEL_AT_END.test(buffer))
        buffer += attribs.alt.slice(0, 40);
      return true;
    }
    if (name === 'title') {
      const text = element.children[0];
      if (title === undefined && text?.type === 'text') title = tidy(text.data);
      return true;
    }
    return (tag & tagBit.silent) !== 0;
  };

  const enter = (element: Element): boolean => {
    const { name, attribs } = element;
    const tag = tagBitsOf(element);
    if ((tag & leafBits) !== 0 && readLeaf(element, tag)) return false;
    if (name === 'html' || name === 'body') language ??= attribs.lang ?? attribs['xml:lang'];
    else if (name === 'base') base ??= attribs.href;
    if ((tag & tagBit.line) !== 0) flush();
    else if (name === 'a') linkDepth += 1;
    const own = attributeBitsOf(element);
    const classBits = (own & attributeBit.class) !== 0 && attribs.class ? mayBe(attribs.class) : 0;
    const idBits = (own & attributeBit.id) !== 0 && attribs.id ? mayBe(attribs.id) : 0;
    if (isOff(element, classBits | idBits)) offRoots.push(element);
    if ((tag & tagBit.heading) !== 0) {
      const level = Number(name[1]);
      if (level <= 3) headings.push({ element, level, line: lines.length, off: offRoots.length > 0 });
    } else if (TIME_TAGS.has(name)) {
      times.push({
        kind: 'date',
        element,
        line: lines.length,
        off: offRoots.length > 0,
        by: 'prop',
        datetime: attribs.datetime,
      });
    }
    if ((classBits & kindBits) !== 0) mark(element, kindsOf(attribs.class ?? '', classBits, kindCache), 'class');
    if ((idBits & kindBits) !== 0) mark(element, kindsOf(attribs.id ?? '', idBits, kindCache), 'id');
    if ((own & (attributeBit.itemprop | attributeBit.property)) !== 0)
      mark(element, propKinds(attribs.itemprop ?? attribs.property ?? ''), 'prop');
    if (name === 'a') {
      const { href } = attribs;
      const by = attribs.rel === 'author' ? 'rel' : href && AUTHOR_HREF.test(href) ? 'link' : undefined;
      if (by && marks.length < MARKS_MAX)
        marks.push({ kind: 'author', element, line: lines.length, off: offRoots.length > 0, by });
    } else if (name === 'address') mark(element, authorKind, 'class');
    return true;
  };

  const leave = (element: Element): void => {
    if ((tagBitsOf(element) & tagBit.line) !== 0) flush();
    else if (element.name === 'a') linkDepth = Math.max(0, linkDepth - 1);
    if (offRoots.length > 0 && offRoots[offRoots.length - 1] === element) offRoots.pop();
  };

  let node: AnyNode | null = doc.children[0] ?? null;
  while (node) {
    let down: AnyNode | undefined;
    if (node.type === 'text') {
      const { data } = node;
      // A line's head is enough to know it; the rest only counts.
      if (rawLength < LINE_TEXT_MAX * 2) buffer += data.length > DATA_MAX ? data.slice(0, DATA_MAX) : data;
      if (rawLength > 0 || data.length > LINE_TEXT_MAX) {
        penultimate = latest;
        latest = data;
      }
      const solid = solidLength(data);
      rawLength += solid;
      if (linkDepth > 0) linkLength += solid;
      if (solid > 0 && bufferElement === undefined && node.parent && isElement(node.parent))
        bufferElement = node.parent;
    } else if (isElement(node)) {
      if (enter(node)) {
        down = node.children[0];
        if (!down) leave(node);
      }
    } else if ('children' in node) down = node.children[0];
    else if (node.type === 'comment' && node.data.startsWith(founderSign)) readFounderRecord(node.data, metas);
    if (down) {
      node = down;
      continue;
    }
    while (node && !node.next) {
      node = node.parent;
      if (node && isElement(node)) leave(node);
    }
    node = node ? node.next : null;
  }
  flush();
  return { title, language, base, canonical, metas, jsonLd, scripts, headings, times, marks, lines };
}

function propKinds(value: string): readonly MarkKind[] {
  if (value.length > 80) return [];
  const kinds: MarkKind[] = [];
  for (const word of value.toLowerCase().split(/\s+/)) {
    const kind = PROPS[word];
    if (kind && !kinds.includes(kind)) kinds.push(kind);
  }
  return kinds;
}
