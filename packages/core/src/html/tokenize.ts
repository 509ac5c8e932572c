import { unitReader } from '../hanzi/index.ts';
import { readEntity } from './entities.ts';
import { lowerName, NameTable } from './names.ts';
import { attributeBit, readAttributes } from './tags.ts';

/** What the tokenizer tells, in the order of the page. Positions are of the source. */
export interface TokenSink {
  /** True when no more is wanted. */
  readonly truncated: boolean;
  /** True to be told of the `readAttributes` only. */
  readonly skipsAttributes?: boolean;
  /** Elements to pass over as empty ones when they are closed. */
  readonly hollow?: ReadonlySet<string> | undefined;
  isInForeignContext(): boolean;
  onText(start: number, end: number): void;
  /** A character reference's text. */
  onEntity(text: string): void;
  /** `attributes` is not to be written to: elements without any share one. `attributeBits`: see tags.ts. */
  onOpenTag(name: string, attributes: Record<string, string>, selfClosing: boolean, attributeBits: number): void;
  onCloseTag(name: string): void;
  /** `start` to `end` without the comment's signs; `closed` is false when the page ends in it. */
  onComment(start: number, end: number, closed: boolean): void;
  onCdata(start: number, end: number): void;
  onDeclaration(): void;
  onEnd(): void;
}

/** Elements whose content is text up to their own end tag; true where character references count in it. */
const textOnly: ReadonlyMap<string, boolean> = new Map([
  ...['script', 'style', 'iframe', 'noembed', 'noframes', 'xmp'].map((name) => [name, false] as const),
  ['title', true],
  ['textarea', true],
]);

const read = new NameTable(readAttributes);
/** The bit of each of them; 0 where nobody asks for it on every element. */
const bitOfRead = Int32Array.from(read.names, (name) => (attributeBit as Readonly<Record<string, number>>)[name] ?? 0);
const noAttributes: Record<string, string> = {};

/** Of its own, since a page is read piece by piece, and whoever is told of them may read other texts. */
const pageUnits = unitReader();

/**
 * HTML as tokens, the way htmlparser2's tokenizer cuts it (a test holds them side by side), several times as fast: it
 * leaps from sign to sign with `indexOf` instead of looking at each character. Linear in the length of the page.
 */
export function tokenize(html: string, sink: TokenSink): void {
  new Tokens(html, sink).run();
}

class Tokens {
  readonly #html: string;
  readonly #units: Uint16Array;
  readonly #sink: TokenSink;
  readonly #skips: boolean;
  readonly #hollow: ReadonlySet<string> | undefined;
  readonly #closes = new Map<string, number>();
  #at = 0;
  /** False once the rest of the page is known to have no `-->`: it need not be searched again and again. */
  #mayClose = true;
  /** Attributes of the tag that is being read, and their bits. */
  #attributes = noAttributes;
  #attributeBits = 0;
  /** Place of the next `&` of the page, from where it was last looked for on. */
  #ampersand = -1;

  constructor(html: string, sink: TokenSink) {
    this.#html = html;
    this.#units = pageUnits(html);
    this.#sink = sink;
    this.#skips = sink.skipsAttributes ?? false;
    this.#hollow = sink.hollow;
  }

  run(): void {
    const html = this.#html;
    const sink = this.#sink;
    let from = 0;
    while (!sink.truncated) {
      // The `<` that turned out to be text has been passed already.
      const open = html.indexOf('<', this.#at);
      const end = open < 0 ? html.length : open;
      if (end > from) this.#text(from, end);
      if (open < 0) break;
      this.#at = open + 1;
      from = this.#markup(open) ? this.#at : open;
    }
    if (!sink.truncated) sink.onEnd();
  }

  /** Text with character references. */
  #text(start: number, end: number): void {
    const html = this.#html;
    let from = start;
    for (let amp = this.#nextAmpersand(start); amp < end; ) {
      const entity = readEntity(html, amp, false);
      if (entity === null) {
        amp = this.#nextAmpersand(amp + 1);
        continue;
      }
      if (amp > from) this.#sink.onText(from, amp);
      this.#sink.onEntity(entity.text);
      from = amp + entity.length;
      amp = this.#nextAmpersand(from);
    }
    if (end > from) this.#sink.onText(from, end);
  }

