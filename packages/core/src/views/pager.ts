import type { Segments } from '../extract/segment.ts';
import type { HeadFacts } from '../html/page-head.ts';
import { textOf } from '../html/text.ts';

/** An article's place among its pages. */
export interface Pager {
  /** 1 for the first page. */
  readonly number: number;
  /** Address of the first page. */
  readonly first: string;
  /** Page number → address, of this page and of those it links to. */
  readonly pages: ReadonlyMap<number, string>;
}

/** An article of more pages is a list. */
const numberMax = 60;
/** Links of one page that are looked at. */
const anchorsMax = 3_000;

const segmentForm = /^([^?]*[^/?])\/(?:page\/)?(\d{1,2})(\/?)(\?.*)?$/;

/** Ways to write the number of a page, each with the address that is left without it. */
const forms: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  // /a/012345_2.shtml
  [/^([^?]*[^/?_-])[_-](\d{1,2})(\.\w{2,5})(\?.*)?$/, (m) => `${m[1]}${m[3]}${m[4] ?? ''}`],
  // /a/some-words/2, /a/some-words/page/2/
  [segmentForm, (m) => `${m[1]}${m[3]}${m[4] ?? ''}`],
  // ?page=2, ?id=7&page=2
  [
    /^([^?]*\?(?:.*&)?)(?:page|p|pn|pageno|pagenum|page_no|curpage)=(\d{1,2})(?:&(.*))?$/i,
    (m) => `${m[1]}${m[3] ?? ''}`.replace(/[?&]$/, ''),
  ],
];

/** The last part of an address's path without its extension, at most 200 characters of it. */
function fileName(url: string): string {
  const [path = ''] = url.split('?', 1);
  return path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.\w{2,5}$/, '')
    .slice(-200);
}

/** What a link to another page of the same article says; a number must be the page's own. */
const words =
  /^[[(（【<>«»‹›→←\s]*(?:[上前下后後]一?[页頁]|[首末尾第][页頁]|第\s?[一二三四五六七八九十\d]{1,3}\s?[页頁]|next(?: page)?|prev(?:ious)?(?: page)?|first|last|continue(?: reading)?|page \d{1,2}|weiter|zurück|suivant|précédent|siguiente|anterior)?[\])）】<>«»‹›→←\s]*$/i;

/**
 * Finds the links between the pages of one article: addresses that differ from this one in the number of the page alone,
 * named by that number or by words like 下一页, or by `rel=next` and `rel=prev`. Page 1 and 2 must be among them.
 * Tells nothing of what the page is: lists have pagers too.
 */
export function findPager(segments: Segments, head: HeadFacts): Pager | undefined {
  const { self, resolve } = head;
  if (self === undefined) return undefined;
  const own = readings(self);
  const byStem = new Map<string, Map<number, string>>(own.map(([stem, number]) => [stem, new Map([[number, self]])]));
  const add = (href: string | undefined, says: (number: number) => boolean) => {
    if (href === undefined || href === '' || href.startsWith('#') || /^\s*(?:javascript|mailto|tel|data):/i.test(href))
      return;
    const url = resolve(href);
    if (url === undefined || url === self) return;
    for (const [stem, number] of readings(url)) {
      if (says(number)) byStem.get(stem)?.set(number, url);
    }
  };
  for (const { attribs } of segments.head.links) {
    if (/(?:^|\s)(?:next|prev)(?:\s|$)/i.test(attribs.rel ?? '')) add(attribs.href, () => true);
  }
  // Of a page's hundreds of links a handful names this article; only those are looked at.
  const names = own.map(([stem]) => fileName(stem));
  const mayBePage = (href: string) => href.startsWith('?') || names.some((name) => name !== '' && href.includes(name));
  for (const { element } of segments.anchors.slice(0, anchorsMax)) {
    if (!mayBePage(element.attribs.href ?? '')) continue;
    const text = textOf(element, 30);
    const digits = /^[[(（【\s]*(\d{1,2})[\])）】\s]*$/.exec(text)?.[1];
    if (digits !== undefined) add(element.attribs.href, (number) => Number(digits) === number);
    // Most others share the page, and lead elsewhere with its address in theirs.
    else if (text !== '' && words.test(text)) add(element.attribs.href, () => true);
  }
  for (const [stem, number] of own) {
    const pages = byStem.get(stem);
    const first = pages?.get(1);
    if (pages?.has(2) && first !== undefined) return { number, first, pages };
  }
  return undefined;
}

/** What an address may be: page 1 of itself, or a numbered page of something. */
function readings(url: string): [stem: string, number: number][] {
  const out: [string, number][] = [];
  for (const [pattern, stemOf] of forms) {
    const match = pattern.exec(url);
    const number = Number(match?.[2]);
    // `/archives/1` is an id; the first page of such an article has no number.
    if (pattern === segmentForm && number === 1) continue;
    // Zero counts some lists from the front; months and days of an address are no pages, but nobody links them as such.
    if (match && number >= 1 && number <= numberMax) out.push([stemOf(match).replace(/\/$/, ''), number]);
  }
  out.push([url.replace(/\/$/, ''), 1]);
  return out;
}
