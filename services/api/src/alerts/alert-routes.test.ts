import { createHash } from 'node:crypto';
import { createPoster } from '@newsmill/fetch';
import { createMemoryIndex } from '@newsmill/search-index';
import { Registry } from 'prom-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../app.ts';
import { createMemoryAlertStore } from './memory-store.ts';

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');
const names = ['desk', 'other', 'chief'];
const body = {
  name: '兰州的学校',
  query: { q: '兰州 学校', site: ['gscn.com.cn'] },
  webhook: 'https://hooks.example.com/a',
};

async function setUp(keys = names.map((name) => ({ name, sha256: hashOf(name) }))) {
  const store = createMemoryAlertStore();
  const poster = createPoster({ userAgent: 'test' });
  const app = await createApi({
    index: createMemoryIndex(),
    balance: async () => ({}),
    registry: new Registry(),
    access: { keys, ratePerMinute: 0, atOnceMax: 0, corsOrigins: [] },
    alerts: { store, poster, operators: ['chief'], clock: () => Date.parse('2026-03-01T00:00:00Z') },
  });
  const ask = (who: string, method: 'GET' | 'POST' | 'DELETE', path = '', payload?: unknown) =>
    app.inject({
      method,
      url: `/saved-searches${path}`,
      headers: {
        authorization: `Bearer ${who}`,
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
    });
  return { store, ask };
}

describe('saved searches', () => {
  let store: Awaited<ReturnType<typeof setUp>>['store'];
  let ask: Awaited<ReturnType<typeof setUp>>['ask'];
  beforeAll(async () => {
    ({ store, ask } = await setUp());
  });

  it('belong to the key that made them; operators see all', async () => {
    const made = await ask('desk', 'POST', '', body);
    expect(made.statusCode).toBe(201);
    const { id, secret, ...shown } = made.json();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(shown).toMatchObject({ ...body, owner: 'desk', status: 'active', deliveries: 0 });
    expect((await ask('desk', 'GET')).json().savedSearches).toEqual([{ id, ...shown }]);
    expect((await ask('other', 'GET')).json().savedSearches).toEqual([]);
    expect((await ask('chief', 'GET')).json().savedSearches).toHaveLength(1);
    for (const path of ['', '/deliveries']) {
      expect((await ask('other', 'GET', `/${id}${path}`)).statusCode).toBe(404);
      expect((await ask('chief', 'GET', `/${id}${path}`)).statusCode).toBe(200);
    }
    expect((await ask('other', 'DELETE', `/${id}`)).statusCode).toBe(404);
    expect((await ask('other', 'POST', `/${id}/resume`)).statusCode).toBe(404);
    expect((await ask('desk', 'DELETE', `/${id}`)).statusCode).toBe(204);
    expect((await ask('desk', 'GET', `/${id}`)).statusCode).toBe(404);
    expect((await ask('nobody', 'GET')).statusCode).toBe(401);
  });

  it('tell how they do, and what was tried', async () => {
    const { id } = (await ask('desk', 'POST', '', body)).json();
    const state = await store.lease(id, 'token', 60_000);
    if (state === undefined) throw new Error('nobody has it');
    const at = '2026-03-01T00:00:01.000Z';
    const attempt = {
      at,
      delivery: 'msg_1',
      articles: 3,
      attempt: 1,
      outcome: 'failed',
      status: 500,
      tookMs: 5,
    } as const;
    await store.commit(id, 'token', {
      attempt,
      state: { ...state, failures: 1, nextAtMs: Date.parse(at) + 5_000, suspended: { atMs: 1, reason: 'gone' } },
    });
    await store.release(id, 'token');
    expect((await ask('desk', 'GET', `/${id}`)).json()).toMatchObject({
      status: 'suspended',
      reason: 'gone',
      failures: 1,
    });
    expect((await ask('desk', 'GET', `/${id}/deliveries`)).json()).toEqual({ deliveries: [attempt] });
    expect((await ask('desk', 'POST', `/${id}/resume`)).json()).toMatchObject({ status: 'active', failures: 0 });
  });

  it.each([
    ['no JSON object', 'x', /object/],
    ['an unknown field', { ...body, colour: 'red' }, /colour/],
    ['no name', { ...body, name: ' ' }, /name/],
    ['an unknown part of a search', { ...body, query: { colour: 'red' } }, /colour/],
    ['a part of a page of hits', { ...body, query: { q: 'a', size: 5 } }, /no meaning/],
    ['a search for everything', { ...body, query: {} }, /every article/],
    ['a search of dates only', { ...body, query: { from: '2022' } }, /every article/],
    ['a query that is too long', { ...body, query: { q: '学'.repeat(600) } }, /characters/],
    ['a date that is none', { ...body, query: { q: 'a', from: 'soon' } }, /from/],
    ['an address inside', { ...body, webhook: 'http://127.0.0.1:8080/' }, /private_address/],
    ['the address of metadata', { ...body, webhook: 'http://169.254.169.254/' }, /private_address/],
    ['a name of the own network', { ...body, webhook: 'http://redis.internal/' }, /special_use_name/],
    ['a port of a database', { ...body, webhook: 'http://example.com:6379/' }, /port_refused/],
    ['another scheme', { ...body, webhook: 'file:///etc/passwd' }, /unsupported_scheme/],
  ])('refuse %s', async (_, payload, message) => {
    const answer = await ask('desk', 'POST', '', payload);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json().detail).toMatch(message);
  });

  it('take no large bodies, and are not there without keys', async () => {
    expect((await ask('desk', 'POST', '', { ...body, name: 'x'.repeat(40_000) })).statusCode).toBe(413);
    const open = await setUp([]);
    for (const method of ['GET', 'POST'] as const) {
      const answer = await open.ask('desk', method, '', method === 'POST' ? body : undefined);
      expect([answer.statusCode, answer.json().detail]).toEqual([403, expect.stringContaining('API_KEYS')]);
    }
  });

  it('end at so many of one key', async () => {
    const statuses = [];
    for (let n = 0; n < 52; n += 1) statuses.push((await ask('other', 'POST', '', body)).statusCode);
    expect(statuses).toEqual([...Array.from({ length: 50 }, () => 201), 409, 409]);
  });
});
