import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { ApiError, createClient } from '@newsmill/client';
import { createPoster } from '@newsmill/fetch';
import { createMemoryIndex, createMemorySites, createMemoryVersions, formerVersion } from '@newsmill/search-index';
import { fixtureArticle, fixtureArticles } from '@newsmill/search-index/testing';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { default as formats } from 'ajv-formats';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientTypes, type JsonSchema } from '../scripts/client-types.ts';
import { describeApi } from '../scripts/describe-api.ts';
import { createMemoryAlertStore } from './alerts/memory-store.ts';
import { createApi } from './app.ts';

/** Unknown words (`examples`, `title`) are told of; formats are checked. */
const ajv = new Ajv2020({ strict: true, allErrors: true, strictRequired: false, allowUnionTypes: true });
(formats as unknown as (ajv: Ajv2020) => void)(ajv);
const faultsOf = (schema: JsonSchema, value: unknown): unknown => {
  const validate = ajv.compile(schema as object);
  return validate(value) ? [] : validate.errors;
};

it('makes the client that is there: else run pnpm build:client', async () => {
  const file = new URL('../../../packages/client/src/operations.ts', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(clientTypes(await describeApi()));
});

it('has no example that its schema refuses', async () => {
  const description = await describeApi();
  expect(description.openapi).toBe('3.1.0');
  let count = 0;
  const visit = (value: unknown, at: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const { examples, example, schema, ...rest } = value as Record<string, unknown>;
    // Of a schema, or of a parameter whose schema stands beside them.
    const owner = (schema ?? value) as JsonSchema;
    const given = Array.isArray(examples)
      ? examples
      : Object.values((examples ?? {}) as Record<string, { value?: unknown }>).map((each) => each.value);
    for (const each of [...given, ...(example === undefined ? [] : [example])]) {
      count += 1;
      expect([at, faultsOf(owner, each)]).toEqual([at, []]);
    }
    for (const [name, child] of Object.entries({ ...rest, ...(schema === undefined ? {} : { schema }) })) {
      visit(child, `${at}/${name}`);
    }
  };
  visit(description.paths, '');
  expect(count).toBeGreaterThan(20);
});

describe('the client', () => {
  const { simplified } = fixtureArticles;
  let app: Awaited<ReturnType<typeof createApi>>;
  let client: ReturnType<typeof createClient>;
  let paths: Awaited<ReturnType<typeof describeApi>>['paths'];
  const poster = createPoster({ userAgent: 'test' });
  beforeAll(async () => {
    ({ paths } = await describeApi());
    const index = createMemoryIndex();
    const articles = Object.values(fixtureArticles);
    await index.write(articles);
    const versions = createMemoryVersions();
    const former = formerVersion(simplified, { ...simplified, contentHash: 'x', fetchedAt: '2026-03-02T00:00:00Z' });
    if (former !== undefined) await versions.write([former]);
    const sites = createMemorySites(() => articles);
    await sites.learn(['example.cn'], Date.now());
    app = await createApi({
      index,
      versions,
      sites,
      alerts: { store: createMemoryAlertStore(), poster, operators: [], clock: Date.now },
      access: {
        keys: [{ name: 'desk', sha256: createHash('sha256').update('key').digest('hex') }],
        ratePerMinute: 0,
        atOnceMax: 0,
        corsOrigins: [],
      },
      balance: async () => ({ demo: { indexed: 4 } }),
      registry: new Registry(),
    });
    await app.listen({ host: '127.0.0.1', port: 0 });
    const baseUrl = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`;
    client = createClient({ baseUrl, apiKey: 'key' });
  });
  afterAll(async () => {
    await app.close();
    await poster[Symbol.asyncDispose]();
  });
  const schemaOf = (method: string, path: string, status = '200'): JsonSchema =>
    paths[path]?.[method]?.responses[status]?.content?.['application/json']?.schema ?? {};

  it('asks for what there is, and is answered as described', async () => {
    const found = await client.search({ q: '蘭州', site: ['example.cn'], facets: ['site', 'year'], didYouMean: true });
    expect(found.hits.map(({ article }) => article.headline)).toEqual([simplified.headline]);
    const answers: [JsonSchema, unknown][] = [
      [schemaOf('get', '/search'), found],
      [schemaOf('get', '/search'), await client.search({ collapse: true, size: 2 })],
      [schemaOf('get', '/articles/{id}'), await client.getArticle({ id: simplified.id })],
      [schemaOf('get', '/articles/{id}/similar'), await client.similar({ id: simplified.id, size: 3 })],
      [schemaOf('get', '/articles/{id}/versions'), await client.versions({ id: simplified.id })],
      [schemaOf('get', '/clusters/{id}'), await client.getCluster({ id: simplified.id })],
      [schemaOf('get', '/complete'), await client.complete({ q: '兰州' })],
      [schemaOf('get', '/sites'), await client.listSites()],
      [schemaOf('get', '/sites/{domain}'), await client.getSite({ domain: 'example.cn' })],
      [schemaOf('get', '/status'), await client.status()],
      [schemaOf('get', '/healthz'), await client.health()],
    ];
    for (const [at, [schema, answer]] of answers.entries()) expect([at, faultsOf(schema, answer)]).toEqual([at, []]);
    expect((await client.versions({ id: simplified.id })).versions).toHaveLength(1);
    expect(await client.feed_atom({ q: '兰州' })).toContain('<feed');
  });

  it('saves a search and forgets it', async () => {
    const body = { name: '学校', query: { q: '学校', site: ['example.cn'] }, webhook: 'https://hooks.example.com/' };
    const made = await client.createSavedSearch({ body });
    expect(faultsOf(schemaOf('post', '/saved-searches', '201'), made)).toEqual([]);
    const { savedSearches } = await client.listSavedSearches();
    expect(savedSearches.map(({ id, status }) => [id, status])).toEqual([[made.id, 'active']]);
    expect(faultsOf(schemaOf('get', '/saved-searches'), { savedSearches })).toEqual([]);
    expect(await client.listDeliveries({ id: made.id })).toEqual({ deliveries: [] });
    expect(await client.deleteSavedSearch({ id: made.id })).toBeUndefined();
    expect((await client.listSavedSearches()).savedSearches).toEqual([]);
  });

  it('tells what is wrong', async () => {
    const failed = await client.search({ size: 500 }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ApiError);
    expect(failed).toMatchObject({ status: 400, problem: { field: 'size', hint: expect.any(String) } });
    expect(faultsOf(fixtureProblem(paths), (failed as ApiError).problem)).toEqual([]);
    await expect(client.getArticle({ id: fixtureArticle({ url: 'https://none.example/' }).id })).rejects.toThrow(
      'Not found',
    );
    const stranger = createClient({ baseUrl: `${new URL(app.listeningOrigin).origin}`, apiKey: 'wrong' });
    await expect(stranger.status()).rejects.toMatchObject({ status: 401 });
  });
});

function fixtureProblem(paths: Awaited<ReturnType<typeof describeApi>>['paths']): JsonSchema {
  return paths['/search']?.get?.responses['400']?.content?.['application/problem+json']?.schema ?? {};
}
