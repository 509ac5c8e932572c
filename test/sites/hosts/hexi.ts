import { hexiColumns, hexiPlacements } from '../content/hexi.ts';
import type { Site, SitePage } from '../model.ts';
import { expectedOf, imagesOf, mainlandLead, type Printed, print } from '../placement.ts';
import { hexiArticle, hexiColumnOf, hexiFeed, hexiListPage, hexiName } from '../templates/hexi.ts';
import { byDate, robotsPage, skipped, storyOf, surroundings, textPage } from './build.ts';

const host = 'news.hexi.test';
const origin = `http://${host}`;
/** The server names no charset: it has to be found in the page. */
const html = 'text/html';
const charset = 'gb18030';

export function hexi(): Site {
  const style = { origin, lead: mainlandLead, offset: () => '+08:00' };
  const articles = byDate(hexiPlacements.map((placement) => print(placement, storyOf(placement.story), style)));
  const hot = articles.slice(3, 11).map((article) => article.link);
  return {
    host,
    name: hexiName,
    seeds: [`${origin}/rss/news.xml`, `${origin}/`],
    dead: ['/search'],
    pages: [
      robotsPage(['User-agent: *', 'Disallow: /search', 'Disallow: /cgi-bin/', 'Crawl-delay: 0.1']),
      textPage('/', html, () => hexiListPage(hexiName, articles.slice(0, 10), hot), {
        charset,
        expected: skipped('section_page'),
      }),
      textPage('/rss/news.xml', 'text/xml', () => hexiFeed(origin, articles.slice(0, 12)), {
        charset,
        etag: 'strong',
        expected: skipped('feed'),
      }),
      ...Object.values(hexiColumns).map(({ name, folder }) => {
        const own = articles.filter((article) => hexiColumnOf(article).folder === folder);
        return textPage(`/${folder}/`, html, () => hexiListPage(name, own, hot), {
          charset,
          expected: skipped('section_page'),
        });
      }),
      ...articles.map((article, index) => articlePage(articles, article, index)),
    ],
  };
}

function articlePage(articles: readonly Printed[], article: Printed, index: number): SitePage {
  return textPage(article.path, html, () => hexiArticle(article, surroundings(articles, index)), {
    charset,
    lastModified: article.publishedIso,
    expected: {
      outcome: 'indexed',
      story: article.story,
      article: expectedOf(article, {
        sectionPath: [hexiName, hexiColumnOf(article).name],
        inLanguage: 'zh-Hans',
        ...imagesOf(article, origin),
      }),
    },
  });
}
