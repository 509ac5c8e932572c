import { headingTags } from '../html/tags.ts';
import { bareArticle } from './bare-article.ts';
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
  const bare = bareArticle(model);
  if (bare) return bare;
  const skip = hopeless(model, hints);
  const probs = predict(blockModel, computeFeatures(model, hints, skip), skip, gapProbabilityMin);
  for (let index = 0; index < blocks.length; index += 1) {
    if ((probs[index] ?? 0) >= blockModel.threshold) keep[index] = 1;
  }
  fillGaps(model, probs, keep);
  keepSubheads(model, hints, keep);
  dropTrailingHeadings(model, keep);
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

/** A few short lines between two blocks of the story are subheads, items of a list, cells of a table. */
const gapBlocksMax = 6;
const gapWordsMax = 60;
/** Below this the model is sure that a line is something else: an advertisement's label, a link to another story. */
const gapProbabilityMin = 0.13;

function fillGaps({ stats }: PageModel, probs: Float32Array, keep: Uint8Array): void {
  let last = -1;
  for (let index = 0; index < keep.length; index += 1) {
    if (keep[index] !== 1) continue;
    if (last >= 0 && index - last > 1 && index - last <= gapBlocksMax + 1) {
      let words = 0;
      let lowest = 1;
      for (let at = last + 1; at < index; at += 1) {
        words += stats[at]?.words ?? 0;
        lowest = Math.min(lowest, probs[at] ?? 0);
      }
      if (words <= gapWordsMax && lowest >= gapProbabilityMin) keep.fill(1, last + 1, index);
    }
    last = index;
  }
}

/**
 * A heading element between two paragraphs of the story is its subhead, unless it is a link or says what it is. What
 * stands between (an advertisement, a box) does not matter when heading and paragraphs are children of one element.
 */
function keepSubheads({ segments, linkDensity, stats }: PageModel, hints: StoryHints, keep: Uint8Array): void {
  const { blocks, containers } = segments;
  const parentOf = (index: number) => containers[blocks[index]?.container ?? -1]?.parent ?? -1;
  let last = keep.indexOf(1);
  for (let index = last + 1; last >= 0 && index + 1 < keep.length; index += 1) {
    if (keep[index] === 1) {
      last = index;
      continue;
    }
    const own = containers[blocks[index]?.container ?? -1];
    if (!own || !headingTags.has(own.tag) || own.hidden) continue;
    const next =
      keep[index + 1] === 1 ? index + 1 : (stats[index + 1]?.words ?? 0) < 4 && keep[index + 2] === 1 ? index + 2 : -1;
    if (next < 0 || parentOf(next) !== own.parent || parentOf(last) !== own.parent) continue;
    if ((linkDensity[index] ?? 0) > 0.3 || (hints.lineKinds[index] ?? 0) !== 0) continue;
    if ((stats[index]?.words ?? 0) > 25 || (hints.title.match[index] ?? 0) > 0) continue;
    keep[index] = 1;
    last = index;
  }
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
