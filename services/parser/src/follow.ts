import type { ParseJob } from '@newsmill/contracts';
import { formLesson, isBarren, type Link, type PageResult, patternLesson, preferredForm } from '@newsmill/core';
import { hostIdOf } from '@newsmill/core/url';
import type { FoundUrl, Frontier, LoreCache, NewsDays, SourceCache, Subscriptions, Turn } from '@newsmill/frontier';
import type { KnownArticles } from './known-articles.ts';
import { linksToFollow } from './links-to-follow.ts';

export interface FollowDeps {
  readonly frontier: Pick<Frontier, 'admit'>;
  readonly sources: SourceCache;
  readonly lore: LoreCache | undefined;
  readonly known: KnownArticles;
  readonly pageLinksMax: number;
  /** URLs that may become known of one host. */
  readonly hostUrlsMax: number;
  /** Entries of feeds and sitemaps that are dated before this are left; absent: none are. */
  readonly itemAgeMaxMs?: number | undefined;
  /** Counts what each source brings. */
  readonly news?: Pick<NewsDays, 'add'> | undefined;
  /** Takes note of feeds' WebSub hubs; absent where nobody asks them. */
  readonly subscriptions?: Pick<Subscriptions, 'offer'> | undefined;
  /** How often Redis was connected to: one that was started again may have lost its last second. */
  readonly connections?: () => number;
  readonly clock: () => number;
}

export interface Followed {
  readonly accepted: number;
  readonly turns: readonly Turn[];
}

/** Sitemaps of an index that fall due at once, … */
const sitemapsAtOnce = 10;
/** … and within which time the others do, at this pace if there are few: years of sitemaps must not hide today's. */
const sitemapsWithinMs = 24 * 3_600_000;
const sitemapEveryMs = 60_000;
/** Links away from the source's own page from which on kinds of address are judged by what they brought. */
const judgedDepth = 2;

/** Which links of a page become known to the frontier, and what a page teaches about its host's addresses. */
export function createFollow(deps: FollowDeps): (job: ParseJob, page: PageResult) => Promise<Followed> {
  const { frontier, sources, lore, known, clock } = deps;
  const recent = createRecentUrls(clock, deps.connections ?? (() => 0));

  /** The URL in its host's own form; undefined when it is not worth a fetch. */
  async function judged(found: FoundUrl, page: PageResult): Promise<FoundUrl | undefined> {
    const isTold = found.kind === 'feed' || found.kind === 'sitemap' || found.url === page.partOf;
    if (isTold || found.url === page.metaRefresh) return found;
    const host = await lore?.of(hostIdOf(found.url));
    const url = host === undefined ? found.url : preferredForm(host, found.url);
    // What a feed or sitemap tells of is meant.
    if (page.kind === 'html' && found.depth >= judgedDepth && host !== undefined && isBarren(host, url))
      return undefined;
    if (found.kind === 'article' && !known.admits(url)) return undefined;
    return url === found.url ? found : { ...found, url };
  }

  return async (job, page) => {
    const owner = await sources.get(job.sourceId, clock());
    if (owner === undefined) return { accepted: 0, turns: [] };
    const { source } = owner;
    const { article } = page.verdict.type === 'article' ? page.verdict : { article: undefined };
    if (article !== undefined) {
      known.read(job.url, [page.ampUrl]);
      if (article.canonicalUrl !== undefined) noteForm(lore, job.url, article.canonicalUrl);
    }
    if (page.kind === 'feed' && source.mode === 'standing')
      await deps.subscriptions?.offer({ feedUrl: job.url, sourceId: source.id }, page.hub);
    const now = clock();
    const young = deps.itemAgeMaxMs === undefined ? page : withoutOld(page, now - deps.itemAgeMaxMs);
    // A page that is there for its links is taken at its word: it is parsed anew when a frontier lost what it knew.
    const unheard =
      article === undefined ? young : { ...young, links: young.links.filter(({ url }) => !recent.has(url)) };
    const found: FoundUrl[] = [];
    const links = linksToFollow(unheard, job, owner, deps.pageLinksMax);
    // Of several hosts at once, so that they are at hand one after another.
    await Promise.all([...new Set(links.map(({ url }) => hostIdOf(url)))].map((hostId) => lore?.of(hostId)));
    for (const one of links) {
      const judgement = await judged(one, page);
      if (judgement !== undefined) found.push(judgement);
    }
    const limits = { hostUrlsMax: deps.hostUrlsMax, sourceUrlsMax: source.urlsMax };
    const spread = source.mode === 'standing' && page.kind === 'sitemap' ? spreadOut(found, now) : found;
    const admission = await frontier.admit(spread, now, limits);
    if (admission.refused === undefined) for (const { url } of found) recent.add(url);
    const stories = found.filter(({ kind }) => kind === 'article').length;
    const news = Math.min(admission.accepted, stories);
    if (news > 0) await deps.news?.add(source.id, news, now);
    if (page.kind === 'html' && job.generation === 1 && job.depth > 0) {
      const brought = admission.accepted > 0 && found.some((one) => isOfAnotherKind(one, job.url));
      lore?.note(job.hostId, patternLesson(job.url, article !== undefined || brought));
    }
    return admission;
  };
}

/** Addresses that have just been made known: the menu of a site is on each of its pages. */
interface RecentUrls {
  has(url: string): boolean;
  add(url: string): void;
}

const recentMax = 50_000;
/** A frontier that has lost its memory hears of them again: after this time, or at once when it was connected to anew. */
const recentMs = 5 * 60_000;

function createRecentUrls(clock: () => number, connections: () => number): RecentUrls {
  const until = new Map<string, number>();
  let connected = connections();
  const forgetOld = (): void => {
    if (connected === connections()) return;
    connected = connections();
    until.clear();
  };
  return {
    has(url) {
      forgetOld();
      return (until.get(url) ?? 0) > clock();
    },
    add(url) {
      forgetOld();
      until.delete(url);
      until.set(url, clock() + recentMs);
      if (until.size > recentMax) until.delete(until.keys().next().value ?? '');
    },
  };
}

/** Counts what a redirect or a page's own name for itself says about the forms of its host's addresses. */
export function noteForm(lore: LoreCache | undefined, from: string, to: string): void {
  const lesson = formLesson(from, to);
  if (lesson !== undefined) lore?.note(hostIdOf(from), [lesson]);
}

/** A page that leads to more of its own kind brings nothing. */
const isOfAnotherKind = ({ url, kind }: FoundUrl, from: string): boolean =>
  kind === 'article' && patternLesson(url, true)[0] !== patternLesson(from, true)[0];

function withoutOld(page: PageResult, before: number): PageResult {
  if (page.kind !== 'feed' && page.kind !== 'sitemap') return page;
  const isOld = ({ datePublished, dateModified }: Link) => Date.parse(datePublished ?? dateModified ?? '') < before;
  return { ...page, links: page.links.filter((link) => !isOld(link)) };
}

/** The first ones, which are the newest, are due now. */
function spreadOut(found: readonly FoundUrl[], now: number): FoundUrl[] {
  const sitemaps = found.filter(({ kind }) => kind === 'sitemap').length;
  const everyMs = Math.min(sitemapEveryMs, sitemapsWithinMs / Math.max(1, sitemaps - sitemapsAtOnce));
  let place = 0;
  return found.map((one) => {
    if (one.kind !== 'sitemap') return one;
    place += 1;
    return place <= sitemapsAtOnce ? one : { ...one, notBefore: Math.round(now + (place - sitemapsAtOnce) * everyMs) };
  });
}
