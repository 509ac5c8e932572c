import type { ParseJob, Source } from '@newsmill/contracts';
import type { Link, PageResult } from '@newsmill/core';
import { hostIdOf, urlIdOf } from '@newsmill/core/url';
import { createLoreCache, createMemoryFrontier, createMemoryHostLore, createSourceCache } from '@newsmill/frontier';
import { describe, expect, it } from 'vitest';
import { createFollow, type FollowDeps } from './follow.ts';
import { createKnownArticles } from './known-articles.ts';

const origin = 'http://www.a.test';
const hostId = hostIdOf(`${origin}/`);
const now = Date.parse('2026-06-01T00:00:00Z');
const day = 86_400_000;

async function createWorld(over: Partial<Source> = {}, deps: Partial<FollowDeps> = {}) {
  const frontier = createMemoryFrontier();
  const store = createMemoryHostLore();
  const onError = (error: unknown) => {
    throw error;
  };
  await frontier.putSource({
    ...{ id: 's', name: 'S', url: `${origin}/`, domain: 'a.test', mode: 'standing', depthMax: 8 },
    addedAt: new Date(now).toISOString(),
    ...over,
  });
  return {
    frontier,
    store,
    /** Each call is a process of its own as far as lore goes: it reads what the ones before have noted. */
    async follow(path: string, page: Partial<PageResult>, depth = 1) {
      await using lore = createLoreCache({ store, clock: () => now, onError });
      const clock = () => now;
      const follow = createFollow({
        ...{
          frontier,
          sources: createSourceCache(frontier),
          lore,
          known: createKnownArticles(),
          pageLinksMax: 1_000,
          hostUrlsMax: 1_000_000,
          clock,
        },
        ...deps,
      });
      const job: ParseJob = {
        ...{ v: 1, urlId: urlIdOf(origin + path), hostId, url: origin + path, generation: 1, sourceId: 's', depth },
        ...{ captureRef: 'x#0+1', fetchedAt: new Date(now).toISOString() },
      };
      const verdict = { type: 'not_article', reason: 'section_page' } as const;
      return await follow(job, { kind: 'html', links: [], repairs: [], verdict, ...page });
    },
    row: (path: string) => frontier.getUrl(origin + path),
  };
}
const link = (path: string, kind: Link['kind'] = 'article', over: Partial<Link> = {}): Link => ({
  url: origin + path,
  kind,
  ...over,
});
const date = (n: number): string => new Date(now + n * day).toISOString().slice(0, 10).replaceAll('-', '/');

describe('following links', () => {
  it('ends in a calendar that leads only to itself', async () => {
    const world = await createWorld();
    for (let n = 0; n < 50; n += 1)
      await world.follow(`/agenda/${date(n)}/`, { links: [link(`/agenda/${date(n + 1)}/`, 'section')] });
    expect(await world.row(`/agenda/${date(50)}/`)).toMatchObject({ state: 'accepted' });
    const { accepted } = await world.follow(`/agenda/${date(50)}/`, {
      links: [link(`/agenda/${date(51)}/`, 'section'), link('/news/the-bridge-is-open-again.html')],
    });
    expect(accepted).toBe(1);
    expect(await world.row(`/agenda/${date(51)}/`)).toBeUndefined();
  });

  it('does not end in an archive whose pages lead to articles', async () => {
    const world = await createWorld();
    for (let n = 0; n < 80; n += 1)
      await world.follow(`/archive/${date(n)}/`, {
        links: [link(`/archive/${date(n + 1)}/`, 'section'), link(`/news/${n}.html`)],
      });
    expect(await world.row(`/archive/${date(80)}/`)).toMatchObject({ state: 'accepted' });
  });

  it('takes one address of an article', async () => {
    const known = createKnownArticles();
    const world = await createWorld({}, { known });
    const slug = 'flood-closes-the-old-bridge';
    const links = ['a', 'b', 'c', 'd', 'e'].map((folder) => link(`/${folder}/${slug}`));
    expect((await world.follow('/', { links })).accepted).toBe(3);
    known.read(`${origin}/a/${slug}`, [`${origin}/amp/1`]);
    const more = [link(`/f/${slug}`), link('/amp/1'), link('/2026/05/02/flood-closes-the-old-bridge')];
    expect((await world.follow('/', { links: more })).accepted).toBe(1);
  });

  it('asks in the form that the host means', async () => {
    const world = await createWorld();
    await world.store.add(hostId, new Map([['slash', 3]]));
    await world.follow('/', { links: [link('/news/bridge')] });
    expect(await world.row('/news/bridge')).toBeUndefined();
    expect(await world.row('/news/bridge/')).toBeDefined();
  });

  it('spreads out the sitemaps of an index, the newest first', async () => {
    const world = await createWorld();
    const links = Array.from({ length: 2_000 }, (_, n) => link(`/map-${n}.xml`, 'sitemap'));
    await world.follow('/index.xml', { kind: 'sitemap', links: links.slice(0, 1_000) });
    expect((await world.row('/map-9.xml'))?.dueAt).toBe(now);
    expect((await world.row('/map-10.xml'))?.dueAt).toBe(now + 60_000);
    expect((await world.row('/map-999.xml'))?.dueAt).toBeLessThanOrEqual(now + day);
    const once = await createWorld({ mode: 'once' });
    await once.follow('/index.xml', { kind: 'sitemap', links: links.slice(0, 20) });
    expect((await once.row('/map-19.xml'))?.dueAt).toBe(now);
  });

  it('leaves old entries of feeds and sitemaps when told to', async () => {
    const ago = (days: number) => new Date(now - days * day).toISOString();
    const links = [
      link('/1.html', 'article', { dateModified: ago(31) }),
      link('/2.html', 'article', { dateModified: ago(29) }),
      link('/3.html', 'article', { datePublished: ago(40), dateModified: ago(1) }),
      link('/4.html'),
    ];
    const world = await createWorld({}, { itemAgeMaxMs: 30 * day });
    expect((await world.follow('/map.xml', { kind: 'sitemap', links })).accepted).toBe(2);
    expect(await world.row('/2.html')).toBeDefined();
    expect(await world.row('/4.html')).toBeDefined();
  });

  it('tells the links of an article once, and again when Redis was connected to anew', async () => {
    const world = await createWorld();
    const told: number[] = [];
    let connections = 1;
    const follow = createFollow({
      sources: createSourceCache(world.frontier),
      frontier: {
        admit(found, ...more) {
          told.push(found.length);
          return world.frontier.admit(found, ...more);
        },
      },
      ...{ lore: undefined, known: createKnownArticles(), pageLinksMax: 1_000, hostUrlsMax: 1_000_000 },
      connections: () => connections,
      clock: () => now,
    });
    const verdict = { type: 'article', article: {} } as never;
    const page: PageResult = { kind: 'html', links: [link('/news/a-bridge.html')], repairs: [], verdict };
    const job: ParseJob = {
      ...{ v: 1, urlId: urlIdOf(`${origin}/1`), hostId, url: `${origin}/1`, generation: 1, sourceId: 's', depth: 1 },
      ...{ captureRef: 'x#0+1', fetchedAt: new Date(now).toISOString() },
    };
    await follow(job, page);
    await follow(job, page);
    connections += 1;
    await follow(job, page);
    expect(told).toEqual([1, 0, 1]);
  });
});
