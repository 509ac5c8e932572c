import type { PageModel } from '../extract/page-model.ts';
import { lettersOf, type StoryHints } from '../extract/story-hints.ts';
import type { FieldsResult } from '../fields/index.ts';
import { guessLinkKind } from '../url/index.ts';
import { blockNames, dropRecurring, observedBlocks, observedFrames } from './blocks.ts';
import { shortHash } from './hash.ts';
import { memoryFields, type Observation, type PlacedField } from './observation.ts';
import { placesIn, templateOf } from './places.ts';
import { recallFields } from './recall-fields.ts';
import { isKnown, type SiteMemory } from './site-memory.ts';

/** What the parser does with its site's memory on one page, in the order of the methods. */
export interface PageMemory {
  /** Takes blocks that recur on the site out of the body. */
  drop(keep: Uint8Array): void;
  /** Fills weak fields from the places that the template has them in. */
  recall(fields: FieldsResult, language: string | undefined): FieldsResult;
  /** What the page teaches; `fields` is undefined for a page that is no article. */
  observe(fields: FieldsResult | undefined, hasImages: boolean): Observation;
}

export interface PageMemoryInput {
  readonly memory: SiteMemory;
  readonly url: string;
  readonly fetchedAt: string;
  readonly model: PageModel;
  readonly hints: StoryHints;
}

/** Opens a site's memory for one page. Pure; the cost is linear in the page's blocks. */
export function pageMemory({ memory, url, fetchedAt, model, hints }: PageMemoryInput): PageMemory {
  const { segments } = model;
  const placeOf = placesIn(segments);
  const nameOf = blockNames(model, placeOf);
  const template = templateOf(url);
  const page = shortHash(url);
  let story = '';
  let blocks: readonly string[] = [];
  let frames: readonly string[] = [];
  return {
    drop(keep) {
      story = storyName(model, hints, keep);
      // Before anything is dropped: what is taken out must go on being seen, or it would come back.
      blocks = observedBlocks(model, keep, nameOf);
      frames = observedFrames(model, keep, placeOf);
      dropRecurring(model, hints, keep, memory, { nameOf, placeOf }, isKnown(memory, { page, story }) ? 1 : 0);
    },
    recall: (fields, language) =>
      recallFields(fields, { memory, template, segments, placeOf, url, now: fetchedAt, language }),
    observe(fields, hasImages) {
      const expected = guessLinkKind(url) === 'article';
      if (fields === undefined)
        return {
          v: 1,
          page,
          story: '',
          blocks: [],
          frames: [],
          template,
          places: {},
          fills: expected ? { article: 0 } : {},
        };
      const fills: Partial<Record<(typeof memoryFields)[number], 0 | 1>> = expected ? { article: 1 } : {};
      for (const field of memoryFields) {
        if (field === 'article') continue;
        const filled = field === 'images' ? hasImages : fields[field] !== undefined;
        // What the memory itself gave proves nothing.
        if (fields.provenance[field]?.startsWith('site-memory') !== true) fills[field] = filled ? 1 : 0;
        else fills[field] = 0;
      }
      return { v: 1, page, story, blocks, frames, template, places: placesOf(fields, model, hints, placeOf), fills };
    },
  };
}

/** Hash of the headline and the longest block kept (either may be the same on all pages of a site); '' without a body. */
function storyName({ segments, stats }: PageModel, { title }: StoryHints, keep: Uint8Array): string {
  let longest = -1;
  for (let index = keep.indexOf(1); index >= 0; index = keep.indexOf(1, index + 1)) {
    if ((stats[index]?.words ?? 0) > (stats[longest]?.words ?? 0)) longest = index;
  }
  const textOf = (index: number) => lettersOf(segments.blocks[index]?.text ?? '', 2_000);
  return longest < 0 ? '' : shortHash(`${textOf(title.index)} ${textOf(longest)}`);
}

const lineLengthMax = 160;
/** Blocks above and below the headline where its date and source are looked for. */
const above = 12;
const below = 25;

/** Where the fields stand that are sure; a place that the memory itself gave is not learned again. */
function placesOf(
  fields: FieldsResult,
  { segments }: PageModel,
  { title }: StoryHints,
  placeOf: (container: number) => string,
): Partial<Record<PlacedField, string>> {
  const { blocks } = segments;
  const given = (field: PlacedField) => fields.provenance[field]?.startsWith('site-memory') === true;
  const places: Partial<Record<PlacedField, string>> = {};
  const headline = title.index < 0 ? undefined : blocks[title.index];
  if (headline && !given('headline') && (title.match[title.index] ?? 0) >= 1) {
    if (lettersOf(headline.text, 250) === lettersOf(fields.headline ?? '', 250))
      places.headline = placeOf(headline.container);
  }
  const [source] = fields.sourceChain ?? [];
  const day = fields.datePublished?.slice(0, 10);
  const start = Math.max(0, title.index - above);
  for (let index = start; index < Math.min(blocks.length, title.index + below); index += 1) {
    const block = blocks[index];
    if (!block || block.text.length > lineLengthMax || index === title.index) continue;
    if (day && !places.datePublished && !given('datePublished') && printsDay(block.text, day))
      places.datePublished = placeOf(block.container);
    if (source && !places.sourceChain && !given('sourceChain') && block.text.includes(source))
      places.sourceChain = placeOf(block.container);
  }
  return places;
}

/** The year and the day of the month as numbers in one line: no other line near the headline has both by chance. */
function printsDay(text: string, day: string): boolean {
  const [year = '', , date = ''] = day.split('-');
  if (!text.includes(year)) return false;
  return (text.match(/\d{1,4}/g) ?? []).some((digits) => Number(digits) === Number(date));
}
