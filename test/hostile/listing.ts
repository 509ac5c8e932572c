import { gzipSync } from 'node:zlib';
import { decodeBody } from '../../packages/archive/src/index.ts';
import { looksLikeTrap } from '../../packages/core/src/url/index.ts';
import { startTestServer } from '../../packages/fetch/src/test-server.ts';
import { casesOf, type HostileCase } from './case.ts';
import { read, verdictOf } from './page.ts';
import { crawl } from './world.ts';

const at = 'http://www.example.com/feed.xml';
const list = (text: string) => read(text, { url: at, contentType: 'application/xml' });
const rss = (items: string, head = '') =>
  `<?xml version="1.0"?>${head}<rss version="2.0"><channel><title>News</title>${items}</channel></rss>`;
const item = (n: number | string, title = `Story ${n}`) =>
  `<item><title>${title}</title><link>http://www.example.com/news/2026/02/${n}.html</link></item>`;
const sitemap = (entries: string) =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries}</urlset>`;
const url = (n: number | string, more = '') =>
  `<url><loc>http://www.example.com/news/2026/02/${n}.html</loc>${more}</url>`;
const times = (count: number, make: (n: number) => string) => Array.from({ length: count }, (_, n) => make(n)).join('');

/** Ten entities, each of ten of the one before: 10^10 characters once they are written out. */
const laughs = `<!DOCTYPE rss [<!ENTITY l0 "ha">${times(9, (n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`)}]>`;

const html = (body: string) => {
  const text = `<!doctype html><title>Calendar</title>${body}`;
  return `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
};

/** How many URLs of a site become known whose every page links to more pages of the same kind. */
async function knownOf(
  start: string,
  links: (path: string, host: string) => string[],
  hosts = ['site.test'],
): Promise<number> {
  await using server = await startTestServer({}, (socket, head) => {
    const [, path = ''] = head.split(' ');
    const host = /^host: ([^\r:]+)/im.exec(head)?.[1] ?? '';
    const body = links(path, host).map((href) => `<a href="${href}">More of this in great detail, day by day</a> `);
    socket.write(path === '/robots.txt' ? 'HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n' : html(body.join('')));
  });
  const source = { domain: hosts[0] ?? '', depthMax: 5, urlsMax: 50 };
  return (await crawl(start, server.port, { source, turnsMax: 200 })).rows.length;
}

export const listing: readonly HostileCase[] = casesOf('feed/sitemap', [
  [
    'h-154',
    'entities within entities are not written out',
    ['too_short', true],
    () => {
      const page = list(rss(item(1, '&l9;'), laughs));
      return [verdictOf(page), JSON.stringify(page.links).length < 1_000];
    },
  ],
  [
    'h-158',
    '100,000 nested elements',
    ['feed', true],
    () => {
      const page = list(rss(`${'<a>'.repeat(100_000)}${item(1)}`));
      return [verdictOf(page), page.links.length <= 1];
    },
  ],
  [
    'h-161',
    'an & that is not escaped, and entities of HTML',
    'A & B C',
    () => list(rss(item(1, 'A & B&nbsp;C'))).links[0]?.text,
  ],
  [
    'h-162',
    'NUL in a feed',
    ['http://www.example.com/news/2026/02/1.html'],
    () => list(rss(item(1, 'a\0b'))).links.map((link) => link.url),
  ],
  [
    'h-163',
    'an item of 10 MB',
    true,
    () => (list(rss(item(1, `<![CDATA[${'x '.repeat(5_000_000)}]]>`))).links[0]?.text?.length ?? 0) <= 1_000,
  ],
  ['h-164', '50,000 items', true, () => list(rss(times(50_000, item))).links.length <= 10_000],
  [
    'h-168',
    'an index of 60,000 sitemaps',
    50_000,
    () =>
      list(
        `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${times(60_000, (n) => `<sitemap><loc>http://www.example.com/s/${n}.xml</loc></sitemap>`)}</sitemapindex>`,
      ).links.length,
  ],
  [
    'h-169',
    'a sitemap that is a gzip bomb',
    { failed: 'too_large' },
    () => decodeBody({ headers: [], body: gzipSync(Buffer.alloc(64 << 20, 97)) }, 10_000_000),
  ],
  [
    'h-171',
    'dates that are none, of the year 1 and of the year 9999',
    [undefined, undefined, undefined],
    () =>
      list(
        sitemap(
          ['9999-99-99', '0001-01-01', '9999-01-01'].map((day, n) => url(n, `<lastmod>${day}</lastmod>`)).join(''),
        ),
      ).links.map((link) => link.datePublished),
  ],
  [
    'h-172',
    'entries that are no web addresses',
    1,
    () =>
      list(sitemap(`<url><loc>file:///etc/passwd</loc></url><url><loc>javascript:alert(1)</loc></url>${url(1)}`)).links
        .length,
  ],
  [
    'h-173',
    'a calendar without end',
    true,
    async () =>
      (await knownOf('http://site.test/cal?d=2026-02-01', (path) => {
        const day = new Date(Date.parse(/d=([\d-]+)/.exec(path)?.[1] ?? '2026-02-01') + 86_400_000)
          .toISOString()
          .slice(0, 10);
        return [`/cal?d=${day}`, `/cal?d=${day}&view=week`];
      })) <= 50,
  ],
  [
    'h-174',
    'parameters in every order',
    true,
    async () =>
      (await knownOf('http://site.test/list?a=1', (path) => {
        const n = path.length;
        return times(6, (k) => `/list?p${k}=${n}&q=${n + k} /list?q=${n + k}&p${k}=${n} `)
          .trim()
          .split(' ');
      })) <= 50,
  ],
  [
    'h-176',
    'a path that grows',
    ['path-repeats', 'path-too-deep'],
    () => [
      looksLikeTrap(`http://site.test${'/a'.repeat(8)}`),
      looksLikeTrap(`http://site.test${times(20, (n) => `/${n}`)}`),
    ],
  ],
  [
    'h-177',
    'hosts without end',
    true,
    async () =>
      (await knownOf(
        'http://x0.site.test/',
        (_path, host) => {
          const next = Number(/^x(\d+)/.exec(host)?.[1] ?? 0);
          return times(10, (n) => `http://x${next * 10 + n + 1}.site.test/ `)
            .trim()
            .split(' ');
        },
        ['site.test'],
      )) <= 60,
  ],
]);
