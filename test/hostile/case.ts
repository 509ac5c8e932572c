/** Parts of the product that a bad input can meet first. */
export type Layer =
  | 'url-guard'
  | 'connect-guard'
  | 'fetch'
  | 'decode'
  | 'parse'
  | 'feed/sitemap'
  | 'robots'
  | 'normalise'
  | 'indexer'
  | 'api/ui'
  | 'queue';

/** One bad input and what becomes of it. */
export interface HostileCase {
  /** Ids are those of the list that the cases were first written down in; ours alone begin with `own-`. */
  readonly id: string;
  readonly layer: Layer;
  readonly what: string;
  /** What `run` gives: the ledger's word, or the facts that matter. */
  readonly expected: unknown;
  readonly run: () => unknown;
}

/** Cases of one layer from rows of id, description, expectation and a function. */
export const casesOf = (
  layer: Layer,
  rows: readonly (readonly [id: string, what: string, expected: unknown, run: () => unknown])[],
): HostileCase[] => rows.map(([id, what, expected, run]) => ({ id, layer, what, expected, run }));
