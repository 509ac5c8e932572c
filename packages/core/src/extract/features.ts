import { classBitCount } from './class-words.ts';
import {
  articleDepths,
  blocksSinceHeading,
  chainTo,
  framesOf,
  frameTags,
  groupBlocks,
  imagesBefore,
  neighbourhood,
  putDistances,
  runWords,
  slotCount,
  topFrame,
} from './layout.ts';
import type { PageModel } from './page-model.ts';
import type { Block, Container, Segments } from './segment.ts';
import type { StoryHints } from './story-hints.ts';
import { endsOpen, type TextStats } from './text-stats.ts';

/**
 * The numbers that the block model sees, one row per block. Order and meaning are part of the trained model
 * (data/model.json): after any change here it must be trained again (test/bench/extract/train.py).
 */

const tagKinds: ReadonlyMap<string, number> = new Map([
  ['p', 1],
  ['div', 2],
  ['li', 3],
  ['td', 4],
  ['th', 4],
  ['h1', 5],
  ['h2', 6],
  ['h3', 7],
  ['h4', 8],
  ['h5', 8],
  ['h6', 8],
  ['blockquote', 9],
  ['figcaption', 10],
  ['pre', 11],
  ['dt', 12],
  ['dd', 12],
  ['button', 13],
  ['section', 14],
  ['article', 14],
  ['main', 14],
  ['body', 15],
  ['html', 15],
]);

const ownNames = [
  'logWords',
  'linkDensity',
  'links',
  'terminals',
  'commas',
  'sentence',
  'digitRatio',
  'capitalRatio',
  'shortRatio',
  'functionRatio',
  'denseRatio',
  'meanWord',
  'colons',
  'separators',
  'quotes',
  'bold',
  'tagKind',
  'paragraph',
  'hidden',
  'inlineBits',
  'lineKind',
  'inStory',
  'isDescription',
  'repeats',
  'runWords',
  'ellipsis',
  'imageBefore',
] as const;
const placeNames = [
  'depth',
  'indexShare',
  'wordShare',
  'fromTitle',
  'wordsFromTitle',
  'fromRunStart',
  'fromRunEnd',
  'inRun',
  'inBest',
  'levelsToBest',
  'scoreShare',
  'bestShareOfPage',
  'ownFrameWords',
  'ownFrameDensity',
  'ownFrameBlocks',
  'ownFrameParagraphs',
  'ownFrameMean',
  'upFrameWords',
  'upFrameDensity',
  'upFrameBlocks',
  'upFrameParagraphs',
  'upFrameShare',
  'topFrameWords',
  'topFrameDensity',
  'topFrameParagraphs',
  'groupWords',
  'groupDensity',
  'groupBlocks',
  'groupShare',
  'groupParagraphShare',
  'sameTagRun',
  'siblingsBefore',
  'upToTitle',
  'downFromTitle',
  'upToBest',
  'bestDepth',
  'bestPlace',
  'sinceHeading',
  'groupMean',
  'articles',
] as const;
const nearNames = [
  'prevWords',
  'prevDensity',
  'prevSame',
  'prevKind',
  'prevParagraph',
  'nextWords',
  'nextDensity',
  'nextSame',
  'nextKind',
  'nextParagraph',
  'prev2Words',
  'next2Words',
  'next2Density',
  'prose3',
  'prose8',
  'linkWords3',
  'linkWords8',
  'paragraphsBefore',
  'paragraphsAfter',
  'toParagraphAfter',
] as const;
const pageNames = [
  'pageWords',
  'pageBlocks',
  'pageDensity',
  'pageParagraphs',
  'pageDense',
  'pageHasStory',
  'bestParagraphs',
] as const;

export const featureNames: readonly string[] = [
  ...ownNames,
  ...placeNames,
  ...nearNames,
  ...pageNames,
  ...Array.from({ length: classBitCount }, (_, bit) => `class${bit}`),
  ...frameTags.map((tag) => `in:${tag}`),
];
export const featureCount = featureNames.length;

