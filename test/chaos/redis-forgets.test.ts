import { readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { urlIdOf } from '../../packages/core/src/url/index.ts';
import { createChaosWorld } from './world/chaos-world.ts';
import { articlePage, articlePath, frontPage, oddPaths } from './world/pages.ts';
import { type ServerProcess, startServer } from './world/server-process.ts';
import { until } from './world/until.ts';

/** A call of a port whose first arguments, as JSON, contain `of`. */
interface Moment {
  readonly call: `${string}.${string}`;
  readonly when: 'before' | 'after';
  readonly of: (host: string) => string;
}

/** On a site of its own: what is told from `from` on is lost at `at`, and the workers live on. */
interface Loss {
  readonly name: string;
  readonly from: Moment;
  readonly at: Moment;
  /** Pages of the site that are not as in the other worlds. */
  readonly page?: (host: string, path: string) => string | undefined;
}

const articles = 8;
const [linked, hidden] = [articlePath(0), articlePath(7)];
const frontPageWithout = (host: string, ...paths: readonly string[]): string =>
  frontPage(host, articles)
    .split('\n')
    .filter((line) => !paths.some((path) => line.includes(path)))
    .join('\n');

const address = (path: string) => (host: string) => `http://${host}${path}`;
const captured = (path: string) => (host: string) => `"${urlIdOf(address(path)(host))}",{"type":"captured"`;

const losses: readonly Loss[] = [
  {
    name: 'the links of a page, and keeps that it was read',
    from: { call: 'frontier.admit', when: 'before', of: address(linked) },
    at: { call: 'frontier.admit', when: 'after', of: address(linked) },
  },
  {
    name: 'the target of a redirect, and keeps that the page sends on',
    from: { call: 'frontier.admit', when: 'before', of: address(linked) },
    at: { call: 'frontier.admit', when: 'after', of: address(linked) },
    page: (host, path) => (path === '/' ? frontPageWithout(host, linked) : undefined),
  },
  {
    name: 'that an article was parsed, links and all, and hears that it is indexed',
    from: { call: 'frontier.record', when: 'after', of: captured(linked) },
    at: { call: 'index.write', when: 'after', of: address(linked) },
    page: (host, path) => {
      if (path === '/') return frontPageWithout(host, hidden);
      const link = `<footer><a href="${hidden}">还有一条消息，请看详情</a></footer></body>`;
      return path === linked ? articlePage(host, 0).replace('</body>', link) : undefined;
    },
  },
  {
    name: 'robots.txt and the sitemaps that it names, which its crawler has read',
    from: { call: 'frontier.admit', when: 'before', of: address('/map.xml') },
    at: { call: 'frontier.putRobots', when: 'after', of: () => '' },
    page: (host, path) => {
      if (path === '/') return frontPageWithout(host, hidden, oddPaths.gone);
      if (path === '/robots.txt') return `Sitemap: http://${host}/map.xml`;
      const urls = `<url><loc>http://${host}${hidden}</loc></url>`;
      return path === '/map.xml'
        ? `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls}</urlset>`
        : undefined;
    },
  },
];

async function logOf(redis: ServerProcess): Promise<string> {
  const folder = join(redis.dir, 'appendonlydir');
  return join(folder, (await readdir(folder)).find((name) => name.endsWith('.incr.aof')) ?? '');
}

describe('F07: Redis is killed and forgets', () => {
  it.each(losses)('$name', async ({ from, at, page }) => {
    await using redis = await startServer('redis', { appendFsync: 'always' });
    let kept: number | undefined;
    let isLost = false;
    const pass = async (call: string, when: Moment['when'], given: readonly unknown[]): Promise<void> => {
      const host = world.hosts.asked[0]?.host ?? '';
      const is = (one: Moment): boolean =>
        one.call === call && one.when === when && JSON.stringify(given.slice(0, 3)).includes(one.of(host));
      if (kept === undefined && is(from)) kept = (await stat(await logOf(redis))).size;
      else if (kept !== undefined && !isLost && is(at)) {
        isLost = true;
        await redis.kill();
        await truncate(await logOf(redis), kept);
        await redis.start();
      }
    };
    await using world = await createChaosWorld({
      redisUrl: redis.url,
      elasticsearchUrl: inject('elasticsearchUrl'),
      articles,
      env: { PARSER_PROCESSES: '1' },
      decorate: <Port extends object>(name: string, port: Port): Port =>
        new Proxy(port, {
          get(target, key) {
            const value: unknown = Reflect.get(target, key);
            if (typeof value !== 'function') return value;
            const call = `${name}.${String(key)}`;
            if (call !== from.call && call !== at.call) return value.bind(target) as unknown;
            return async (...given: unknown[]) => {
              await pass(call, 'before', given);
              const result: unknown = await (value as (...args: unknown[]) => unknown).apply(target, given);
              await pass(call, 'after', given);
              return result;
            };
          },
        }),
    });
    world.hosts.answer = (host, path) => {
      const body = page?.(host, path);
      return body === undefined ? undefined : { status: 200, body };
    };
    for (const name of ['crawler', 'parser', 'indexer'] as const) await world.startInside(name);
    await world.add(1);
    await until('Redis has forgotten', () => isLost);
    await world.repaired();
    expect(await world.faults()).toEqual([]);
  });
});
