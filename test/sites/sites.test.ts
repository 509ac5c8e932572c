import { describe, expect, test } from 'vitest';
import { extractedArticle } from '../../packages/contracts/src/article.ts';
import { expected, expectedArticles, seeds, sites } from './expected.ts';
import { isAssetPath } from './hosts/files.ts';
import { linksOf, plainText, reachable, textOf } from './links.ts';
import type { ExpectedArticle } from './model.ts';
import { mangle } from './templates/gloss.ts';

const urlsPerHostMax = 45;
/** The hand-written seed page links to the site that it is modelled on. */
const seedLinks = /(?:^|\.)(?:gscn\.com\.cn|xjdaily\.hk|facebook\.com|wa\.me)$/;
const hosts = sites.map((site) => site.host);
const pages = sites.flatMap((site) =>
  site.pages.map((page) => ({ site, page, url: `http://${site.host}${page.path}` })),
);
const known = new Set([...pages.map(({ url }) => url), ...expected.map(({ url }) => url)]);

/** What was done to the words of a page on their way into its bytes. */
function asServed({ repairs = [] }: ExpectedArticle): (words: string) => string {
  if (repairs.includes('pinyin-gloss')) return mangle;
  if (!repairs.includes('double-encoded-utf8')) return (words) => words;
  return (words) => new TextDecoder('windows-1252').decode(new TextEncoder().encode(words));
}

/** A blank may be printed as any of these. */
const spaced = (words: string): string => words.replaceAll(/[\u00A0\u3000]/g, ' ');

describe('the fixture sites', () => {
  test('are at least six hosts with at least seventy articles', () => {
    expect(new Set(hosts).size).toBeGreaterThanOrEqual(6);
    expect(expectedArticles.length).toBeGreaterThanOrEqual(70);
  });

  test.each(hosts)('%s is small enough for a quick demo', (host) => {
    const urls = expected.filter(({ url }) => new URL(url).host === host);
    expect(urls.length).toBeLessThanOrEqual(urlsPerHostMax);
  });

  test('have no URL twice', () => {
    expect(new Set(expected.map(({ url }) => url)).size).toBe(expected.length);
    expect(new Set(pages.map(({ url }) => url)).size).toBe(pages.length);
  });

  test('link only to pages that exist, that are declared dead, or that lie on hosts nobody has', () => {
    const unknown = pages.flatMap(({ site, page, url }) =>
      linksOf(site, page)
        .filter((link) => {
          const { host, pathname } = new URL(link.url);
          if (!hosts.includes(host)) return !host.endsWith('.test') && !seedLinks.test(host);
          return !known.has(link.url) && !isAssetPath(pathname);
        })
        .map((link) => `${url} → ${link.url}`),
    );
    expect(unknown).toEqual([]);
  });

  test('lead from the seeds to everything that is expected, and to nothing that must never be asked for', () => {
    const found = reachable(seeds);
    const missed = expected.filter(({ url, outcome }) => outcome !== 'never' && !found.has(url));
    expect(missed.map(({ url }) => url)).toEqual([]);
    const hidden = expected.filter((entry) => entry.outcome === 'never' && entry.reason !== 'tracking_duplicate');
    expect(hidden.filter(({ url }) => found.has(url))).toEqual([]);
  });

  test('name copies of one story by one key, on several hosts', () => {
    const byStory = Map.groupBy(expectedArticles, (article) => article.story);
    const shared = [...byStory.values()].filter(
      (copies) => new Set(copies.map(({ url }) => new URL(url).host)).size > 1,
    );
    expect(shared.length).toBeGreaterThanOrEqual(10);
  });
});

describe('expected articles', () => {
  test.each(expectedArticles.map((entry) => [entry.url, entry] as const))('%s is printed on its page', (url, entry) => {
    const found = pages.find((candidate) => candidate.url === url);
    const html = spaced(found ? plainText(textOf(found.page)) : '');
    // Its own gloss list is not the generator's; seed/forms.test.ts looks at it.
    if (url.endsWith('/news/3712.html')) return expect(html).toContain('優(yōu)化教育結(jié)構(gòu)布局');
    if (entry.characterErrorMax !== undefined)
      return expect(html).toContain(mangle(entry.article.headline.slice(0, 8)));
    const printed = asServed(entry.article);
    for (const words of [entry.article.headline, ...entry.article.bodyParagraphs])
      expect(html).toContain(spaced(printed(words)));
    for (const { name } of entry.article.contributors ?? []) expect(html).toContain(printed(name));
    for (const outlet of entry.article.sourceChain ?? []) expect(html).toContain(printed(outlet));
  });

  test('have the shape of the contract', () => {
    const shape = extractedArticle.partial();
    const wrong = expectedArticles.flatMap(({ url, article }) => {
      const { bodyParagraphs: _, ...fields } = article;
      const { success, error } = shape.safeParse(fields);
      return success ? [] : [`${url}: ${error.message}`];
    });
    expect(wrong).toEqual([]);
  });

  test('are dated from 2021 to October 2026', () => {
    const days = expectedArticles.map(({ article }) => article.datePublished?.slice(0, 10) ?? '');
    expect(days.filter((day) => day < '2021-01-01' || day > '2026-10-31')).toEqual([]);
  });

  test('have three to seven paragraphs of news length', () => {
    const lengthOf = ({ bodyParagraphs, inLanguage }: ExpectedArticle): number =>
      bodyParagraphs.join('').length / (inLanguage === 'en' ? 3 : 1);
    const odd = expectedArticles.filter(({ article }) => {
      const count = article.bodyParagraphs.length;
      return count < 3 || count > 8 || lengthOf(article) < 150;
    });
    expect(odd.map(({ url }) => url)).toEqual([]);
  });
});

describe('bytes', () => {
  test.each(['gb18030', 'big5'] as const)('%s pages are in that charset and are no UTF-8', (charset) => {
    const own = pages.filter(({ page }) => page.charset === charset);
    expect(own.length).toBeGreaterThan(0);
    for (const { page } of own) {
      expect(() => textOf(page)).not.toThrow();
      expect(() => new TextDecoder('utf-8', { fatal: true }).decode(page.body())).toThrow();
    }
  });

  test('include a four-byte GB18030 character', () => {
    const four = pages.filter(({ page }) => page.charset === 'gb18030' && textOf(page).includes('𬀩'));
    expect(four.length).toBeGreaterThan(0);
  });

  test('of mangled pages show the pattern: many characters glossed always, and none that both scripts share', () => {
    const farm = pages.filter(({ site, page }) => site.host === 'mirror.copyfarm.test' && page.path !== '/robots.txt');
    for (const { page } of farm) {
      const glosses = [...textOf(page).matchAll(/(\p{Script=Han})\(\p{Script=Latin}+\)/gu)].map((match) => match[1]);
      expect(new Set(glosses).size).toBeGreaterThanOrEqual(3);
      expect(glosses.length).toBeGreaterThanOrEqual(4);
    }
  });
});
