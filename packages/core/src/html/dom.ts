import { type ChildNode, Comment, Document, Text } from 'domhandler';
import { PageElement } from './page-element.ts';
import { bitsOfTag, tagBit } from './tags.ts';
import { type TokenSink, tokenize } from './tokenize.ts';

/**
 * The page as a domhandler tree, as htmlparser2 would cut it (see tokenize.ts).
 *
 * Its own tree builder instead of htmlparser2's `Parser`, for three reasons: the parser's stack of open elements costs
 * quadratic time on deep nesting and takes no limits; an end tag in a table cell must not close elements outside of the
 * cell (old portals depend on that); and white space between blocks, half of all nodes, need not become nodes at all.
 */
export interface DomOptions {
  /** True for a tree that whatever selector may ask of: every attribute, and drawings with all their strokes. Default: what the parser reads. */
  readonly isComplete?: boolean;
}

export interface DomLimits {
  /** Nodes after which the rest of the page is not read. */
  readonly nodesMax: number;
  /** Elements deeper than this become siblings of the deepest one. */
  readonly depthMax: number;
}

export interface Dom {
  readonly document: Document;
  readonly nodeCount: number;
  /** True when the page has more nodes than `nodesMax`: what follows was not read. */
  readonly truncated: boolean;
  /** Deepest nesting of elements that the page asked for; beyond `depthMax` the tree is flat. */
  readonly depth: number;
}

const defaultLimits: DomLimits = { nodesMax: 200_000, depthMax: 512 };
/** Comments that CMSs use as marks (`<!--enpcontent-->`) are short; commented-out markup is of no use. */
const commentLengthMax = 64;
/** All but one kind: Founder's newspaper system puts the article's own record into one. */
const recordLengthMax = 8192;
export const founderSign = 'enpproperty';

/** Most of a modern page's elements may be strokes of its icons. */
const drawings: ReadonlySet<string> = new Set(['svg']);

/** Less than this after an unclosed start is not worth the trouble. */
const unclosedLengthMin = 500;
const rawTextTags: readonly (readonly [string, RegExp, RegExp])[] = [
  ['title', /<title\b[^>]{0,200}>/i, /<\/title/i],
  ['textarea', /<textarea\b[^>]{0,500}>/i, /<\/textarea/i],
];

export function parseDom(
  html: string,
  { isComplete = false }: DomOptions = {},
  limits: DomLimits = defaultLimits,
): Dom {
  const builder = build(html, limits, isComplete);
  const { document, nodeCount, truncated, depth } = builder.hasSwallowed
    ? build(closeRawText(html), limits, isComplete)
    : builder;
  return { document, nodeCount, truncated, depth };
}

/**
 * A `<title>` or `<textarea>` that is never closed, or a comment that is never ended, would swallow the whole page.
 * Only the last one of each kind can be open, so one look from the end tells.
 */
function closeRawText(html: string): string {
  let out = html;
  const comment = out.lastIndexOf('<!--');
  if (comment >= 0 && out.length - comment > unclosedLengthMin && out.indexOf('-->', comment + 2) < 0) {
    const end = out.indexOf('>', comment + 4);
    if (end >= 0) out = `${out.slice(0, comment)}${out.slice(end + 1)}`;
  }
  for (const [tag, start, end] of rawTextTags) {
    const first = start.exec(out);
    if (!first || end.test(out)) continue;
    const next = out.indexOf('<', first.index + first[0].length);
    if (next >= 0 && out.length - next > unclosedLengthMin) out = `${out.slice(0, next)}</${tag}>${out.slice(next)}`;
  }
  return out;
}

function build(html: string, limits: DomLimits, isComplete: boolean): TreeBuilder {
  const builder = new TreeBuilder(html, limits, isComplete);
  tokenize(html, builder);
  return builder;
}

class TreeBuilder implements TokenSink {
  readonly document = new Document([]);
  nodeCount = 0;
  depth = 0;
  truncated = false;
  /** True when the page ended inside a title, a text area or a comment that had swallowed much of it. */
  hasSwallowed = false;

  readonly #html: string;
  readonly #limits: DomLimits;
  readonly #stack: PageElement[] = [];
  #parent: Document | PageElement = this.document;
  /** The text node that the next piece of text belongs to. */
  #openText: Text | null = null;
  /** Open elements below the depth limit: they are counted, not kept. */
  #overflow = 0;
  #foreignDepth = 0;
  #formOpen = false;
  #openParagraphs = 0;
  /** Place of an open `head` on the stack, or -1. */
  #head = -1;

