import { parseRobots } from '../../packages/core/src/index.ts';
import { hostIdOf } from '../../packages/core/src/url/index.ts';
import { type Answer, startTestServer } from '../../packages/fetch/src/test-server.ts';
import { createMemoryFrontier } from '../../packages/frontier/src/index.ts';
import { nextDelayMs } from '../../services/crawler/src/pace.ts';
import { createRobotsRules } from '../../services/crawler/src/robots-rules.ts';
import { casesOf, type HostileCase } from './case.ts';
import { articleHtml } from './fetching.ts';
import { crawl } from './world.ts';

const agent = 'newsmill';
const allowed = (robots: string, path: string) => parseRobots(robots).check(agent, `http://site.test${path}`).allowed;
const delay = (line: string) => parseRobots(`User-agent: *\nCrawl-delay: ${line}\n`).crawlDelayMs(agent);
const answer =
  (status: string, body = '', ...headers: string[]): Answer =>
  (socket) =>
    socket.write(
      [`HTTP/1.1 ${status}`, `Content-Length: ${Buffer.byteLength(body)}`, ...headers, '', body].join('\r\n'),
    );
const story = answer('200 OK', articleHtml, 'Content-Type: text/html');

/** The end of a page of a host with that robots.txt. */
async function endWith(paths: Record<string, Answer>): Promise<string> {
  await using server = await startTestServer({ '/story.html': story, ...paths });
  return (await crawl('http://site.test/story.html', server.port)).end;
}

export const obeying: readonly HostileCase[] = casesOf('robots', [
  [
    'h-179',
    'twenty stars against 2,000 letters',
    true,
    () => allowed(`User-agent: *\nDisallow: /${'*a'.repeat(20)}*b$\n`, `/${'a'.repeat(2_000)}`),
  ],
  [
    'h-180',
    'a thousand stars',
    true,
    () => allowed(`User-agent: *\nDisallow: /${'*a'.repeat(1_000)}*b$\n`, `/${'a'.repeat(2_000)}`),
  ],
  [
    'h-181',
    'a line of 10 MB, and what stands before it',
    false,
    () => allowed(`User-agent: *\nDisallow: /x\nDisallow: /${'a'.repeat(10_000_000)}\n`, '/x'),
  ],
  ['h-183', 'robots.txt that fails', 'waits:robots_unreachable', () => endWith({ '/robots.txt': answer('503 Busy') })],
  [
    'h-184',
    'robots.txt that says "too many requests"',
    'waits:robots_unreachable',
    () => endWith({ '/robots.txt': answer('429 Slow down') }),
  ],
  [
    'h-185',
    'robots.txt behind five redirects counts',
    'skipped:robots_disallowed',
    () =>
      endWith({
        '/robots.txt': answer('301 Moved', '', 'Location: /r1'),
        ...Object.fromEntries([1, 2, 3, 4].map((n) => [`/r${n}`, answer('301 Moved', '', `Location: /r${n + 1}`)])),
        '/r5': answer('200 OK', 'User-agent: *\nDisallow: /story\n'),
      }),
  ],
  [
    'h-187',
    'robots.txt that is a page',
    'article',
    () =>
      endWith({
        '/robots.txt': answer('200 OK', '<html><body>Disallow nothing</body></html>', 'Content-Type: text/html'),
      }),
  ],
  [
    'h-190',
    'a crawl-delay of a day is capped',
    30_000,
    () => nextDelayMs({ floorMs: 0, crawlDelayMs: delay('86400'), previousMs: 0, latencyMs: 1, troubled: false }),
  ],
  [
    'h-191',
    'crawl-delays that are none',
    [0, 0, 0, 0],
    () => ['-1', 'NaN', '1e309', 'soon'].map((line) => Math.min(delay(line) ?? 0, 30_000)),
  ],
  [
    'h-193',
    'rules that change are obeyed a day later',
    [true, 'asked again', false],
    async () => {
      const url = 'http://site.test/a';
      const hostId = hostIdOf(url);
      const frontier = createMemoryFrontier();
      await frontier.admit([{ url, kind: 'article', sourceId: 's', depth: 1, standing: true }], 0);
      const rules = createRobotsRules(frontier);
      const first = await rules.learn(hostId, { status: 200, body: Buffer.from('') }, 0);
      const later = await rules.known(hostId, 24 * 3_600_000 + 1);
      const second = await rules.learn(
        hostId,
        { status: 200, body: Buffer.from('User-agent: *\nDisallow: /\n') },
        24 * 3_600_000 + 1,
      );
      return [
        first.robots.check(agent, url).allowed,
        later === undefined ? 'asked again' : 'kept',
        second.robots.check(agent, url).allowed,
      ];
    },
  ],
]);
