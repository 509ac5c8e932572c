import { frameOf, type Groups, groupBlocks } from './layout.ts';
import type { PageModel } from './page-model.ts';

/**
 * What the first model's opinion of the blocks around says about a block: features of the second model. A cell of a
 * table or an item of a list is hard to judge alone and easy among its likes.
 */
export const contextNames: readonly string[] = [
  'p',
  'pPrev',
  'pNext',
  'pPrev2',
  'pNext2',
  'pWindow3',
  'pWindow8',
  'pGroup',
  'pFrame',
  'pUp',
  'pTop',
  'pMaxBefore',
  'pMaxAfter',
  'pMaxPage',
  'massBefore',
  'massAfter',
  'sinceSure',
  'toSure',
  'sureBefore',
  'sureAfter',
  'frameSure',
  'upSure',
  'sureWordsPage',
  'pRun',
  'pBest',
  'gapWords',
];
const sure = 0.6;

/** One row of `contextNames.length` numbers per block. `probs` are the first model's. */
export function computeContext(
  model: PageModel,
  probs: Float32Array,
  groups: Groups = groupBlocks(model),
): Float32Array {
  const { segments, stats, wordsBefore } = model;
  const { blocks, containers } = segments;
  const count = blocks.length;
  const rows = new Float32Array(count * contextNames.length);
  // Weighted by words, so that a long paragraph's verdict counts for more than a label's.
  const weight = (index: number) => 1 + Math.min(60, stats[index]?.words ?? 0);
  const mass = new Float64Array(count + 1);
  const weights = new Float64Array(count + 1);
  const sures = new Float64Array(count + 1);
  const groupMass = new Float64Array(groups.words.length);
  const groupWeight = new Float64Array(groups.words.length);
  for (let index = 0; index < count; index += 1) {
    const p = probs[index] ?? 0;
    const w = weight(index);
    mass[index + 1] = (mass[index] ?? 0) + p * w;
    weights[index + 1] = (weights[index] ?? 0) + w;
    sures[index + 1] = (sures[index] ?? 0) + (p > sure ? 1 : 0);
    const group = groups.of[index] ?? 0;
    groupMass[group] = (groupMass[group] ?? 0) + p * w;
    groupWeight[group] = (groupWeight[group] ?? 0) + w;
  }
  const mean = (start: number, end: number, without: number): number => {
    const from = Math.max(0, start);
    const to = Math.min(count, end);
    const w = (weights[to] ?? 0) - (weights[from] ?? 0) - weight(without);
    return w <= 0.001 ? -1 : ((mass[to] ?? 0) - (mass[from] ?? 0) - (probs[without] ?? 0) * weight(without)) / w;
  };
  const maxBefore = new Float32Array(count);
  const maxAfter = new Float32Array(count);
  const lastSure = new Int32Array(count).fill(-1);
  const nextSure = new Int32Array(count).fill(-1);
  let max = 0;
  let at = -1;
  for (let index = 0; index < count; index += 1) {
    maxBefore[index] = max;
    lastSure[index] = at;
    max = Math.max(max, probs[index] ?? 0);
    if ((probs[index] ?? 0) > sure) at = index;
  }
  const pageMax = max;
  max = 0;
  at = -1;
  for (let index = count - 1; index >= 0; index -= 1) {
    maxAfter[index] = max;
    nextSure[index] = at;
    max = Math.max(max, probs[index] ?? 0);
    if ((probs[index] ?? 0) > sure) at = index;
  }
  const total = Math.max(1e-6, mass[count] ?? 0);
  const best = containers[model.best];
  const bestMean = best
    ? ((mass[best.end] ?? 0) - (mass[best.start] ?? 0)) /
      Math.max(1, (weights[best.end] ?? 0) - (weights[best.start] ?? 0))
    : -1;
  for (let index = 0; index < count; index += 1) {
    const block = blocks[index];
    const own = frameOf(containers, block?.container ?? 0);
    const up = containers[own]?.parent ?? -1;
    const top = containers[up]?.parent ?? up;
    const inside = (container: number) => {
      const frame = containers[container];
      return frame ? mean(frame.start, frame.end, index) : -1;
    };
    const sureIn = (container: number) => {
      const frame = containers[container];
      return frame ? ((sures[frame.end] ?? 0) - (sures[frame.start] ?? 0)) / Math.max(1, frame.end - frame.start) : -1;
    };
    const group = groups.of[index] ?? 0;
    const p = probs[index] ?? 0;
    const w = weight(index);
    const others = (groupWeight[group] ?? 0) - w;
    const last = lastSure[index] ?? -1;
    const next = nextSure[index] ?? -1;
    let run = index;
    while ((blocks[run]?.breaksBefore ?? 0) > 0 && index - run < 30) run -= 1;
    const row = index * contextNames.length;
    const values = [
      p,
      probs[index - 1] ?? -1,
      probs[index + 1] ?? -1,
      probs[index - 2] ?? -1,
      probs[index + 2] ?? -1,
      mean(index - 3, index + 4, index),
      mean(index - 8, index + 9, index),
      others > 0.001 ? ((groupMass[group] ?? 0) - p * w) / others : -1,
      inside(own),
      inside(up),
      inside(top),
      maxBefore[index] ?? 0,
      maxAfter[index] ?? 0,
      pageMax,
      (mass[index] ?? 0) / total,
      (total - (mass[index + 1] ?? 0)) / total,
      last < 0 ? 99 : Math.min(99, index - last),
      next < 0 ? 99 : Math.min(99, next - index),
      sures[index] ?? 0,
      (sures[count] ?? 0) - (sures[index + 1] ?? 0),
      sureIn(own),
      sureIn(up),
      Math.log1p(total),
      run === index ? -1 : mean(run, index + 1, index),
      bestMean,
      last < 0 || next < 0 ? -1 : Math.min(999, (wordsBefore[next] ?? 0) - (wordsBefore[last + 1] ?? 0)),
    ];
    for (let column = 0; column < values.length; column += 1) rows[row + column] = values[column] ?? 0;
  }
  return rows;
}