  /** The last end tag that closed nothing, as long as no element was opened since. */
  #stray = '';

  readonly skipsAttributes: boolean;
  readonly hollow: ReadonlySet<string> | undefined;

  constructor(html: string, limits: DomLimits, isComplete: boolean) {
    this.skipsAttributes = !isComplete;
    this.hollow = isComplete ? undefined : drawings;
    this.#html = html;
    this.#limits = limits;
  }

  isInForeignContext(): boolean {
    return this.#foreignDepth > 0;
  }

  onText(start: number, end: number): void {
    if (this.#openText) {
      this.#openText.data += this.#html.slice(start, end);
      return;
    }
    if (this.#isLayoutSpace(start, end)) return;
    const text = new Text(this.#html.slice(start, end));
    this.#append(text);
    this.#openText = text;
  }

  onEntity(data: string): void {
    if (this.#openText) {
      this.#openText.data += data;
      return;
    }
    const text = new Text(data);
    this.#append(text);
    this.#openText = text;
  }

  onOpenTag(tag: string, attributes: Record<string, string>, selfClosing: boolean, attributeBits: number): void {
    const name = tag === 'image' && this.#foreignDepth === 0 ? 'img' : tag;
    this.#open(name, attributes, attributeBits, selfClosing && this.#foreignDepth > 0);
  }

  onCloseTag(name: string): void {
    this.#openText = null;
    const tag = bitsOfTag(name);
    if ((tag & tagBit.void) !== 0) {
      if (name === 'br') this.#open('br', {}, 0, false);
      return;
    }
    if (this.#overflow > 0) {
      this.#overflow -= 1;
      return;
    }
    // The same stray end tag thousands of times need not be looked for each time.
    if (name === this.#stray) return;
    const at = this.#findOpen(name, tag);
    if (at >= 0) this.#popTo(at);
    else if (name === 'p') this.#open('p', {}, 0, true);
    else this.#stray = name;
  }

  onComment(start: number, end: number, closed: boolean): void {
    this.#openText = null;
    if (!closed && end - start > unclosedLengthMin) this.hasSwallowed = true;
    if (
      end - start <= commentLengthMax ||
      (end - start <= recordLengthMax && this.#html.startsWith(founderSign, start))
    )
      this.#append(new Comment(this.#html.slice(start, end)));
  }

  onCdata(start: number, end: number): void {
    if (this.#foreignDepth > 0) this.onText(start, end);
  }

  onDeclaration(): void {
    this.#openText = null;
  }

  onEnd(): void {
    const last = this.#stack[this.#stack.length - 1];
    const text = last?.children[0];
    if ((last?.name === 'title' || last?.name === 'textarea') && text?.type === 'text') {
      this.hasSwallowed ||= text.data.length > unclosedLengthMin;
    }
  }

  #open(name: string, attributes: Record<string, string>, attributeBits: number, selfClosing: boolean): void {
    this.#openText = null;
    if (this.truncated) return;
    if (name === 'form') {
      // A form inside a form is ignored by browsers; its end tag then closes the outer one.
      if (this.#formOpen) return;
      this.#formOpen = true;
    }
    const tag = bitsOfTag(name);
    if (this.#head >= 0 && this.#foreignDepth === 0 && (tag & tagBit.headContent) === 0) this.#popTo(this.#head);
    if (this.#overflow === 0) this.#closeImplied(name, tag);
    const element = new PageElement(name, attributes, tag, attributeBits);
    this.#append(element);
    if (selfClosing || (tag & tagBit.void) !== 0) {
      if (name === 'form') this.#formOpen = false;
      return;
    }
    if (this.#stack.length >= this.#limits.depthMax) {
      this.#overflow += 1;
      this.depth = Math.max(this.depth, this.#limits.depthMax + this.#overflow);
      return;
    }
    this.#stack.push(element);
    this.#stray = '';
    this.#parent = element;
    if (this.#stack.length > this.depth) this.depth = this.#stack.length;
    if (name === 'p') this.#openParagraphs += 1;
    else if (name === 'head') this.#head = this.#stack.length - 1;
    else if (name === 'svg' || name === 'math') this.#foreignDepth += 1;
  }

  #append(node: ChildNode): void {
    if (this.nodeCount >= this.#limits.nodesMax) {
      this.truncated = true;
      return;
    }
    this.nodeCount += 1;
    const parent = this.#parent;
    const children = parent.children;
    const last = children.length > 0 ? children[children.length - 1] : undefined;
    node.parent = parent;
    if (last) {
      last.next = node;
      node.prev = last;
      children.push(node);
    } else {
      // Most elements have one child; the first push to an empty list would make room for seventeen.
      parent.children = [node];
    }
  }

  /** White space at the edge of a block, or between two, is layout of the source and not text. */
  #isLayoutSpace(start: number, end: number): boolean {
    for (let at = start; at < end; at += 1) {
      if (this.#html.charCodeAt(at) > 32) return false;
    }
    const parent = this.#parent;
    const last = parent.children[parent.children.length - 1];
    if (last) return last instanceof PageElement && (last.tagBits & tagBit.layout) !== 0;
    return parent instanceof Document || ((parent.tagBits & tagBit.layout) !== 0 && parent.name !== 'pre');
  }

  #closeImplied(name: string, tag: number): void {
    if ((tag & tagBit.closesParagraph) !== 0) {
      const at = this.#openParagraphs > 0 ? this.#findOpen('p', tagBit.closesParagraph) : -1;
      if (at >= 0) this.#popTo(at);
      const top = this.#stack[this.#stack.length - 1];
      if (top && (tag & top.tagBits & tagBit.heading) !== 0) this.#popTo(this.#stack.length - 1);
    }
    switch (name) {
      case 'li':
        this.#closeNearest('li', 'li', 'ul', 'ol', 'menu');
        break;
      case 'dd':
      case 'dt':
        this.#closeNearest('dd', 'dt', 'dl');
        break;
      case 'tr':
        this.#closeNearest('tr', 'tr', 'table');
        break;
      case 'td':
      case 'th':
        this.#closeNearest('td', 'th', 'tr', 'table');
        break;
      case 'tbody':
      case 'thead':
      case 'tfoot':
        this.#closeNearest('tbody', 'thead', 'table');
        break;
      case 'option':
      case 'optgroup':
        if (this.#stack[this.#stack.length - 1]?.name === 'option') this.#popTo(this.#stack.length - 1);
        break;
      case 'a':
        this.#closeOpenAnchor();
        break;
      default:
        break;
    }
  }

  /** Closes the nearest open `first` or `second` unless one of `barriers` is nearer. */
  #closeNearest(first: string, second: string, ...barriers: readonly string[]): void {
    for (let at = this.#stack.length - 1; at >= 0; at -= 1) {
      const name = this.#stack[at]?.name ?? '';
      if (name === first || name === second) {
        this.#popTo(at);
        return;
      }
      if (barriers.includes(name)) return;
    }
  }

  /** Anchors do not nest: a new one ends the open one, unless a block lies between (then both are kept). */
  #closeOpenAnchor(): void {
    for (let at = this.#stack.length - 1; at >= 0; at -= 1) {
      const { name, tagBits } = this.#stack[at] as PageElement;
      if (name === 'a') {
        this.#popTo(at);
        return;
      }
      if ((tagBits & tagBit.inline) === 0) return;
    }
  }

  /** Index of the open element that an end tag `name` closes, or -1. */
  #findOpen(name: string, tag: number): number {
    const crossesScope =
      (tag & tagBit.scope) !== 0 || name === 'tr' || name === 'tbody' || name === 'thead' || name === 'body';
    for (let at = this.#stack.length - 1; at >= 0; at -= 1) {
      const open = this.#stack[at] as PageElement;
      if (open.name === name) return at;
      if (!crossesScope && (open.tagBits & tagBit.scope) !== 0) return -1;
    }
    return -1;
  }

  #popTo(at: number): void {
    while (this.#stack.length > at) {
      const name = this.#stack.pop()?.name;
      if (name === 'p') this.#openParagraphs -= 1;
      else if (name === 'svg' || name === 'math') this.#foreignDepth -= 1;
      else if (name === 'form') this.#formOpen = false;
    }
    if (at <= this.#head) this.#head = -1;
    this.#parent = this.#stack[at - 1] ?? this.document;
  }
}
