import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { parsePage } from '../../packages/core/src/index.ts';
import { acceptsReason, compareArticle } from './compare.ts';
import { sites } from './expected.ts';
import type { Expected, Site, SitePage } from './model.ts';

/** The parser against what each fixture page expects, without network or queues: one line per fault. */
function faultsOf(site: Site, page: SitePage): string[] {
  const { expected } = page;
  if (expected === undefined || (page.status ?? 200) !== 200) return [];
  const url = `http://${site.host}${page.path}`;
  const body = page.body();
  const bytes = body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body;
  const fetchedAt = '2026-11-24T00:00:00.000Z';
  const { verdict } = parsePage({ url, bytes, contentType: page.contentType, fetchedAt });
  const label = verdict.type === 'article' ? 'an article' : verdict.reason;
  if (expected.outcome === 'indexed') {
    if (verdict.type !== 'article') return [`${url}: want an article, got ${label}`];
    return compareArticle(expected.article, verdict.article, expected).map((difference) => `${url}: ${difference}`);
  }
  // What the crawler decides before the parser sees anything is not the parser's to know.
  if (expected.outcome !== 'skipped' || expected.reason === 'robots_disallowed') return [];
  const entry: Expected = { ...expected, url };
  return acceptsReason(entry, label) ? [] : [`${url}: want ${expected.reason}, got ${label}`];
}

it.each(sites.map((site) => [site.host, site] as const))('%s: every page parses as expected', (_host, site) => {
  expect(site.pages.flatMap((page) => faultsOf(site, page))).toEqual([]);
});
