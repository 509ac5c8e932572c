import { hostIdOf } from '@newsmill/core/url';
import { createMemoryFrontier } from '@newsmill/frontier';
import { expect, it } from 'vitest';
import { createRobotsRules } from './robots-rules.ts';

const url = 'http://www.a.test/1';
const hostId = hostIdOf(url);
const t0 = Date.parse('2026-01-01T00:00:00Z');

async function learned(status: number | undefined, body?: Uint8Array) {
  const frontier = createMemoryFrontier();
  await frontier.admit([{ url, kind: 'article', sourceId: 's', depth: 1, standing: true }], t0);
  await createRobotsRules(frontier).learn(hostId, { status, body }, t0);
  // Another process, which knows what the frontier knows.
  return createRobotsRules(frontier);
}

it('knows for all crawlers what one of them read, octets and all', async () => {
  const file = Buffer.from([...Buffer.from('user-agent: *\ndisallow: /'), 0xd0, 0xc2]);
  const known = await (await learned(200, file)).known(hostId, t0 + 1);
  expect(known?.robots.check('newsmill', 'http://www.a.test/%D0%C2').allowed).toBe(false);
  expect(known?.robots.check('newsmill', url).allowed).toBe(true);
});

it.each([
  [404, true, true],
  [503, false, false],
  [429, false, false],
  [undefined, false, false],
])('takes HTTP %s as allowed: %s', async (status, allowed, reachable) => {
  const known = await (await learned(status)).known(hostId, t0 + 1);
  expect(known?.failure?.reason).toBe(reachable ? undefined : 'robots_unreachable');
  expect(known?.robots.check('newsmill', url).allowed).toBe(allowed);
});

it('keeps why a host could not be asked, for all of its URLs', async () => {
  const frontier = createMemoryFrontier();
  await frontier.admit([{ url, kind: 'article', sourceId: 's', depth: 1, standing: true }], t0);
  const failure = { reason: 'private_address', transient: false } as const;
  await createRobotsRules(frontier).learn(hostId, { failure }, t0);
  const known = await createRobotsRules(frontier).known(hostId, t0 + 1);
  expect(known?.failure).toEqual(failure);
  expect(known?.robots.check('newsmill', url).allowed).toBe(false);
});

it('asks again after a day, and after a minute when there was no answer', async () => {
  const day = 24 * 3_600_000;
  expect(await (await learned(200, Buffer.from(''))).known(hostId, t0 + day)).toBeUndefined();
  expect(await (await learned(200, Buffer.from(''))).known(hostId, t0 + day - 1)).toBeDefined();
  expect(await (await learned(503)).known(hostId, t0 + 60_000)).toBeUndefined();
});
