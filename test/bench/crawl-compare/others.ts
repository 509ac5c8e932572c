import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Other {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

/** Runs to the end; undefined when it went well, else the end of what it said. */
function run(command: string, args: readonly string[], cwd: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (said = (said + chunk).slice(-300)));
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code) => resolve(code === 0 ? undefined : said.trim()));
  });
}

const spider = `
import sys, scrapy
from scrapy.crawler import CrawlerProcess
starts = sys.argv[1].split(',')
class News(scrapy.Spider):
    name = 'news'
    start_urls = starts
    allowed_domains = [url.split('/')[2].split(':')[0] for url in starts]
    def parse(self, response):
        yield {'url': response.url, 'title': response.css('h1::text').get(), 'body': '\\n'.join(response.css('.content p::text').getall())}
        yield from response.follow_all(css='a[href*="/news/"]', callback=self.parse)
process = CrawlerProcess({'LOG_LEVEL': 'ERROR', 'ROBOTSTXT_OBEY': True, 'CONCURRENT_REQUESTS': 32, 'CONCURRENT_REQUESTS_PER_DOMAIN': 1, 'DOWNLOAD_DELAY': 0, 'TELNETCONSOLE_ENABLED': False})
process.crawl(News)
process.start()
`;
const crawlee = (crawler: string) => `
import { ${crawler}, Configuration } from 'crawlee';
const starts = process.argv[2].split(',');
Configuration.getGlobalConfig().set('persistStorage', false);
const items = [];
const crawler = new ${crawler}({
  maxConcurrency: 32,
  respectRobotsTxtFile: true,
  async requestHandler({ request, $, enqueueLinks }) {
    items.push({ url: request.url, title: $('h1').text(), body: $('.content p').map((_, p) => $(p).text()).get().join('\\n') });
    await enqueueLinks({ selector: 'a[href*="/news/"]', strategy: 'same-hostname' });
  },
});
await crawler.run(starts);
process.exit(0);
`;

/** Installs the others into `dir`, outside of the repository; each that cannot be is named with the reason. */
export async function installOthers(dir: string): Promise<{ others: Other[]; missing: string[] }> {
  const others: Other[] = [];
  const missing: string[] = [];
  const python = join(dir, 'scrapy', 'venv');
  await mkdir(join(dir, 'scrapy'), { recursive: true });
  let failed: string | undefined;
  if (!existsSync(join(python, 'bin', 'scrapy')))
    failed =
      (await run('python3', ['-m', 'venv', python], dir)) ??
      (await run(join(python, 'bin', 'pip'), ['install', '--quiet', 'scrapy'], dir));
  if (failed === undefined) {
    await writeFile(join(dir, 'scrapy', 'news.py'), spider);
    others.push({
      ...{ name: 'Scrapy', command: join(python, 'bin', 'python'), args: ['news.py'], cwd: join(dir, 'scrapy') },
    });
  } else missing.push(`Scrapy: ${failed}`);

  const node = join(dir, 'crawlee');
  await mkdir(node, { recursive: true });
  failed = undefined;
  if (!existsSync(join(node, 'node_modules', 'crawlee'))) {
    await writeFile(join(node, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
    failed = await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', 'crawlee'], node);
  }
  if (failed === undefined) {
    await writeFile(join(node, 'news.js'), crawlee('CheerioCrawler'));
    others.push({ name: 'Crawlee (Cheerio)', command: process.execPath, args: ['news.js'], cwd: node });
  } else missing.push(`Crawlee: ${failed}`);
  return { others, missing };
}
