import { createMemoryArchive } from '@newsmill/archive';
import { expect, it } from 'vitest';
import { cdxjLine, sortKeyOf } from './cdxj-line.ts';

// What the Python library `surt` 0.3 makes of them.
it.each([
  ['http://www.example.com/', 'com,example)/'],
  ['http://www2.Example.com/A/b/?z=1&a=2', 'com,example)/a/b?a=2&z=1'],
  ['https://news.example.com:8443/a/?', 'com,example,news:8443)/a'],
  ['http://新闻.cn/新?b=新&a', 'cn,xn--efvy88h)/%e6%96%b0?a&b=%e6%96%b0'],
  ['http://e.com//a//b', 'com,e)/a/b'],
  ['http://127.0.0.1/x', '1,0,0,127)/x'],
  ['http://e.com/%7Ea/%E6%96%B0', 'com,e)/~a/%e6%96%b0'],
  ['http://e.com/?PHPSESSID=0123456789abcdef0123456789abcdef&a=1', 'com,e)/?a=1'],
  ['nonsense', undefined],
])('%s has the key %s', (url, key) => {
  expect(sortKeyOf(url)).toBe(key);
});

it('tells where each page is', async () => {
  await using archive = createMemoryArchive();
  const page = {
    ...{ url: 'http://www.e.com/a?b', fetchedAt: '2026-11-24T08:15:00.123Z', status: 200, httpVersion: '1.1' },
    ...{ headers: [['Content-Type', 'text/html; charset=utf-8']] as const, body: Buffer.from('abc') },
    requestHeaders: [['User-Agent', 'newsmill']] as const,
  };
  const refs = [
    await archive.write(page),
    await archive.writeRevisit({ ...page, status: 304, body: Buffer.of() }, page),
  ];
  const lines = (await Array.fromAsync(archive.records())).flatMap(({ ref, record }) => cdxjLine(record, ref) ?? []);
  const fields = lines.map((line) => JSON.parse(line.slice(line.indexOf('{'))) as Record<string, string>);
  expect(lines.map((line) => line.slice(0, line.indexOf('{')))).toEqual(Array(2).fill('com,e)/a?b 20261124081500 '));
  expect(fields.map(({ filename, offset, length }) => `${filename}#${offset}+${length}`)).toEqual(refs);
  // SHA-1 of "abc" in base32.
  const digest = 'sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5';
  expect(fields).toMatchObject([
    { url: page.url, mime: 'text/html', status: '200', digest },
    { url: page.url, mime: 'warc/revisit', status: '304' },
  ]);
});
