import type { HighlightParams } from './search-params.ts';

type Tags = Required<Pick<HighlightParams, 'pre' | 'post'>>;

/**
 * The tags to ask Elasticsearch for. Escaped text cannot hold `<em>`. Text for a terminal is not escaped, and its tags may
 * be control sequences, which must not come from an article: so it gets placeholders until its own are taken out.
 */
export const wireTags = ({ pre, post, encode }: Required<HighlightParams>): Tags =>
  encode === 'html' ? { pre, post } : { pre: '\ue000', post: '\ue001' };

/** Control characters become blanks: in a terminal they could move the cursor or forge a line. */
export const withoutControls = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ');

/** A fragment as Elasticsearch marked it with `wireTags`, made ready for the reader. */
export function presentFragment(text: string, highlight: Required<HighlightParams>, max: number): string {
  const wire = wireTags(highlight);
  // Two matches side by side are one to the eye.
  const cut = cutFragment(text.replaceAll(wire.post + wire.pre, ''), wire, max);
  if (highlight.encode === 'html') return cut;
  return withoutControls(cut).replaceAll(wire.pre, highlight.pre).replaceAll(wire.post, highlight.post);
}

/**
 * Elasticsearch ends a fragment at a sentence or word; text without either (one character a million times) comes back
 * whole. This cuts such a fragment to about `max` characters around its first mark, never inside an entity or a tag.
 */
export function cutFragment(text: string, { pre, post }: Tags, max: number): string {
  if (text.length <= max) return text;
  const mark = text.indexOf(pre);
  const start = outsideEntity(text, Math.max(0, mark - Math.floor(max / 4)));
  const end = outsideTag(text, outsideEntity(text, start + max), [pre, post]);
  const cut = text.slice(start, end);
  const open = cut.lastIndexOf(pre);
  // Without the cut, a mark that begins in here ends beyond it.
  const closed = open >= 0 && cut.indexOf(post, open + pre.length) < 0 ? cut + post : cut;
  return `${start > 0 ? '…' : ''}${closed}${end < text.length ? '…' : ''}`;
}

/** The longest entity that Lucene's encoder writes is `&quot;`; numeric ones are shorter than 10. */
const entityLengthMax = 10;

/** `at`, or the place after the entity or surrogate pair that `at` would split. */
function outsideEntity(text: string, at: number): number {
  const from = Math.max(0, at - entityLengthMax);
  for (const { 0: entity, index } of text.slice(from, at + entityLengthMax).matchAll(/&[#\w]{1,8};/g)) {
    const begin = from + index;
    if (begin < at && begin + entity.length > at) return begin + entity.length;
  }
  return /^[\udc00-\udfff]/.test(text.slice(at, at + 1)) ? at + 1 : at;
}

/** `at`, or the beginning of the tag that `at` would split. */
function outsideTag(text: string, at: number, tags: readonly string[]): number {
  for (const tag of tags) {
    for (let cut = 1; cut < tag.length; cut += 1) if (text.startsWith(tag, at - cut)) return at - cut;
  }
  return at;
}
