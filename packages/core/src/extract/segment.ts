import type { Document, Element, ParentNode, Text } from 'domhandler';
import { attributeBitsOf, tagBitsOf } from '../html/page-element.ts';
import { attributeBit, tagBit } from '../html/tags.ts';
import { collapse, collapseBreakable, isElement, isText, textOf } from '../html/text.ts';
import { classBits } from './class-words.ts';

/** A block-level element on the page and the blocks of text below it. */
export interface Container {
  readonly element: Element | Document;
  readonly tag: string;
  /** Index in `Segments.containers`; -1 for the page itself. */
  readonly parent: number;
  readonly depth: number;
  /** See class-words.ts: what its class and id say. */
  readonly bits: number;
  readonly hidden: boolean;
  /** Blocks `start` up to but not `end` are below it. */
  readonly start: number;
  end: number;
}

/** A run of text that a reader sees as one line or paragraph. */
export interface Block {
  readonly text: string;
  /** The same with its lone no-break spaces as printed: what goes into the body. */
  readonly printed: string;
  readonly container: number;
  /** Text nodes in page order, and `br`/`img` elements between them. */
  readonly leaves: readonly (Text | Element)[];
  readonly linkChars: number;
  readonly links: number;
  readonly boldChars: number;
  /** What the classes of inline elements in it say. */
  readonly inlineBits: number;
  /** Line breaks between it and the block before, when both lie in one run of text; else 0. */
  readonly breaksBefore: number;
  /** True when the source line starts with two ideographic or no-break spaces, the way Chinese pages open a paragraph. */
  readonly indented: boolean;
}

export interface PageImage {
  readonly element: Element;
  readonly container: number;
  /** Number of blocks before it. */
  readonly block: number;
  /** The `a` around it, if there is one. */
  readonly anchor: Element | null;
}

export interface Anchor {
  readonly element: Element;
  readonly container: number;
  readonly block: number;
}

/** What stands outside of the text: `meta`, `link` and `base` elements wherever the page has them. */
export interface PageHead {
  title: string;
  base: string | undefined;
  readonly metas: Element[];
  readonly links: Element[];
  /** Text of `application/ld+json` scripts. */
  readonly jsonLd: string[];
  /** Characters of other scripts, and the last of them: pages that consist of a script say so there. */
  scriptChars: number;
  scriptSample: string;
  hasPasswordInput: boolean;
}

export interface Segments {
  readonly head: PageHead;
  readonly containers: readonly Container[];
  readonly blocks: readonly Block[];
  readonly images: readonly PageImage[];
  readonly anchors: readonly Anchor[];
  /** How many `video`, `audio`, `iframe`, `object` and `embed` elements there are. */
  readonly embedCount: number;
}

const metasMax = 1_000;
const boldTags = new Set(['b', 'strong']);
const embedTags = new Set(['video', 'audio', 'iframe', 'object', 'embed']);

/** Cuts the page into blocks of text. One walk over the tree, linear in its size. */
export function segment(document: Document): Segments {
  const segmenter = new Segmenter();
  segmenter.run(document);
  return segmenter;
}

class Segmenter implements Segments {
  readonly head: PageHead = {
    title: '',
    base: undefined,
    metas: [],
    links: [],
    jsonLd: [],
    scriptChars: 0,
    scriptSample: '',
    hasPasswordInput: false,
  };
  readonly containers: Container[] = [];
  readonly blocks: Block[] = [];
  readonly images: PageImage[] = [];
  readonly anchors: Anchor[] = [];
  embedCount = 0;

  #container = -1;
  #text = '';
  #leaves: (Text | Element)[] = [];
  #linkChars = 0;
  #links = 0;
  #boldChars = 0;
  #inlineBits = 0;
  #breaks = 0;
  /** The open text follows a `br` after some other text of the same run. */
  #inRun = false;
  #anchor: Element | null = null;
  #bold = 0;
  #pre = 0;

  run(document: Document): void {
    this.#enter(document, 'html', 0, false);
    this.#children(document);
    this.#flush();
    this.#leave();
  }

