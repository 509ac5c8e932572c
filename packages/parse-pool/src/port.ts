import type { Capture, DecodeFailure } from '@newsmill/archive';
import type { SiteRule } from '@newsmill/contracts';
import type { Observation, PageResult, SiteMemory } from '@newsmill/core';

/** One page to be read. */
export interface PageRequest {
  /** The URL that answered. */
  readonly url: string;
  /** The body as received, still content-encoded. */
  readonly capture: Pick<Capture, 'headers' | 'body' | 'truncated'>;
  /** ISO 8601. */
  readonly fetchedAt: string;
  /** See `PageInput`. */
  readonly acceptsParts?: boolean | undefined;
  readonly memory?: RememberedSite | undefined;
}

/**
 * What a site has taught, as a base and what came after it: `learn(base, ...lessons)` is the memory. Whoever has the
 * base already need only be told the lessons, which are a hundredth of its size.
 */
export interface RememberedSite {
  readonly site: string;
  /** Names `base`: two editions of a site are never equal unless their bases are. */
  readonly edition: number;
  readonly base: SiteMemory;
  /** In the order they were learned; within one edition this only grows. */
  readonly lessons: readonly Observation[];
}

/** `failed`: the body could not be unpacked. */
export type PageAnswer = PageResult | { readonly failed: DecodeFailure };

/** What holds for every page. */
export interface ReadingSettings {
  readonly rules?: readonly SiteRule[] | undefined;
  /** Bytes of a page, unpacked. */
  readonly pageBytesMax: number;
}

/** Bytes → facts, wherever that is done. */
export interface PageReader {
  /**
   * Resolves with what the page is. Rejects with a `PermanentError` when no attempt at reading it can succeed, and with the
   * signal's reason when it fires first: the page is then as if it had never been asked about.
   */
  read(request: PageRequest, signal?: AbortSignal): Promise<PageAnswer>;
}
