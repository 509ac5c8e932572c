import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sites } from './expected.ts';
import { get } from './request.ts';
import { type SiteServer, startSites } from './server.ts';

let server: SiteServer;
beforeAll(async () => {
  server = await startSites();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const edge = 'http://edge.broken.test';

test('every page answers with its status, its type and its bytes', async () => {
  for (const site of sites) {
    for (const page of site.pages) {
      if (page.delayMs || page.encoding) continue;
      const { status, headers, body } = await get(server.port, `http://${site.host}${page.path}`);
      expect([page.path, status, headers['content-type']]).toEqual([page.path, page.status ?? 200, page.contentType]);
      expect(Buffer.compare(body, page.body())).toBe(0);
    }
  }
});

test('the site is chosen by the Host header, whatever its port or case', async () => {
  const home = await get(server.port, 'http://www.longyuan.test/', { host: 'WWW.Longyuan.test:80' });
  expect(home.body.toString()).toContain('龙源网');
  const nobody = await get(server.port, 'http://nobody.test/');
  expect(nobody.status).toBe(404);
});

test('an unchanged page is not sent again', async () => {
  const first = await get(server.port, `${edge}/story/etag.html`);
  const { etag = '' } = first.headers;
  expect((await get(server.port, `${edge}/story/etag.html`, { 'if-none-match': etag })).status).toBe(304);
  expect((await get(server.port, `${edge}/story/etag.html`, { 'if-none-match': '"other"' })).status).toBe(200);
  const modified = await get(server.port, `${edge}/story/last-modified.html`);
  const since = modified.headers['last-modified'] ?? '';
  const again = await get(server.port, `${edge}/story/last-modified.html`, { 'if-modified-since': since });
  expect([again.status, again.body.byteLength]).toEqual([304, 0]);
  const older = { 'if-modified-since': 'Thu, 01 Jan 2015 00:00:00 GMT' };
  expect((await get(server.port, `${edge}/story/last-modified.html`, older)).status).toBe(200);
});

test('compression is offered where a site has it, and forced on three pages', async () => {
  const accept = { 'accept-encoding': 'gzip, deflate, br;q=0.9' };
  const portal = await get(server.port, 'http://www.longyuan.test/', accept);
  expect(portal.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(portal.body).toString()).toContain('龙源网');
  expect((await get(server.port, 'http://mirror.copyfarm.test/', accept)).headers['content-encoding']).toBeUndefined();
  const [gzip, brotli, zstd] = await Promise.all(
    ['gzip', 'brotli', 'zstd'].map((name) => get(server.port, `${edge}/story/${name}.html`)),
  );
  expect(gunzipSync(gzip?.body ?? '').toString()).toContain('环城半程马拉松');
  expect(brotliDecompressSync(brotli?.body ?? '').toString()).toContain('秦腔');
  expect(zstdDecompressSync(zstd?.body ?? Buffer.alloc(0)).toString()).toContain('山村女足');
});

test('the slow page takes a second, and the log shows what overlapped', async () => {
  server.clearRequests();
  await Promise.all([get(server.port, `${edge}/story/slow.html`), get(server.port, `${edge}/story/slow.html`)]);
  const overlapping = server.politeness('edge.broken.test');
  expect(overlapping).toMatchObject({ requests: 2, inFlightMax: 2 });
  expect(overlapping.idleGapMinMs).toBeLessThan(0);
  const [slow] = server.requests;
  expect((slow?.endMs ?? 0) - (slow?.startMs ?? 0)).toBeGreaterThan(900);

  server.clearRequests();
  await get(server.port, `${edge}/story/plain.html`, { 'user-agent': 'one' });
  await get(server.port, `${edge}/missing.html`, { 'user-agent': 'two' });
  const polite = server.politeness('edge.broken.test');
  expect(polite).toMatchObject({ requests: 2, inFlightMax: 1 });
  expect(polite.idleGapMinMs).toBeGreaterThanOrEqual(0);
  expect(server.requests.map(({ userAgent, status }) => [userAgent, status])).toEqual([
    ['one', 200],
    ['two', 404],
  ]);
});

test('hosts that nobody has are logged, so that a test can tell a crawl that strays', async () => {
  server.clearRequests();
  await get(server.port, 'http://share.weibo.test/share?u=1');
  expect(server.requests[0]).toMatchObject({ host: 'share.weibo.test', status: 404 });
});
