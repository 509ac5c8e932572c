import type { Article } from '@newsmill/contracts';
import { createMemorySites } from '@newsmill/search-index';
import { expect, it } from 'vitest';
import { articleOf } from './indexing.fixture.ts';
import { keepSiteCards } from './site-cards.ts';

const hourMs = 3_600_000;

function setUp(articles: Article[]) {
  let now = Date.parse('2026-03-10T00:00:00Z');
  let failing = false;
  const troubles: unknown[] = [];
  const sites = createMemorySites(() => articles);
  const cards = keepSiteCards({
    sites: {
      ...sites,
      async learn(domains, at) {
        if (failing) throw new Error('away');
        await sites.learn(domains, at);
      },
    },
    clock: () => now,
    intervalMs: hourMs,
    onTrouble: (error) => troubles.push(error),
  });
  return {
    sites,
    cards,
    troubles,
    pass: (ms: number) => {
      now += ms;
    },
    fail: (fails: boolean) => {
      failing = fails;
    },
  };
}

it('learns a site when an article of it was written, and again after a failure', async () => {
  const articles = [articleOf('a')];
  const { sites, cards, troubles, fail, pass } = setUp(articles);
  await using _ = cards;
  fail(true);
  cards.note(articleOf('a'));
  await cards.flush();
  expect(troubles).toHaveLength(1);
  expect(await sites.get('a.example')).toBeUndefined();
  fail(false);
  await cards.flush();
  expect(await sites.get('a.example')).toMatchObject({ articles: 1 });
  articles.push({ ...articleOf('a'), id: 'other' });
  pass(1_000);
  cards.note(articleOf('a'));
  await cards.flush();
  expect(await sites.get('a.example')).toMatchObject({ articles: 2 });
});

it('finds at the start, and every hour, what nobody noted or whoever did died with', async () => {
  const articles = [articleOf('a', { indexedAt: '2026-03-09T00:00:00Z' })];
  const { sites, cards, pass } = setUp(articles);
  await using _ = cards;
  await cards.flush();
  expect(await sites.get('a.example')).toMatchObject({ articles: 1 });
  articles.push(articleOf('b', { indexedAt: '2026-03-10T00:00:01Z' }));
  await cards.flush();
  expect(await sites.get('b.example')).toBeUndefined();
  pass(hourMs);
  await cards.flush();
  expect(await sites.get('b.example')).toMatchObject({ articles: 1 });
});
