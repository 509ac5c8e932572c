import type { Segments } from '../extract/segment.ts';
import type { HeadFacts } from '../html/page-head.ts';
import { isElement } from '../html/text.ts';
import { siteDomain } from '../url/index.ts';

/** Words that name a view in an address: as the last or first part of a path, as a host, or in the query. */
const viewSegment = /^(?:amp|print(?:view|able)?|print(?:er)?-(?:friendly|version))$/i;
const viewEnding = /[._-](?:amp|print)(?:\.\w{2,5})?$/i;
const viewQuery = /[?&](?:amp|print|printable|printview|printpage)(?:=(?!0(?:&|$)|false)[^&]*)?(?:&|$)/i;
const viewValue =
  /[?&](?:output|outputtype|view|mode|display|layout|format|tpl|template|action)=(?:amp|print\w{0,8})(?:&|$)/i;

/**
 * The address of the page proper when this one is its AMP or print view: an `amp` page, or one whose address says so, that
 * names another page of its site as canonical. Undefined for any other page, and for a view that is all there is.
 * AMP: https://amp.dev/documentation/guides-and-tutorials/learn/spec/amphtml (required markup: `⚡` or `amp` on html).
 */
export function alternateView(segments: Segments, { canonical, nofollow }: HeadFacts, url: string): string | undefined {
  // Nobody may be sent to the page proper.
  if (canonical === undefined || nofollow) return undefined;
  if (siteDomain(canonical) !== siteDomain(url) || URL.parse(canonical)?.pathname === '/') return undefined;
  if (samePlace(canonical, url) || isViewAddress(canonical)) return undefined;
  return isViewAddress(url) || isAmp(segments) ? canonical : undefined;
}

function isAmp({ containers }: Segments): boolean {
  const root = containers.find(({ tag, parent }) => tag === 'html' && parent >= 0)?.element;
  return root !== undefined && isElement(root) && (root.attribs.amp !== undefined || root.attribs['⚡'] !== undefined);
}

function isViewAddress(address: string): boolean {
  const { hostname, pathname, search } = new URL(address);
  if (/^amp\./i.test(hostname)) return true;
  const segments = pathname.split('/').filter((segment) => segment !== '');
  const last = segments.at(-1) ?? '';
  if (viewSegment.test(last.replace(/\.\w{2,5}$/, '')) || viewSegment.test(segments[0] ?? '')) return true;
  return viewEnding.test(last) || viewQuery.test(search) || viewValue.test(search);
}

/** Scheme and `www.` tell no pages apart. */
function samePlace(one: string, other: string): boolean {
  const bare = (address: string) => address.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\/$/, '');
  return bare(one) === bare(other);
}
