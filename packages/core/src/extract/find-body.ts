import { bareArticle } from './bare-article.ts';
import data from './data/model.json' with { type: 'json' };
import { computeFeatures, featureNames } from './features.ts';
import { hopelessBlocks } from './hopeless-blocks.ts';
import { makeWhole } from './make-whole.ts';
import type { PageModel } from './page-model.ts';
import type { StoryHints } from './story-hints.ts';
import { loadTrees, predict } from './trees.ts';

const blockModel = loadTrees(data, featureNames);

/** The body as flags: 1 for each block of the page that belongs to the story. */
export function findBody(model: PageModel, hints: StoryHints): Uint8Array {
  const bare = bareArticle(model);
  if (bare) return bare;
  const skip = hopelessBlocks(model, hints);
  return decideBody(model, hints, predict(blockModel, computeFeatures(model, hints, skip), skip));
}

/** The body by the probability of each block. */
export function decideBody(model: PageModel, hints: StoryHints, probs: Float32Array): Uint8Array {
  const keep = cut(model, probs);
  makeWhole(model, hints, probs, keep);
  return keep;
}

/** A page's cut is one of these: `cutLow` and so on by `cutStep`. train.py knows the first and the last of them. */
const cutLow = 0.3;
const cutStep = 0.05;
const cutCount = 8;
/** Under this step (.45) a page goes only for a story of so many words: the rest of lists and errors is as doubtful as they are. */
const evenStep = 3;
const storyWordsMin = 40;

/**
 * Keeps the blocks from a probability on, which is each page's own: the one with the greatest F1, in words, that the
 * probabilities let expect. A page of doubtful blocks keeps more of them than a page of clear ones.
 */
function cut({ stats }: PageModel, probs: Float32Array): Uint8Array {
  const keep = new Uint8Array(probs.length);
  const steps = new Int8Array(probs.length).fill(-1);
  const words = new Float64Array(cutCount);
  const right = new Float64Array(cutCount);
  let expected = 0;
  for (let index = 0; index < probs.length; index += 1) {
    const prob = probs[index] as number;
    const own = stats[index]?.words ?? 0;
    expected += prob * own;
    if (prob < cutLow) continue;
    const step = Math.min(cutCount - 1, Math.floor((prob - cutLow) / cutStep));
    steps[index] = step;
    words[step] = (words[step] as number) + own;
    right[step] = (right[step] as number) + prob * own;
  }
  let best = cutCount - 1;
  let bestF1 = -1;
  let kept = 0;
  let found = 0;
  for (let step = cutCount - 1; step >= 0; step -= 1) {
    if (step < evenStep && kept < storyWordsMin) break;
    kept += words[step] as number;
    found += right[step] as number;
    const f1 = (2 * found) / Math.max(1, kept + expected);
    if (f1 <= bestF1) continue;
    best = step;
    bestF1 = f1;
  }
  for (let index = 0; index < keep.length; index += 1) if ((steps[index] as number) >= best) keep[index] = 1;
  return keep;
}
