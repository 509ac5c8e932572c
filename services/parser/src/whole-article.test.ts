import { createMemoryArchive } from '@newsmill/archive';
import { type Article, type ParseJob, RetryLaterError } from '@newsmill/contracts';
import { hostIdOf, urlIdOf } from '@newsmill/core/url';
import { createMemoryFrontier, createSourceCache } from '@newsmill/frontier';
import { createInlineReader } from '@newsmill/parse-pool';
import type { StageContext, StageResult } from '@newsmill/service-kit';
import { createMemoryPageParts } from '@newsmill/site-memory';
import { describe, expect, it } from 'vitest';
import { createFollow } from './follow.ts';
import { createKnownArticles } from './known-articles.ts';
import { createParse } from './parse.ts';
import { createWholeArticle } from './whole-article.ts';

const now = Date.parse('2026-01-03T00:00:00Z');
const addressOf = (number: number): string =>
  `http://www.a.test/2026/01/02/123456${number === 1 ? '' : `_${number}`}.shtml`;
const texts = [
  '镇议会周二投票决定重修百年石桥，这座桥在两年前的一场洪水中受损，此后只允许行人通过，两岸居民出行十分不便，店主们也少了许多客人。',
  '工程人员检查时发现，西侧桥墩移动了十一厘米，随即封闭道路，禁止货车通行，并在桥头安装了测量装置，每天记录数据，送到省城的实验室。',
  '镇长此前承诺夏天之前作出决定，他说工程大约需要十四个月，费用由州、县和一个采石工人家庭设立的基金共同承担，不够的部分再想办法。',
];
/** Each page links to those before it and to the next. */
const pageOf = (number: number, of: number): string => {
  const near = [1, 2, 3].filter((one) => one !== number && one <= Math.min(of, number + 1));
  const links = near.map((one) => `<a href="${addressOf(one)}">${one}</a>`).join(' ');
  return `<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>山谷小镇重修百年石桥</title></head><body><div class="nav"><a href="/">首页</a></div>
  <h1>山谷小镇重修百年石桥</h1><div class="content"><p>${texts[number - 1]}</p><p>${texts[number - 1]?.slice(0, 30)}第${number}页的第二段文字，说的是同一件事情，但说得更详细一些，让读者明白。</p></div><div class="pages">${links}</div></body></html>`;
};

const context: StageContext = {
  signal: new AbortController().signal,
  stopping: new AbortController().signal,
  attempt: 1,
  note: () => undefined,
};

/** A pipeline as far as it matters: pages are captured, parsed, and their articles indexed. */
async function pipeline() {
  const frontier = createMemoryFrontier();
  const archive = createMemoryArchive();
  const reader = createInlineReader({ pageBytesMax: 1_000_000 });
  await frontier.putSource({
    ...{ id: 's', name: 'S', url: 'http://www.a.test/', domain: 'a.test', addedAt: new Date(now).toISOString() },
    ...{ mode: 'standing', depthMax: 8 },
  });
  const sources = createSourceCache(frontier);
  const parse = createParse({
    ...{ frontier, sources, archive, reader, clock: () => now },
    follow: createFollow({
      ...{ frontier, sources, lore: undefined, known: createKnownArticles(), pageLinksMax: 100, hostUrlsMax: 100 },
      clock: () => now,
    }),
    whole: createWholeArticle({ frontier, archive, reader, parts: createMemoryPageParts(), clock: () => now }),
  });
  const run = async (job: ParseJob): Promise<Article | undefined> => {
    const result = await (parse(job, context) as Promise<StageResult<'parse'>>);
    const index = ('emit' in result ? (result.emit ?? []) : []).find((one) => one.to === 'index');
    return index?.to === 'index' && index.job.payload.type === 'inline' ? index.job.payload.article : undefined;
  };
  return {
    async capture(number: number, of: number): Promise<ParseJob> {
      const url = addressOf(number);
      const known = { hostId: hostIdOf(url), urlId: urlIdOf(url) };
      await frontier.admit([{ url, kind: 'article', sourceId: 's', depth: 1, standing: true }], now);
      const fetchedAt = new Date(now).toISOString();
      const headers: [string, string][] = [['content-type', 'text/html; charset=utf-8']];
      const body = Buffer.from(pageOf(number, of));
      const captureRef = await archive.write({ url, fetchedAt, status: 200, httpVersion: '1.1', headers, body });
      await frontier.record(known.hostId, known.urlId, { type: 'captured', captureRef }, now);
      return { v: 1, ...known, url, generation: 1, captureRef, fetchedAt, sourceId: 's', depth: 1 };
    },
    run,
    async indexed({ hostId, urlId }: ParseJob): Promise<void> {
      const event = { type: 'finalized', outcome: { verdict: 'indexed' }, generation: 1 } as const;
      await frontier.record(hostId, urlId, event, now);
    },
    /** What the reconciler would put on the queue. */
    reopened: async () => (await frontier.reconcile(now + 1, 0)).parses,
  };
}

const numbersIn = (article: Article | undefined): number[] =>
  [1, 2, 3].filter((number) => article?.body.includes(`第${number}页的第二段`));

describe('an article of several pages', () => {
  it('is joined when its first page comes last', async () => {
    const { capture, run } = await pipeline();
    for (const number of [3, 2]) expect(await run(await capture(number, 3))).toBeUndefined();
    const article = await run(await capture(1, 3));
    expect(numbersIn(article)).toEqual([1, 2, 3]);
    expect([article?.url, article?.provenance.body]).toEqual([addressOf(1), 'block-model, 3 pages']);
  });

  it('is made anew when its last page comes after the first was indexed, and only then', async () => {
    const { capture, run, indexed, reopened } = await pipeline();
    const first = await capture(1, 3);
    expect(numbersIn(await run(first))).toEqual([1]);
    await indexed(first);
    await run(await capture(2, 3));
    expect((await reopened()).map(({ url }) => url)).not.toContain(addressOf(1));
    const last = await capture(3, 3);
    await run(last);
    const [again] = (await reopened()).filter(({ url }) => url === addressOf(1));
    if (again === undefined) throw new Error('the first page was not opened again');
    expect(again).toEqual(first);
    expect(numbersIn(await run(again))).toEqual([1, 2, 3]);
    await indexed(again);
    await run(last);
    expect((await reopened()).map(({ url }) => url)).not.toContain(addressOf(1));
  });

  it('waits with its last page while the first is on its way to the index', async () => {
    const { capture, run } = await pipeline();
    await run(await capture(1, 2));
    const last = await capture(2, 2);
    await expect(run(last)).rejects.toThrow(RetryLaterError);
  });

  it('has the text of its first page while one is missing', async () => {
    const { capture, run } = await pipeline();
    await run(await capture(2, 3));
    expect(numbersIn(await run(await capture(1, 3)))).toEqual([1]);
  });
});
