import { longyuanPlacements, longyuanSections } from '../content/longyuan.ts';
import type { Site, SitePage } from '../model.ts';
import { expectedOf, imagesOf, mainlandLead, type Printed, print } from '../placement.ts';
import {
  longyuanArticleA,
  longyuanArticleB,
  longyuanHome,
  longyuanList,
  longyuanListPage,
  longyuanName,
  longyuanRefresh,
} from '../templates/longyuan.ts';
import { byDate, robotsPage, skipped, storyOf, surroundings, textPage } from './build.ts';
import { seedLink, seedPages } from './seed.ts';

const host = 'www.longyuan.test';
const origin = `http://${host}`;
const html = 'text/html; charset=utf-8';
const rowsPerList = 6;

const sectionOf = (article: Printed): (typeof longyuanSections)[keyof typeof longyuanSections] =>
  longyuanSections[article.section as keyof typeof longyuanSections];

export function longyuan(): Site {
  const style = { origin, lead: mainlandLead, offset: () => '+08:00' };
  const articles = byDate(longyuanPlacements.map((placement) => print(placement, storyOf(placement.story), style)));
  const refresh = '/zt/2023/bstl/index.shtml';
  const railway = articles.find((article) => article.story === 'railway')?.path ?? '/';
  return {
    host,
    name: longyuanName,
    seeds: [`${origin}/`],
    compress: ['gzip'],
    dead: ['/system/2020/02/30/010000404.shtml'],
    pages: [
      robotsPage(['User-agent: *', 'Disallow: /admin/', 'Crawl-delay: 0.1']),
      textPage('/', html, () => longyuanHome(articles.slice(0, 8), [{ href: refresh, title: '北山铁路通车倒计时' }]), {
        expected: skipped('section_page'),
      }),
      ...articles.map((article, index) => articlePage(articles, article, index)),
      ...listPages('0018003', '陇原新闻', articles),
      ...listPages('0018005', '甘肃省情', articles),
      textPage(refresh, html, () => longyuanRefresh(railway), {
        expected: skipped('redirect_page', { target: origin + railway }),
      }),
      ...seedPages(host),
    ],
  };
}

function articlePage(articles: readonly Printed[], article: Printed, index: number): SitePage {
  const template = article.published >= '2024' ? longyuanArticleA : longyuanArticleB;
  const sectionPath = [longyuanName, ...sectionOf(article).path];
  return textPage(article.path, html, () => template(article, surroundings(articles, index)), {
    lastModified: article.publishedIso,
    etag: 'strong',
    expected: {
      outcome: 'indexed',
      story: article.story,
      article: expectedOf(article, { sectionPath, inLanguage: 'zh-Hans', ...imagesOf(article, origin) }),
    },
  });
}

function listPages(list: string, name: string, articles: readonly Printed[]): SitePage[] {
  const own = articles.filter((article) => sectionOf(article).list === list);
  const rows = own.map((article) => ({ ...article.link, day: article.published.slice(0, 10) }));
  // The dead link and the seed stand where an old portal has them: at the very end of a list.
  if (list === '0018005') rows.push(...seedLink(host).map((link) => ({ ...link, day: '2022-01-26' })));
  else rows.push({ href: '/system/2020/02/30/010000404.shtml', title: '稿件已撤回', day: '2020-02-28' });
  const hot = articles.slice(4, 13).map((article) => article.link);
  const pages = Math.ceil(rows.length / rowsPerList);
  return Array.from({ length: pages }, (_, index) => {
    const shown = rows.slice(index * rowsPerList, (index + 1) * rowsPerList);
    const paging = { list, page: index + 1, pages };
    return textPage(longyuanList(list, index + 1), html, () => longyuanListPage(name, shown, paging, hot), {
      expected: skipped('section_page'),
    });
  });
}
