import type { ExtractedArticle } from '@newsmill/contracts';
import { compileScope, type Link, type PageResult, parsePage, siteDomain } from '@newsmill/core';
import { productToken } from '@newsmill/fetch';
import { makeSource } from '../make-source.ts';
import { entryOf, type SourceEntry } from '../sources-file.ts';
import { type FoundFeed, type FoundSitemap, findFeeds, findSitemaps } from './find-lists.ts';
import { guessPlatform } from './guess-platform.ts';
import type { PoliteClient } from './polite-client.ts';

const sectionsMax = 30;
const previewsWanted = 5;
const previewsTried = 9;
const rulesMax = 40;

export type Preview =
  | { readonly url: string; readonly article: ExtractedArticle }
  | { readonly url: string; readonly reason: string };

export interface ProbeReport {
  /** After redirects. */
  readonly url: string;
  readonly pageKind: PageResult['kind'];
  /** A guess at the content system. */
  readonly platform?: string;
  readonly robots: {
    readonly url: string;
    /** Null when nothing answered. */
    readonly status: number | null;
    readonly crawlDelayMs?: number;
    readonly sitemaps: readonly string[];
    /** Lines of the groups that concern us or everybody, as written. */
    readonly rules: readonly string[];
  };
  readonly feeds: readonly FoundFeed[];
  readonly sitemaps: readonly FoundSitemap[];
  readonly sections: readonly { readonly url: string; readonly text?: string }[];
  /** Links of the first page that look like articles. */
  readonly articleLinks: number;
  readonly previews: readonly Preview[];
  /** What could not be read: `<url>: <why>`. */
  readonly notes: readonly string[];
  readonly requests: number;
  /** As `sources.yaml` has it. */
  readonly entry: SourceEntry;
}

/** Looks at a site without storing anything. `onStep` is told what is looked at next. */
export async function probeSite(
  client: PoliteClient,
  url: string,
  onStep: (text: string) => void,
): Promise<ProbeReport | { readonly failed: string }> {
  onStep('robots.txt and first page');
  const first = await client.get(url);
  if ('failed' in first) return first;
  const page = parsePage(first.page);
  const home = first.page.url;
  const { robots, ...file } = await client.robotsOf(home);
  const notes: string[] = [];
  const search = { client, first, page, notes, onStep };
  const feeds = await findFeeds(search);
  const sitemaps = await findSitemaps(search, robots.sitemaps);

  const scope = compileScope({ domain: siteDomain(home) });
  const own = page.kind === 'html' ? page.links.filter((link) => scope(link.url, link.kind).inScope) : [];
  const articles = own.filter((link) => link.kind === 'article');
  const byText = articles.toSorted((a, b) => (b.text?.length ?? 0) - (a.text?.length ?? 0));
  const self: Link[] = page.verdict.type === 'article' ? [{ url: home, kind: 'article' }] : [];
  const previews = await preview(client, [...self, ...feeds.links, ...byText, ...sitemaps.links], onStep);

  const html = new TextDecoder(page.charset ?? 'utf-8').decode(first.page.bytes.subarray(0, 300_000));
  const platform = guessPlatform({ html, headers: first.headers, urls: articles.map((link) => link.url) });
  const crawlDelayMs = robots.crawlDelayMs(productToken);
  return {
    url: home,
    pageKind: page.kind,
    ...(platform === undefined ? {} : { platform }),
    robots: {
      url: file.url,
      status: file.status ?? null,
      ...(crawlDelayMs === undefined ? {} : { crawlDelayMs }),
      sitemaps: robots.sitemaps.slice(0, 50),
      rules: rulesFor(file.text),
    },
    feeds: feeds.found,
    sitemaps: sitemaps.found,
    sections: own
      .filter((link) => link.kind === 'section')
      .slice(0, sectionsMax)
      .map(({ url: at, text }) => ({ url: at, ...(text === undefined ? {} : { text }) })),
    articleLinks: articles.length,
    previews,
    notes,
    requests: client.requests,
    entry: makeEntry(home, feeds, sitemaps.found, previews),
  };
}

/** Extracts articles until there are five; pages that are none are told with their reason. */
async function preview(
  client: PoliteClient,
  links: readonly Link[],
  onStep: (text: string) => void,
): Promise<Preview[]> {
  const previews: Preview[] = [];
  const urls = [...new Set(links.map((link) => link.url))].slice(0, previewsTried);
  for (const url of urls) {
    if (previews.filter((one) => 'article' in one).length >= previewsWanted) break;
    onStep(`article ${url}`);
    const answer = await client.get(url);
    if ('failed' in answer) {
      previews.push({ url, reason: answer.failed });
      continue;
    }
    const { verdict } = parsePage(answer.page);
    previews.push(verdict.type === 'article' ? { url, article: verdict.article } : { url, reason: verdict.reason });
  }
  return previews;
}

/** Groups of a robots.txt that name us or everybody. */
function rulesFor(text: string): string[] {
  const lines: string[] = [];
  let concerns = false;
  let inAgents = false;
  for (const line of text.split(/\r\n|\n|\r/)) {
    const written = line.trim();
    const agent = /^user-?agent\s{0,9}:\s{0,9}([^#]{0,200})/i.exec(written)?.[1]?.trim().toLowerCase();
    if (agent !== undefined) {
      const names = agent === '*' || agent.split('/')[0] === productToken;
      concerns = inAgents ? concerns || names : names;
      inAgents = true;
      if (names) lines.push(written);
    } else if (/^(?:dis)?allow|^crawl-delay/i.test(written)) {
      inAgents = false;
      if (concerns) lines.push(written);
    }
  }
  return lines.slice(0, rulesMax);
}

/** What an operator would write after having seen all this. */
function makeEntry(
  home: string,
  feeds: { readonly found: readonly FoundFeed[]; readonly links: readonly Link[] },
  sitemaps: readonly FoundSitemap[],
  previews: readonly Preview[],
): SourceEntry {
  const names = previews.flatMap((one) => ('article' in one ? (one.article.site.name ?? []) : []));
  const name = mostFrequent(names) ?? feeds.found[0]?.title;
  const source = makeSource(home, { mode: 'standing', ...(name === undefined ? {} : { name: name.slice(0, 200) }) }, 0);
  const scope = compileScope(source);
  // A feed may tell of articles on another domain; a few links elsewhere are advertisements.
  const elsewhere = feeds.links
    .filter((link) => !scope(link.url, 'article').inScope)
    .map((link) => siteDomain(link.url));
  const counts = Map.groupBy(elsewhere, (domain) => domain);
  const domains = [...counts].filter(([, all]) => all.length * 3 >= feeds.links.length).map(([domain]) => domain);
  const lists = [...feeds.found, ...sitemaps.filter((one) => one.kind === 'news')].map((one) => one.url);
  const urls = [...new Set(lists)].filter((url) => url !== source.url);
  return entryOf({
    ...source,
    ...(urls.length > 0 ? { urls } : {}),
    ...(domains.length > 0 ? { domains } : {}),
  });
}

function mostFrequent(words: readonly string[]): string | undefined {
  const groups = [...Map.groupBy(words, (word) => word).values()];
  return groups.toSorted((a, b) => b.length - a.length)[0]?.[0];
}
