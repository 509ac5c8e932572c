import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { articleAt, articlePath, isBad, newestPaths, type WorldHost } from './host.ts';

/** What a host does with a request: an answer, or one of the ways in which servers fail. */
export type Answer =
  | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string | Uint8Array }
  /** `drip`: a byte now and then, for ever. `silent`: not a word. `endless`: a body without end. `cut`: half a body. */
  | { readonly act: 'drip' | 'silent' | 'endless' | 'cut' | 'reset' };

const html = { 'content-type': 'text/html; charset=utf-8' };
const xml = { 'content-type': 'application/xml' };
const notFound: Answer = { status: 404, headers: html, body: '' };
const page = (title: string, body: string, head = ''): Answer => ({
  status: 200,
  headers: html,
  body: `<!doctype html><html lang="en"><head><title>${title}</title>${head}</head><body>${body}</body></html>`,
});

/** 30 MB of nothing in 30 KB. */
const bomb = gzipSync(Buffer.alloc(30_000_000));

export interface Asked {
  readonly path: string;
  readonly query: string;
  readonly etag: string | undefined;
}

export function answerOf(host: WorldHost, asked: Asked): Answer {
  const { manner } = host;
  const { path } = asked;
  if (path === '/robots.txt') return robots(host);
  if (isBad(manner)) return badAnswer(host, asked);
  const known = articleAt(path);
  if (known !== undefined) return article(host, known);
  const amp = /^\/amp(\/news\/.+)$/.exec(path)?.[1];
  if (amp !== undefined && manner === 'amp') return article(host, articleAt(amp) ?? -1, 'amp');
  if (path === '/') return frontPage(host);
  if (manner === 'calendar' && path.startsWith('/agenda/')) return calendar(path);
  if (manner === 'facets' && path === '/shop') return facets(asked.query);
  if (manner === 'sitemap' && path.startsWith('/map')) return sitemap(host, path);
  if (manner === 'news-sitemap' && path === '/news-map.xml.gz') return newsSitemap(host);
  if (manner === 'moved' && path === '/feed') return { status: 301, headers: { location: '/feeds/all' }, body: '' };
  const feedPath = manner === 'moved' ? '/feeds/all' : '/feed';
  return path === feedPath && hasFeed(host) ? feed(host, asked) : notFound;
}

const hasFeed = ({ manner }: WorldHost) => !['section', 'sitemap', 'news-sitemap'].includes(manner);

function robots({ manner, name }: WorldHost): Answer {
  const lines = ['user-agent: *', 'disallow: /private/'];
  if (manner === 'crawl-delay') lines.push('crawl-delay: 0.3');
  if (manner === 'sitemap') lines.push(`sitemap: http://${name}/map-index.xml`);
  if (manner === 'news-sitemap') lines.push(`sitemap: http://${name}/news-map.xml.gz`);
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: lines.join('\n') };
}

function article(host: WorldHost, index: number, form?: 'amp'): Answer {
  const known = host.articles[index];
  if (known === undefined) return notFound;
  const path = articlePath(index);
  // Whoever reads the AMP view has not read the page proper.
  if (form === undefined) {
    known.fetchedAt ??= performance.now();
    known.fetches += 1;
  }
  const title = `News ${index} of ${host.name}`;
  const text = `<p>${`Sentence ${index} of the news of ${host.name}, which somebody wrote for this test. `.repeat(6)}</p>`;
  const head =
    host.manner !== 'amp'
      ? ''
      : form === 'amp'
        ? `<link rel="canonical" href="${path}">`
        : `<link rel="amphtml" href="/amp${path}">`;
  const made = page(title, `<h1>${title}</h1>${text.repeat(3)}`, head);
  if ('act' in made) return made;
  if (host.manner === 'brotli')
    return { ...made, headers: { ...made.headers, 'content-encoding': 'br' }, body: brotliCompressSync(made.body) };
  if (host.manner === 'zstd')
    return { ...made, headers: { ...made.headers, 'content-encoding': 'zstd' }, body: zstdCompressSync(made.body) };
  return made;
}

function frontPage(host: WorldHost): Answer {
  const { manner } = host;
  // Of a host with a liar's feed or with sitemaps the front page tells nothing: what they hide is found by nobody else.
  const told = ['section', 'calendar', 'facets', 'amp'].includes(manner) ? newestPaths(host) : [];
  const links = told.map((link) => {
    const address = manner === 'amp' ? `/amp${link}` : link;
    return `<li><a href="${address}">A headline that is long enough to be one, ${link}</a></li>`;
  });
  if (manner === 'calendar') links.push('<li><a href="/agenda/2026/06/01/">Agenda</a></li>');
  if (manner === 'facets') links.push('<li><a href="/shop?sort=a">Shop</a></li>');
  const head = hasFeed(host) ? '<link rel="alternate" type="application/rss+xml" href="/feed">' : '';
  return page(host.name, `<ul>${links.join('')}</ul>`, head);
}

