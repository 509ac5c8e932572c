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
  const keep = new Uint8Array(probs.length);
  for (let index = 0; index < keep.length; index += 1) {
    if ((probs[index] ?? 0) >= blockModel.threshold) keep[index] = 1;
  }
  makeWhole(model, hints, probs, keep);
  return keep;
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
