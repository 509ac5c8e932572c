import { gzipSync } from 'node:zlib';
import { haojiangPlacements, haojiangSections, haojiangOldPage as oldPlacement } from '../content/haojiang.ts';
import type { Story } from '../content/story.ts';
import type { Site, SitePage } from '../model.ts';
import { expectedOf, hongKongLead, imagesOf, type Printed, print } from '../placement.ts';
import { toHongKong } from '../templates/gloss.ts';
import {
  haojiangArticle,
  haojiangFeed,
  haojiangListPage,
  haojiangName,
  haojiangOldPage,
  haojiangSectionOf,
} from '../templates/haojiang.ts';
import { byDate, robotsPage, skipped, storyOf, surroundings, textPage } from './build.ts';
import { seedHkDead, seedHkMoved, seedLink, seedPages } from './seed.ts';

const host = 'hk.haojiang.test';
const origin = `http://${host}`;
const packedPath = '/sitemaps/posts-1.xml.gz';
const html = 'text/html; charset=UTF-8';

/** The paper's own stories are traditional already; those from the mainland are put into traditional script. */
function localStory(key: string, section: string): Story {
  const story = storyOf(key);
  if (section !== 'china') return story;
  return { headline: toHongKong(story.headline), paragraphs: story.paragraphs.map(toHongKong) };
}

export function haojiang(): Site {
  const style = { origin, lead: hongKongLead, offset: () => '+08:00' };
  const articles = byDate(
    haojiangPlacements.map((placement) => print(placement, localStory(placement.story, placement.section), style)),
  );
  const old = print(oldPlacement, storyOf(oldPlacement.story), style);
  const hot = articles.slice(2, 10).map((article) => article.link);
  return {
    host,
    name: haojiangName,
    seeds: [`${origin}/`],
    dead: seedHkDead,
    compress: ['br', 'gzip'],
    pages: [
      robotsPage(['User-agent: *', 'Disallow: /wp-admin/', `Sitemap: ${origin}/sitemap.xml`]),
      textPage('/', html, () => haojiangListPage(haojiangName, articles.slice(0, 9), hot), {
        expected: skipped('section_page'),
      }),
      textPage(
        '/feed/atom.xml',
        'application/atom+xml; charset=UTF-8',
        () => haojiangFeed(origin, articles.slice(0, 9)),
        {
          etag: 'weak',
          expected: skipped('feed'),
        },
      ),
      textPage('/sitemap.xml', 'application/xml', sitemapIndex, { expected: skipped('sitemap') }),
      {
        path: packedPath,
        contentType: 'application/gzip',
        packed: true,
        body: () => gzipSync(sitemap([...articles, old])),
        expected: skipped('sitemap'),
      },
      ...Object.values(haojiangSections).map(({ name, slug }) => {
        const own = articles.filter((article) => haojiangSectionOf(article).slug === slug);
        const extra = slug === 'china' ? seedLink(host) : slug === 'local' ? [old.link] : [];
        return textPage(`/news/${slug}/`, html, () => haojiangListPage(name, own, hot, extra), {
          expected: skipped('section_page'),
        });
      }),
      ...articles.map((article, index) => articlePage(articles, article, index)),
      textPage(old.path, 'text/html', () => haojiangOldPage(old), {
        charset: 'big5',
        lastModified: old.publishedIso,
        expected: { outcome: 'indexed', story: old.story, article: expectedOf(old, { inLanguage: 'zh-Hant' }) },
      }),
      ...seedPages(host),
      ...seedHkMoved(host),
    ],
  };
}

function articlePage(articles: readonly Printed[], article: Printed, index: number): SitePage {
  return textPage(article.path, html, () => haojiangArticle(article, surroundings(articles, index)), {
    etag: 'weak',
    expected: {
      outcome: 'indexed',
      story: article.story,
      article: expectedOf(article, {
        sectionPath: [haojiangName, haojiangSectionOf(article).name],
        inLanguage: 'zh-Hant',
        canonicalUrl: article.url,
        ...imagesOf(article, origin),
      }),
    },
  });
}

function sitemapIndex(): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>${origin}${packedPath}</loc></sitemap>
</sitemapindex>`;
}

function sitemap(rows: readonly Printed[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${rows.map((row) => `<url><loc>${row.url}</loc><lastmod>${row.publishedIso}</lastmod></url>`).join('\n')}
</urlset>`;
}
