import type { ExtractedArticle, Repair } from '@newsmill/contracts';
import { type DecodedText, decodeBytes } from '../charset/index.ts';
import { readFeedPage } from '../feed/index.ts';
import { collectEvidence, extractFields, type FieldsResult, siteLinks } from '../fields/index.ts';
import { contentHash, fingerprint } from '../fingerprint/index.ts';
import { normalizeText, repairGlosses } from '../hanzi/index.ts';
import { parseDom } from '../html/dom.ts';
import { collectLinks } from '../html/links.ts';
import { type HeadFacts, readHead } from '../html/page-head.ts';
import { isBinary, sniffText } from '../html/sniff.ts';
import { detectLanguage } from '../language/index.ts';
import { pageMemory } from '../memory/page-memory.ts';
import type { Link, NotArticleReason, PageInput, PageResult } from '../page.ts';
import { blocksUnder, ruledFields } from '../rules/ruled-page.ts';
import { applySiteRule } from '../rules/site-rules.ts';
import { sitemapLinks } from '../sitemap/index.ts';
import { siteDomain } from '../url/index.ts';
import { alternateView } from '../views/alternate-view.ts';
import { findPager, type Pager } from '../views/pager.ts';
import { bodyHtml } from './body-html.ts';
import { findBody } from './find-body.ts';
import { collectImages } from './images.ts';
import { dropLines } from './lines.ts';
import { modelPage } from './page-model.ts';
import { parserVersion } from './parser-version.ts';
import { bodyText } from './render.ts';
import { repairDom } from './repair-dom.ts';
import { type Segments, segment } from './segment.ts';
import { readHints } from './story-hints.ts';
import { toldStory } from './told-story.ts';
import { ldTypesOf, notArticle } from './verdict.ts';

/** Elements nested deeper than this are an attack or a broken generator, not a page. */
const depthMax = 5_000;

/**
 * Bytes of one response → what they are, the links worth following, and the article or the reason why there is none.
 * Never throws on any input; cost is linear in its size.
 */
export function parsePage(input: PageInput): PageResult {
  if (input.bytes.length === 0) return refuse('html', 'empty');
  if (isBinary(input.bytes)) return refuse('other', 'unsupported_type');
  const decoded = decodeBytes(input.bytes, input.contentType);
  const { text, charset, repairs } = decoded;
  const kind = sniffText(text, input.contentType);
  if (kind === 'html') return { ...parseHtml(input, decoded), charset };
  if (kind === 'other') return { ...refuse('other', 'unsupported_type'), charset };
  const { links, ...about } =
    kind === 'feed' ? readFeedPage(text, input.url) : { links: sitemapLinks(text, input.url) };
  return { ...refuse(kind, kind, links), ...about, charset, repairs };
}

function refuse(kind: PageResult['kind'], reason: NotArticleReason, links: readonly Link[] = []): PageResult {
  return { kind, verdict: { type: 'not_article', reason }, links, repairs: [] };
}

function parseHtml(input: PageInput, decoded: DecodedText): PageResult {
  const { url, fetchedAt } = input;
  const rule = input.rules?.for(url);
  // A rule's selectors may ask for whatever the page has.
  const dom = parseDom(decoded.text, { isComplete: rule !== undefined });
  const glosses = repairGlosses(decoded.text);
  if (glosses.pattern) repairDom(dom.document, glosses);
  const repairs: readonly Repair[] = [...decoded.repairs, ...glosses.repairs];
  // Before anything is read: what the rule removes is not there.
  const ruled = rule ? applySiteRule(dom.document, rule) : {};
  const segments = segment(dom.document);
  const head = readHead(segments.head, url);
  const links = collectLinks(segments, head);
  const common = {
    ...{ kind: 'html' as const, links, repairs },
    ...(head.refresh ? { metaRefresh: head.refresh.url } : {}),
    ...(head.amp === undefined ? {} : { ampUrl: head.amp }),
  };
  if (dom.truncated || dom.depth > depthMax) {
    return { ...common, verdict: { type: 'not_article', reason: 'too_large' } };
  }

  if (rule?.type === 'skip') return { ...common, verdict: { type: 'not_article', reason: 'excluded_by_rule' } };
  const acceptsParts = input.acceptsParts ?? input.obeysRobots === false;
  const proper = rule || acceptsParts ? undefined : alternateView(segments, head, url);
  if (proper !== undefined)
    return { ...common, ...partOf(proper, links), verdict: { type: 'not_article', reason: 'alternate_view' } };
  const hints = readHints(segments, head);
  const model = modelPage(segments, hints.title.index);
  const keep = ruled.body ? blocksUnder(segments, ruled.body) : findBody(model, hints);
  if (ruled.body === undefined) dropLines(segments, keep);
  const remembered = input.memory && pageMemory({ memory: input.memory, url, fetchedAt, model, hints });
  if (ruled.body === undefined) remembered?.drop(keep);
  const found = normalizeText(bodyText(segments, keep));
  const told = ruled.body ? undefined : toldStory(hints.story, found.length);
  const body = told?.body ?? found;
  // Many a list of links is told from an article without them.
  const fieldsOnce = once(() => {
    const evidence = collectEvidence(dom.document, { url, fetchedAt });
    const language = detectLanguage(body, { htmlLang: evidence.declaredLanguage });
    const read = extractFields(dom.document, evidence, {
      url,
      fetchedAt,
      bodyBlocks: bodyBlocks(segments, keep),
      language,
    });
    const extracted = remembered?.recall(read, language) ?? read;
    const fields = rule ? ruledFields(extracted, ruled, { url, now: fetchedAt, language }) : extracted;
    const addresses = siteLinks(segments.head.links, evidence.graph, evidence.ld, head.resolve);
    return { language, extracted, fields, addresses, headline: normalizeText(fields.headline ?? segments.head.title) };
  });
  const reason = notArticle({
    url,
    head,
    model,
    hints,
    obeysRobots: input.obeysRobots ?? true,
    toldWords: told?.words ?? 0,
    keep,
    title: segments.head.title,
    ldTypes: ldTypesOf(segments.head.jsonLd),
    fields: () => {
      const { headline, fields } = fieldsOnce();
      const { isAccessibleForFree, datePublished } = fields;
      return { headline, isAccessibleForFree, hasDate: datePublished !== undefined };
    },
  });
  // A rule that says "article" is believed as long as there is a text.
  const stands = rule?.type === 'article' && body !== '';
  if (reason && !stands) {
    const lesson = remembered && { observation: remembered.observe(undefined, false) };
    return { ...common, ...lesson, verdict: { type: 'not_article', reason } };
  }
  const pager = findPager(segments, head);
  if (pager && pager.number > 1 && !acceptsParts && !head.nofollow)
    return {
      ...common,
      ...partOf(pager.first, pagedLinks(links, pager)),
      ...placeOf(pager),
      verdict: { type: 'not_article', reason: 'continuation' },
    };
  const { language, extracted, fields, addresses, headline } = fieldsOnce();
  const html = told?.html ?? bodyHtml(segments, keep, head.resolve);
  const article = assemble(input, head, fields, {
    addresses,
    headline,
    body,
    html,
    bodyFrom: ruled.body ? 'rule' : told ? 'json-ld:articleBody' : 'block-model',
    language,
    repairs,
    images: collectImages(segments, keep, head),
  });
  const lesson = remembered && { observation: remembered.observe(extracted, article.images !== undefined) };
  const paged = pager && { links: pagedLinks(links, pager), ...placeOf(pager) };
  return { ...common, ...lesson, ...paged, verdict: { type: 'article', article } };
}

