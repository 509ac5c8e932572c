import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createElasticsearchClient, createElasticsearchIndex } from './elasticsearch.ts';
import { fixtureArticles } from './fixture.ts';
import { createElasticsearchSites } from './sites/elasticsearch.ts';

const elasticsearch = inject('elasticsearchUrl');
const prefix = `test-${randomUUID().slice(0, 8)}-`;
const client = createElasticsearchClient({ url: elasticsearch });
const index = createElasticsearchIndex({ client, prefix });
const sites = createElasticsearchSites({ client, prefix });

beforeAll(async () => {
  await index.ensure();
  await index.write(Object.values(fixtureArticles));
  await index.refresh();
  await sites.ensure();
  await sites.learn(['example.cn', 'example.hk', 'example.com'], Date.now());
  await sites.refresh();
});
afterAll(async () => {
  await sites.drop();
  await index.drop();
  await client.close();
});

const page = readFileSync(new URL('../../../docs/search.md', import.meta.url), 'utf8');
/** Title and command line of every recipe. */
const recipes = page.split('\n### ').flatMap((section) => {
  const [title = ''] = section.split('\n');
  const [, command] = /```sh\n([^`]+)```/.exec(section) ?? [];
  return command === undefined ? [] : [[title, command] as const];
});

/** Does what the command line says, with the index of this test. */
async function run(command: string): Promise<Response> {
  const [, path = ''] = /curl -s "\$ES\/([^"]+)"/.exec(command) ?? [];
  const url = new URL(`${elasticsearch}/${prefix}${path}`);
  for (const [, name = '', value = ''] of command.matchAll(/--data-urlencode '([^=]+)=([^']*)'/g))
    url.searchParams.set(name, value);
  const [, body] = / -d '([^']+)'/.exec(command) ?? [];
  return body === undefined
    ? fetch(url)
    : fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
}

/** Hits that each recipe finds among the fixture articles. */
const found: Readonly<Record<string, number>> = {
  'The simplest: words in the address': 2,
  'The query that ranks best': 2,
  'In spite of typing errors': 3,
  'A phrase, word for word': 2,
  'A query language for your own search box': 2,
  'Newest of a site, between two days': 1,
  'What one reporter wrote': 1,
  'Everything in Chinese, and how much of it per site and month': 3,
  'Each story once, with the number of its copies': 2,
  'Page after page': 4,
  'More like this one': 2,
  'Articles with pictures, by origin': 0,
  'Headlines that go on like this': 2,
  'Who runs a site': 1,
};

describe('docs/search.md', () => {
  it('has its recipes tested', () => {
    expect(recipes.map(([title]) => title).sort()).toEqual(
      [...Object.keys(found), 'Which terms a text becomes'].sort(),
    );
    expect(page.match(/```sh/g)).toHaveLength(recipes.length);
  });

  it.each(recipes)('%s', async (title, command) => {
    const answer = await run(command);
    const result = (await answer.json()) as {
      hits?: { total: { value: number } };
      tokens?: { token: string }[];
      error?: unknown;
    };
    expect(result.error).toBeUndefined();
    if (result.tokens === undefined) expect(result.hits?.total.value).toBe(found[title]);
    else expect(result.tokens.map(({ token }) => token)).toEqual(['兰州', '州的', 'ai', '学校']);
  });
});