/** One row of `featureCount` numbers for each block that is not marked in `skip`, in page order. */
export function computeFeatures(model: PageModel, hints: StoryHints, skip?: Uint8Array): Float32Array {
  const { segments } = model;
  const { blocks, containers } = segments;
  let count = 0;
  for (let index = 0; index < blocks.length; index += 1) if (skip?.[index] !== 1) count += 1;
  const rows = new Float32Array(count * featureCount);
  const groups = groupBlocks(model);
  const runs = runWords(segments, model.stats);
  const page = pageNumbers(model, hints);
  const repeats = countRepeats(segments, skip);
  const { title } = hints;
  const near = neighbourhood(model);
  const articles = articleDepths(containers);
  const images = imagesBefore(segments);
  const titleChain = chainTo(containers, blocks[title.index]?.container ?? -1);
  const bestChain = chainTo(containers, model.best);
  const sinceHeading = blocksSinceHeading(segments);
  const best = containers[model.best];
  const frames = framesOf(containers);
  // Row by row the same logarithms are asked for, a block's own and its neighbours'.
  const logWords = new Float64Array(blocks.length);
  for (let index = 0; index < blocks.length; index += 1)
    logWords[index] = Math.log1p((model.stats[index] as TextStats).words);
  const pageLogWords = Math.log1p(page.words);
  let at = 0;
  for (let index = 0; index < blocks.length; index += 1) {
    if (skip?.[index] === 1) continue;
    const block = blocks[index] as Block;
    const stats = model.stats[index] as TextStats;
    const own = containers[block.container] as Container;
    const words = Math.max(stats.words, 0.5);
    const latin = Math.max(1, stats.latinWords);
    const length = block.text.length;

    rows[at++] = logWords[index] ?? 0;
    rows[at++] = model.linkDensity[index] ?? 0;
    rows[at++] = block.links;
    rows[at++] = stats.terminals;
    rows[at++] = stats.commas / words;
    rows[at++] = model.sentence[index] ?? 0;
    rows[at++] = stats.digits / length;
    rows[at++] = stats.capitalWords / latin;
    rows[at++] = stats.shortWords / latin;
    rows[at++] = stats.denseChars > 0 ? stats.functionChars / stats.denseChars : -1;
    rows[at++] = stats.denseChars / length;
    rows[at++] = stats.letters / latin;
    rows[at++] = stats.colons;
    rows[at++] = stats.separators;
    rows[at++] = stats.quotes;
    rows[at++] = block.boldChars / length;
    rows[at++] = kindOfTag(own.tag);
    rows[at++] = model.paragraph[index] ?? 0;
    rows[at++] = own.hidden ? 1 : 0;
    rows[at++] = block.inlineBits === 0 ? 0 : block.inlineBits & 0b1001111110 ? 2 : 1;
    rows[at++] = hints.lineKind(index);
    rows[at++] = hints.inStory(index);
    rows[at++] = hints.isDescription(block.text) ? 1 : 0;
    rows[at++] = repeats.get(block.text) ?? 1;
    rows[at++] = Math.log1p(runs[index] ?? 0);
    rows[at++] = endsOpen(block.text) ? 1 : 0;
    rows[at++] = images[index] ?? 0;

    const before = model.wordsBefore[index] ?? 0;
    rows[at++] = own.depth;
    rows[at++] = index / blocks.length;
    rows[at++] = before / page.words;
    rows[at++] = title.index < 0 ? 999 : clamp(index - title.index, -50, 200);
    rows[at++] = title.index < 0 ? 9999 : clamp(before - (model.wordsBefore[title.index] ?? 0), -300, 3000);
    rows[at++] = clamp(index - model.run[0], -50, 200);
    rows[at++] = clamp(model.run[1] - index, -50, 200);
    rows[at++] = index >= model.run[0] && index < model.run[1] ? 1 : 0;
    const inBest = best !== undefined && index >= best.start && index < best.end;
    rows[at++] = inBest ? 1 : 0;
    rows[at++] = inBest ? own.depth - best.depth : -1;
    const frame = frames.of(block.container);
    const up = containers[frame]?.parent ?? -1;
    const top = topFrame(containers, up);
    rows[at++] = (model.sums[frame]?.score ?? 0) / page.bestScore;
    rows[at++] = (model.sums[model.best]?.words ?? 0) / page.words;
    at = putFrame(rows, at, model, frame, true);
    at = putFrame(rows, at, model, up, false);
    rows[at++] = (model.sums[up]?.words ?? 0) / page.words;
    const topSums = model.sums[top];
    rows[at++] = Math.log1p(topSums?.words ?? 0);
    rows[at++] = (topSums?.linkWords ?? 0) / Math.max(1, topSums?.words ?? 0);
    rows[at++] = topSums?.paragraphs ?? 0;
    const group = groups.of[index] ?? 0;
    rows[at++] = Math.log1p(groups.words[group] ?? 0);
    rows[at++] = (groups.linkWords[group] ?? 0) / Math.max(1, groups.words[group] ?? 0);
    rows[at++] = groups.count[group] ?? 0;
    rows[at++] = (groups.words[group] ?? 0) / page.words;
    rows[at++] = (groups.paragraphs[group] ?? 0) / Math.max(1, groups.count[group] ?? 0);
    rows[at++] = groups.adjacent[index] ?? 0;
    rows[at++] = index - (containers[frame]?.start ?? 0);
    rows[at++] = titleChain.up(block.container);
    rows[at++] = titleChain.down(block.container);
    rows[at++] = bestChain.up(block.container);
    rows[at++] = bestChain.down(block.container);
    rows[at++] = best ? (index - best.start) / Math.max(1, best.end - best.start) : -1;
    rows[at++] = sinceHeading[index] ?? 99;
    rows[at++] = (groups.words[group] ?? 0) / Math.max(1, groups.count[group] ?? 0);
    rows[at++] = articles[block.container] ?? 0;

    for (let other = index - 1; other <= index + 1; other += 2) {
      const neighbour = blocks[other];
      if (neighbour === undefined) {
        rows.fill(-1, at, at + 5);
        at += 5;
        continue;
      }
      rows[at++] = logWords[other] ?? 0;
      rows[at++] = model.linkDensity[other] ?? 0;
      rows[at++] = groups.of[other] === group ? 2 : frames.of(neighbour.container) === frame ? 1 : 0;
      rows[at++] = kindOfTag(containers[neighbour.container]?.tag);
      rows[at++] = model.paragraph[other] ?? -1;
    }
    rows[at++] = logWords[index - 2] ?? -1;
    rows[at++] = logWords[index + 2] ?? -1;
    rows[at++] = model.linkDensity[index + 2] ?? -1;
    rows[at++] = Math.log1p(near.prose(index - 3, index + 4));
    rows[at++] = Math.log1p(near.prose(index - 8, index + 9));
    rows[at++] = Math.log1p(near.linkWords(index - 3, index + 4));
    rows[at++] = Math.log1p(near.linkWords(index - 8, index + 9));
    rows[at++] = near.paragraphs(0, index);
    rows[at++] = near.paragraphs(index + 1, blocks.length);
    rows[at++] = near.toParagraphAfter[index] ?? 99;

    rows[at++] = pageLogWords;
    rows[at++] = blocks.length;
    rows[at++] = page.density;
    rows[at++] = page.paragraphs;
    rows[at++] = page.dense;
    rows[at++] = page.hasStory;
    rows[at++] = model.sums[model.best]?.paragraphs ?? 0;
    putDistances(rows, at, containers, block.container);
    at += slotCount;
  }
  return rows;
}

