import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { Article } from '../../packages/contracts/src/index.ts';
import { urlIdOf } from '../../packages/core/src/url/index.ts';
import { auditPipeline } from '../../services/cli/src/commands/audit.ts';
import { exportCaptures } from '../../services/cli/src/commands/export.ts';
import { importFiles } from '../../services/cli/src/commands/import.ts';
import { type ForeignPage, foreignFile } from '../../services/cli/src/import/warc.fixture.ts';
import { progressOf } from '../../services/cli/src/progress.ts';
import { createWorld, type World } from './world.ts';

/** Somebody else's captures: three stories, one of them twice, a front page, and what is no page. No crawler runs. */
const origin = 'http://www.imported.test';
const story = (headline: string, paragraphs: readonly string[]): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${headline}_外来网</title></head><body>
<div class="article"><h1>${headline}</h1><div class="info">2019-05-01 09:30　来源：外来日报</div>
<div class="content">${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}</div></div>
<a href="/news/unfetched.html">另一条</a></body></html>`;
const river = [
  '5月1日从市水务局获悉，穿城而过的清溪河治理二期工程通过验收，沿岸新添步道6.5公里，两岸居民可以沿河走到老城。',
  '工程去年四月动工，清淤河道11公里，新建污水管网23公里，沿线37个排污口全部封堵，河水由劣五类提高到三类。',
  '家住河边的周大爷每天早晨沿河散步。他说，从前夏天要关着窗，如今河边又能看见白鹭，孩子们也肯来了。',
];
const school = [
  '南桥小学四百多名学生今天搬进新校舍。新楼有十八间教室、一座图书馆和一个室内操场，旧楼将改作社区活动中心。',
  '校长介绍，新校舍历时两年建成，造价四千二百万元，屋顶装了太阳能板，所发的电够全校照明用。',
  '三年级的一名学生说，她最喜欢靠窗的阅读角，从那里可以望见操场边的银杏树。',
];
const market = [
  '城北农贸市场改造完工，周末开始试营业。市场设摊位二百一十个，蔬菜、水产和熟食分区摆放，地面加了防滑处理。',
  '市场管理方表示，原有摊主优先回迁，头三个月免收租金；每天下午检测农药残留，结果贴在入口处。',
  '卖了二十年豆腐的赵师傅把新摊位擦了三遍。他说，棚子不漏雨了，老主顾也都找得到他。',
];
const page = (path: string, body: string, over: Partial<ForeignPage> = {}): ForeignPage => ({
  ...{ url: origin + path, date: '2019-05-01T10:00:00Z', body, ...over },
});
const pages: ForeignPage[] = [
  page('/news/1.html', story('清溪河治理二期工程通过验收', river)),
  page('/news/2.html', story('南桥小学搬进新校舍', school)),
  page('/news/3.html', story('城北市场周末试营业', market)),
  page('/news/1.html', story('清溪河治理二期工程通过验收', [...river, '更正：步道长度为6.8公里。']), {
    date: '2019-05-01T12:00:00Z',
  }),
  page('/news/hidden.html', story('不愿被收录的消息', school), { headers: ['X-Robots-Tag: noindex'] }),
  page('/news/gone.html', 'not found', { status: 404 }),
];

type Settings = Parameters<typeof importFiles>[0];
let folder: string;
let world: World;
let other: World;
const start = async (): Promise<World> => {
  const made = await createWorld({ redisUrl: inject('redisUrl'), elasticsearchUrl: inject('elasticsearchUrl') });
  await Promise.all([made.start('indexer'), made.start('parser')]);
  return made;
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'newsmill-import-'));
  [world, other] = await Promise.all([start(), start()]);
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await other?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const settingsOf = (of: World): Settings => ({
  REDIS_URL: inject('redisUrl'),
  REDIS_PREFIX: of.redisPrefix,
  ELASTICSEARCH_URL: inject('elasticsearchUrl'),
  ELASTICSEARCH_PREFIX: of.elasticsearchPrefix,
  ARCHIVE_DIR: of.archiveDir,
  API_PORT: 0,
  dataDir: of.archiveDir,
});
const never = new AbortController().signal;

async function take(of: World, file: string) {
  const lines: string[] = [];
  const output = { out: (text: string) => void lines.push(text), err: () => {}, live: () => {}, color: false };
  const options = { recordBytesMax: 1_000_000, wait: true, json: true };
  const code = await importFiles(settingsOf(of), output, [file], options, never);
  const { files } = JSON.parse(lines.join('\n')) as { files: Record<string, object> };
  return { code, report: files[file] };
}
async function audit(of: World) {
  const lines: string[] = [];
  const output = { out: (text: string) => void lines.push(text), err: () => {}, live: () => {}, color: false };
  const code = await auditPipeline(settingsOf(of), output, { settle: 0, json: true }, never);
  return { code, findings: (JSON.parse(lines.join('\n')) as { findings: unknown }).findings };
}
const balance = async (of: World) => {
  const { discovered, indexed, skipped, quarantined, open } = progressOf(await of.frontier.balance());
  return { discovered, indexed, skipped, quarantined, open };
};
/** The articles, without what says when and where they were made here, and how many states were seen on the way. */
async function articles(of: World): Promise<Partial<Article>[]> {
  const found = await Promise.all(
    ['1', '2', '3', 'hidden'].map((name) => of.index.get(urlIdOf(`${origin}/news/${name}.html`))),
  );
  return found.flatMap((each) => {
    if (each === undefined) return [];
    const { indexedAt: _at, firstIndexedAt: _first, captureRef: _ref, version: _seen, ...article } = each.article;
    return [article];
  });
}

it('imports what others have crawled, and exports what imports as the same articles', async () => {
  const file = join(folder, 'CC-NEWS-20190501.warc.gz');
  const whole = foreignFile(pages);
  await writeFile(file, whole);
  expect(await take(world, file)).toMatchObject({ code: 0, report: { captures: 6, taken: 5, left: { status: 1 } } });
  // Nothing was fetched, nor is anything waiting for it: the link on the pages was not followed.
  expect(await balance(world)).toEqual({ discovered: 4, indexed: 3, skipped: 1, quarantined: 0, open: 0 });
  const first = await articles(world);
  expect(first).toMatchObject([
    { headline: '清溪河治理二期工程通过验收', fetchedAt: '2019-05-01T12:00:00.000Z', sourceId: 'import' },
    { headline: '南桥小学搬进新校舍', fetchedAt: '2019-05-01T10:00:00.000Z' },
    { headline: '城北市场周末试营业', firstSeenAt: '2019-05-01T10:00:00.000Z' },
  ]);
  expect(first[0]?.body).toContain('更正');
  expect(await take(world, file)).toMatchObject({ code: 0, report: { taken: 0, known: 5 } });

  const stdout = new PassThrough();
  const output = { out: () => {}, err: () => {}, live: () => {}, color: false };
  const written = buffer(stdout);
  expect(await exportCaptures(settingsOf(world), output, stdout, { warc: true, source: 'import' }, never)).toBe(0);
  stdout.end();
  const again = join(folder, 'exported.warc.gz');
  await writeFile(again, await written);
  expect(await take(other, again)).toMatchObject({ code: 0, report: { taken: 5 } });
  expect(await balance(other)).toEqual(await balance(world));
  expect(await articles(other)).toEqual(first);

  // A file that was cut off: what is good is taken, and the place is named.
  const more = foreignFile([page('/news/4.html', story('红河大桥合龙', market.toReversed())), ...pages]);
  await writeFile(file, more.subarray(0, -100));
  expect(await take(world, file)).toMatchObject({
    code: 1,
    report: { taken: 1, damaged: 1, damage: [{ offset: expect.any(Number), what: expect.stringContaining('ends') }] },
  });
  expect(await balance(world)).toMatchObject({ discovered: 5, indexed: 4, open: 0 });
  // Ledger, archive, queues and index agree about all of it.
  expect(await audit(world)).toEqual({ code: 0, findings: [] });
  expect(await audit(other)).toEqual({ code: 0, findings: [] });
});
