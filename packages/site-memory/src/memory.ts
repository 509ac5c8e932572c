import { emptyMemory, learn, type SiteMemory } from '@newsmill/core';
import type { SiteMemories } from './port.ts';

/** Within one process, and gone with it. */
export function createMemorySiteMemories(): SiteMemories {
  const sites = new Map<string, SiteMemory>();
  return {
    read: async (site) => sites.get(site) ?? emptyMemory,
    async record(site, observation) {
      sites.set(site, learn(sites.get(site) ?? emptyMemory, observation));
    },
  };
}
