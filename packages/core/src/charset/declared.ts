import { encodingFor } from './encodings.ts';

/** Where a page says what its charset is, and what it says. */
export interface Declaration {
  readonly from: 'bom' | 'header' | 'meta' | 'xml';
  /** WHATWG name of the encoding. */
  readonly encoding: string;
}

/** The HTML standard looks at 1,024 bytes; 38 of 185 Chinese pages declare later, behind comments and preloads. */
const prescanBytes = 1024;
const prescanBytesMax = 16_384;

const headerCharset = /charset\s*=\s*["']?\s*([\w.:-]+)/i;
const metaCharset = /<meta\b[^>]{0,500}?\bcharset\s*=\s*["']?\s*([\w.:-]+)/i;
const xmlEncoding = /^\s{0,20}<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]+)["']/i;

/** Encoding that the byte order mark tells, if there is one. */
export function byteOrderMark(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}

/** UTF-16 without a mark: `<` and the byte after it are enough, markup begins with ASCII. */
export function bareUtf16(bytes: Uint8Array): string | undefined {
  if (bytes.length < 4) return undefined;
  if (bytes[0] !== 0 && bytes[1] === 0 && bytes[2] !== 0 && bytes[3] === 0) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] !== 0 && bytes[2] === 0 && bytes[3] !== 0) return 'utf-16be';
  return undefined;
}

function labelIn(text: string, pattern: RegExp): string | undefined {
  const label = pattern.exec(text)?.[1];
  return label === undefined ? undefined : encodingFor(label);
}

function latin1(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(length, bytes.byteLength)).toString('latin1');
}

/** A declaration in a comment is none. Not by a pattern: thousands of unclosed comments would make it quadratic. */
function withoutComments(markup: string): string {
  let result = '';
  let from = 0;
  for (let open = markup.indexOf('<!--'); open !== -1; open = markup.indexOf('<!--', from)) {
    result += markup.slice(from, open);
    const close = markup.indexOf('-->', open + 4);
    if (close === -1) return result;
    from = close + 3;
  }
  return result + markup.slice(from);
}

function inMarkup(head: string): Declaration | undefined {
  const xml = labelIn(head, xmlEncoding);
  if (xml !== undefined) return { from: 'xml', encoding: asciiCompatible(xml) };
  if (!/<meta/i.test(head)) return undefined;
  const meta = labelIn(withoutComments(head), metaCharset);
  return meta === undefined ? undefined : { from: 'meta', encoding: asciiCompatible(meta) };
}

/** Markup that could be read byte by byte is not UTF-16, whatever it says (HTML standard, prescan). */
const asciiCompatible = (encoding: string): string => (encoding.startsWith('utf-16') ? 'utf-8' : encoding);

/** What the markup itself declares: `<meta charset>`, `<meta http-equiv>`, `<?xml encoding>`. */
export function declaredInMarkup(bytes: Uint8Array): Declaration | undefined {
  const early = inMarkup(latin1(bytes, prescanBytes));
  if (early !== undefined || bytes.length <= prescanBytes) return early;
  return inMarkup(latin1(bytes, prescanBytesMax));
}

/** What the `Content-Type` header declares. */
export function declaredInHeader(contentType: string | undefined): Declaration | undefined {
  const encoding = contentType === undefined ? undefined : labelIn(contentType, headerCharset);
  return encoding === undefined ? undefined : { from: 'header', encoding };
}
