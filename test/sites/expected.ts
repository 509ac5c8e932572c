import { copyfarm } from './hosts/copyfarm.ts';
import { edge } from './hosts/edge.ts';
import { haojiang } from './hosts/haojiang.ts';
import { hexi } from './hosts/hexi.ts';
import { longyuan } from './hosts/longyuan.ts';
import { riverpost } from './hosts/riverpost.ts';
import type { Expected, ExpectedArticle, Site } from './model.ts';

/** The fixture sites, built once. */
export const sites: readonly Site[] = [longyuan(), hexi(), haojiang(), riverpost(), copyfarm(), edge()];

/** What an operator would add to crawl all of them. */
export const seeds: readonly string[] = sites.flatMap((site) => site.seeds);

/** What is to become of every URL of every site, robots.txt and assets left out. */
export const expected: readonly Expected[] = sites.flatMap((site) => [
  ...site.pages.flatMap((page) =>
    page.expected ? [{ url: `http://${site.host}${page.path}`, ...page.expected }] : [],
  ),
  ...site.dead.map((path): Expected => ({ url: `http://${site.host}${path}`, ...deadOutcome(site, path) })),
]);

function deadOutcome(site: Site, path: string): Omit<Extract<Expected, { outcome: 'skipped' }>, 'url'> {
  const robots = site.pages.find((page) => page.path === '/robots.txt');
  const rules = robots ? new TextDecoder().decode(robots.body()).split('\n') : [];
  const isDisallowed = rules.includes(`Disallow: ${path}`);
  return { outcome: 'skipped', reason: isDisallowed ? 'robots_disallowed' : 'http_404' };
}

export type ExpectedIndexed = Extract<Expected, { outcome: 'indexed' }>;

export const expectedArticles: readonly ExpectedIndexed[] = expected.filter((entry) => entry.outcome === 'indexed');

/** @throws Error if no article is expected at that URL. */
export function expectedArticle(url: string): ExpectedArticle {
  const entry = expectedArticles.find((article) => article.url === url);
  if (!entry) throw new Error(`no article is expected at ${url}`);
  return entry.article;
}
