import { createPoster } from '@newsmill/fetch';
import { createMemoryFrontier } from '@newsmill/frontier';
import { createMemoryJobQueue, createMemoryQuarantine } from '@newsmill/queue';
import { createMemoryIndex, createMemorySites, createMemoryVersions } from '@newsmill/search-index';
import { Registry } from 'prom-client';
import { createMemoryAlertStore } from '../src/alerts/memory-store.ts';
import { createApi } from '../src/app.ts';
import { createMemoryReplayStore } from '../src/replay/memory-store.ts';
import type { OpenApi } from './client-types.ts';

/** The description of the API with everything that it can have. */
export async function describeApi(): Promise<OpenApi> {
  await using poster = createPoster({ userAgent: 'newsmill' });
  const app = await createApi({
    index: createMemoryIndex(),
    versions: createMemoryVersions(),
    sites: createMemorySites(() => []),
    alerts: { store: createMemoryAlertStore(), poster, operators: [], clock: Date.now },
    operator: {
      ...{ quarantine: createMemoryQuarantine(), queue: createMemoryJobQueue(), ledger: createMemoryFrontier() },
      ...{ operators: [], clock: Date.now, audits: { load: async () => undefined } },
      ...{ replays: createMemoryReplayStore(), countArticles: async () => 0 },
    },
    balance: async () => ({}),
    registry: new Registry(),
  });
  try {
    return (await app.inject({ url: '/openapi.json' })).json();
  } finally {
    await app.close();
  }
}