/** Every day leads to the next, the last, and those of the next month, for ever: nothing in the address says "calendar". */
function calendar(path: string): Answer {
  const [, year, month, day] = /^\/agenda\/(\d{4})\/(\d\d)\/(\d\d)\/$/.exec(path) ?? [];
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (Number.isNaN(at)) return notFound;
  const links = [-30, -7, -1, 1, 2, 3, 7, 30].map((days) => {
    const date = new Date(at + days * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '/');
    return `<a href="/agenda/${date}/">${date}</a>`;
  });
  return page(`Agenda ${path}`, links.join(' '));
}

/** A list that can be sorted and filtered in ever more ways. */
function facets(query: string): Answer {
  const links = ['a', 'b', 'c', 'd', 'e', 'f'].map((name, at) => {
    const more = `${query === '' ? '?' : `${query}&`}f${name}${query.length % 97}=${at}`;
    return `<a href="/shop${more}">Filter ${name}</a>`;
  });
  return page('Shop', links.join(' '));
}

function sitemap(host: WorldHost, path: string): Answer {
  // One file per 50 articles, as large sites have them per day; the last one grows.
  const files = Math.max(1, Math.ceil(host.articles.length / 50));
  const address = (link: string) => `http://${host.name}${link}`;
  if (path === '/map-index.xml') {
    const items = Array.from({ length: files }, (_, n) => `<sitemap><loc>${address(`/map-${n}.xml`)}</loc></sitemap>`);
    return { status: 200, headers: xml, body: `<sitemapindex>${items.join('')}</sitemapindex>` };
  }
  const file = Number(/^\/map-(\d+)\.xml$/.exec(path)?.[1] ?? files);
  if (file >= files) return notFound;
  const items = host.articles
    .map((_, index) => `<url><loc>${address(articlePath(index))}</loc></url>`)
    .slice(file * 50, file * 50 + 50);
  return { status: 200, headers: xml, body: `<urlset>${items.join('')}</urlset>` };
}

function newsSitemap(host: WorldHost): Answer {
  const items = newestPaths(host).map(
    (link) =>
      `<url><loc>http://${host.name}${link}</loc><news:news><news:title>News</news:title><news:publication_date>2026-06-01</news:publication_date></news:news></url>`,
  );
  const text = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">${items.join('')}</urlset>`;
  return { status: 200, headers: { 'content-type': 'application/gzip' }, body: gzipSync(text) };
}

function feed(host: WorldHost, { etag }: Asked): Answer {
  const { manner } = host;
  host.asked += 1;
  if (manner === 'busy' && host.asked % 5 === 0) return { status: 503, headers: { 'retry-after': '1' }, body: '' };
  if (manner === 'flaky' && host.asked % 3 === 0) return { act: host.asked % 2 === 0 ? 'reset' : 'cut' };
  const links = newestPaths(host).map((path) => `http://${host.name}${path}`);
  if (manner === 'json-feed') {
    const items = links.map((url) => ({ id: url, url, title: 'News' }));
    const body = JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: host.name, items });
    return { status: 200, headers: { 'content-type': 'application/feed+json' }, body };
  }
  if (manner === 'atom') {
    const items = links.map((url) => `<entry><title>News</title><id>${url}</id><link href="${url}"/></entry>`);
    const body = `<feed xmlns="http://www.w3.org/2005/Atom"><title>${host.name}</title>${items.join('')}</feed>`;
    return { status: 200, headers: { 'content-type': 'application/atom+xml' }, body };
  }
  const items = links.map((url) => `<item><title>News</title><link>${url}</link></item>`);
  const body = `<rss version="2.0"><channel><title>${host.name}</title>${items.join('')}</channel></rss>`;
  const headers: Record<string, string> = { 'content-type': 'application/rss+xml' };
  if (manner === 'etag' || manner === 'liar') {
    headers.etag = manner === 'liar' ? '"for-ever"' : `"${host.articles.length}"`;
    if (etag === headers.etag) return { status: 304, headers, body: '' };
  }
  return { status: 200, headers, body };
}

function badAnswer(host: WorldHost, { path }: Asked): Answer {
  switch (host.manner) {
    case 'loris':
      return { act: 'drip' };
    case 'silent':
      return { act: 'silent' };
    case 'endless':
      return { act: 'endless' };
    case 'bomb':
      return { status: 200, headers: { ...html, 'content-encoding': 'gzip' }, body: bomb };
    case 'loop':
      return { status: 302, headers: { location: path === '/' ? '/round' : '/' }, body: '' };
    case 'cut':
      return { act: 'cut' };
    default:
      return { act: 'reset' };
  }
}
