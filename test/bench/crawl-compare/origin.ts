/** The sites that all are measured on, as a process of its own: `node origin.ts <hosts> <articles per host>`. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

const [hosts = 40, articles = 50] = process.argv.slice(2).map(Number);
const sentences = [
  '记者从市水务局获悉，穿城而过的清溪河治理二期工程通过验收，沿岸新添步道六公里半。',
  '工程去年四月动工，清淤河道十一公里，新建污水管网二十三公里，沿线排污口全部封堵。',
  '家住南桥的周大爷每天早晨沿河散步，他说从前夏天要关着窗，如今河边又能看见白鹭。',
  '负责人表示，三期工程将治理两条支流，计划明年底完工，届时全城河段都将有人巡护。',
  '当地气象部门提醒，未来三天仍有小到中雨，请市民出行注意安全，远离低洼路段。',
];
const menu = Array.from(
  { length: 150 },
  (_, n) => `<li class="nav-${n}"><a href="/channel/${n % 12}/">频道${n}</a></li>`,
);
const script = `<script>var config={${'"key":"value of a setting that nobody reads",'.repeat(150)}};</script>`;

/** 20 to 60 KB, as pages of portals are, of which the article is the smaller part. */
function articlePage(host: number, n: number): string {
  const title = `清溪河治理二期工程通过验收 第${host}-${n}号`;
  const paragraphs = Array.from({ length: 8 + (n % 20) }, (_, at) => {
    const text = sentences.map((_, place) => sentences[(place * 3 + at + n) % sentences.length]).join('');
    return `<p>${text}（${host}-${n}-${at}）</p>`;
  });
  const related = Array.from({ length: 20 }, (_, at) => {
    const other = (n + at + 1) % articles;
    return `<li><a href="${articlePath(other)}">相关新闻的标题写在这里供读者点击 ${other}</a><span>2026-06-01</span></li>`;
  });
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}_变迁网</title>${script}</head><body>
<ul class="menu">${menu.join('\n')}</ul><div class="article"><h1>${title}</h1><div class="info">2026-06-01 09:30　来源：变迁日报</div>
<div class="content">${paragraphs.join('\n')}</div></div><div class="related"><ul>${related.join('')}</ul></div>
<div class="footer">${'<p>关于我们 | 联系我们 | 版权声明</p>'.repeat(40)}</div></body></html>`;
}
const articlePath = (n: number): string => `/news/2026/06/01/${10_000 + n}.html`;
function frontPage(): string {
  const links = Array.from(
    { length: articles },
    (_, n) => `<li><a href="${articlePath(n)}">首页上的新闻标题应当足够长 ${n}</a></li>`,
  );
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>首页</title></head><body><ul>${links.join('')}</ul></body></html>`;
}

let served = 0;
let seen = new Set<string>();
/** Made before anything is measured. */
const bodies = new Map<string, Buffer>();
for (let host = 0; host < hosts; host += 1) {
  bodies.set(`${host}/`, gzipSync(frontPage()));
  for (let n = 0; n < articles; n += 1) bodies.set(`${host}${articlePath(n)}`, gzipSync(articlePage(host, n)));
}
let port = 0;
for (let host = 0; host < hosts; host += 1) {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (path === '/robots.txt') return void response.writeHead(404).end();
    const body = bodies.get(`${host}${path}`);
    if (body === undefined) return void response.writeHead(404).end();
    if (path !== '/') {
      served += 1;
      seen.add(`${host}${path}`);
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'gzip' }).end(body);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(port, `127.0.1.${host + 1}`, resolve));
  // The same port at every address: crawlers tell hosts apart by it.
  port = (server.address() as AddressInfo).port;
}
process.on('message', () => {
  process.send?.({ served, distinct: seen.size });
  served = 0;
  seen = new Set();
});
process.send?.({ port });