  #enter(element: Element | Document, tag: string, bits: number, hidden: boolean): void {
    const parent = this.#container;
    const above = this.containers[parent];
    this.#container = this.containers.length;
    this.containers.push({
      element,
      tag,
      parent,
      depth: above ? above.depth + 1 : 0,
      bits,
      hidden: hidden || (above?.hidden ?? false),
      start: this.blocks.length,
      end: this.blocks.length,
    });
  }

  #leave(): void {
    const container = this.containers[this.#container];
    if (!container) return;
    container.end = this.blocks.length;
    this.#container = container.parent;
  }

  #children(parent: ParentNode): void {
    for (const child of parent.children) {
      if (isText(child)) this.#addText(child);
      else if (isElement(child)) this.#addElement(child);
    }
  }

  #addText(node: Text): void {
    const { data } = node;
    if (this.#pre > 0 && data.includes('\n')) {
      const lines = data.split('\n');
      lines.forEach((line, index) => {
        if (index > 0) this.#break();
        if (line !== '') this.#addPiece(line, node);
      });
      return;
    }
    this.#addPiece(data, node);
  }

  #addPiece(data: string, node: Text): void {
    this.#text += data;
    if (this.#anchor) this.#linkChars += data.length;
    if (this.#bold > 0) this.#boldChars += data.length;
    this.#leaves.push(node);
  }

  #addElement(element: Element): void {
    const { name, attribs } = element;
    if (name === 'br') {
      this.#break();
      return;
    }
    if (name === 'img' || name === 'amp-img') {
      this.images.push({ element, container: this.#container, block: this.blocks.length, anchor: this.#anchor });
      return;
    }
    const tag = tagBitsOf(element);
    if ((tag & (tagBit.opaque | tagBit.void)) !== 0) {
      if (embedTags.has(name)) this.embedCount += 1;
      if ((tag & tagBit.opaque) !== 0) {
        this.#readSilent(element);
        return;
      }
      this.#readHead(element);
      if (name !== 'hr') return;
    } else if (name === 'title') {
      this.#readHead(element);
      return;
    }
    const own = attributeBitsOf(element);
    if ((tag & tagBit.inline) !== 0) {
      if ((own & (attributeBit.class | attributeBit.id)) !== 0)
        this.#inlineBits |= classBits(`${attribs.class ?? ''} ${attribs.id ?? ''}`);
      if (name === 'a' && attribs.href !== undefined) this.#addAnchor(element);
      else if (boldTags.has(name)) {
        this.#bold += 1;
        this.#children(element);
        this.#bold -= 1;
      } else if ((own & attributeBit.style) === 0 || attribs.style === undefined || !isUnseen(attribs, own))
        this.#children(element);
      return;
    }
    this.#flush();
    this.#inRun = false;
    const pageLevel = name === 'body' || name === 'html';
    const bits = pageLevel || own === 0 ? 0 : nameBits(attribs, own);
    this.#enter(element, name, bits, !pageLevel && own !== 0 && isUnseen(attribs, own));
    if (name === 'pre') this.#pre += 1;
    this.#children(element);
    if (name === 'pre') this.#pre -= 1;
    this.#flush();
    this.#inRun = false;
    this.#leave();
  }

  /** Elements whose text is not text of the page may still tell something. */
  #readSilent(element: Element): void {
    if (element.name === 'head') {
      for (const child of element.children) {
        if (isElement(child)) {
          if ((tagBitsOf(child) & tagBit.opaque) !== 0) this.#readSilent(child);
          else this.#readHead(child);
        }
      }
      return;
    }
    if (element.name !== 'script') return;
    const text = element.children[0];
    if (!text || !isText(text)) return;
    if (/ld\+json/i.test(element.attribs.type ?? '')) this.head.jsonLd.push(text.data);
    else {
      this.head.scriptChars += text.data.length;
      this.head.scriptSample = text.data.slice(0, 500);
    }
  }

  #readHead(element: Element): void {
    const { name, attribs } = element;
    if (name === 'meta') {
      if (this.head.metas.length < metasMax) this.head.metas.push(element);
    } else if (name === 'link') {
      if (this.head.links.length < metasMax) this.head.links.push(element);
    } else if (name === 'base') this.head.base ??= attribs.href;
    else if (name === 'input') {
      if (attribs.type?.toLowerCase() === 'password') this.head.hasPasswordInput = true;
    } else if (name === 'title' && this.head.title === '') {
      this.head.title = textOf(element, 500);
    }
  }

  #addAnchor(element: Element): void {
    const outer = this.#anchor;
    this.#anchor = element;
    this.#links += 1;
    this.anchors.push({ element, container: this.#container, block: this.blocks.length });
    this.#children(element);
    this.#anchor = outer;
  }

  #break(): void {
    const before = this.blocks.length;
    this.#flush();
    if (this.blocks.length > before) {
      this.#inRun = true;
      this.#breaks = 0;
    }
    this.#breaks += 1;
  }

  #flush(): void {
    // Most elements begin and end where there is nothing to end.
    if (this.#text === '' && this.#leaves.length === 0) {
      this.#linkChars = 0;
      this.#links = 0;
      this.#boldChars = 0;
      this.#inlineBits = 0;
      return;
    }
    const text = collapse(this.#text);
    if (text !== '') {
      this.blocks.push({
        text,
        printed: this.#text.includes('\u00a0') ? collapseBreakable(this.#text) : text,
        container: this.#container,
        leaves: this.#leaves,
        linkChars: Math.min(this.#linkChars, text.length),
        links: this.#links,
        boldChars: Math.min(this.#boldChars, text.length),
        inlineBits: this.#inlineBits,
        breaksBefore: this.#inRun ? this.#breaks : 0,
        indented: isIndented(this.#text),
      });
      this.#leaves = [];
    } else if (this.#leaves.length > 0) {
      this.#leaves = [];
    }
    this.#text = '';
    this.#linkChars = 0;
    this.#links = 0;
    this.#boldChars = 0;
    this.#inlineBits = 0;
  }
}

function isIndented(text: string): boolean {
  let blanks = 0;
  for (let at = 0; at < text.length && at < 40; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x3000 || code === 0xa0) {
      blanks += 1;
      if (blanks === 2) return true;
    } else if (code === 32 || (code >= 9 && code <= 13) || (code > 0xa0 && /\s/.test(text.charAt(at)))) blanks = 0;
    else return false;
  }
  return false;
}

const unseenBits = attributeBit.hidden | attributeBit['aria-hidden'] | attributeBit.style;

function isUnseen(attribs: Record<string, string>, own: number): boolean {
  if ((own & unseenBits) === 0) return false;
  if (attribs.hidden !== undefined || attribs['aria-hidden'] === 'true') return true;
  const { style } = attribs;
  return style !== undefined && /(?:display\s?:\s?none|visibility\s?:\s?hidden)/i.test(style.slice(0, 200));
}

const testBits =
  attributeBit['data-testid'] | attributeBit['data-component'] | attributeBit['data-qa'] | attributeBit['data-type'];
const nameOnlyBits = attributeBit.class | attributeBit.id | attributeBit.role | testBits;

/** Build tools hash class names, but leave names for tests and assistive technology alone. */
function nameBits(attribs: Record<string, string>, own: number): number {
  let bits = 0;
  if ((own & nameOnlyBits) === attributeBit.class) bits = classBits(attribs.class ?? '');
  else if ((own & nameOnlyBits) !== 0) {
    const { role } = attribs;
    const test =
      (own & testBits) === 0
        ? undefined
        : (attribs['data-testid'] ?? attribs['data-component'] ?? attribs['data-qa'] ?? attribs['data-type']);
    bits = classBits(`${attribs.class ?? ''} ${attribs.id ?? ''} ${role ?? ''} ${test ?? ''}`);
  }
  if ((own & (attributeBit.itemprop | attributeBit.property)) === 0) return bits;
  const { itemprop } = attribs;
  if (itemprop !== undefined) bits |= /\b(?:articleBody|reviewBody)\b/.test(itemprop) ? storyBits : classBits(itemprop);
  else if (/\barticleBody\b|^content:encoded$/.test(attribs.property ?? '')) bits |= storyBits;
  return bits;
}

/** `articleBody` by structured data, and what such an element is called. */
const storyBits = (1 << 0) | (1 << 20) | (1 << 21);
