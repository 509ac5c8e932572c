import { describe, expect, it } from 'vitest';
import { parseRobots, ROBOTS_BYTES_MAX } from './parse.ts';
import { DISALLOW_ALL, readRobotsResponse } from './response.ts';

/** One line per case: the file (`|` for a line break), agent, path, allowed. */
const cases: [robots: string, agent: string, path: string, allowed: boolean][] = [
  ['', 'mill', '/a', true],
  ['<html><body>404</body></html>', 'mill', '/a', true],
  ['user-agent: *|disallow: /', 'mill', '/a', false],
  ['user-agent: *|disallow: /', 'mill', '/robots.txt', true],
  ['disallow: /|user-agent: *|allow: /b', 'mill', '/a', true],
  // Groups.
  ['user-agent: mill|disallow: /a||user-agent: *|disallow: /', 'mill', '/b', true],
  ['user-agent: MILL/2.0|disallow: /a', 'Mill/9 (+http://e.com)', '/a', false],
  ['user-agent: millstone|disallow: /a', 'mill', '/a', true],
  ['user-agent: mill|disallow: /a|user-agent: other|disallow: /b|user-agent: mill|disallow: /c', 'mill', '/c', false],
  ['user-agent: mill|crawl-delay: 5|user-agent: other|disallow: /a', 'mill', '/a', false],
  ['user-agent: mill|sitemap: http://e.com/s.xml|user-agent: other|disallow: /a', 'mill', '/a', false],
  ['user-agent: mill||disallow: /a', 'mill', '/a', false],
  ['user-agent: * # everybody|disallow: /a # that', 'mill', '/a', false],
  ['user-agent: __proto__|disallow: /a', 'mill', '/a', true],
  // The longest rule wins, and allow a tie.
  ['user-agent: *|disallow: /a|allow: /a/b', 'mill', '/a/b/c', true],
  ['user-agent: *|allow: /a|disallow: /a', 'mill', '/a', true],
  ['user-agent: *|disallow: /a|allow: /*a', 'mill', '/a', true],
  ['user-agent: *|disallow:|allow:', 'mill', '/a', true],
  // Wildcards.
  ['user-agent: *|disallow: /*.php$', 'mill', '/x.php', false],
  ['user-agent: *|disallow: /*.php$', 'mill', '/x.php?a', true],
  ['user-agent: *|disallow: /a*b*c$', 'mill', '/aXbXcXc', false],
  ['user-agent: *|disallow: /ab*b$', 'mill', '/ab', true],
  ['user-agent: *|disallow: /a$b', 'mill', '/a$b', false],
  ['user-agent: *|disallow: *y', 'mill', '/xy', false],
  ['user-agent: *|disallow: /a$', 'mill', '/a', false],
  ['user-agent: *|disallow: /a$', 'mill', '/a/', true],
  // Escapes.
  ['user-agent: *|disallow: /新闻', 'mill', '/%e6%96%b0%E9%97%BB/1', false],
  ['user-agent: *|disallow: /%7euser', 'mill', '/~user', false],
  ['user-agent: *|disallow: /a%2Fb', 'mill', '/a/b', true],
  ['user-agent: *|disallow: /a%24', 'mill', '/a$', false],
  ['user-agent: *|disallow: /a%2A', 'mill', '/ab', true],
  ['user-agent: *|disallow: /a%2A', 'mill', '/a*', false],
  ['user-agent: *|disallow: /a<b>', 'mill', '/a<b>', false],
  // Lines as people write them.
  ['user-agent *|disallow /a', 'mill', '/a', false],
  ['UserAgent: *|Dissallow: /a', 'mill', '/a', false],
  ['\uFEFFuser-agent: *|disallow: /a', 'mill', '/a', false],
  ['  user-agent : *  |\tdisallow\t:\t/a', 'mill', '/a', false],
];

