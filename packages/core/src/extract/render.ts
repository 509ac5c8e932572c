import type { Segments } from './segment.ts';

/** Body text of the kept blocks: paragraphs joined by a blank line, lines of one paragraph by a line break. */
export function bodyText({ blocks }: Segments, keep: Uint8Array): string {
  let out = '';
  for (let index = 0; index < blocks.length; index += 1) {
    const block = blocks[index];
    if (keep[index] !== 1 || !block) continue;
    if (out !== '') out += block.breaksBefore === 1 && !block.indented && keep[index - 1] === 1 ? '\n' : '\n\n';
    out += block.printed;
  }
  return out;
}
