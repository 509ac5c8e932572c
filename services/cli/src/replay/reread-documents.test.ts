import { ArchiveError, createMemoryArchive } from '@newsmill/archive';
import type { Article } from '@newsmill/contracts';
import { parserVersion } from '@newsmill/core';
import { urlIdOf } from '@newsmill/core/url';
import { createInlineReader } from '@newsmill/parse-pool';
import { tombstoneOf } from '@newsmill/search-index';
import { expect, it } from 'vitest';
import { type RereadChoice, rereadDocuments } from './reread-documents.ts';

const url = 'http://www.a.test/news/1.html';
const story = [
  '【本报讯】记者3月2日从市水务局获悉，穿城而过的清溪河治理二期工程通过验收，沿岸新添步道6.5公里，投资一点二亿元。',
  '工程去年四月动工，清淤河道11公里，新建污水管网23公里，沿线37个排污口全部封堵，河水由劣五类提高到三类。',
  '家住南桥的周大爷每天早晨沿河散步。他说，从前夏天要关着窗，如今河边又能看见白鹭，孩子们也肯来了。',
];
const html = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>清溪河</title></head><body>
<div class="article"><h1>清溪河治理二期工程通过验收</h1><div class="info">2026-03-02 09:30 来源：兰州日报</div>
<div class="content">${story.map((text) => `<p>${text}</p>`).join('')}</div></div></body></html>`;

const archive = createMemoryArchive();
const write = (body: string) =>
  archive.write({
    ...{ url, fetchedAt: '2026-03-02T00:00:00.000Z', status: 200, httpVersion: '1.1', body: Buffer.from(body) },
    headers: [['content-type', 'text/html; charset=utf-8']],
  });
const captureRef = await write(html);
/** As a parser of before left it. */
const stored: Article = {
  ...{ id: urlIdOf(url), url, captureRef, fetchedAt: '2026-03-02T00:00:01.000Z', sourceId: 's', version: 3 },
  ...{ site: { domain: 'a.test' }, type: 'article', headline: '清溪河', body: story[0] ?? '', repairs: [] },
  ...{ provenance: {}, contentHash: 'h', parserVersion: '0.9', clusterId: 'c', clusterFirst: false, origin: '网' },
  ...{ keywords: ['旧'], removedAt: '2026-03-05T00:00:00.000Z', firstIndexedAt: '2026-03-02T00:00:02.000Z' },
};

async function reread(article: Article, choice: RereadChoice = {}) {
  const kept: string[] = [];
  const { rewrite, matches } = rereadDocuments({
    ...{ archive, reader: createInlineReader({ pageBytesMax: 1_000_000 }), concurrency: 2, ...choice },
    ...{ memoryOf: undefined, partsOf: undefined, onKept: (_, why) => kept.push(why) },
  });
  const document = { id: article.id, version: 7, source: article };
  const { documents, tally } = await rewrite([document, document], new AbortController().signal);
  expect(documents.map(({ id, version }) => ({ id, version }))).toEqual(Array(2).fill({ id: article.id, version: 7 }));
  const [first] = documents;
  expect(matches(article, first?.source)).toBe(true);
  return { tally, kept, now: first?.source as Article, matches };
}

it('makes an article of its capture anew, and keeps what the pipeline knows of it', async () => {
  const { tally, now, matches } = await reread(stored);
  expect(tally).toEqual({ changed: 2 });
  expect(now).toMatchObject({ headline: '清溪河治理二期工程通过验收', body: story.join('\n\n'), parserVersion });
  const { id, fetchedAt, version, sourceId, clusterId, clusterFirst, removedAt, firstIndexedAt } = stored;
  expect(now).toMatchObject({ id, fetchedAt, version, sourceId, clusterId, clusterFirst, removedAt, firstIndexedAt });
  expect(now.origin).toBe('兰州日报');
  expect(now.keywords).toBeUndefined();
  expect(matches({ ...stored, version: 4 }, now)).toBe(false);
  expect(await reread(now)).toMatchObject({ tally: { unchanged: 2 }, now });
});

it('leaves alone what was not asked for', async () => {
  const others: RereadChoice[] = [{ sourceId: 't' }, { host: 'a.test' }, { parserOlderThan: '0.9' }];
  const times: RereadChoice[] = [{ from: Date.parse('2026-03-03') }, { to: Date.parse('2026-03-02') }];
  for (const choice of [...others, ...times]) {
    expect(await reread(stored, choice)).toMatchObject({ tally: { filtered: 2 }, now: stored });
  }
  const chosen = { sourceId: 's', host: 'www.a.test', parserOlderThan: '0.10', from: Date.parse('2026-03-02') };
  expect(await reread(stored, chosen)).toMatchObject({ tally: { changed: 2 } });
  const tombstone = tombstoneOf({ ...stored, removedAt: '2026-03-05T00:00:00.000Z' });
  expect(await reread(tombstone)).toMatchObject({ tally: { filtered: 2 }, now: tombstone });
});

it('keeps an article of which nothing can be made now, and says so', async () => {
  const empty = { ...stored, captureRef: await write('<html><title>x</title>') };
  expect(await reread(empty)).toMatchObject({ tally: { noArticle: 2 }, now: empty });
  expect((await reread(empty)).kept[0]).toMatch(/^[a-z_]+$/);
  const gone = { ...stored, captureRef: `${captureRef}x` };
  expect(await reread(gone)).toMatchObject({ tally: { noCapture: 2 }, now: gone });
  const { captureRef: _, ...without } = stored;
  expect(await reread(without)).toMatchObject({ tally: { noCapture: 2 }, kept: ['no capture', 'no capture'] });
});

it('stops when the archive is away, rather than take everything for lost', async () => {
  const away = new ArchiveError('storage_failed', 'no answer');
  const { rewrite } = rereadDocuments({
    ...{ archive: { read: () => Promise.reject(away) }, reader: createInlineReader({ pageBytesMax: 1_000 }) },
    ...{ concurrency: 1, memoryOf: undefined, partsOf: undefined, onKept: () => undefined },
  });
  const document = { id: stored.id, version: 7, source: stored };
  await expect(rewrite([document], new AbortController().signal)).rejects.toBe(away);
});
