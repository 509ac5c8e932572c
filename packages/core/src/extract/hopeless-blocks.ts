import type { PageModel } from './page-model.ts';
import type { StoryHints } from './story-hints.ts';

/**
 * Two thirds of a page's blocks need no model: links and labels outside of the frame and of the longest run of text.
 * Of a hundred thousand such blocks the model keeps one.
 */
export function hopelessBlocks(model: PageModel, hints: StoryHints): Uint8Array {
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
