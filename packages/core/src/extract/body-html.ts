import type { Element, Text } from 'domhandler';
import { isElement } from '../html/text.ts';
import type { LinkResolver } from '../url/index.ts';
import { readImage } from './images.ts';
import type { Block, Segments } from './segment.ts';

/**
 * The kept blocks as HTML of a small, fixed set of tags: p, h2-h6, ul, ol, li, blockquote, table, tr, td, th, figure,
 * figcaption, img (src, alt), a (href, http or https only), em, strong, code, pre and br. Nothing of the page's own markup
 * is copied: every tag is written here, every text escaped.
 */
export function bodyHtml(segments: Segments, keep: Uint8Array, resolve: LinkResolver): string {
  const writer = new Writer(segments, resolve);
  const images = segments.images;
  const first = keep.indexOf(1);
  const last = keep.lastIndexOf(1);
  let image = 0;
  for (let index = first; index >= 0 && index <= last; index += 1) {
    const block = segments.blocks[index];
    const sameParagraph = block?.breaksBefore === 1 && !block.indented && keep[index - 1] === 1;
    // A picture between two lines of one paragraph waits for its end: it must not cut the paragraph in two.
    while (!sameParagraph && image < images.length && (images[image]?.block ?? 0) <= index) {
      const next = images[image];
      image += 1;
      if (next && next.block >= first && isPlainImage(segments, next.container, keep, next.block))
        writer.image(next.element);
    }
    if (keep[index] === 1 && block) writer.block(block, sameParagraph);
  }
  return writer.end();
}

/** A picture belongs to the body when the text around it does. */
function isPlainImage({ containers }: Segments, container: number, keep: Uint8Array, block: number): boolean {
  if (containers[container]?.hidden) return false;
  return keep[block] === 1 || keep[block - 1] === 1 || keep[block + 1] === 1;
}

interface Place {
  readonly tag: 'p' | 'h2' | 'h3' | 'h4' | 'h5' | 'h6' | 'li' | 'td' | 'th' | 'pre' | 'figcaption' | 'blockquote';
  /** Index of the container that groups it: list, table, quote. -1 for none. */
  readonly group: number;
  readonly groupTag: '' | 'ul' | 'ol' | 'table' | 'blockquote';
  /** Container of the row or item. */
  readonly row: number;
}

const headings: Readonly<Record<string, Place['tag']>> = { h1: 'h2', h2: 'h2', h3: 'h3', h4: 'h4', h5: 'h5', h6: 'h6' };

class Writer {
  readonly #segments: Segments;
  readonly #resolve: LinkResolver;
  #out = '';
  #place: Place | undefined;

  constructor(segments: Segments, resolve: LinkResolver) {
    this.#segments = segments;
    this.#resolve = resolve;
  }

  image(element: Element): void {
    const image = readImage(element, this.#resolve);
    if (!image) return;
    this.#closeAll();
    const alt = element.attribs.alt ?? '';
    this.#out += `<figure><img src="${escapeHtml(image.url)}"${alt === '' ? '' : ` alt="${escapeHtml(alt.slice(0, 300))}"`}></figure>`;
  }

  block(block: Block, sameParagraph: boolean): void {
    const place = this.#placeOf(block);
    if (sameParagraph && this.#place && this.#place.tag === place.tag && this.#place.row === place.row) {
      this.#out += place.tag === 'pre' ? '\n' : '<br>';
    } else this.#move(place);
    this.#out += place.tag === 'pre' ? escapeHtml(block.text) : this.#inline(block);
  }

  end(): string {
    this.#closeAll();
    return this.#out;
  }

  /** Closes what the next block is not in and opens what it is in. */
  #move(place: Place): void {
    const before = this.#place;
    const sameGroup = before !== undefined && before.group === place.group && before.groupTag === place.groupTag;
    if (before) {
      this.#out += closing(before.tag);
      if (before.groupTag === 'table' && !(sameGroup && before.row === place.row)) this.#out += '</tr>';
      if (!sameGroup && before.groupTag !== '') this.#out += `</${before.groupTag}>`;
    }
    if (!sameGroup && place.groupTag !== '') this.#out += `<${place.groupTag}>`;
    if (place.groupTag === 'table' && !(sameGroup && before?.row === place.row)) this.#out += '<tr>';
    this.#out += place.tag === 'figcaption' ? '<figure><figcaption>' : `<${place.tag}>`;
    this.#place = place;
  }

