import { Readable } from 'node:stream';
import { targetPolicy } from '@newsmill/core';
import { describe, expect, it } from 'vitest';
import { readLines } from '../json-lines.ts';
import { robotsLines } from './robots.ts';
import { urlLines } from './urls.ts';

type Command = (input: AsyncIterable<Buffer>, output: { out(text: string): void }) => Promise<void>;

/** Feeds bytes in pieces of 7, so that lines and characters are cut anywhere. */
async function run(command: Command, text: string): Promise<unknown[]> {
  const bytes = Buffer.from(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, at) => bytes.subarray(at * 7, at * 7 + 7));
  const lines: unknown[] = [];
  await command(Readable.from(pieces), { out: (line) => lines.push(JSON.parse(line)) });
  return lines;
}

const urls: Command = (input, output) => urlLines(input, output, targetPolicy());

describe('newsmill robots --jsonl', () => {
  it('answers in order, with the rule that decided', async () => {
    const robots = 'user-agent: *\ndisallow: /新闻\nallow: /新闻/公开';
    const bytes = Buffer.from([...Buffer.from('user-agent: *\ndisallow: /'), 0xd0, 0xc2]).toString('base64');
    const cases = [
      { id: 7, robots, agent: 'newsmill', url: 'http://a.example.com/新闻/1' },
      { id: 'b', robots, agent: 'newsmill', url: '/新闻/公开/1', more: 'is passed over' },
      { id: null, robots, agent: 'newsmill/1.0 (x)', url: 'http://a.example.com/' },
      { id: [1], robots_b64: bytes, agent: 'x', url: 'http://a.example.com/%D0%C2' },
    ];
    const text = cases.map((one) => JSON.stringify(one)).join('\n');
    expect(await run(robotsLines, text)).toMatchObject([
      { id: 7, allowed: false, rule: { type: 'disallow', pattern: '/新闻', line: 2 } },
      { id: 'b', allowed: true, rule: { type: 'allow', pattern: '/新闻/公开', line: 3 } },
      { id: null, allowed: true, rule: null },
      { id: [1], allowed: false, rule: { line: 2 } },
    ]);
  });

  it('answers bad lines too', async () => {
    const lines = [
      '{"id":1,"robots":"","agent":"x"}',
      'no json',
      '{"id":3,"agent":"x","url":"/"}',
      '{"id":4,"robots":"","agent":"x","url":"http://["}',
      '[]',
    ];
    const answers = await run(robotsLines, `${lines.join('\r\n')}\n\n`);
    expect(answers).toHaveLength(5);
    expect(answers).toMatchObject([1, null, 3, 4, null].map((id) => ({ id, allowed: false, rule: null })));
    expect(answers[0]).toMatchObject({ reason: expect.stringMatching(/^bad_input: url: /) });
  });
});

describe('newsmill urls --jsonl', () => {
  it('answers in order what the guard says', async () => {
    const given = [
      'HTTP://News.Example.COM./a?utm_source=x#f',
      'http://127.1/',
      'http://redis:6379/',
      'ftp://a.example.com/',
    ];
    expect(await run(urls, given.map((url, id) => JSON.stringify({ id, url })).join('\n'))).toEqual([
      { id: 0, outcome: 'fetch', canonical: 'http://news.example.com/a' },
      { id: 1, outcome: 'skip', reason: 'private-address' },
      { id: 2, outcome: 'skip', reason: 'port' },
      { id: 3, outcome: 'skip', reason: 'scheme' },
    ]);
  });

  it('answers bad lines too', async () => {
    const answers = await run(urls, '{"id":"a","url":5}\n{"id":"b"}\n{');
    expect(answers).toMatchObject(['a', 'b', null].map((id) => ({ id, outcome: 'skip' })));
  });
});

describe('readLines', () => {
  it('splits at line feeds only, and gives undefined for a line that is too long', async () => {
    const read = async (text: string) => Array.fromAsync(readLines(Readable.from([Buffer.from(text)]), 5));
    expect(await read('a\u2028b\n\n  \nc\rd\n123456\nend')).toEqual(['a\u2028b', 'c\rd', undefined, 'end']);
  });
});
