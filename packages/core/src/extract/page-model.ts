import type { Block, Container, Segments } from './segment.ts';
import { endsSentence, type TextStats, textStats } from './text-stats.ts';

/** Sums over the blocks below one container. */
export interface ContainerSums {
  words: number;
  linkWords: number;
  /** Blocks. */
  count: number;
  /** Blocks that read like a paragraph. */
  paragraphs: number;
  paragraphWords: number;
  /** How much the paragraphs below speak for this element as the story's frame; cf. Arc90's Readability. */
  score: number;
  /** Words of the paragraphs that do not stand in comments, side columns and the like. */
  trusted: number;
}

/** The page as numbers: what the features and the rules are made of. */
export interface PageModel {
  readonly segments: Segments;
  readonly stats: readonly TextStats[];
  /** Share of a block's characters inside links, 0 to 1. */
  readonly linkDensity: Float32Array;
  readonly sentence: Uint8Array;
  readonly paragraph: Uint8Array;
  readonly sums: readonly ContainerSums[];
  /** Container with the best score, or -1 on a page without a paragraph. */
  readonly best: number;
  /** Blocks [start, end) with the most text that is not links: the maximum-sum run. */
  readonly run: readonly [number, number];
  /** words before block i; one longer than the blocks. */
  readonly wordsBefore: Float64Array;
}

/** Bits of class-words.ts that speak for and against a container as the story's frame. */
const forBits = 1 << 0;
/** The very element with the story's text, by its class or by structured data. */
const storyBits = (1 << 20) | (1 << 21);
const commentBits = 1 << 22;
const againstBits = (1 << 1) | (1 << 2) | (1 << 3) | (1 << 4) | (1 << 5) | (1 << 6) | (1 << 7) | (1 << 10);
const against = new Set(['aside', 'nav', 'footer', 'header', 'form', 'li', 'th', 'figure', 'figcaption', 'button']);

/** @param title block that most likely is the headline, or -1: what it stands in is no side matter, whatever its name. */
export function modelPage(segments: Segments, title: number): PageModel {
  const { blocks, containers } = segments;
  const count = blocks.length;
  const stats: TextStats[] = new Array(count);
  const linkDensity = new Float32Array(count);
  const sentence = new Uint8Array(count);
  const paragraph = new Uint8Array(count);
  const wordsBefore = new Float64Array(count + 1);
  const linkWordsBefore = new Float64Array(count + 1);
  const paragraphsBefore = new Float64Array(count + 1);
  const paragraphWordsBefore = new Float64Array(count + 1);
  for (let index = 0; index < count; index += 1) {
    const block = blocks[index] as Block;
    const own = textStats(block.text);
    stats[index] = own;
    const density = block.linkChars / block.text.length;
    linkDensity[index] = density;
    sentence[index] = endsSentence(block.text) ? 1 : 0;
    const isParagraph = isLikeParagraph(own, density, sentence[index] === 1);
    paragraph[index] = isParagraph ? 1 : 0;
    wordsBefore[index + 1] = (wordsBefore[index] ?? 0) + own.words;
    linkWordsBefore[index + 1] = (linkWordsBefore[index] ?? 0) + own.words * density;
    paragraphsBefore[index + 1] = (paragraphsBefore[index] ?? 0) + (isParagraph ? 1 : 0);
    paragraphWordsBefore[index + 1] = (paragraphWordsBefore[index] ?? 0) + (isParagraph ? own.words : 0);
  }
  const between = (sums: Float64Array, start: number, end: number) => (sums[end] ?? 0) - (sums[start] ?? 0);
  const sums = containers.map(
    ({ start, end }): ContainerSums => ({
      words: between(wordsBefore, start, end),
      linkWords: between(linkWordsBefore, start, end),
      count: end - start,
      paragraphs: between(paragraphsBefore, start, end),
      paragraphWords: between(paragraphWordsBefore, start, end),
      score: 0,
      trusted: 0,
    }),
  );
  const best = scoreContainers(segments, title, stats, linkDensity, paragraph, sums);
  return {
    segments,
    stats,
    linkDensity,
    sentence,
    paragraph,
    sums,
    best,
    run: bestRun(stats, linkDensity, paragraph),
    wordsBefore,
  };
}

function isLikeParagraph(stats: TextStats, linkDensity: number, sentence: boolean): boolean {
  if (linkDensity > 0.4) return false;
  if (stats.words >= 25) return stats.terminals + stats.commas > 0;
  return stats.words >= 10 && sentence && stats.terminals > 0;
}