  #closeAll(): void {
    const before = this.#place;
    if (!before) return;
    this.#out += closing(before.tag);
    if (before.groupTag === 'table') this.#out += '</tr>';
    if (before.groupTag !== '') this.#out += `</${before.groupTag}>`;
    this.#place = undefined;
  }

  #placeOf(block: Block): Place {
    const { containers } = this.#segments;
    let cell = -1;
    let row = -1;
    for (let at = block.container; at >= 0; at = containers[at]?.parent ?? -1) {
      const tag = containers[at]?.tag ?? '';
      const heading = headings[tag];
      if (heading && cell < 0) return { tag: heading, group: -1, groupTag: '', row: at };
      if (tag === 'pre') return { tag: 'pre', group: -1, groupTag: '', row: at };
      if (tag === 'figcaption') return { tag: 'figcaption', group: -1, groupTag: '', row: at };
      if (cell < 0 && (tag === 'li' || tag === 'td' || tag === 'th')) cell = at;
      else if (tag === 'tr' && row < 0) row = at;
      else if ((tag === 'ul' || tag === 'ol') && containers[cell]?.tag === 'li')
        return { tag: 'li', group: at, groupTag: tag, row: cell };
      else if (tag === 'table' && cell >= 0) {
        if (!this.#isDataTable(at)) break;
        return { tag: containers[cell]?.tag === 'th' ? 'th' : 'td', group: at, groupTag: 'table', row };
      } else if (tag === 'blockquote') return { tag: 'p', group: at, groupTag: 'blockquote', row: block.container };
    }
    return { tag: 'p', group: -1, groupTag: '', row: block.container };
  }

  /** Old pages lay their columns out with tables: those hold paragraphs, a table of data holds words and figures. */
  #isDataTable(table: number): boolean {
    const { containers, blocks } = this.#segments;
    const frame = containers[table];
    if (!frame) return false;
    const count = frame.end - frame.start;
    let chars = 0;
    for (let index = frame.start; index < frame.end; index += 1) chars += blocks[index]?.text.length ?? 0;
    return count >= 4 && chars / count < 80;
  }

  /** Text of a block with its links and emphasis; white space collapsed as in `Block.text`. */
  #inline(block: Block): string {
    const top = this.#segments.containers[block.container]?.element;
    let out = '';
    let open: string[] = [];
    let blank = true;
    for (const leaf of block.leaves) {
      if (!('data' in leaf)) continue;
      // Most blocks are one text without anything to collapse; a single blank, by far the most frequent, needs no replacing.
      const text: string =
        leaf.data === block.text
          ? leaf.data
          : leaf.data.replace(/[^\S\u00a0 ][^\S\u00a0]*| [^\S\u00a0]+|\u00a0\s+/g, ' ');
      const piece: string = blank ? text.trimStart() : text;
      if (piece === '') continue;
      const tags = this.#formats(leaf, top);
      let same = 0;
      while (same < open.length && open[same] === tags[same]) same += 1;
      for (let at = open.length - 1; at >= same; at -= 1) out += `</${(open[at] ?? '').split(' ')[0]}>`;
      for (let at = same; at < tags.length; at += 1) out += `<${tags[at]}>`;
      open = tags;
      out += escapeHtml(piece);
      blank = piece.endsWith(' ');
    }
    for (let at = open.length - 1; at >= 0; at -= 1) out += `</${(open[at] ?? '').split(' ')[0]}>`;
    // Only what ends in white space or in an end tag can have white space to lose.
    return /[\s>]$/.test(out.slice(-1)) ? trimBeforeTags(out) : out;
  }

  /** Start tags (without brackets) around a text node inside its block, outermost first. */
  #formats(leaf: Text, top: unknown): string[] {
    const tags: string[] = [];
    for (let node = leaf.parent; node && node !== top && tags.length < 8; node = node.parent) {
      if (!isElement(node)) break;
      const { name } = node;
      let tag = '';
      if (name === 'a') {
        const href = node.attribs.href === undefined ? undefined : this.#resolve(node.attribs.href);
        if (href !== undefined) tag = `a href="${escapeHtml(href)}"`;
      } else if (name === 'b' || name === 'strong') tag = 'strong';
      else if (name === 'i' || name === 'em') tag = 'em';
      else if (name === 'code') tag = 'code';
      if (tag !== '' && !tags.includes(tag)) tags.unshift(tag);
    }
    return tags;
  }
}

function closing(tag: Place['tag']): string {
  return tag === 'figcaption' ? '</figcaption></figure>' : `</${tag}>`;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (char) => escapes[char] ?? char) : text;
}

/** Cuts the white space before the end tags that a piece ends with. */
function trimBeforeTags(html: string): string {
  let end = html.length;
  for (;;) {
    const start = html.endsWith('>', end) ? html.lastIndexOf('</', end) : -1;
    if (start < 0 || !/^<\/[a-z]{1,10}>$/.test(html.slice(start, end))) break;
    end = start;
  }
  return html.slice(0, end).trimEnd() + html.slice(end);
}
