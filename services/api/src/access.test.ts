import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createMemoryIndex } from '@newsmill/search-index';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { type Access, openAccess } from './access.ts';
import { createApi } from './app.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const keys = [
  { name: 'reader', sha256: sha256('open sesame') },
  { name: 'other', sha256: sha256('käse:brot') },
];
const apiWith = (access: Partial<Access>, trustedProxies: string[] = []) =>
  createApi({
    index: createMemoryIndex(),
    balance: async () => ({}),
    registry: new Registry(),
    access: { ...openAccess, ...access },
    trustedProxies,
  });
const basic = (password: string) => `Basic ${Buffer.from(`me:${password}`).toString('base64')}`;

describe('keys', () => {
  it.each<[string, Record<string, string>, number]>([
    ['nothing', {}, 401],
    ['another scheme', { authorization: 'Digest open' }, 401],
    ['a wrong key', { 'x-api-key': 'open says me' }, 401],
    ['an empty key', { 'x-api-key': '' }, 401],
    ['the hash', { 'x-api-key': sha256('open sesame') }, 401],
    ['half a header', { authorization: 'Basic' }, 401],
    ['a key of its own header', { 'x-api-key': 'open sesame' }, 200],
    ['a Basic password', { authorization: basic('open sesame') }, 200],
    ['a password with a colon', { authorization: basic('käse:brot') }, 200],
  ])('answer %s as they should', async (_, headers, status) => {
    const api = await apiWith({ keys });
    for (const url of ['/search?q=a', '/', '/feed.rss', '/articles/x/similar', '/status', '/openapi.json']) {
      const answer = await api.inject({ url, headers });
      if (status === 200) expect([url, [200, 404].includes(answer.statusCode)]).toEqual([url, true]);
      else {
        expect([url, answer.statusCode]).toEqual([url, 401]);
        expect(answer.headers['www-authenticate']).toMatch(/^Basic realm=/);
        expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
        expect(answer.json().detail).toContain('X-API-Key');
      }
    }
    expect((await api.inject({ url: '/healthz', headers })).statusCode).toBe(200);
    expect((await api.inject({ url: '/metrics', headers })).statusCode).toBe(200);
  });

  it('are taken as a bearer token', async () => {
    const api = await apiWith({ keys: [{ name: 'script', sha256: sha256('abc123') }] });
    const status = async (authorization: string) =>
      (await api.inject({ url: '/search', headers: { authorization } })).statusCode;
    expect([await status('Bearer abc123'), await status('bearer abc123'), await status('Bearer abc1234')]).toEqual([
      200, 200, 401,
    ]);
  });
});

it('answers only so many requests of one key at once, whatever others do', async () => {
  const index = createMemoryIndex();
  const held: (() => void)[] = [];
  const api = await createApi({
    index: {
      ...index,
      async search(...asked) {
        await new Promise<void>((resolve) => void held.push(resolve));
        return index.search(...asked);
      },
    },
    balance: async () => ({}),
    registry: new Registry(),
    access: { ...openAccess, keys: [...keys, { name: 'third', sha256: sha256('abc123') }], atOnceMax: 2 },
  });
  await api.listen({ host: '127.0.0.1', port: 0 });
  const { port } = api.server.address() as AddressInfo;
  const search = (key: string) => fetch(`http://127.0.0.1:${port}/search`, { headers: { 'x-api-key': key } });
  const first = [search('open sesame'), search('open sesame')];
  while (held.length < 2) await new Promise((resolve) => setImmediate(resolve));
  const refused = await search('open sesame');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  first.push(search('abc123'));
  while (held.length < 3) await new Promise((resolve) => setImmediate(resolve));
  for (const go of held) go();
  expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200, 200]);
  await api.close();
});

describe('the rate limit', () => {
  it('counts each key by itself, guesses by address, and never a probe', async () => {
    const api = await apiWith({ keys, ratePerMinute: 2 });
    const status = async (url: string, headers: Record<string, string>) =>
      (await api.inject({ url, headers })).statusCode;
    const reader = { 'x-api-key': 'open sesame' };
    expect([await status('/search', reader), await status('/', reader), await status('/search', reader)]).toEqual([
      200, 200, 429,
    ]);
    expect(await status('/search', { authorization: basic('käse:brot') })).toBe(200);
    const guesses = [];
    for (let n = 0; n < 3; n += 1) guesses.push(await status('/search', { 'x-api-key': `guess ${n}` }));
    expect(guesses).toEqual([401, 401, 429]);
    for (let n = 0; n < 5; n += 1) expect(await status('/healthz', {})).toBe(200);
    const refused = await api.inject({ url: '/search', headers: reader });
    expect(refused.json()).toMatchObject({ status: 429, title: 'Too many requests' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.headers['x-ratelimit-limit']).toBe('2');
  });

  it('believes a forwarded address only of a proxy it was told of', async () => {
    const statuses = async (trusted: string[]) => {
      const api = await apiWith({ ratePerMinute: 1 }, trusted);
      const from = async (address: string) =>
        (await api.inject({ url: '/search', headers: { 'x-forwarded-for': address } })).statusCode;
      return [await from('203.0.113.1'), await from('203.0.113.2')];
    };
    expect(await statuses([])).toEqual([200, 429]);
    expect(await statuses(['127.0.0.1'])).toEqual([200, 200]);
  });
});

describe('CORS', () => {
  const origin = 'https://reader.example';
  const allowed = async (corsOrigins: string[], from = origin) =>
    (await (await apiWith({ corsOrigins })).inject({ url: '/search', headers: { origin: from } })).headers[
      'access-control-allow-origin'
    ];

  it('lets only those pages read that were named', async () => {
    expect(await allowed([])).toBeUndefined();
    expect(await allowed([origin])).toBe(origin);
    expect(await allowed([origin], 'https://evil.example')).toBeUndefined();
    expect(await allowed(['*'])).toBe('*');
  });

  it('answers a preflight without a key', async () => {
    const api = await apiWith({ keys, corsOrigins: [origin] });
    const answer = await api.inject({
      method: 'OPTIONS',
      url: '/search',
      headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'x-api-key' },
    });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers['access-control-allow-headers']).toContain('x-api-key');
  });
});
