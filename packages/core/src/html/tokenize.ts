import { readEntity } from './entities.ts';
import { lowerName } from './names.ts';

/** What the tokenizer tells, in the order of the page. Positions are of the source. */
export interface TokenSink {
  /** True when no more is wanted. */
  readonly truncated: boolean;
  /** Names of the attributes to tell of; all of them when absent. */
  readonly attributes?: ReadonlySet<string> | undefined;
  /** Elements to pass over as empty ones when they are closed. */
  readonly hollow?: ReadonlySet<string> | undefined;
  isInForeignContext(): boolean;
  onText(start: number, end: number): void;
  /** A character reference's text. */
  onEntity(text: string): void;
  onOpenTag(name: string, attributes: Record<string, string>, selfClosing: boolean): void;
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

/**
 * HTML as tokens, the way htmlparser2's tokenizer cuts it (a test holds them side by side), several times as fast: it
 * leaps from sign to sign with `indexOf` instead of looking at each character. Linear in the length of the page.
 */
export function tokenize(html: string, sink: TokenSink): void {
  new Tokens(html, sink).run();
}

class Tokens {
  readonly #html: string;
  readonly #sink: TokenSink;
  readonly #attributes: ReadonlySet<string> | undefined;
  readonly #hollow: ReadonlySet<string> | undefined;
  readonly #closes = new Map<string, number>();
  #at = 0;
  /** False once the rest of the page is known to have no `-->`: it need not be searched again and again. */
  #mayClose = true;

  constructor(html: string, sink: TokenSink) {
    this.#html = html;
    this.#sink = sink;
    this.#attributes = sink.attributes;
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
    for (let amp = indexIn(html, start, end); amp >= 0; ) {
      const entity = readEntity(html, amp, false);
      if (entity === null) {
        amp = indexIn(html, amp + 1, end);
        continue;
      }
      if (amp > from) this.#sink.onText(from, amp);
      this.#sink.onEntity(entity.text);
      from = amp + entity.length;
      amp = indexIn(html, from, end);
    }
    if (end > from) this.#sink.onText(from, end);
  }

  /** Reads what starts at the `<` at `open`; false when it is mere text. */
  #markup(open: number): boolean {
    const html = this.#html;
    const code = html.charCodeAt(open + 1);
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
    const code = html.charCodeAt(start);
    if (code === 62) {
      this.#at = start + 1;
      return;
    }
    if (!isLetter(code)) {
      this.#bogusComment(start, start + 1);
      return;
    }
    const end = tagNameEnd(html, start);
    this.#at = html.length;
    if (end >= html.length) return;
    this.#sink.onCloseTag(lowerName(html, start, end));
    const close = html.indexOf('>', end);
    if (close >= 0) this.#at = close + 1;
  }

  #openTag(start: number): void {
    const html = this.#html;
    const nameEnd = tagNameEnd(html, start);
    // A tag that the page's end cuts off is no tag.
    this.#at = html.length;
    if (nameEnd >= html.length) return;
    const name = lowerName(html, start, nameEnd);
    const special = this.#sink.isInForeignContext() ? undefined : textOnly.get(name);
    const isPlain = name === 'plaintext' && !this.#sink.isInForeignContext();
    const attributes: Record<string, string> = {};
    let at = nameEnd;
    let slash = false;
    for (;;) {
      const code = html.charCodeAt(at);
      if (Number.isNaN(code)) return;
      if (isSpace(code)) at += 1;
      else if (code === 62) break;
      else if (code === 47) {
        slash = true;
        at += 1;
        while (isSpace(html.charCodeAt(at))) at += 1;
        if (html.charCodeAt(at) === 62) break;
        slash = false;
      } else at = this.#attribute(at, attributes);
      if (at < 0) return;
    }
    this.#at = at + 1;
    this.#sink.onOpenTag(name, attributes, slash);
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
    if (close < 0 || !isTagEnd(html.charCodeAt(close + 2 + name.length))) return;
    const inner = html.indexOf(`<${name}`, this.#at);
    if (inner < 0 || inner > close) this.#at = close;
  }

  /** Reads the attribute at `start`; returns where it ends, or -1 when the page ends in it. */
  #attribute(start: number, attributes: Record<string, string>): number {
    const html = this.#html;
    let at = start + 1;
    let code = html.charCodeAt(at);
    while (at < html.length && code !== 61 && code !== 47 && code !== 62 && !isSpace(code)) {
      at += 1;
      code = html.charCodeAt(at);
    }
    if (at >= html.length) return -1;
    const name = lowerName(html, start, at);
    const isWanted = this.#attributes?.has(name) ?? true;
    while (isSpace(html.charCodeAt(at))) at += 1;
    let value = '';
    if (html.charCodeAt(at) === 61) {
      at += 1;
      while (isSpace(html.charCodeAt(at))) at += 1;
      const quote = html.charCodeAt(at);
      let end: number;
      if (quote === 34 || quote === 39) {
        at += 1;
        end = html.indexOf(quote === 34 ? '"' : "'", at);
        if (end < 0) return -1;
        if (isWanted && end > at) value = this.#value(at, end);
        at = end + 1;
      } else {
        end = at;
        for (code = quote; end < html.length && code !== 62 && !isSpace(code); code = html.charCodeAt(end)) end += 1;
        if (end >= html.length) return -1;
        if (isWanted) value = this.#value(at, end);
        at = end;
      }
    }
    // The first one of a name counts; `constructor` is a name like any other.
    if (isWanted && (attributes[name] === undefined || !Object.hasOwn(attributes, name))) attributes[name] = value;
    return at;
  }

  #value(start: number, end: number): string {
    const html = this.#html;
    let amp = indexIn(html, start, end);
    if (amp < 0) return html.slice(start, end);
    let out = '';
    let from = start;
    while (amp >= 0) {
      const entity = readEntity(html, amp, true);
      if (entity === null) amp = indexIn(html, amp + 1, end);
      else {
        out += html.slice(from, amp) + entity.text;
        from = amp + entity.length;
        amp = indexIn(html, from, end);
      }
    }
    return out + html.slice(from, end);
  }

  /** The content of `script`, `title` and the like, up to their own end tag or the page's end. */
  #textOnly(name: string, decodes: boolean): void {
    const html = this.#html;
    const start = this.#at;
    let end = -1;
    let close = html.indexOf('</', start);
    while (close >= 0) {
      end = close + 2 + name.length;
      if (isTagEnd(html.charCodeAt(end)) && lowerName(html, close + 2, end) === name) break;
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
    const abrupt = html.charCodeAt(start) === 62 ? start : html.startsWith('->', start) ? start + 1 : -1;
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

/** Place of the first `&` from `start` on and before `end`, or -1. */
function indexIn(html: string, start: number, end: number): number {
  for (let at = start; at < end; at += 1) if (html.charCodeAt(at) === 38) return at;
  return -1;
}

function tagNameEnd(html: string, start: number): number {
  let at = start;
  while (at < html.length && !isTagEnd(html.charCodeAt(at))) at += 1;
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
