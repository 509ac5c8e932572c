import { execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
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

/** The indices of this test in place of those of the page. */
const ours = (text: string): string =>
  text.replaceAll('$ES/', `$ES/${prefix}`).replace(/(index: '|index="|FROM )articles/g, `$1${prefix}articles`);
const environment = { ...process.env, ES: elasticsearch };

async function output(command: string, args: readonly string[], env: NodeJS.ProcessEnv = environment): Promise<string> {
  return (await promisify(execFile)(command, args, { env, timeout: 60_000, maxBuffer: 20_000_000 })).stdout;
}

/** Programs of the page by their language, each as a file that runs. */
const folder = mkdtempSync(join(import.meta.dirname, '.recipes-'));
afterAll(() => rmSync(folder, { recursive: true }));
function programOf(language: string, name: string): string {
  const [, program = ''] = new RegExp(`\`\`\`${language}\\n([^\`]+)\`\`\``).exec(page) ?? [];
  const file = join(folder, name);
  writeFileSync(file, ours(program));
  return file;
}
/** With the client: named, or the usual one. Else its part is left out. */
const python = process.env.NEWSMILL_TEST_PYTHON ?? 'python3';
const hasPythonClient = spawnSync(python, ['-c', 'import elasticsearch']).status === 0;
/** Module that runs `POST /_query`. */
const hasEsql =
  (await fetch(`${elasticsearch}/_query`, { method: 'POST' })).status !== 405 && (await esql('ROW a = 1')) === 200;

async function esql(query: string): Promise<number> {
  const body = JSON.stringify({ query });
  return (
    await fetch(`${elasticsearch}/_query`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  ).status;
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

  it.each(recipes)('%s: curl', async (title, command) => {
    const result = JSON.parse(await output('bash', ['-c', ours(command)])) as {
      hits?: { total: { value: number } };
      tokens?: { token: string }[];
      error?: unknown;
    };
    expect(result.error).toBeUndefined();
    if (result.tokens === undefined) expect(result.hits?.total.value).toBe(found[title]);
    else expect(result.tokens.map(({ token }) => token)).toEqual(['兰州', '州的', 'ai', '学校']);
  });

  /** Recipes whose JSON a client can take, and the hits that each shows. */
  const bodies = recipes.flatMap(([title, command]) => {
    const [, path = ''] = /\$ES\/(\w+)\/_search/.exec(command) ?? [];
    const [, body] = / -d '([^']+)'/.exec(command) ?? [];
    return path !== 'articles' || body === undefined ? [] : [[title, body] as const];
  });
  const recipeFile = (body: string): NodeJS.ProcessEnv => {
    const file = join(folder, 'recipe.json');
    writeFileSync(file, body);
    return { ...environment, RECIPE: file };
  };
  const linesOf = (title: string, body: string): number => {
    const { size = 10, search_after } = JSON.parse(body) as { size?: number; search_after?: unknown };
    // The page after the first begins further on.
    return search_after === undefined ? Math.min(size, found[title] ?? 0) : Math.min(size, 4);
  };

  it('has its recipes run from JavaScript', async () => {
    expect(bodies.length).toBeGreaterThanOrEqual(10);
    const program = programOf('js', 'recipe.mjs');
    for (const [title, body] of bodies) {
      const lines = (await output(process.execPath, [program], recipeFile(body))).split('\n').filter(Boolean);
      expect([title, lines.length]).toEqual([title, linesOf(title, body)]);
    }
  });

  it.skipIf(!hasPythonClient)('has its recipes run from Python', async () => {
    const program = programOf('python', 'recipe.py');
    for (const [title, body] of bodies) {
      const lines = (await output(python, [program], recipeFile(body))).split('\n').filter(Boolean);
      expect([title, lines.length]).toEqual([title, linesOf(title, body)]);
    }
  });

  it.skipIf(!hasEsql)('has its ES|QL understood', async () => {
    const queries = [...page.matchAll(/```esql\n([^`]+)```/g)].map(([, query = '']) => ours(query));
    expect(queries.length).toBeGreaterThan(2);
    for (const query of queries) expect([query, await esql(query)]).toEqual([query, 200]);
  });
});
