import type { Observation, SiteMemory } from '@newsmill/core';

/**
 * Keeps what the pages of each site have taught (core/memory says what that is). A site is a registrable domain, as
 * `siteDomain` gives it. Everything in here can be lost without harm: pages teach it anew.
 */
export interface SiteMemories {
  /** The site's memory with all that was recorded before the call; an empty one for a site that nobody knows. */
  read(site: string): Promise<SiteMemory>;
  /** Adds what a page has taught. Any number of processes may record at once, and none undoes what another did. */
  record(site: string, observation: Observation): Promise<void>;
}
