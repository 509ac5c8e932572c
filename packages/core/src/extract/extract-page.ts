import type { ExtractedArticle, Repair } from '@newsmill/contracts';
import { decodeBytes } from '../charset/index.ts';
import { feedLinks } from '../feed/index.ts';
import { contentHash } from '../fingerprint/content-hash.ts';
import { normalizeText } from '../hanzi/index.ts';
import { parseDom } from '../html/dom.ts';
import { collectLinks } from '../html/links.ts';
import { type HeadFacts, readHead } from '../html/page-head.ts';
import { isBinary, sniffText } from '../html/sniff.ts';
import type { Link, NotArticleReason, PageInput, PageResult } from '../page.ts';
import { sitemapLinks } from '../sitemap/index.ts';
import { siteDomain } from '../url/index.ts';
import { bodyHtml } from './body-html.ts';
import { bodyByRules } from './find-body.ts';
import { collectImages } from './images.ts';
import { modelPage } from './page-model.ts';
import { bodyText } from './render.ts';
import { segment } from './segment.ts';
import { notArticle } from './verdict.ts';

/** Changes whenever the same page would give another article, so that a replay knows what is out of date. */
export const parserVersion = '1';

/** Elements nested deeper than this are an attack or a broken generator, not a page. */
const depthMax = 5_000;

/**
 * Bytes of one response → what they are, the links worth following, and the article or the reason why there is none.
 * Never throws on any input; cost is linear in its size.
 */
export function parsePage(input: PageInput): PageResult {
  if (input.bytes.length === 0) return refuse('html', 'empty');
  if (isBinary(input.bytes)) return refuse('other', 'unsupported_type');
  const { text, charset, repairs } = decodeBytes(input.bytes, input.contentType);
  const kind = sniffText(text, input.contentType);
  if (kind === 'other') return { ...refuse('other', 'unsupported_type'), charset };
  if (kind === 'feed') return { ...refuse(kind, kind, feedLinks(text, input.url)), charset, repairs };
  if (kind === 'sitemap') return { ...refuse(kind, kind, sitemapLinks(text, input.url)), charset, repairs };
  return { ...parseHtml(input, text, repairs), charset };
}

function refuse(kind: PageResult['kind'], reason: NotArticleReason, links: readonly Link[] = []): PageResult {
  return { kind, verdict: { type: 'not_article', reason }, links, repairs: [] };
}

function parseHtml(input: PageInput, text: string, repairs: readonly Repair[]): PageResult {
  const dom = parseDom(text);
  const segments = segment(dom.document);
  const head = readHead(segments.head, input.url);
  const links = collectLinks(segments, head, input.url);
  const common = { kind: 'html' as const, links, repairs, ...(head.refresh ? { metaRefresh: head.refresh.url } : {}) };
  if (dom.truncated || dom.depth > depthMax)
    return { ...common, verdict: { type: 'not_article', reason: 'too_large' } };

  const model = modelPage(segments);
  const keep = bodyByRules(model);
  const headline = normalizeText(head.metas.get('og:title') ?? segments.head.title);
  const reason = notArticle({
    url: input.url,
    head,
    model,
    keep,
    title: segments.head.title,
    headline,
    ldTypes: ldTypesOf(segments.head.jsonLd),
    isAccessibleForFree: undefined,
    hasDate: head.metas.has('article:published_time'),
  });
  if (reason) return { ...common, verdict: { type: 'not_article', reason } };

  const body = normalizeText(bodyText(segments, keep));
  const article: ExtractedArticle = {
    url: input.url,
    ...canonicalOf(head, input.url),
    site: { domain: siteDomain(input.url) },
    type: 'article',
    headline,
    body,
    bodyHtml: bodyHtml(segments, keep, head.base),
    ...listField('images', collectImages(segments, keep, head)),
    repairs: [...repairs],
    provenance: {},
    contentHash: contentHash(headline, body),
    parserVersion,
  };
  return { ...common, verdict: { type: 'article', article } };
}

/** The page's own name for its address counts only within its site: anybody can claim to be somebody else's page. */
function canonicalOf(head: HeadFacts, url: string): { canonicalUrl?: string } {
  const { canonical } = head;
  if (canonical === undefined || siteDomain(canonical) !== siteDomain(url)) return {};
  // A front page as the canonical of everything is a mistake of the template.
  if (URL.parse(canonical)?.pathname === '/' && URL.parse(url)?.pathname !== '/') return {};
  return { canonicalUrl: canonical };
}

function listField<Name extends string, Item>(name: Name, list: readonly Item[]): { [key in Name]?: Item[] } {
  return (list.length === 0 ? {} : { [name]: [...list] }) as { [key in Name]?: Item[] };
}

function ldTypesOf(scripts: readonly string[]): ReadonlySet<string> {
  const types = new Set<string>();
  for (const script of scripts) {
    for (const match of script.matchAll(/"@type"\s{0,9}:\s{0,9}\[?\s{0,9}"([A-Za-z]{1,40})"/g))
      types.add(match[1] ?? '');
  }
  return types;
}