/** Gives each paragraph's weight to the containers above it, halved and thinned on the way up. */
function scoreContainers(
  { blocks, containers }: Segments,
  title: number,
  stats: readonly TextStats[],
  linkDensity: Float32Array,
  paragraph: Uint8Array,
  sums: readonly ContainerSums[],
): number {
  const trust = sideFactors({ blocks, containers }, title);
  const trustedBefore = new Float64Array(blocks.length + 1);
  for (let index = 0; index < blocks.length; index += 1) {
    if (paragraph[index] !== 1) continue;
    const own = stats[index] as TextStats;
    let weight = (1 + Math.min(own.commas, 6) + Math.min(own.words / 15, 6)) * (1 - (linkDensity[index] ?? 0));
    let at = (blocks[index] as Block).container;
    const trusted = Math.min(1, trust[at] ?? 1);
    trustedBefore[index + 1] = trusted * own.words;
    weight *= (trust[at] ?? 1) * (index < title ? 0.4 : 1);
    // A paragraph element is not a frame: its parent is the first.
    if (containers[at]?.tag === 'p') at = containers[at]?.parent ?? -1;
    let share = 1;
    for (let level = 0; at >= 0 && level < 5; level += 1) {
      const sum = sums[at];
      const container = containers[at];
      if (!sum || !container) break;
      sum.score += weight * share;
      at = container.parent;
      share = level === 0 ? 0.6 : share * 0.6;
    }
  }
  for (let index = 0; index < blocks.length; index += 1) {
    trustedBefore[index + 1] = (trustedBefore[index] ?? 0) + (trustedBefore[index + 1] ?? 0);
  }
  let best = -1;
  let bestScore = 0;
  for (let index = 0; index < containers.length; index += 1) {
    const sum = sums[index];
    const container = containers[index];
    if (!sum || !container) continue;
    sum.trusted = (trustedBefore[container.end] ?? 0) - (trustedBefore[container.start] ?? 0);
    if (sum.score === 0) continue;
    let factor = 1 - sum.linkWords / Math.max(1, sum.words);
    if (container.bits & storyBits) factor *= 1.4;
    else if (container.bits & forBits) factor *= 1.15;
    if (container.bits & againstBits) factor *= 0.6;
    if (against.has(container.tag)) factor *= 0.5;
    else if (container.tag === 'article' || container.tag === 'main') factor *= 1.2;
    // A story starts soon after its title; what starts far below is the next one, or what readers say.
    if (title >= 0 && container.start > title) factor *= 1 - 0.5 * Math.min(1, (container.start - title) / 80);
    sum.score *= factor;
    if (sum.score > bestScore) {
      bestScore = sum.score;
      best = index;
    }
  }
  return best < 0 ? best : widen(containers, sums, best);
}

/** A story cut into several elements (by pictures, advertisements, a page builder) has its frame further up. */
function widen(containers: readonly Container[], sums: readonly ContainerSums[], best: number): number {
  let frame = best;
  let at = containers[best]?.parent ?? -1;
  for (let level = 0; at >= 0 && level < 7; level += 1) {
    const inner = sums[frame];
    const outer = sums[at];
    const tag = containers[at]?.tag;
    if (!inner || !outer || tag === 'body' || tag === 'html') break;
    if (outer.trusted >= 1.5 * inner.trusted && outer.trusted >= 0.55 * outer.words) frame = at;
    at = containers[at]?.parent ?? -1;
  }
  return frame;
}

/** Maximum-sum run: a paragraph's words count for it, link words and the mere presence of a block against it. */
function bestRun(
  stats: readonly TextStats[],
  linkDensity: Float32Array,
  paragraph: Uint8Array,
): readonly [number, number] {
  let best = 0;
  let bestStart = 0;
  let bestEnd = 0;
  let sum = 0;
  let start = 0;
  for (let index = 0; index < stats.length; index += 1) {
    const words = stats[index]?.words ?? 0;
    const density = linkDensity[index] ?? 0;
    sum += paragraph[index] === 1 ? words * (1 - density) : Math.min(words, 8) * (0.5 - density) - 6;
    if (sum <= 0) {
      sum = 0;
      start = index + 1;
    } else if (sum > best) {
      best = sum;
      bestStart = start;
      bestEnd = index + 1;
    }
  }
  return [bestStart, bestEnd];
}

/** How much a paragraph in each container counts: little below comments, side columns and the like. */
function sideFactors({ blocks, containers }: Pick<Segments, 'blocks' | 'containers'>, title: number): Float32Array {
  const factors = new Float32Array(containers.length).fill(1);
  const main = new Set<number>();
  for (let at = blocks[title]?.container ?? -1; at >= 0; at = containers[at]?.parent ?? -1) main.add(at);
  for (let index = 0; index < containers.length; index += 1) {
    const { parent, bits, tag, hidden } = containers[index] as Container;
    const above = factors[parent] ?? 1;
    if (main.has(index) || tag === 'body' || tag === 'html') continue;
    let own = hidden && !(containers[parent]?.hidden ?? false) ? 0.3 : 1;
    if (bits & storyBits) own = 1.2;
    else if (bits & commentBits) own *= 0.12;
    else if (sideTags.has(tag)) own *= 0.3;
    else if (bits & sideBits) own *= 0.6;
    factors[index] = Math.max(0.02, Math.min(1.5, above * own));
  }
  return factors;
}

const sideTags = new Set(['aside', 'nav', 'footer', 'figcaption']);
const sideBits = (1 << 3) | (1 << 4) | (1 << 5) | (1 << 6) | (1 << 7) | (1 << 10) | (1 << 16);
