import { copyfarmPlacements, damagedStory } from '../content/copyfarm.ts';
import { anchor, lines } from '../html.ts';
import type { Site, SitePage } from '../model.ts';
import { expectedOf, mainlandLead, type Printed, print } from '../placement.ts';
import { copyfarmArticle, copyfarmPage } from '../templates/copyfarm.ts';
import { byDate, robotsPage, skipped, storyOf, surroundings, textPage } from './build.ts';
import { seedLink, seedPages } from './seed.ts';

const host = 'mirror.copyfarm.test';
const origin = `http://${host}`;
const html = 'text/html; charset=utf-8';

export function copyfarm(): Site {
  const style = { origin, lead: mainlandLead, offset: () => '+08:00' };
  const articles = byDate(copyfarmPlacements.map((placement) => print(placement, storyOf(placement.story), style)));
  const listing = (rows: readonly Printed[], title: string): string =>
    copyfarmPage({
      title,
      main: `<div class="list"><h3>新闻资讯</h3><ul>
${lines(rows, (row) => `<li>${anchor(row.link)} <span>${row.published}</span></li>`)}
${lines(seedLink(host), (link) => `<li>${anchor(link)}</li>`)}
</ul><a href="/news/">更多</a></div>`,
    });
  return {
    host,
    name: '华腾精密设备有限公司',
    seeds: [`${origin}/`],
    dead: [],
    pages: [
      robotsPage(['User-agent: *', 'Allow: /']),
      textPage('/', html, () => listing(articles.slice(0, 5), '首页'), { expected: skipped('section_page') }),
      textPage('/news/', html, () => listing(articles, '新闻资讯'), { expected: skipped('section_page') }),
      ...articles.map((article, index) => articlePage(articles, article, index)),
      ...seedPages(host),
    ],
  };
}

function articlePage(articles: readonly Printed[], article: Printed, index: number): SitePage {
  const isDamaged = article.story === damagedStory;
  const { related } = surroundings(articles, index);
  return textPage(article.path, html, () => copyfarmArticle(article, related, isDamaged), {
    expected: {
      outcome: 'indexed',
      story: article.story,
      ...(isDamaged && { characterErrorMax: 0.02 }),
      article: expectedOf(article, {
        inLanguage: 'zh-Hans',
        repairs: isDamaged
          ? ['pinyin-gloss', 'traditional-to-simplified', 'gloss-damage']
          : ['pinyin-gloss', 'traditional-to-simplified'],
      }),
    },
  });
}
