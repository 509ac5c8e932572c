import { expect, inject, it } from 'vitest';
import { urlIdOf } from '../../packages/core/src/url/index.ts';
import type { FoundUrl } from '../../packages/frontier/src/index.ts';
import { makeSource } from '../../services/cli/src/make-source.ts';
import { servePages } from './served-pages.ts';
import { createWorld } from './world.ts';

/** An article of two pages: the index gets the first one's text, and then that of both. */
const origin = 'http://www.pages.test';
const paths = ['/2026/03/02/88231.html', '/2026/03/02/88231_2.html'];
const paragraphs = [
  '【本报讯】记者3月2日从市水务局获悉，穿城而过的清溪河治理二期工程通过验收，沿岸新添步道6.5公里。',
  '工程去年四月动工，清淤河道11公里，新建污水管网23公里，沿线37个排污口全部封堵，河水由劣五类提高到三类。',
  '家住南桥的周大爷每天早晨沿河散步。他说，从前夏天要关着窗，如今河边又能看见白鹭，孩子们也肯来了。',
  '水务局负责人表示，三期工程将治理两条支流，计划明年底完工，届时全城河段都将有人巡护、有尺可量。',
];
const page = (body: readonly string[]): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>清溪河治理二期工程通过验收</title></head><body>
<div class="article"><h1>清溪河治理二期工程通过验收</h1><div class="info">2026-03-02 09:30　来源：分页日报</div>
<div class="content">${body.map((text) => `<p>${text}</p>`).join('\n')}</div>
<div class="pages">${paths.map((path, at) => `<a href="${path}">${at + 1}</a>`).join(' ')}</div></div></body></html>`;

it('is joined when its second page comes after the first was indexed', async () => {
  const pages = new Map([[paths[0] ?? '', page(paragraphs.slice(0, 2))]]);
  using server = await servePages(pages);
  await using world = await createWorld({
    redisUrl: inject('redisUrl'),
    elasticsearchUrl: inject('elasticsearchUrl'),
    // The reconciler waits for six times as long.
    environment: { FETCH_RESOLVE: `*.pages.test=${server.address}`, QUEUE_LOCK_MS: '1500' },
  });
  await Promise.all([world.start('indexer'), world.start('parser'), world.start('crawler')]);
  const source = makeSource(`${origin}/`, { mode: 'standing' }, Date.now());
  await world.pipeline.frontier.putSource(source);
  const look = async (path: string) => {
    const found: FoundUrl = { url: origin + path, kind: 'article', sourceId: source.id, depth: 1, standing: true };
    await world.pipeline.request([found]);
    await world.drained(120_000);
    return (await world.index.get(urlIdOf(origin + (paths[0] ?? ''))))?.article;
  };
  expect((await look(paths[0] ?? ''))?.body).toBe(paragraphs.slice(0, 2).join('\n\n'));
  pages.set(paths[1] ?? '', page(paragraphs.slice(2)));
  const whole = await look(paths[1] ?? '');
  expect([whole?.body, whole?.url]).toEqual([paragraphs.join('\n\n'), origin + (paths[0] ?? '')]);
  expect(await world.index.get(urlIdOf(origin + (paths[1] ?? '')))).toBeUndefined();
});
