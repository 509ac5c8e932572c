import type { AnyNode, ChildNode, Element, ParentNode, Text } from 'domhandler';
import { tagBitsOf } from './page-element.ts';
import { tagBit } from './tags.ts';

export function isElement(node: AnyNode): node is Element {
  // domhandler gives script and style types of their own.
  return node.type === 'tag' || node.type === 'script' || node.type === 'style';
}

export function isText(node: AnyNode): node is Text {
  return node.type === 'text';
}

/** Every run of white space becomes one blank; the ends are cut. U+3000 and U+00A0 count as white space. */
export function collapse(text: string): string {
  // Cutting the ends first leaves most texts with nothing to replace.
  const cut = text.trim();
  let before = 0;
  for (let at = 0; at < cut.length; at += 1) {
    const code = cut.charCodeAt(at);
    // The blank between two words, by far the most common run, needs no replacing.
    if (code === 32 ? before === 32 : code < 32 || code === 0xa0 || code >= 0x1680) {
      return mayHaveSpace(cut, at) ? cut.replace(/[^\S ]\s*| \s+/g, ' ') : cut;
    }
    before = code;
  }
  return cut;
}

/** False where there is no white space but single blanks, from `from` on. */
function mayHaveSpace(text: string, from: number): boolean {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 32 ? text.charCodeAt(at - 1) === 32 : code < 32 || code === 0xa0) return true;
    if (code >= 0x1680 && code <= 0x3000 && (code < 0x2010 || code > 0x2027)) return true;
    if (code === 0xfeff) return true;
  }
  return false;
}

/** As `collapse`, but a no-break space that stands alone between words stays: its author put it there. */
export function collapseBreakable(text: string): string {
  return text
    .replace(/[^\S\u00a0]+|\u00a0\s+/g, ' ')
    .replace(/ {2,}| \u00a0/g, ' ')
    .trim();
}

/**
 * The text under a node as a reader sees it, in one line: blocks are parted by a blank, scripts and the like left out.
 * Reads until `lengthMax` characters are found.
 */
export function textOf(root: AnyNode, lengthMax = 10_000): string {
  if ('children' in root && root.children.length === 1) {
    const [only] = root.children;
    if (only && isText(only)) return collapse(only.data.slice(0, lengthMax));
  }
  let out = '';
  walk(root, (node) => {
    if (isText(node)) {
      out += node.data;
      return out.length < lengthMax ? 'on' : 'stop';
    }
    if (isElement(node)) {
      const tag = tagBitsOf(node);
      if (node !== root && (tag & tagBit.opaque) !== 0) return 'skip';
      if ((node.name === 'br' || (tag & tagBit.inline) === 0) && !out.endsWith(' ')) out += ' ';
    }
    return 'on';
  });
  return collapse(out.slice(0, lengthMax));
}

/** Visits nodes in page order without recursion. `skip` leaves out what is below a node. */
export function walk(root: AnyNode, visit: (node: AnyNode) => 'on' | 'skip' | 'stop'): void {
  let node: AnyNode | null = root;
  while (node) {
    const next: 'on' | 'skip' | 'stop' = visit(node);
    if (next === 'stop') return;
    const child: ChildNode | undefined =
      next === 'on' && 'children' in node ? (node as ParentNode).children[0] : undefined;
    if (child) {
      node = child;
      continue;
    }
    while (node && node !== root && !node.next) node = node.parent;
    if (!node || node === root) return;
    node = node.next;
  }
}
