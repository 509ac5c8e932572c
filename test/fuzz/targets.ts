import {
  type ExtractedArticle,
  extractedArticle,
  type SiteRule,
  UsageError,
} from '../../packages/contracts/src/index.ts';
import { decodeBytes } from '../../packages/core/src/charset/index.ts';
import { findDates, parseDate } from '../../packages/core/src/dates/index.ts';
import { readJsonLd } from '../../packages/core/src/fields/json-ld.ts';
import {
  compileSiteRules,
  emptyMemory,
  encodeMemory,
  learn,
  type PageInput,
  type PageResult,
  parsePage,
  parseRobots,
  type SiteMemory,
} from '../../packages/core/src/index.ts';
import {
  canonicalizeUrl,
  checkTarget,
  guardUrl,
  hostIdOf,
  linkResolver,
  looksLikeTrap,
  siteDomain,
  targetPolicy,
  unwantedReason,
  urlIdOf,
} from '../../packages/core/src/url/index.ts';
import * as corpus from './corpus.ts';
import { mutateBytes, mutateText } from './mutate.ts';
import type { Random } from './random.ts';

/** One kind of input: how it is made, and what must hold of what the product makes of it. */
export interface Target<Input = unknown> {
  readonly name: string;
  readonly make: (random: Random) => Input;
  /** Throws when something does not hold. */
  readonly run: (input: Input) => void;
}

const target = <Input>(name: string, make: (random: Random) => Input, run: (input: Input) => void): Target =>
  ({ name, make, run }) as Target<Input> as Target;
const fetchedAt = '2026-02-03T04:05:06Z';
const policy = targetPolicy();

function check(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

function checkPage(result: PageResult, bytes: number): void {
  for (const { url, text } of result.links) {
    check(/^https?:\/\//.test(url) && URL.canParse(url), `a link that is none: ${url.slice(0, 200)}`);
    const again = canonicalizeUrl(url);
    check('url' in again && again.url === url, `a link that is not canonical: ${url.slice(0, 200)}`);
    check((text ?? '').length <= 2_000, 'the text of a link has no bound');
  }
  const size = JSON.stringify(result).length;
  check(size <= bytes * 12 + 200_000, `${bytes} bytes became ${size} characters`);
  if (result.verdict.type === 'article') checkArticle(result.verdict.article);
}

/** The tags of `bodyHtml`, in the very form that we write; what is left without them has no markup at all. */
const allowedTag =
  /<\/?(?:p|h[1-6]|ul|ol|li|blockquote|table|tr|td|th|figure|figcaption|a|em|strong|code|pre|br)>|<img src="https?:[^"<>]*"(?: alt="[^"<>]*")?>|<a href="https?:[^"<>]*">/g;

function checkArticle(article: ExtractedArticle): void {
  const { error } = extractedArticle.safeParse(article);
  check(error === undefined, `not an article: ${JSON.stringify(error?.issues[0])}`);
  check(article.body.trim() !== '', 'an article without a body');
  check(article.body.isWellFormed() && article.headline.isWellFormed(), 'half a character in the text');
  const left = (article.bodyHtml ?? '').replace(allowedTag, '');
  check(!/[<>]/.test(left), `bodyHtml holds what it must not: ${/[<>].{0,80}/s.exec(left)?.[0]}`);
  const { datePublished, headline, contributors = [], keywords = [], sourceChain = [] } = article;
  if (datePublished !== undefined) {
    const at = Date.parse(datePublished);
    check(at > 0 && at < Date.parse(fetchedAt) + 2 * 86_400_000, `a date that cannot be: ${datePublished}`);
  }
  check(headline.length <= 2_000, `a headline of ${headline.length} characters`);
  check(contributors.length <= 100 && contributors.every(({ name }) => name.length <= 300), 'people without bound');
  check(keywords.length <= 200 && sourceChain.length <= 50, 'lists without bound');
}

const parse = (input: Omit<PageInput, 'fetchedAt'>): PageResult => parsePage({ ...input, fetchedAt });
const texts = corpus.served.map(({ text }) => text);

interface PageCase {
  readonly url: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}
const encode = (text: string): Uint8Array => Buffer.from(text.toWellFormed());
const mutated =
  (seeds: readonly corpus.Seed[]) =>
  (random: Random): PageCase => {
    const { url, contentType, text } = random.pick(seeds);
    return { url, contentType, bytes: encode(mutateText(text, texts, random)) };
  };

let memory: SiteMemory = emptyMemory;

const selectors = [
  'h1',
  '.content',
  '#main p:nth-child(2)',
  'div > p + p',
  'meta[name="a"]',
  ':has(a)',
  '*',
  'p:not(.x)',
];

