import { createHash, randomUUID } from 'node:crypto';
import { createElasticsearchClient, createElasticsearchIndex } from '@newsmill/search-index';
import { fixtureArticle } from '@newsmill/search-index/testing';
import { createLogger } from '@newsmill/service-kit';
import { Redis } from 'ioredis';
import { Registry } from 'prom-client';
import { expect, inject, it, onTestFinished, vi } from 'vitest';
import { createApiService } from '../index.ts';
import { isSigned, startReceiver } from './receiver.fixture.ts';

it('sends alerts from the running service to a receiver that fails first', async () => {
  const id = randomUUID().slice(0, 8);
  const [redisPrefix, prefix] = [`test-${id}`, `test-${id}-`];
  const client = createElasticsearchClient({ url: inject('elasticsearchUrl') });
  const index = createElasticsearchIndex({ client, prefix });
  await index.ensure();
  await using receiver = await startReceiver((number, response) => response.writeHead(number === 1 ? 500 : 200).end());
  const registry = new Registry();
  const service = await createApiService(
    {
      REDIS_URL: inject('redisUrl'),
      REDIS_PREFIX: redisPrefix,
      ELASTICSEARCH_URL: inject('elasticsearchUrl'),
      ELASTICSEARCH_PREFIX: prefix,
      API_HOST: '127.0.0.1',
      API_PORT: 0,
      API_KEYS: [{ name: 'desk', sha256: createHash('sha256').update('key').digest('hex') }],
      API_OPERATORS: [],
      API_RATE_PER_MINUTE: 0,
      API_CORS_ORIGINS: [],
      API_TRUSTED_PROXIES: [],
      ALERTS_INTERVAL_MS: 50,
      ALERTS_ALLOW_CIDRS: ['127.0.0.0/8'],
      ALERTS_ALLOW_PORTS: [receiver.port],
    } as unknown as Parameters<typeof createApiService>[0],
    { logger: createLogger('api', 'silent'), registry } as unknown as Parameters<typeof createApiService>[1],
  );
  onTestFinished(async () => {
    await service.stop(5_000);
    await index.drop();
    await client.close();
    const redis = new Redis(inject('redisUrl'));
    const keys = await redis.keys(`${redisPrefix}:*`);
    if (keys.length > 0) await redis.del(...keys);
    redis.disconnect();
  });
  const api = `http://127.0.0.1:${String(service.announce?.apiPort)}/saved-searches`;
  const headers = { authorization: 'Bearer key', 'content-type': 'application/json' };
  const body = JSON.stringify({ name: '学校', query: { q: '蘭州 學校' }, webhook: receiver.url });
  const made = (await (await fetch(api, { method: 'POST', headers, body })).json()) as { id: string; secret: string };
  const article = (n: number, headline: string) =>
    fixtureArticle({ url: `https://a.example/${n}`, headline, firstIndexedAt: new Date().toISOString() });
  await index.write([article(1, '兰州将打造一批品质学校'), article(2, '天气预报')]);

  await vi.waitFor(() => expect(receiver.received.length).toBe(2), { timeout: 30_000, interval: 50 });
  const [first, second] = receiver.received;
  expect(second?.articles).toEqual(['兰州将打造一批品质学校']);
  expect(second?.id).toBe(first?.id);
  expect(second && isSigned(second, made.secret)).toBe(true);
  await vi.waitFor(async () => {
    const shown = await (await fetch(`${api}/${made.id}`, { headers })).json();
    expect(shown).toMatchObject({ status: 'active', deliveries: 1, articles: 1 });
  });
  const { deliveries } = (await (await fetch(`${api}/${made.id}/deliveries`, { headers })).json()) as {
    deliveries: { outcome: string }[];
  };
  expect(deliveries.map(({ outcome }) => outcome)).toEqual(['delivered', 'failed']);
  expect(await registry.getSingleMetricAsString('newsmill_alert_attempts_total')).toContain('{outcome="failed"} 1');
});
