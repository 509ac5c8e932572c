import type { Segments } from '../extract/segment.ts';
import type { Link } from '../page.ts';
import { guessPathKind, splitCanonical, type UrlParts, unwantedPath } from '../url/index.ts';
import type { HeadFacts } from './page-head.ts';
import { textOf } from './text.ts';

/** Links that are kept of one page; a section page of a portal has up to about 800. */
export const LINKS_MAX = 2_000;
const textLengthMax = 300;

const feedTypes = /^\s*application\/(?:rss|atom|rdf|feed)\+(?:xml|json)\s*(?:;|$)/i;
const foreign = /^\s*(?:javascript|mailto|tel|data):/i;
const slash = '/'.charCodeAt(0);
const skippedRels = /(?:^|\s)(?:nofollow|sponsored|ugc)(?:\s|$)/i;

/**
 * Links worth following, in page order, without repeats: feeds of the head first, then anchors. Nothing when the page
 * says `nofollow`. A link that stands on the page twice keeps the longer anchor text: a teaser's picture comes first, its
 * headline second.
 */
export function collectLinks(segments: Segments, head: HeadFacts): Link[] {
  if (head.nofollow) return [];
  const found = new Map<string, { url: string; kind: Link['kind']; text: string; parts: UrlParts | undefined }>();
  const { self, resolve } = head;
  for (const { attribs } of segments.head.links) {
    const { rel, type, href } = attribs;
    if (href === undefined || !/(?:^|\s)alternate(?:\s|$)/i.test(rel ?? '') || !feedTypes.test(type ?? '')) continue;
    const url = resolve(href);
    if (url !== undefined && url !== self)
      found.set(url, { url, kind: 'feed', text: attribs.title ?? '', parts: undefined });
  }
  /** The same raw address need not be resolved twice: menus repeat. */
  const seen = new Map<string, { readonly url: string; readonly parts: UrlParts } | undefined>();
  for (const { element } of segments.anchors) {
    const { href, rel } = element.attribs;
    if (href === undefined || href === '' || href.startsWith('#') || (rel !== undefined && skippedRels.test(rel)))
      continue;
    let target = seen.get(href);
    if (target === undefined && !seen.has(href)) {
      const resolved = href.charCodeAt(0) !== slash && foreign.test(href) ? undefined : resolve(href);
      if (resolved !== undefined && resolved !== self) {
        const parts = splitCanonical(resolved);
        if (unwantedPath(parts) === undefined) target = { url: resolved, parts };
      }
      seen.set(href, target);
    }
    if (target === undefined) continue;
    const { url, parts } = target;
    const known = found.get(url);
    if (known && known.text.length >= 40) continue;
    const text = textOf(element, textLengthMax) || (element.attribs.title ?? '').trim().slice(0, textLengthMax);
    if (!known) {
      if (found.size >= LINKS_MAX) continue;
      found.set(url, { url, kind: 'article', text, parts });
    } else if (text.length > known.text.length) known.text = text;
  }
  return [...found.values()].map(({ url, text, parts }): Link => {
    const guessed = parts === undefined ? 'feed' : guessPathKind(parts, text);
    return text === '' ? { url, kind: guessed } : { url, kind: guessed, text };
  });
}
