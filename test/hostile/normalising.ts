import { createMemoryClusters } from '../../packages/clusters/src/index.ts';
import type { Article } from '../../packages/contracts/src/index.ts';
import { createMemoryIndex, createMemoryVersions } from '../../packages/search-index/src/index.ts';
import { createIndexing, articleOf as indexedArticle } from '../../services/indexer/src/indexing.fixture.ts';
import { casesOf, type HostileCase } from './case.ts';
import { articleOf, hanziParagraphs, html, paragraphs, read, verdictOf } from './page.ts';

const ld = (value: unknown) =>
  `<script type="application/ld+json">${typeof value === 'string' ? value : JSON.stringify(value)}</script>`;
const news = (fields: object) =>
  ld({ '@context': 'https://schema.org', '@type': 'NewsArticle', headline: 'A story of the town', ...fields });
const story = (head: string, body = '') => articleOf(html(head, body + paragraphs));
/** The date of a page with that date in its data, and none in its address. */
const dated = (value: string) =>
  articleOf(html(`${news({ datePublished: value })}<meta name="pubdate" content="${value}">`, paragraphs), {
    url: 'http://www.example.com/stories/the-story-of-today.html',
  }).datePublished;

/** A text of 100,000 characters or so, in every place where a field is looked for. */
const everywhere = (text: string) => () => {
  const words = text.repeat(Math.ceil(100_000 / text.length));
  const attribute = words.replaceAll('"', '').replaceAll('<', '&lt;');
  const head = `<meta name="author" content="${attribute}"><meta name="pubdate" content="${attribute}"><meta name="source" content="${attribute}">${news({ author: words, datePublished: words })}`;
  const lines = `<div class="info source author date">${words}</div><p>${words}</p><p>（${words}</p>`;
  return verdictOf(read(html(head, `${lines}${paragraphs}<div class="editor">${words}</div>`)));
};

async function copies(): Promise<number> {
  const clusters = createMemoryClusters();
  const ids = Array.from({ length: 100 }, (_, n) => indexedArticle(`copy${n}`));
  const claims: string[] = [];
  for (const { id, fingerprint = '' } of ids) {
    claims.push((await clusters.claim({ id, fingerprint, rank: 1 }, Date.parse('2026-02-03T00:00:00Z'))).clusterId);
  }
  return new Set(claims).size;
}

/** A page that was an article and is now a page of spam: what is kept of it. */
async function replaced(): Promise<unknown> {
  const index = createMemoryIndex();
  const versions = createMemoryVersions();
  const indexing = createIndexing({ index, versions });
  const before = indexedArticle('site');
  const after: Article = {
    ...before,
    headline: 'Casino',
    body: 'Play now.',
    contentHash: 'another',
    fetchedAt: '2026-03-01T05:00:00Z',
    version: 2,
  };
  await indexing.add(before);
  await indexing.add(after);
  const kept = await versions.list(before.id);
  return [(await index.get(before.id))?.article.headline, kept.map(({ headline }) => headline)];
}

export const normalising: readonly HostileCase[] = casesOf('normalise', [
  [
    'h-194',
    'a canonical address on another site',
    ['http://www.example.com/news/2026/02/03/story.html', undefined],
    () => {
      const { url, canonicalUrl } = story('<link rel="canonical" href="http://victim.example.org/a">');
      return [url, canonicalUrl];
    },
  ],
  ['h-201', 'a date of the year 9999 in a zone that is none', undefined, () => dated('9999-12-31T23:59:59+99:99')],
  [
    'h-202',
    'a year of two digits',
    '2026-02-01',
    () => articleOf(html('', `<div class="info">26-02-01 08:30</div>${hanziParagraphs}`)).datePublished?.slice(0, 10),
  ],
  ['h-203', 'seconds since 1970 beyond all times', undefined, () => dated('100000000000000000000')],
  [
    'h-204',
    '__proto__ in JSON-LD',
    [undefined, 'A story of the town'],
    () => {
      const { headline } = story(
        ld('{"@type":"NewsArticle","headline":"A story of the town","__proto__":{"polluted":1}}'),
      );
      return [({} as { polluted?: number }).polluted, headline];
    },
  ],
  [
    'h-205',
    'constructor.prototype in JSON-LD',
    [undefined, 'A story of the town'],
    () => {
      const { headline } = story(
        ld('{"@type":"NewsArticle","headline":"A story of the town","constructor":{"prototype":{"polluted":1}}}'),
      );
      return [({} as { polluted?: number }).polluted, headline];
    },
  ],
  [
    'h-206',
    'JSON-LD nested 10,000 deep',
    'A story of the town',
    () => story(ld(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`)).headline,
  ],
  [
    'h-208',
    '10,000 graphs',
    'A story of the town',
    () => story(ld(`[${'{"@graph":[{"@type":"Thing"}]},'.repeat(10_000)}{}]`)).headline,
  ],
  [
    'h-209',
    'an author of 5 KB',
    true,
    () =>
      (story(news({ author: { '@type': 'Person', name: 'Anna '.repeat(1_000) } })).contributors ?? []).every(
        ({ name }) => name.length <= 128,
      ),
  ],
  [
    'h-210',
    '10,000 keywords',
    true,
    () =>
      (
        story(`<meta name="keywords" content="${Array.from({ length: 10_000 }, (_, n) => `word${n}`).join(',')}">`)
          .keywords ?? []
      ).length <= 32,
  ],
  [
    'h-211',
    'a source with markup and a line feed',
    true,
    () => {
      const { sourceChain = [], publisher } = story(
        '<meta name="source" content="&lt;b&gt;City\nPaper&lt;/b&gt;">',
        '<div class="info">来源：&lt;script&gt;日报\n社</div>',
      );
      return [...sourceChain, publisher?.name ?? ''].every((name) => !/[<>\n]/.test(name));
    },
  ],
  [
    'h-212',
    'a Chinese text that says it is English',
    'zh-Hans',
    () => articleOf(html('', hanziParagraphs).replace('<html>', '<html lang="en">')).inLanguage,
  ],
  ['h-213', 'one article under a hundred addresses is one story', 1, copies],
  ['h-215', 'an article that turns into spam', ['Casino', ['Headline of site']], replaced],
  ['h-268', '100 KB of digits and signs where a date may be', 'article', everywhere('1111111111-11-11 11:11:11')],
  ['h-270', '100 KB of dots and letters where an address may be', 'article', everywhere('http://a.a.a.a.a.a.a.a')],
  ['h-271', '100 KB without a dot where a mail address may be', 'article', everywhere(`a@${'a'.repeat(5_000)}`)],
  ['h-273', '100 KB of <', 'article', everywhere('<')],
  ['h-275', '100 KB of 来源：', 'article', everywhere('来源：')],
  ['h-277', '100 KB of 记者', 'article', everywhere('记者 ')],
  ['h-278', '100 KB of brackets that are opened', 'article', everywhere('（记者')],
  ['h-279', '100 KB of version numbers', 'article', everywhere('Mozilla/5.0 5.0 ')],
]);
