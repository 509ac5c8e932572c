import type { SearchHit } from '@newsmill/search-index';

/** A search as a feed: what the three formats have in common. */
export interface Feed {
  readonly title: string;
  /** The page for people and the feed itself; absolute. */
  readonly pageUrl: string;
  readonly feedUrl: string;
  readonly hits: readonly SearchHit[];
}

export const feedFormats = {
  rss: { type: 'application/rss+xml; charset=utf-8', render: toRss },
  atom: { type: 'application/atom+xml; charset=utf-8', render: toAtom },
  json: { type: 'application/feed+json; charset=utf-8', render: toJsonFeed },
} as const satisfies Record<string, { readonly type: string; readonly render: (feed: Feed) => string }>;
export type FeedFormat = keyof typeof feedFormats;

/** Characters that XML 1.0 cannot hold even escaped. */
const notXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(notXml, ' ')
    .replace(/[&<>"]/g, (found) => entities[found] ?? found);

const element = (name: string, text: string | undefined): string =>
  text === undefined || text === '' ? '' : `<${name}>${escapeXml(text)}</${name}>`;

const authorsOf = ({ article }: SearchHit): string[] =>
  (article.contributors ?? [])
    .filter(({ role }) => ['author', 'reporter', 'correspondent'].includes(role))
    .map(({ name }) => name);

const summaryOf = ({ article, highlights }: SearchHit): string =>
  article.description ?? (highlights.body ?? []).join(' … ');

const idOf = ({ id }: SearchHit): string => `urn:newsmill:article:${id}`;
const moment = (date: string | undefined): Date | undefined => {
  const at = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(at) ? undefined : new Date(at);
};
const categoriesOf = ({ article }: SearchHit): string[] => [
  ...new Set([...(article.sectionPath ?? []), ...(article.keywords ?? [])]),
];
const categoriesMax = 20;

/** RSS 2.0 (rssboard.org/rss-specification) with the Dublin Core and Atom elements that readers know. */
function toRss({ title, pageUrl, feedUrl, hits }: Feed): string {
  const items = hits.map((hit) => {
    const { article } = hit;
    return [
      '<item>',
      element('title', article.headline),
      element('link', article.url),
      `<guid isPermaLink="false">${escapeXml(idOf(hit))}</guid>`,
      element('pubDate', moment(article.datePublished)?.toUTCString()),
      ...authorsOf(hit).map((name) => element('dc:creator', name)),
      ...categoriesOf(hit)
        .slice(0, categoriesMax)
        .map((name) => element('category', name)),
      element('description', escapeXml(summaryOf(hit))),
      '</item>',
    ].join('');
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>',
    element('title', title),
    element('link', pageUrl),
    element('description', title),
    `<atom:link rel="self" type="application/rss+xml" href="${escapeXml(feedUrl)}"/>`,
    ...items,
    '</channel></rss>\n',
  ].join('\n');
}

/** Atom (RFC 4287). */
function toAtom({ title, pageUrl, feedUrl, hits }: Feed): string {
  const updatedOf = ({ article }: SearchHit) =>
    (
      moment(article.dateModified) ??
      moment(article.datePublished) ??
      moment(article.firstSeenAt) ??
      new Date(0)
    ).toISOString();
  const entries = hits.map((hit) => {
    const { article } = hit;
    return [
      '<entry>',
      element('id', idOf(hit)),
      element('title', article.headline) || '<title/>',
      `<link rel="alternate" href="${escapeXml(article.url)}"/>`,
      element('published', moment(article.datePublished)?.toISOString()),
      element('updated', updatedOf(hit)),
      // The format wants an author for each entry.
      ...[...authorsOf(hit), article.site.name ?? article.site.domain]
        .slice(0, Math.max(1, authorsOf(hit).length))
        .map((name) => `<author>${element('name', name)}</author>`),
      ...categoriesOf(hit)
        .slice(0, categoriesMax)
        .map((name) => `<category term="${escapeXml(name)}"/>`),
      element('summary', summaryOf(hit)),
      '</entry>',
    ].join('');
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    element('id', feedUrl),
    element('title', title),
    element('updated', hits.map(updatedOf).sort().at(-1) ?? new Date(0).toISOString()),
    `<link rel="self" href="${escapeXml(feedUrl)}"/><link rel="alternate" type="text/html" href="${escapeXml(pageUrl)}"/>`,
    ...entries,
    '</feed>\n',
  ].join('\n');
}

/** JSON Feed 1.1 (jsonfeed.org/version/1.1). */
function toJsonFeed({ title, pageUrl, feedUrl, hits }: Feed): string {
  const items = hits.map((hit) => ({
    id: idOf(hit),
    url: hit.article.url,
    title: hit.article.headline,
    content_text: summaryOf(hit),
    image: hit.article.images?.[0]?.url,
    date_published: hit.article.datePublished,
    date_modified: hit.article.dateModified,
    authors: authorsOf(hit).map((name) => ({ name })),
    tags: categoriesOf(hit).slice(0, categoriesMax),
    language: hit.article.inLanguage,
  }));
  const version = 'https://jsonfeed.org/version/1.1';
  return JSON.stringify({ version, title, home_page_url: pageUrl, feed_url: feedUrl, items });
}
