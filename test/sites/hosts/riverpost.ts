import { riverpostPlacements, riverpostSections } from '../content/riverpost.ts';
import type { Site, SitePage } from '../model.ts';
import { englishLead, expectedOf, imagesOf, type Printed, print } from '../placement.ts';
import {
  riverpostArticle,
  riverpostGallery,
  riverpostListPage,
  riverpostLiveBlog,
  riverpostName,
  riverpostNewsSitemap,
  riverpostPaywall,
  riverpostSectionOf,
  riverpostVideo,
} from '../templates/riverpost.ts';
import { byDate, robotsPage, skipped, storyOf, surroundings, textPage } from './build.ts';

const host = 'en.riverpost.test';
const origin = `http://${host}`;
const html = 'text/html; charset=utf-8';

const livePath = '/live/election-night-2025/';
const galleryPath = '/photos/river-days-2026/';
const videoPath = '/video/ice-goes-out/';
const paywallPath = '/2026/09/20/inside-the-mill-deal/';

const specials = `<div class="promo"><h3><a href="${livePath}">LIVE: Election night</a></h3><h3><a href="${galleryPath}">Photos: River Days 2026</a></h3><h3><a href="${videoPath}">Watch: the ice goes out at Mill Bend</a></h3><h3><a href="${paywallPath}">Subscribers: Inside the mill deal</a></h3></div>\n`;

/** Central time: daylight saving from the second Sunday of March to the first of November. */
function centralOffset(published: string): string {
  const year = Number(published.slice(0, 4));
  const sunday = (month: number, nth: number): number => {
    const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
    return Date.UTC(year, month, 1 + ((7 - first) % 7) + (nth - 1) * 7);
  };
  const day = Date.parse(`${published.slice(0, 10)}T00:00:00Z`);
  return day >= sunday(2, 2) && day < sunday(10, 1) ? '-05:00' : '-06:00';
}

export function riverpost(): Site {
  const style = { origin, lead: englishLead, offset: centralOffset };
  const articles = byDate(riverpostPlacements.map((placement) => print(placement, storyOf(placement.story), style)));
  const hot = articles.slice(4, 12).map((article) => article.link);
  return {
    host,
    name: riverpostName,
    seeds: [`${origin}/`],
    dead: [],
    compress: ['zstd', 'br', 'gzip'],
    pages: [
      robotsPage(['User-agent: *', 'Disallow: /account/', '', `Sitemap: ${origin}/news-sitemap.xml`]),
      textPage('/', html, () => riverpostListPage(riverpostName, articles.slice(0, 5), hot, specials), {
        expected: skipped('section_page'),
      }),
      textPage('/news-sitemap.xml', 'application/xml; charset=utf-8', () => riverpostNewsSitemap(articles), {
        lastModified: articles[0]?.publishedIso ?? '',
        expected: skipped('sitemap'),
      }),
      ...Object.values(riverpostSections).map(({ name, slug }) => {
        const own = articles.filter((article) => riverpostSectionOf(article).slug === slug);
        return textPage(`/${slug}/`, html, () => riverpostListPage(name, own, hot), {
          expected: skipped('section_page'),
        });
      }),
      ...articles.map((article, index) => articlePage(articles, article, index)),
      textPage(livePath, html, () => riverpostLiveBlog(origin, livePath), { expected: skipped('live_blog') }),
      textPage(galleryPath, html, riverpostGallery, { expected: skipped('gallery') }),
      textPage(videoPath, html, riverpostVideo, { expected: skipped('video') }),
      textPage(paywallPath, html, () => riverpostPaywall(origin, paywallPath), { expected: skipped('paywall') }),
    ],
  };
}

function articlePage(articles: readonly Printed[], article: Printed, index: number): SitePage {
  const around = { ...surroundings(articles, index), origin, index };
  return textPage(article.path, html, () => riverpostArticle(article, around), {
    lastModified: article.publishedIso,
    etag: 'strong',
    headers: { 'cache-control': 'public, max-age=60' },
    expected: {
      outcome: 'indexed',
      story: article.story,
      article: expectedOf(article, {
        sectionPath: [riverpostName, riverpostSectionOf(article).name],
        publisher: { name: riverpostName },
        inLanguage: 'en',
        canonicalUrl: article.url,
        isAccessibleForFree: true,
        ...imagesOf(article, origin),
      }),
    },
  });
}