function kindOfTag(tag: string | undefined): number {
  return tag === undefined ? 0 : (tagKinds.get(tag) ?? 0);
}

/** How often each text of a row stands on the page, where that is more than once. */
function countRepeats({ blocks }: Segments, skip: Uint8Array | undefined): Map<string, number> {
  // Texts of a length of their own need not be compared.
  const lengths = new Map<number, number>();
  for (let index = 0; index < blocks.length; index += 1)
    if (skip?.[index] !== 1) lengths.set((blocks[index] as Block).text.length, 0);
  for (const { text } of blocks) {
    const count = lengths.get(text.length);
    if (count !== undefined) lengths.set(text.length, count + 1);
  }
  const repeats = new Map<string, number>();
  for (const { text } of blocks)
    if ((lengths.get(text.length) ?? 0) > 1) repeats.set(text, (repeats.get(text) ?? 0) + 1);
  return repeats;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

function putFrame(rows: Float32Array, start: number, model: PageModel, frame: number, withMean: boolean): number {
  const sums = model.sums[frame];
  const words = sums?.words ?? 0;
  const count = Math.max(1, sums?.count ?? 0);
  rows[start] = Math.log1p(words);
  rows[start + 1] = (sums?.linkWords ?? 0) / Math.max(1, words);
  rows[start + 2] = count;
  rows[start + 3] = sums?.paragraphs ?? 0;
  if (!withMean) return start + 4;
  rows[start + 4] = words / count;
  return start + 5;
}

function pageNumbers(model: PageModel, hints: StoryHints) {
  const { segments, stats, linkDensity, paragraph } = model;
  const words = Math.max(1, model.wordsBefore[segments.blocks.length] ?? 0);
  let linkWords = 0;
  let paragraphs = 0;
  let dense = 0;
  let letters = 0;
  stats.forEach((own, index) => {
    linkWords += own.words * (linkDensity[index] ?? 0);
    paragraphs += paragraph[index] ?? 0;
    dense += own.denseChars;
    letters += own.letters;
  });
  return {
    words,
    density: linkWords / words,
    paragraphs,
    dense: dense / Math.max(1, dense + letters),
    hasStory: hints.hasStory ? 1 : 0,
    bestScore: Math.max(1e-6, model.sums[model.best]?.score ?? 0),
  };
}
