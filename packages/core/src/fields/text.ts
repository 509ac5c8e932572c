import type { AnyNode, Element } from 'domhandler';
import { tagBitsOf } from '../html/page-element.ts';
import { tagBit } from '../html/tags.ts';
import { isElement as isTag } from '../html/text.ts';

const INVISIBLE = /[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]/g;
/** What a tidy line has none of. A pattern runs over a text several times as fast as a loop over its characters. */
const UNTIDY = /[^\S ]| {2}|[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]/;

/** One line: whitespace (ideographic and no-break included) collapsed, invisible characters dropped, ends trimmed. */
export function tidy(source: string): string {
  // Most of what a line has to lose is the source's indentation at its ends.
  const text = source.trim();
  if (!UNTIDY.test(text)) return text;
  return text
    .replace(INVISIBLE, '')
    .replace(/[^\S ]\s*| \s+/g, ' ')
    .trim();
}

/** Nodes looked at for one text: a name or a title never has more, and pages nest without end. */
const NODES_MAX = 3000;

/** The visible text under a node, tidied, at most `lengthMax` characters; blocks and breaks put `blockSign` between words. Iterative: depth does not matter. */
export function textOf(root: AnyNode, lengthMax = 400, blockSign = ' '): string {
  const parts: string[] = [];
  let length = 0;
  let node: AnyNode | null = root;
  for (let visited = 0; node && length < lengthMax * 2 && visited < NODES_MAX; visited += 1) {
    let down: AnyNode | undefined;
    if (node.type === 'text') {
      parts.push(node.data);
      length += node.data.length;
    } else if ('children' in node) {
      const tag = isTag(node) ? tagBitsOf(node) : 0;
      if ((tag & tagBit.line) !== 0) parts.push(blockSign);
      if ((tag & tagBit.silent) === 0) down = node.children[0];
    }
    if (down) {
      node = down;
      continue;
    }
    while (node && node !== root && !node.next) {
      node = node.parent;
      if (node && node !== root && isTag(node) && (tagBitsOf(node) & tagBit.line) !== 0) parts.push(blockSign);
    }
    node = node && node !== root ? node.next : null;
  }
  const text = tidy(parts.join(''));
  return text.length > lengthMax ? text.slice(0, lengthMax) : text;
}

/** The texts under a node with blanks between them, as a reader sees words that the source runs together: `<b>Mar</b><b>12</b>`. */
export function wordsOf(root: AnyNode, lengthMax: number): string {
  const parts: string[] = [];
  let length = 0;
  const visit = (node: AnyNode, depth: number): void => {
    if (length >= lengthMax || depth > 12) return;
    if (node.type === 'text') {
      parts.push(node.data);
      length += node.data.length;
    } else if ('children' in node && !(isTag(node) && (tagBitsOf(node) & tagBit.silent) !== 0)) {
      for (const child of node.children) visit(child, depth + 1);
    }
  };
  visit(root, 0);
  return tidy(parts.join(' ')).slice(0, lengthMax);
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  eacute: 'é',
  egrave: 'è',
  uuml: 'ü',
  ouml: 'ö',
  auml: 'ä',
  szlig: 'ß',
  middot: '·',
};

/** Decodes the entities that pages put twice into metadata; unknown ones stay. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,6})|#[xX]([\da-fA-F]{1,6})|([a-z]{2,8}));/g, (whole, decimal, hex, name) => {
    if (name) return ENTITIES[name] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : whole;
  });
}

/** Plain text of a metadata value: entities decoded (twice-encoded ones too), tags dropped, tidied. */
export function plainText(value: string, lengthMax = 1000): string {
  const cut = value.length > lengthMax * 2 ? value.slice(0, lengthMax * 2) : value;
  const decoded = decodeEntities(decodeEntities(cut));
  const bare = decoded.includes('<') ? decoded.replace(/<\/?[a-zA-Z][^<>]{0,300}>/g, ' ') : decoded;
  const text = tidy(bare);
  return text.length > lengthMax ? text.slice(0, lengthMax) : text;
}

/** Ranges that NFKC may change: accents of their own, superscripts, enclosed, full-width and compatibility characters. */
const HAS_COMPATIBILITY =
  /[\u00aa\u00b2-\u00be\u02b0-\u036f\u2000-\u214f\u2460-\u24ff\u2e80-\u2fdf\u3000-\u30ff\u3130-\u33ff\uf900-\uffff]/;

const BEYOND_ASCII = /[^\0-\x7f]/;

/** For comparing titles and names: NFKC, lower case, only letters and digits. */
export function fold(text: string): string {
  // Classes of all of Unicode cost much more than those of ASCII.
  if (!BEYOND_ASCII.test(text)) return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
  return (HAS_COMPATIBILITY.test(text) ? text.normalize('NFKC') : text).toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** All of Han lies behind the alphabets: for a text in one of them no class of Unicode is looked up. */
const BEYOND_ALPHABETS = /[\u2e80-\uffff]/;

/** Has Han characters in it. */
export function hasHan(text: string): boolean {
  return BEYOND_ALPHABETS.test(text) && /\p{Script=Han}/u.test(text);
}

/** Has Japanese syllables in it; the middle dot of their block is used in Chinese names too. */
export function hasKana(text: string): boolean {
  return /[\u3041-\u3096\u30a1-\u30fa]/.test(text);
}

export function isElement(node: AnyNode | null | undefined): node is Element {
  return node !== null && node !== undefined && 'attribs' in node;
}
