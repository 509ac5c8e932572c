import { headingTags } from '../html/tags.ts';
import data from './data/model.json' with { type: 'json' };
import { computeFeatures, featureNames } from './features.ts';
import type { PageModel } from './page-model.ts';
import type { StoryHints } from './story-hints.ts';
import { loadTrees, predict } from './trees.ts';

const blockModel = loadTrees(data, featureNames);

/** The body as flags: 1 for each block of the page that belongs to the story. */
export function findBody(model: PageModel, hints: StoryHints): Uint8Array {
  const { blocks } = model.segments;
  const keep = new Uint8Array(blocks.length);
  const probs = predict(blockModel, computeFeatures(model, hints));
  for (let index = 0; index < blocks.length; index += 1) {
    if ((probs[index] ?? 0) >= blockModel.threshold) keep[index] = 1;
  }
  dropTrailingHeadings(model, keep);
  return keep;
}

/** A heading belongs to the body only with text after it. */
function dropTrailingHeadings({ segments }: PageModel, keep: Uint8Array): void {
  const { blocks, containers } = segments;
  for (let index = keep.length - 1; index >= 0; index -= 1) {
    if (keep[index] !== 1) continue;
    if (!headingTags.has(containers[blocks[index]?.container ?? -1]?.tag ?? '')) return;
    keep[index] = 0;
  }
}
