import { bareArticle } from './bare-article.ts';
import data from './data/model.json' with { type: 'json' };
import { computeFeatures, featureNames } from './features.ts';
import { gapProbabilityMin, makeWhole } from './make-whole.ts';
import type { PageModel } from './page-model.ts';
import type { StoryHints } from './story-hints.ts';
import { loadTrees, predict } from './trees.ts';

const blockModel = loadTrees(data, featureNames);

/** The body as flags: 1 for each block of the page that belongs to the story. */
export function findBody(model: PageModel, hints: StoryHints): Uint8Array {
  const bare = bareArticle(model);
  if (bare) return bare;
  const skip = hopeless(model, hints);
  return decideBody(model, hints, predict(blockModel, computeFeatures(model, hints, skip), skip, gapProbabilityMin));
}

/** The body by the probability of each block. */
export function decideBody(model: PageModel, hints: StoryHints, probs: Float32Array): Uint8Array {
  const keep = atLeast(model, hints, probs, blockModel.threshold);
  if (wordsOf(model, keep) >= nothingBelow) return keep;
  // Next to nothing is no answer where the model was in two minds about much more.
  const more = atLeast(model, hints, probs, gapProbabilityMin);
  return wordsOf(model, more) >= secondLookMin ? more : keep;
}

/** Words of a body that is as good as none, and those that a second look has to find. */
const nothingBelow = 15;
const secondLookMin = 40;

function atLeast(model: PageModel, hints: StoryHints, probs: Float32Array, threshold: number): Uint8Array {
  const keep = new Uint8Array(probs.length);
  for (let index = 0; index < keep.length; index += 1) {
    if ((probs[index] ?? 0) >= threshold) keep[index] = 1;
  }
  makeWhole(model, hints, probs, keep);
  return keep;
}

function wordsOf({ stats }: PageModel, keep: Uint8Array): number {
  let words = 0;
  for (let index = 0; index < keep.length; index += 1) if (keep[index] === 1) words += stats[index]?.words ?? 0;
  return words;
}

/**
 * Two thirds of a page's blocks need no model: links and labels outside of the frame and of the longest run of text.
 * Of a hundred thousand such blocks the model keeps one.
 */
function hopeless(model: PageModel, hints: StoryHints): Uint8Array {
  const { segments, stats, linkDensity, best, run } = model;
  const frame = segments.containers[best];
  const skip = new Uint8Array(stats.length);
  for (let index = 0; index < skip.length; index += 1) {
    if (frame && index >= frame.start && index < frame.end) continue;
    if (index >= run[0] && index < run[1]) continue;
    const isLabel = (linkDensity[index] ?? 0) >= 0.8 || (stats[index]?.words ?? 0) < 4;
    if (isLabel && (hints.title.match[index] ?? 0) === 0) skip[index] = 1;
  }
  return skip;
}
