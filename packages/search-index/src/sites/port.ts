import type { SiteRecord } from './site-record.ts';

/** Site cards, learned from the index of articles. All of it can be made again from there. */
export interface SiteIndex {
  /** Creates template, index and alias where they are missing; any number of times from any number of processes. */
  ensure(): Promise<void>;
  /**
   * Learns these sites anew from the articles that are in the index now; a site without articles keeps the card it has.
   * @param domains at most 100
   */
  learn(domains: readonly string[], now: number): Promise<void>;
  /** Sites with articles that are newer than their card, or without one; at most 1,000. */
  behind(): Promise<string[]>;
  /** Also right after it was learned. @throws SearchUnavailableError when there is no answer; so does `list` */
  get(domain: string): Promise<SiteRecord | undefined>;
  /** Sites with the most articles first. @throws SearchInputError for a size or a cursor that is none */
  list(params?: SiteListParams): Promise<SiteList>;
  refresh(): Promise<void>;
  /** Deletes index, alias and template. */
  drop(): Promise<void>;
}

export interface SiteListParams {
  /** Words of the name or the operator in either script, or the beginning of the domain. */
  readonly q?: string;
  /** 1 to 100; 20 unless told. */
  readonly size?: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
}

export interface SiteList {
  readonly total: number;
  readonly sites: readonly SiteRecord[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}
