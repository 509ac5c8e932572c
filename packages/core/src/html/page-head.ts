import type { PageHead } from '../extract/segment.ts';
import { type LinkResolver, linkResolver } from '../url/index.ts';
import { collapse } from './text.ts';

/** What the head of a page says to robots and about addresses. */
export interface HeadFacts {
  /** The page's own address, canonicalised. */
  readonly self: string | undefined;
  /** A reference of the page as an address: absolute, canonicalised; undefined when it leads nowhere we go. */
  readonly resolve: LinkResolver;
  /** Base of relative links: `<base href>` or the page's own address. */
  readonly base: string;
  readonly noindex: boolean;
  readonly nofollow: boolean;
  /** Absolute and canonicalised target of a meta refresh, with its delay in seconds. */
  readonly refresh: { readonly url: string; readonly delaySeconds: number } | undefined;
  /** `<link rel=canonical>`, absolute and canonicalised; may be of another site. */
  readonly canonical: string | undefined;
  /** `<link rel=amphtml>`, the same way. */
  readonly amp: string | undefined;
  /** First content of each `name`, `property`, `itemprop` or `http-equiv`, keys in lower case. */
  readonly metas: ReadonlyMap<string, string>;
}

/** Robots directives: https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag */
const robotNames: readonly string[] = ['robots', 'newsmill'];

export function readHead(head: PageHead, pageUrl: string): HeadFacts {
  const metas = new Map<string, string>();
  for (const { attribs } of head.metas) {
    const key = attribs.name ?? attribs.property ?? attribs.itemprop ?? attribs['http-equiv'];
    const { content } = attribs;
    if (key === undefined || content === undefined) continue;
    const name = key.trim().toLowerCase();
    if (!metas.has(name)) metas.set(name, content);
  }
  const base = resolveBase(head.base, pageUrl);
  const resolve = linkResolver(base);
  const robots = robotNames.map((name) => metas.get(name)?.toLowerCase() ?? '').join(',');
  const none = /\bnone\b/.test(robots) && !/max-\w+-preview:\s?none/.test(robots);
  const linkOf = (rel: string): string | undefined => {
    const href = head.links.find(({ attribs }) => attribs.rel?.trim().toLowerCase() === rel)?.attribs.href;
    return href === undefined ? undefined : resolve(href);
  };
  return {
    self: (base === pageUrl ? resolve : linkResolver(pageUrl))(pageUrl),
    resolve,
    base,
    noindex: none || robots.includes('noindex'),
    nofollow: none || robots.includes('nofollow'),
    refresh: readRefresh(metas.get('refresh'), resolve),
    canonical: linkOf('canonical'),
    amp: linkOf('amphtml'),
    metas,
  };
}

function resolveBase(href: string | undefined, pageUrl: string): string {
  if (href === undefined) return pageUrl;
  const url = URL.parse(collapse(href), pageUrl);
  return url && (url.protocol === 'http:' || url.protocol === 'https:') ? url.href : pageUrl;
}

/** `5; url=/next`, with or without quotes and the word `url`. */
function readRefresh(content: string | undefined, resolve: LinkResolver): HeadFacts['refresh'] {
  const match = /^\s{0,9}(\d{0,5})[\d.]{0,9}\s{0,9}[;,]?\s{0,9}(?:url\s{0,9}=\s{0,9})?(.{0,2000})$/is.exec(
    content ?? '',
  );
  if (!match) return undefined;
  const target = (match[2] ?? '')
    .trim()
    .replace(/^(['"])(.*)\1?$/s, (_, quote: string, rest: string) => rest.split(quote)[0] ?? '');
  if (target === '') return undefined;
  const url = resolve(target);
  return url === undefined ? undefined : { url, delaySeconds: Number(match[1] ?? 0) };
}