export const targets: readonly Target[] = [
  target('html', mutated(corpus.pages), ({ bytes, ...page }: PageCase) =>
    checkPage(parse({ ...page, bytes }), bytes.length),
  ),
  target('site-memory', mutated(corpus.pages), ({ bytes, ...page }: PageCase) => {
    const result = parse({ ...page, bytes, memory });
    checkPage(result, bytes.length);
    if (result.observation === undefined) return;
    check(JSON.stringify(result.observation).length <= 20_000, 'a lesson without bound');
    memory = learn(memory, result.observation);
    check(encodeMemory(memory).length <= 64 * 1024, 'a memory without bound');
  }),
  target('lists', mutated(corpus.lists), ({ bytes, ...page }: PageCase) =>
    checkPage(parse({ ...page, bytes }), bytes.length),
  ),
  target(
    'bytes',
    (random): PageCase => {
      const { url, contentType, bytes } = random.pick(corpus.served);
      return {
        url,
        contentType: random.chance(0.3) ? 'text/html; charset=gbk' : contentType,
        bytes: mutateBytes(bytes, random),
      };
    },
    ({ bytes, ...page }) => {
      const { text } = decodeBytes(bytes, page.contentType);
      check(text.length <= bytes.length * 2 + 10, 'more text than bytes');
      check(text.isWellFormed(), 'half a character in decoded text');
      checkPage(parse({ ...page, bytes }), bytes.length);
    },
  ),
  target(
    'robots',
    (random) =>
      [mutateText(random.pick(corpus.robotsFiles), corpus.robotsFiles, random), random.pick(corpus.urls)] as const,
    ([file, url]) => {
      const robots = parseRobots(file);
      if (URL.canParse(url)) check(typeof robots.check('newsmill', url).allowed === 'boolean', 'no answer');
      const delay = robots.crawlDelayMs('newsmill');
      check(delay === undefined || delay >= 0, `a crawl-delay of ${delay}`);
      check(robots.sitemaps.length <= 10_000, 'sitemaps without bound');
    },
  ),
  target(
    'urls',
    (random) => [mutateText(random.pick(corpus.urls), corpus.urls, random), random.pick(corpus.served).url] as const,
    ([text, base]) => {
      // Links may have any white space around them; the URL standard knows of ASCII's only.
      const result = canonicalizeUrl(text.trim(), base);
      const viaPage = linkResolver(base)(text);
      check(
        viaPage === ('url' in result ? result.url : undefined),
        `two answers: ${viaPage} and ${JSON.stringify(result)}`,
      );
      guardUrl(text, policy);
      if (!('url' in result)) return;
      const again = canonicalizeUrl(result.url);
      check('url' in again && again.url === result.url, `not idempotent: ${result.url} → ${JSON.stringify(again)}`);
      checkTarget(result.url, policy);
      looksLikeTrap(result.url);
      unwantedReason(result.url);
      check(urlIdOf(result.url).length === 22 && hostIdOf(result.url).length >= 4, 'ids');
      check(siteDomain(result.url).length > 0, 'no domain');
    },
  ),
  target(
    'dates',
    (random) => mutateText(random.pick(corpus.dates), corpus.dates, random).slice(0, 20_000),
    (text) => {
      for (const zoneHint of [undefined, '+08:00']) {
        for (const found of findDates(text, { now: fetchedAt, zoneHint })) {
          check(Number.isFinite(Date.parse(found.iso)), `no date: ${JSON.stringify(found)}`);
        }
        parseDate(text, { now: fetchedAt, zoneHint });
      }
    },
  ),
  target(
    'json-ld',
    (random) => mutateText(random.pick(corpus.jsonLd), corpus.jsonLd, random),
    (script) => {
      const value = readJsonLd(script);
      check(value === undefined || JSON.stringify(value).isWellFormed(), 'half a character in JSON-LD');
      const { text } = corpus.pages[0] ?? { text: '' };
      const page = text.replace('</head>', () => `<script type="application/ld+json">${script}</script></head>`);
      checkPage(parse({ url: 'http://www.example.com/news/1.html', bytes: encode(page) }), page.length);
    },
  ),
  target(
    'site-rules',
    (random) => {
      const selector = () => mutateText(random.pick(selectors), selectors, random).slice(0, 500).trim() || 'p';
      return [
        { site: 'example.com', body: [selector()], headline: [selector()], date: [selector()], remove: [selector()] },
        random.pick(corpus.pages),
      ] satisfies [SiteRule, corpus.Seed];
    },
    ([rule, { bytes }]) => {
      try {
        const rules = compileSiteRules([rule]);
        checkPage(parse({ url: 'http://www.example.com/news/1.html', bytes, rules }), bytes.length);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
      }
    },
  ),
];
