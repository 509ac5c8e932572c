import type { Feed, FeedFailure, FeedFormat } from './feed.ts';
import { FeedBuilder, type RawHead } from './feed-builder.ts';
import { walkXml, type XmlElement } from './xml.ts';

/** Reads RSS 0.9x, 1.0 and 2.0, RDF and Atom. They differ in names more than in shape, so one walk reads them all. */
export function parseXmlFeed(text: string, baseUrl: string): Feed | { readonly failed: FeedFailure } {
  const builder = new FeedBuilder(baseUrl);
  const head: RawHead = {};
  const period: { name?: string | undefined; frequency?: string | undefined } = {};
  let format: FeedFormat | undefined;
  let item: ItemDraft | undefined;

  const failed = walkXml(text, {
    open(path) {
      const element = path.at(-1);
      if (element === undefined) return undefined;
      if (format === undefined) {
        format = FORMATS[element.name];
        return undefined;
      }
      if (isItem(element)) {
        item = { links: {}, authors: [], base: baseOf(path), about: element.attributes['rdf:about'] };
        return undefined;
      }
      if (isAuthorsName(path)) return 'text';
      const parent = path.at(-2);
      if (parent === undefined || !(isItem(parent) || isHead(parent))) return undefined;
      if (format === 'atom' && element.name === 'author') return undefined;
      if (element.name === 'link' && element.attributes.href !== undefined) {
        readLink(element, isItem(parent) ? item?.links : undefined, head);
      }
      return 'text';
    },
    close(path, text, whole) {
      const element = path.at(-1);
      const parent = path.at(-2);
      if (element === undefined || format === undefined) return undefined;
      if (isItem(element) && item !== undefined) {
        // An item that the end of the file cut off may have half a URL.
        if (whole) builder.add(finishItem(item));
        item = undefined;
        return builder.isFull ? 'stop' : undefined;
      }
      if (text === undefined || !whole || parent === undefined) return undefined;
      if (isAuthorsName(path)) item?.authors.push(text);
      else if (isItem(parent)) {
        if (item !== undefined) readItemField(item, element, text);
      } else readHeadField(head, period, element, text);
      return undefined;
    },
  });

  if (failed !== undefined) return { failed };
  if (format === undefined) return { failed: 'not_a_feed' };
  head.ttlMs ??= periodMs(period);
  return builder.build(format, head);
}

const FORMATS: Readonly<Record<string, FeedFormat>> = { rss: 'rss', channel: 'rss', rdf: 'rdf', feed: 'atom' };

interface ItemDraft {
  readonly links: { alternate?: string; other?: string; original?: string; text?: string };
  readonly authors: string[];
  readonly base: string | undefined;
  readonly about: string | undefined;
  title?: string;
  guid?: string;
  published?: string;
  modified?: string;
}

function isItem({ name, prefix }: XmlElement): boolean {
  return (name === 'item' || name === 'entry') && prefix !== 'media';
}

/** Atom's `author` has elements inside: a name, and perhaps addresses. */
function isAuthorsName(path: readonly XmlElement[]): boolean {
  const [item, author, name] = path.slice(-3);
  return name?.name === 'name' && author?.name === 'author' && item !== undefined && isItem(item);
}

function isHead({ name }: XmlElement): boolean {
  return name === 'channel' || name === 'feed';
}

/** The nearest `xml:base` (RFC 4287 §2). */
function baseOf(path: readonly XmlElement[]): string | undefined {
  return path.findLast(({ attributes }) => attributes['xml:base'] !== undefined)?.attributes['xml:base'];
}

/** An Atom link, which RSS feeds use too: RFC 4287 §4.2.7. */
function readLink({ attributes }: XmlElement, links: ItemDraft['links'] | undefined, head: RawHead): void {
  const { href, type = '' } = attributes;
  const rel = attributes.rel?.toLowerCase() ?? 'alternate';
  if (href === undefined) return;
  if (links !== undefined) {
    if (rel === 'alternate' && (type === '' || /html/i.test(type))) links.alternate ??= href;
    else if (rel === 'alternate') links.other ??= href;
    return;
  }
  if (rel === 'alternate') head.site ??= href;
  else if (rel === 'self') head.self ??= href;
  else if (rel === 'hub') head.hub ??= href;
  else if (rel === 'next') head.next ??= href;
}

/** `media:title`, `itunes:title` and the like say less than the feed's own elements. */
const OWN_PREFIXES: ReadonlySet<string> = new Set(['', 'rss', 'atom', 'a10', 'dc', 'dcterms', 'content', 'sy', 'rdf']);

function readItemField(item: ItemDraft, element: XmlElement, text: string): void {
  const { name, prefix, attributes } = element;
  if (name === 'origlink' || name === 'origurl') item.links.original ??= text;
  if (!OWN_PREFIXES.has(prefix)) return;
  switch (name) {
    case 'title':
      item.title ??= text;
      break;
    case 'link':
      if (text.trim() !== '') item.links.text ??= text;
      break;
    case 'guid':
      if (attributes.ispermalink?.toLowerCase() !== 'false') item.guid ??= text;
      break;
    case 'id':
      item.guid ??= text;
      break;
    case 'author':
    case 'creator':
      item.authors.push(text);
      break;
    case 'pubdate':
    case 'published':
    case 'issued':
    case 'date':
    case 'created':
      item.published ??= text;
      break;
    case 'updated':
    case 'modified':
      item.modified ??= text;
      break;
  }
}

function finishItem(item: ItemDraft) {
  const { original, alternate, text, other } = item.links;
  // An id is a URL only if it says so itself: it may be `tag:`, `urn:` or a bare number that would resolve against anything.
  const byId = [item.guid, item.about].filter((each) => /^\s*https?:\/\//i.test(each ?? ''));
  const { title, authors, published, modified, base } = item;
  return { urls: [original, alternate, text, ...byId, other], base, title, authors, published, modified };
}

function readHeadField(
  head: RawHead,
  period: { name?: string | undefined; frequency?: string | undefined },
  { name, prefix }: XmlElement,
  text: string,
): void {
  if (prefix === 'sy' && name === 'updateperiod') period.name ??= text.trim().toLowerCase();
  if (prefix === 'sy' && name === 'updatefrequency') period.frequency ??= text.trim();
  if (!OWN_PREFIXES.has(prefix)) return;
  switch (name) {
    case 'title':
      head.title ??= text;
      break;
    case 'link':
      if (text.trim() !== '') head.site ??= text;
      break;
    case 'language':
      head.language ??= text;
      break;
    case 'lastbuilddate':
    case 'updated':
      head.modified ??= text;
      break;
    case 'ttl':
      if (/^\s*\d{1,6}\s*$/.test(text)) head.ttlMs ??= Number(text) * 60_000;
      break;
  }
}

const HOUR_MS = 3_600_000;
const PERIODS: Readonly<Record<string, number>> = {
  hourly: HOUR_MS,
  daily: 24 * HOUR_MS,
  weekly: 168 * HOUR_MS,
  monthly: 720 * HOUR_MS,
  yearly: 8_760 * HOUR_MS,
};

/** RSS 1.0 syndication module: so many times in a period, once a day if nothing is said. */
function periodMs({
  name,
  frequency,
}: {
  name?: string | undefined;
  frequency?: string | undefined;
}): number | undefined {
  if (name === undefined && frequency === undefined) return undefined;
  const length = PERIODS[name ?? 'daily'];
  const times = frequency === undefined ? 1 : /^\d{1,5}$/.test(frequency) ? Number(frequency) : Number.NaN;
  return length === undefined || !(times > 0) ? undefined : Math.round(length / times);
}
