import { recognizeLine } from '../fields/index.ts';
import type { Segments } from './segment.ts';

/** Lines at the edges of a text are labels more often than lines amid it. */
const edgeBlocks = 3;

/** Takes lines out of the body that say themselves that they are no part of the story: 原标题, editor, copyright, "Read more". */
export function dropLines({ blocks }: Segments, keep: Uint8Array): void {
  const first = keep.indexOf(1);
  const last = keep.lastIndexOf(1);
  for (let index = first; index >= 0 && index <= last; index += 1) {
    const block = blocks[index];
    if (keep[index] !== 1 || !block || block.text.length > 300) continue;
    const position = index < first + edgeBlocks ? 'head' : index > last - edgeBlocks ? 'tail' : 'lead';
    if (recognizeLine(block.text, position) !== undefined) keep[index] = 0;
  }
}
