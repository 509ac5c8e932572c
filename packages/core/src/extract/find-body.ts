import { headingTags } from '../html/tags.ts';
import type { PageModel } from './page-model.ts';

const badBits = (1 << 1) | (1 << 2) | (1 << 3) | (1 << 4) | (1 << 6) | (1 << 7) | (1 << 10) | (1 << 11) | (1 << 16);
const badTags = new Set(['nav', 'aside', 'footer', 'form', 'button', 'figcaption', 'label']);

/** Plain rules, used where the model has no say: blocks of the best container that read like prose, headings between them. */
export function bodyByRules(model: PageModel): Uint8Array {
  const { segments, best } = model;
  const { blocks, containers } = segments;
  const keep = new Uint8Array(blocks.length);
  const frame = containers[best];
  if (!frame) return keep;
  for (let index = frame.start; index < frame.end; index += 1) {
    const block = blocks[index];
    const stats = model.stats[index];
    if (!block || !stats) continue;
    let bad = 0;
    for (let at = block.container; at > best; at = containers[at]?.parent ?? -1) {
      const container = containers[at];
      if (!container) break;
      if (container.hidden || badTags.has(container.tag) || (container.bits & badBits) !== 0) bad += 1;
    }
    const density = model.linkDensity[index] ?? 0;
    if (bad > 0 || density > 0.5) continue;
    const tag = containers[block.container]?.tag ?? '';
    if (model.paragraph[index] === 1 || headingTags.has(tag) || stats.words >= 5 || block.breaksBefore > 0)
      keep[index] = 1;
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
