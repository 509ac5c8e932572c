/** Fields whose fill rates are kept. `article` tells how many pages with an article's address are articles. */
export const memoryFields = [
  'article',
  'headline',
  'datePublished',
  'contributors',
  'sourceChain',
  'sectionPath',
  'images',
  'keywords',
] as const;
export type MemoryField = (typeof memoryFields)[number];

/** Fields whose place on the page is learned. */
export const placedFields = ['headline', 'datePublished', 'sourceChain'] as const;
export type PlacedField = (typeof placedFields)[number];

/**
 * What one page of a site teaches. Plain data, at most about 2 KB as JSON: it travels to whoever keeps the memory.
 * All names in it are short hashes (memory/hash.ts).
 */
export interface Observation {
  readonly v: 1;
  /** Of the page's address: a page that is parsed again teaches nothing new. */
  readonly page: string;
  /** Of its headline and its longest paragraph, or '' for a page without a body: a copy under another address teaches nothing new either. */
  readonly story: string;
  /** Blocks that stand in or around the body, each as a hash of its text and its place. No repeats. */
  readonly blocks: readonly string[];
  /** Places of text on the page, each as a hash and one digit (of 64) for the share of its words that went into the body. */
  readonly frames: readonly string[];
  /** Host and shape of the address. */
  readonly template: string;
  /** Where the fields stood whose value is sure. */
  readonly places: Partial<Readonly<Record<PlacedField, string>>>;
  /** 1 filled, 0 not; a field that the page says nothing about is absent. */
  readonly fills: Partial<Readonly<Record<MemoryField, 0 | 1>>>;
}