function once<T>(read: () => T): () => T {
  let result: { readonly value: T } | undefined;
  return () => {
    result ??= { value: read() };
    return result.value;
  };
}

/** The page proper first, so that no bound on links leaves it out. */
function partOf(url: string, links: readonly Link[]): Pick<PageResult, 'partOf' | 'links'> {
  return { partOf: url, links: [{ url, kind: 'article' }, ...links.filter((link) => link.url !== url)] };
}

const placeOf = ({ number, pages }: Pager): Pick<PageResult, 'pageNumber' | 'pageLast'> => ({
  pageNumber: number,
  pageLast: Math.max(...pages.keys()),
});

/** An address with `?page=2` looks like that of a list; what an article's own pager links to is none. */
function pagedLinks(links: readonly Link[], { pages }: Pager): Link[] {
  const own = new Set(pages.values());
  return links.map((link) => (own.has(link.url) ? { ...link, kind: 'article' as const } : link));
}

interface Found {
  readonly addresses: ReturnType<typeof siteLinks>;
  readonly headline: string;
  readonly body: string;
  readonly html: string;
  readonly bodyFrom: string;
  readonly language: string | undefined;
  readonly repairs: readonly Repair[];
  readonly images: ExtractedArticle['images'] & object;
}

function assemble({ url }: PageInput, head: HeadFacts, fields: FieldsResult, found: Found): ExtractedArticle {
  const { siteCard, provenance, headline: _, ...rest } = fields;
  const { headline, body, html, language, repairs, images } = found;
  const print = fingerprint(body);
  return {
    url,
    ...canonicalOf(head, url),
    site: { ...siteCard, ...found.addresses },
    type: 'article',
    headline,
    ...rest,
    body,
    ...(html === '' ? {} : { bodyHtml: html }),
    ...(language === undefined ? {} : { inLanguage: language }),
    ...(images.length === 0 ? {} : { images }),
    repairs: [...repairs],
    provenance: { ...provenance, body: found.bodyFrom },
    contentHash: contentHash(headline, body),
    ...(print === undefined ? {} : { fingerprint: print }),
    parserVersion,
  };
}

function bodyBlocks({ blocks, containers }: Segments, keep: Uint8Array) {
  return blocks
    .filter((_, index) => keep[index] === 1)
    .map(({ text, container, leaves }) => ({
      text,
      node: leaves[0] ?? containers[container]?.element ?? containers[0]?.element,
    }))
    .filter((block): block is typeof block & { node: NonNullable<typeof block.node> } => block.node !== undefined);
}

/** The page's own name for its address counts only within its site: anybody can claim to be somebody else's page. */
function canonicalOf(head: HeadFacts, url: string): { canonicalUrl?: string } {
  const { canonical } = head;
  if (canonical === undefined || siteDomain(canonical) !== siteDomain(url)) return {};
  // A front page as the canonical of everything is a mistake of the template.
  if (URL.parse(canonical)?.pathname === '/' && URL.parse(url)?.pathname !== '/') return {};
  return { canonicalUrl: canonical };
}