describe('parseRobots', () => {
  it.each(cases)('%j for %s: %s → %s', (robots, agent, path, allowed) => {
    expect(parseRobots(robots.replaceAll('|', '\n')).check(agent, `http://news.example.com${path}`).allowed).toBe(
      allowed,
    );
    expect(parseRobots(robots.replaceAll('|', '\r')).check(agent, path).allowed).toBe(allowed);
  });

  it('names the rule that decided and its line', () => {
    const robots = parseRobots('user-agent: *\r\n\r\ndisallow: /a\r\nallow: /a/b');
    expect(robots.check('mill', '/a/b').rule).toEqual({ type: 'allow', pattern: '/a/b', line: 4 });
    expect(robots.check('mill', '/c')).toEqual({ allowed: true });
  });

  it('compares octets, so a file in GBK covers a path in GBK', () => {
    const file = Uint8Array.from([...Buffer.from('user-agent: *\ndisallow: /'), 0xd0, 0xc2, 0x80]);
    expect(parseRobots(file).check('mill', '/%D0%C2%80').allowed).toBe(false);
    expect(parseRobots(file).check('mill', '/%D0%C2').allowed).toBe(true);
  });

  it('passes over half a byte order mark', () => {
    const rules = Buffer.from('user-agent: *\ndisallow: /a');
    const read = (...mark: number[]) =>
      parseRobots(Buffer.concat([Buffer.from(mark), rules])).check('mill', '/a').allowed;
    expect([read(0xef, 0xbb, 0xbf), read(0xef, 0xbb), read(0xef)]).toEqual([false, false, false]);
    // Something else before the word makes it another word.
    expect(read(0xef, 0xbb, 0xc0)).toBe(true);
  });

  it('cuts a line where Google cuts it', () => {
    const long = `/${'a'.repeat(16_652)}`;
    const robots = parseRobots(`user-agent: *\ndisallow: ${long}/b`);
    expect(robots.check('mill', `${long}/c`).allowed).toBe(false);
    expect(robots.check('mill', long.slice(0, -1)).allowed).toBe(true);
  });

  it('reads crawl-delay and sitemaps', () => {
    const delay = (value: string) => parseRobots(`user-agent: *\ncrawl-delay: ${value}`).crawlDelayMs('mill');
    expect([delay('5'), delay('0.5'), delay('2s'), delay('86400')]).toEqual([5_000, 500, 2_000, 86_400_000]);
    for (const value of ['-1', 'NaN', '1e309', 'soon', '']) expect(delay(value)).toBeUndefined();
    expect(parseRobots('Sitemap: https://e.com/新.xml\nsitemap:/b.xml').sitemaps).toEqual([
      'https://e.com/新.xml',
      '/b.xml',
    ]);
  });

  it('reads 500 KiB and not more', () => {
    const filler = `#${'x'.repeat(ROBOTS_BYTES_MAX - 40)}\n`;
    expect(parseRobots(`${filler}user-agent: *\ndisallow: /`).check('mill', '/').allowed).toBe(false);
    expect(parseRobots(`${filler}${filler}user-agent: *\ndisallow: /`).check('mill', '/').allowed).toBe(true);
  });

  it('is quick on what is written to make it slow', () => {
    const long = `/${'a'.repeat(1_900)}`;
    const files = [
      `user-agent: *\ndisallow: /${'*a'.repeat(1_000)}b$`,
      `user-agent: *\ndisallow: /${'*'.repeat(16_000)}b`,
      `user-agent: *\n${`disallow: /${'*a'.repeat(20)}b$\n`.repeat(8_000)}`,
      `${'user-agent: a\n'.repeat(18_000)}${'allow: /a\n'.repeat(25_000)}`,
      'x'.repeat(10_000_000),
      ' '.repeat(500_000),
    ];
    const start = performance.now();
    for (const file of files) expect(parseRobots(file).check('mill', long).allowed).toBe(true);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe('readRobotsResponse', () => {
  const body = new TextEncoder().encode('user-agent: *\ndisallow: /a');
  it.each([
    [200, false],
    [301, true],
    [401, true],
    [404, true],
  ])('%i: /a is allowed: %s', (status, allowed) => {
    const answer = readRobotsResponse(status, body);
    expect(answer.type === 'rules' && answer.robots.check('mill', '/a').allowed).toBe(allowed);
  });

  it.each([undefined, 429, 500, 503])('%s is unreachable', (status) => {
    expect(readRobotsResponse(status, body)).toEqual({ type: 'unreachable' });
    expect(DISALLOW_ALL.check('mill', '/').allowed).toBe(false);
  });
});