  /** Place of the first `&` from `start` on, or behind the page's end: one look for all texts and values before it. */
  #nextAmpersand(start: number): number {
    if (this.#ampersand < start) {
      const found = this.#html.indexOf('&', start);
      this.#ampersand = found < 0 ? this.#html.length : found;
    }
    return this.#ampersand;
  }

  /** Reads what starts at the `<` at `open`; false when it is mere text. */
  #markup(open: number): boolean {
    const code = this.#units[open + 1] as number;
    if (isLetter(code)) this.#openTag(open + 1);
    else if (code === 47) this.#closeTag(open + 2);
    else if (code === 33) this.#declaration(open + 2);
    else if (code === 63) this.#bogusComment(open + 1, open + 2);
    else return false;
    return true;
  }

  #closeTag(start: number): void {
    const html = this.#html;
    if (start >= html.length) {
      this.#sink.onText(start - 2, start);
      this.#at = start;
      return;
    }
    const units = this.#units;
    const code = units[start] as number;
    if (code === 62) {
      this.#at = start + 1;
      return;
    }
    if (!isLetter(code)) {
      this.#bogusComment(start, start + 1);
      return;
    }
    const end = tagNameEnd(units, start, html.length);
    this.#at = html.length;
    if (end >= html.length) return;
    this.#sink.onCloseTag(lowerName(html, units, start, end));
    const close = html.indexOf('>', end);
    if (close >= 0) this.#at = close + 1;
  }

  #openTag(start: number): void {
    const html = this.#html;
    const units = this.#units;
    const nameEnd = tagNameEnd(units, start, html.length);
    // A tag that the page's end cuts off is no tag.
    this.#at = html.length;
    if (nameEnd >= html.length) return;
    const name = lowerName(html, units, start, nameEnd);
    const special = this.#sink.isInForeignContext() ? undefined : textOnly.get(name);
    const isPlain = name === 'plaintext' && !this.#sink.isInForeignContext();
    this.#attributes = noAttributes;
    this.#attributeBits = 0;
    let at = nameEnd;
    let slash = false;
    for (;;) {
      if (at >= html.length) return;
      const code = units[at] as number;
      if (isSpace(code)) at += 1;
      else if (code === 62) break;
      else if (code === 47) {
        slash = true;
        at += 1;
        while (isSpace(units[at] as number)) at += 1;
        if (units[at] === 62) break;
        slash = false;
      } else at = this.#attribute(at);
      if (at < 0) return;
    }
    this.#at = at + 1;
    this.#sink.onOpenTag(name, this.#attributes, slash, this.#attributeBits);
    if (isPlain) {
      if (this.#at < html.length) this.#sink.onText(this.#at, html.length);
      this.#at = html.length;
    } else if (special !== undefined) this.#textOnly(name, special);
    else if (!slash && this.#hollow?.has(name)) this.#passOver(name);
  }

  /** Where the next end tag of that name begins, or -1: looked for once, or a thousand open elements would search the page each. */
  #nextClose(name: string): number {
    const known = this.#closes.get(name);
    if (known !== undefined && (known < 0 || known >= this.#at)) return known;
    const found = this.#html.indexOf(`</${name}`, this.#at);
    this.#closes.set(name, found);
    return found;
  }

  /** To the end tag of the element that was opened just now; nowhere when it has none, or when others of its kind are in it. */
  #passOver(name: string): void {
    const html = this.#html;
    const close = this.#nextClose(name);
    if (close < 0 || !isTagEnd(this.#units[close + 2 + name.length] as number)) return;
    const inner = html.indexOf(`<${name}`, this.#at);
    if (inner < 0 || inner > close) this.#at = close;
  }

  /** Reads the attribute at `start`; returns where it ends, or -1 when the page ends in it. */
  #attribute(start: number): number {
    const html = this.#html;
    const units = this.#units;
    const { length } = html;
    let at = start + 1;
    while (at < length && !isNameEnd(units[at] as number)) at += 1;
    if (at >= length) return -1;
    const nameEnd = at;
    const number = read.find(units, start, nameEnd);
    const isWanted = number >= 0 || !this.#skips;
    while (isSpace(units[at] as number)) at += 1;
    let value = '';
    if (units[at] === 61) {
      at += 1;
      while (isSpace(units[at] as number)) at += 1;
      const quote = units[at] as number;
      let end: number;
      if (quote === 34 || quote === 39) {
        at += 1;
        end = html.indexOf(quote === 34 ? '"' : "'", at);
        if (end < 0) return -1;
        if (isWanted && end > at) value = this.#value(at, end);
        at = end + 1;
      } else {
        end = at;
        for (let code = quote; end < length && code !== 62 && !isSpace(code); code = units[end] as number) end += 1;
        if (end >= length) return -1;
        if (isWanted) value = this.#value(at, end);
        at = end;
      }
    }
    if (number >= 0) this.#add(read.names[number] as string, value, bitOfRead[number] as number);
    else if (isWanted) this.#add(lowerName(html, units, start, nameEnd), value, 0);
    return at;
  }

  /** The first attribute of a name counts; `constructor` is a name like any other. */
  #add(name: string, value: string, bit: number): void {
    if (this.#attributes === noAttributes) this.#attributes = attributesOf(name, value);
    else if (bit === 0 ? Object.hasOwn(this.#attributes, name) : (this.#attributeBits & bit) !== 0) return;
    else this.#attributes[name] = value;
    this.#attributeBits |= bit;
  }

  #value(start: number, end: number): string {
    const html = this.#html;
    let amp = this.#nextAmpersand(start);
    if (amp >= end) return html.slice(start, end);
    let out = '';
    let from = start;
    while (amp < end) {
      const entity = readEntity(html, amp, true);
      if (entity === null) amp = this.#nextAmpersand(amp + 1);
      else {
        out += html.slice(from, amp) + entity.text;
        from = amp + entity.length;
        amp = this.#nextAmpersand(from);
      }
    }
    return out + html.slice(from, end);
  }

  /** The content of `script`, `title` and the like, up to their own end tag or the page's end. */
  #textOnly(name: string, decodes: boolean): void {
    const html = this.#html;
    const units = this.#units;
    const start = this.#at;
    let end = -1;
    let close = html.indexOf('</', start);
    while (close >= 0) {
      end = close + 2 + name.length;
      if (isTagEnd(units[end] as number) && lowerName(html, units, close + 2, end) === name) break;
      close = html.indexOf('</', close + 2);
    }
    const stop = close < 0 ? html.length : close;
    if (stop > start) {
      if (decodes) this.#text(start, stop);
      else this.#sink.onText(start, stop);
    }
    this.#at = html.length;
    if (close < 0) return;
    this.#sink.onCloseTag(name);
    const next = html.indexOf('>', end);
    if (next >= 0) this.#at = next + 1;
  }

  /** `<!` and what follows, from `start`. */
  #declaration(start: number): void {
    const html = this.#html;
    if (html.startsWith('--', start)) this.#comment(start + 2);
    else if (html.startsWith('[CDATA[', start)) {
      const end = html.indexOf(']]>', start + 7);
      this.#at = end < 0 ? html.length : end + 3;
      if (end < 0) this.#sink.onComment(start, html.length, false);
      else this.#sink.onCdata(start + 7, end);
    } else if (/^doctype/i.test(html.slice(start, start + 7))) {
      const end = html.indexOf('>', start + 7);
      this.#at = end < 0 ? html.length : end + 1;
      if (end >= 0) this.#sink.onDeclaration();
    } else this.#bogusComment(start, start);
  }

  #bogusComment(start: number, from: number): void {
    const end = this.#html.indexOf('>', from);
    this.#at = end < 0 ? this.#html.length : end + 1;
    this.#sink.onComment(start, end < 0 ? this.#html.length : end, end >= 0);
  }

  #comment(start: number): void {
    const html = this.#html;
    const abrupt = this.#units[start] === 62 ? start : html.startsWith('->', start) ? start + 1 : -1;
    if (abrupt >= 0) {
      this.#at = abrupt + 1;
      this.#sink.onComment(start, start, true);
      return;
    }
    const close = this.#mayClose ? html.indexOf('-->', start) : -1;
    if (close < 0) this.#mayClose = false;
    // `--!>` ends a comment too.
    const odd = close < 0 ? html.indexOf('--!>', start) : html.slice(start, close).indexOf('--!>');
    if (odd >= 0) {
      const end = close < 0 ? odd : start + odd;
      this.#at = end + 4;
      this.#sink.onComment(start, end, true);
    } else if (close >= 0) {
      this.#at = close + 3;
      this.#sink.onComment(start, close, true);
    } else {
      this.#at = html.length;
      this.#sink.onComment(start, html.length, false);
    }
  }
}

function tagNameEnd(units: Uint16Array, start: number, length: number): number {
  let at = start;
  while (at < length && !isTagEnd(units[at] as number)) at += 1;
  return at;
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 9 || code === 12 || code === 13;
}

function isTagEnd(code: number): boolean {
  return code === 62 || code === 47 || isSpace(code);
}

/** What ends an attribute's name: all of it lies before the letters. */
function isNameEnd(code: number): boolean {
  return code <= 62 && (code === 61 || isTagEnd(code));
}

/** An object with one attribute: written out for those that mostly come first, since a computed name costs several times as much. */
function attributesOf(name: string, value: string): Record<string, string> {
  switch (name) {
    case 'class':
      return { class: value };
    case 'href':
      return { href: value };
    case 'id':
      return { id: value };
    case 'name':
      return { name: value };
    case 'property':
      return { property: value };
    case 'rel':
      return { rel: value };
    case 'src':
      return { src: value };
    case 'style':
      return { style: value };
    case 'type':
      return { type: value };
    default: {
      const attributes: Record<string, string> = {};
      attributes[name] = value;
      return attributes;
    }
  }
}
