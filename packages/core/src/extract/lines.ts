import { recognizeLine } from '../fields/index.ts';
import type { Segments } from './segment.ts';

/** Lines at the edges of a text are labels more often than lines amid it. */
const edgeBlocks = 3;

/**
 * Takes lines out of the body that say themselves that they are no part of the story: 原标题, editor, copyright,
 * "Read more". Where a line was taken out at an edge, the next one stands there: so again until nothing changes.
 */
export function dropLines(segments: Segments, keep: Uint8Array): void {
  for (let round = 0; round < 8; round += 1) if (!dropOnce(segments, keep)) return;
}

function dropOnce({ blocks }: Segments, keep: Uint8Array): boolean {
  const kept: number[] = [];
  for (let index = keep.indexOf(1); index >= 0; index = keep.indexOf(1, index + 1)) kept.push(index);
  let dropped = false;
  kept.forEach((index, place) => {
    const text = blocks[index]?.text ?? '';
    if (text.length > 300) return;
    const position = place < edgeBlocks ? 'head' : place >= kept.length - edgeBlocks ? 'tail' : 'lead';
    if (recognizeLine(text, position) === undefined) return;
    keep[index] = 0;
    dropped = true;
  });
  return dropped;
}
