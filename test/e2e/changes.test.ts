import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { urlIdOf } from '../../packages/core/src/url/index.ts';
import type { FoundUrl } from '../../packages/frontier/src/index.ts';
import { createElasticsearchClient, createElasticsearchVersions } from '../../packages/search-index/src/index.ts';
import { history } from '../../services/cli/src/commands/history.ts';
import { makeSource } from '../../services/cli/src/make-source.ts';
import { type ServedPages, servePages } from './served-pages.ts';
import { createWorld, type World } from './world.ts';

/** A site whose pages change between two looks: what the index says of them then. */
const origin = 'http://www.changing.test';
const paragraphs = [
  '【本报讯】记者3月2日从市水务局获悉，穿城而过的清溪河治理二期工程通过验收，沿岸新添步道6.5公里。',
  '工程去年四月动工，清淤河道11公里，新建污水管网23公里，沿线37个排污口全部封堵，河水由劣五类提高到三类。',
  '家住南桥的周大爷每天早晨沿河散步。他说，从前夏天要关着窗，如今河边又能看见白鹭，孩子们也肯来了。',
  '水务局负责人表示，三期工程将治理两条支流，计划明年底完工，届时全城河段都将有人巡护、有尺可量。',
];
const page = (headline: string, body: readonly string[], head = ''): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${headline}_变迁网</title>${head}</head><body>
<div class="article"><h1>${headline}</h1><div class="info">2026-03-02 09:30　来源：变迁日报</div>
<div class="content">${body.map((text) => `<p>${text}</p>`).join('\n')}</div></div></body></html>`;
const story = (name: string): string[] =>
  paragraphs.map((text, n) => `${text}${name}记者第${n + 1}次走访时看到的也是如此。`);

const pages = new Map<string, string>([
  ['/changed/1.html', page('清溪河治理二期工程通过验收', story('甲'))],
  ['/gone/2.html', page('南桥小学搬进新校舍', story('乙').toReversed())],
  ['/hidden/3.html', page('城北市场周末试营业', [...story('丙').slice(2), ...story('丁').slice(0, 2)])],
]);
const urls = [...pages.keys()].map((path) => origin + path);
const idOf = (path: string): string => urlIdOf(origin + path);

let server: ServedPages;
let world: World;
const client = createElasticsearchClient({ url: inject('elasticsearchUrl') });

beforeAll(async () => {
  server = await servePages(pages);
  world = await createWorld({
    redisUrl: inject('redisUrl'),
    elasticsearchUrl: inject('elasticsearchUrl'),
    environment: { FETCH_RESOLVE: `*.changing.test=${server.address}` },
  });
  await Promise.all([world.start('indexer'), world.start('parser'), world.start('crawler')]);
});

afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await client.close();
  server?.[Symbol.dispose]();
});

/** As when they fall due again. */
async function look(): Promise<void> {
  const source = makeSource(`${origin}/`, { mode: 'standing' }, Date.now());
  await world.pipeline.frontier.putSource(source);
  const wanted = urls.map((url): FoundUrl => ({ url, kind: 'article', sourceId: source.id, depth: 1, standing: true }));
  await world.pipeline.request(wanted);
  await world.drained(60_000);
}

/** A removal is on its way while the ledger has its last word already. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('it did not come to that');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

it('keeps the former state of a page that changed, and marks those that are gone or hidden', async () => {
  await look();
  const first = await Promise.all([...pages.keys()].map(async (path) => (await world.index.get(idOf(path)))?.article));
  expect(first.map((article) => [article?.version, article?.removedAt, article?.origin])).toEqual(
    first.map(() => [1, undefined, '变迁日报']),
  );

  const corrected = story('甲').map((text) => text.replace('6.5公里', '5.6公里'));
  pages.set('/changed/1.html', page('清溪河治理二期工程通过验收（更正）', corrected));
  pages.delete('/gone/2.html');
  const hidden = pages.get('/hidden/3.html') ?? '';
  pages.set('/hidden/3.html', hidden.replace('<head>', '<head><meta name="robots" content="noindex">'));
  await look();

  const changed = (await world.index.get(idOf('/changed/1.html')))?.article;
  expect(changed).toMatchObject({ version: 2, headline: '清溪河治理二期工程通过验收（更正）' });
  expect(changed?.clusterId).toBe(first[0]?.clusterId);
  const versions = createElasticsearchVersions({ client, prefix: world.elasticsearchPrefix });
  await versions.refresh();
  expect(await versions.list(idOf('/changed/1.html'))).toMatchObject([
    {
      headline: '清溪河治理二期工程通过验收',
      version: 1,
      replacedBy: 2,
      changes: { headline: true, paragraphsChanged: 1 },
    },
  ]);

  const lines: string[] = [];
  const output = { out: (text: string) => void lines.push(text), err: () => {}, live: () => {}, color: false };
  const settings = {
    REDIS_PREFIX: 'unused',
    REDIS_URL: inject('redisUrl'),
    ELASTICSEARCH_URL: inject('elasticsearchUrl'),
    ELASTICSEARCH_PREFIX: world.elasticsearchPrefix,
    API_PORT: 0,
    dataDir: world.archiveDir,
  };
  expect(await history(settings, output, `${origin}/changed/1.html`, false)).toBe(0);
  expect(lines.join('\n')).toContain('headline changed, 1 paragraph changed\n- 清溪河治理二期工程通过验收\n');
  expect(lines.join('\n')).toContain('沿岸新添步道[-6.5-]{+5.6+}公里');
  expect(await history(settings, output, `${origin}/never`, false)).toBe(1);

  for (const path of ['/gone/2.html', '/hidden/3.html']) {
    await until(async () => (await world.index.get(idOf(path)))?.article.removedAt !== undefined);
    expect((await world.index.get(idOf(path)))?.article.body).toContain('白鹭');
  }

  // And back again.
  pages.set('/hidden/3.html', hidden);
  await look();
  expect((await world.index.get(idOf('/hidden/3.html')))?.article).not.toHaveProperty('removedAt');
});
