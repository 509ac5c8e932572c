import type { VisitJob } from '@newsmill/contracts';
import { hostIdOf } from '@newsmill/core/url';
import { createMemoryJointCap } from '@newsmill/frontier';
import { expect, it } from 'vitest';
import { createHostGroups } from './host-groups.ts';

const jobOf = (host: string): VisitJob => ({ v: 1, hostId: hostIdOf(`http://${host}/`), host, turn: 1 });
const addresses: Record<string, string> = {
  'a.one.test': '192.0.2.1',
  'b.two.test': '192.0.2.1',
  'c.three.test': '192.0.2.2',
};
const open = (over: { siteHostsMax?: number; addressHostsMax?: number } = {}) =>
  createHostGroups({
    ...{ cap: createMemoryJointCap(), siteHostsMax: 0, addressHostsMax: 0, ...over },
    addressOf: async (hostname) => addresses[hostname],
  });

it('visits so many hosts of one registered domain at once, whoever has thousands of them', async () => {
  const groups = open({ siteHostsMax: 5 });
  const visits = await Promise.all(
    Array.from({ length: 10_000 }, (_, n) => groups.enter(jobOf(`feed${n}.many.com`), 0, 1_000)),
  );
  const inside = visits.filter((visit) => 'leave' in visit);
  expect(inside).toHaveLength(5);
  expect(await groups.enter(jobOf('www.other.com'), 0, 1_000)).toHaveProperty('leave');
  expect(await groups.enter(jobOf('feed1.many.com:8080'), 0, 1_000)).toHaveProperty('waitMs');
  const [first] = inside;
  if (first !== undefined && 'leave' in first) await first.leave();
  expect(await groups.enter(jobOf('feed9999.many.com'), 0, 1_000)).toHaveProperty('leave');
});

it('does so for hosts behind one address, where wanted', async () => {
  const groups = open({ addressHostsMax: 1 });
  expect(await groups.enter(jobOf('a.one.test'), 0, 1_000)).toHaveProperty('leave');
  expect(await groups.enter(jobOf('b.two.test'), 0, 1_000)).toHaveProperty('waitMs');
  expect(await groups.enter(jobOf('c.three.test'), 0, 1_000)).toHaveProperty('leave');
  expect(await groups.enter(jobOf('no-address.test'), 0, 1_000)).toHaveProperty('leave');
});

it('keeps no place in one group while it waits for another', async () => {
  const cap = createMemoryJointCap();
  const addressOf = async (hostname: string) => addresses[hostname];
  const groups = createHostGroups({ cap, siteHostsMax: 1, addressHostsMax: 1, addressOf });
  await groups.enter(jobOf('a.one.test'), 0, 1_000);
  expect(await groups.enter(jobOf('b.two.test'), 0, 1_000)).toHaveProperty('waitMs');
  expect(await cap.enter('site two.test', 'somebody', 1, 0, 1_000)).toBeUndefined();
});

it('lets everybody in where nothing is capped', async () => {
  const groups = open();
  for (let n = 0; n < 50; n += 1) expect(await groups.enter(jobOf(`h${n}.one.test`), 0, 1_000)).toHaveProperty('leave');
});
