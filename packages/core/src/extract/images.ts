import type { ArticleImage } from '@newsmill/contracts';
import type { Element } from 'domhandler';
import type { HeadFacts } from '../html/page-head.ts';
import { isElement, textOf } from '../html/text.ts';
import type { LinkResolver } from '../url/index.ts';
import type { Segments } from './segment.ts';

const imagesMax = 30;
const captionLengthMax = 500;
/** An image whose declared side is shorter than this is an icon, a tracker or a spacer. */
const sideMinPixels = 80;

/** Words in an image's address that never name a picture of the story. */
const notPicture =
  /(?:sprite|spacer|pixel|blank\.gif|transparent|tracking|tracker|beacon|1x1|loading|placeholder|default[_-]?(?:img|pic|image)|grey\.gif|logo|icon|avatar|gravatar|qr[_-]?code|erweima|weixin|wechat|weibo|share|banner|button|btn|badge|emoji|doubleclick|scorecardresearch|\.svg(?:$|\?))/i;

/** Where lazy-loading scripts keep the real address, best first. */
const lazyNames: readonly string[] = [
  'data-src',
  'data-original',
  'data-lazy-src',
  'data-srcset',
  'data-actualsrc',
  'data-url',
  'data-lazy',
  'data-echo',
  'original',
  '_src',
  'src2',
  'data-hi-res-src',
  'data-image',
];

/** The main image first: the one that the page names for itself, then the images that stand between kept blocks. */
export function collectImages(segments: Segments, keep: Uint8Array, head: HeadFacts): ArticleImage[] {
  const found = new Map<string, ArticleImage>();
  const first = keep.indexOf(1);
  const last = keep.lastIndexOf(1);
  const main = mainImage(head);
  if (main) found.set(imageKey(main.url), main);
  if (first < 0) return [...found.values()];
  for (const { element, block, container } of segments.images) {
    // A lead picture stands just above the first paragraph.
    if (block < first - 6 || block > last + 1 || found.size >= imagesMax) continue;
    const near = segments.containers[container];
    if (!near || near.hidden) continue;
    if (block < first && !sharesFrame(segments, container, first)) continue;
    const image = readImage(element, head.resolve);
    if (!image) continue;
    const key = imageKey(image.url);
    const known = found.get(key);
    if (known) found.set(key, { ...image, url: known.url });
    else found.set(key, image);
  }
  return [...found.values()];
}

/** True when the container of an image lies within a few levels of the first kept block. */
function sharesFrame({ containers, blocks }: Segments, container: number, block: number): boolean {
  const above = new Set<number>();
  let at = blocks[block]?.container ?? -1;
  for (let level = 0; at >= 0 && level < 4; level += 1) {
    above.add(at);
    at = containers[at]?.parent ?? -1;
  }
  at = container;
  for (let level = 0; at >= 0 && level < 5; level += 1) {
    if (above.has(at)) return true;
    at = containers[at]?.parent ?? -1;
  }
  return false;
}

function mainImage(head: HeadFacts): ArticleImage | undefined {
  const content = head.metas.get('og:image') ?? head.metas.get('og:image:url') ?? head.metas.get('twitter:image');
  if (content === undefined || notPicture.test(content)) return undefined;
  const url = head.resolve(content);
  if (url === undefined) return undefined;
  return withSize({ url }, pixels(head.metas.get('og:image:width')), pixels(head.metas.get('og:image:height')));
}

/** An `img` element as an image of the article, or undefined when it is an icon, a tracker or has no address. */
export function readImage(element: Element, resolve: LinkResolver): ArticleImage | undefined {
  const { attribs } = element;
  const width = pixels(attribs.width);
  const height = pixels(attribs.height);
  if ((width !== undefined && width < sideMinPixels) || (height !== undefined && height < sideMinPixels))
    return undefined;
  for (const candidate of addresses(attribs)) {
    if (notPicture.test(candidate)) continue;
    const url = resolve(candidate);
    if (url === undefined) continue;
    const caption = captionOf(element);
    return withSize(caption === undefined ? { url } : { url, caption }, width, height);
  }
  return undefined;
}

function withSize(image: ArticleImage, width: number | undefined, height: number | undefined): ArticleImage {
  return { ...image, ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) };
}

function addresses(attribs: Record<string, string>): string[] {
  const out: string[] = [];
  for (const name of lazyNames) {
    const value = attribs[name];
    if (value !== undefined && value !== '') out.push(value.includes(' ') ? widestOf(value) : value);
  }
  if (attribs.src !== undefined && !attribs.src.startsWith('data:')) out.push(attribs.src);
  if (attribs.srcset !== undefined) out.push(widestOf(attribs.srcset));
  return out;
}

/** The address with the greatest descriptor of a `srcset`. */
function widestOf(srcset: string): string {
  let best = '';
  let bestSize = -1;
  for (const part of srcset.slice(0, 5_000).split(/,\s+/)) {
    const [url = '', descriptor = '0'] = part.trim().split(/\s+/);
    const size = Number.parseFloat(descriptor) || 0;
    if (url !== '' && size > bestSize) {
      best = url;
      bestSize = size;
    }
  }
  return best;
}

/** The same picture in another size has the same name, whatever the query says. */
function imageKey(url: string): string {
  const path = url.split('?')[0] ?? url;
  return path.slice(path.lastIndexOf('/') + 1).replace(/[-_@]\d{2,4}x\d{2,4}/, '') || url;
}

function pixels(value: string | undefined): number | undefined {
  const match = /^\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$/.exec(value ?? '');
  const size = Number(match?.[1] ?? 0);
  return size > 0 ? size : undefined;
}

/** The `figcaption` of the figure around the image; else a title attribute that is more than a file name. */
function captionOf(element: Element): string | undefined {
  let node = element.parent;
  for (let level = 0; node && level < 6; level += 1) {
    if (isElement(node) && node.name === 'figure') {
      const caption = findCaption(node);
      return caption === '' ? undefined : caption;
    }
    node = node.parent;
  }
  return undefined;
}

function findCaption(figure: Element): string {
  const open: Element[] = [figure];
  for (let steps = 0; open.length > 0 && steps < 200; steps += 1) {
    const element = open.pop();
    if (!element) break;
    if (element.name === 'figcaption') return textOf(element, captionLengthMax);
    for (const child of element.children) if (isElement(child)) open.push(child);
  }
  return '';
}
