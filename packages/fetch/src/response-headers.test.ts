import { describe, expect, it } from 'vitest';
import { createCookieJar } from './cookies.ts';
import { redirectTarget, retryAfterMs } from './response-headers.ts';

const now = Date.parse('2026-11-24T08:00:00Z');
const day = 86_400_000;

describe('retryAfterMs', () => {
  it.each([
    ['120', 120_000],
    ['0', 0],
    ['316800', day],
    ['99999999999999', day],
    ['Tue, 24 Nov 2026 08:01:00 GMT', 60_000],
    ['Tue, 24 Nov 2026 07:00:00 GMT', 0],
    ['Tue, 24 Nov 2099 07:00:00 GMT', day],
    ['-1', undefined],
    ['3.5', undefined],
    ['soon', undefined],
    ['', undefined],
    ['Xyz, 99 Foo 2026', undefined],
  ])('%j: %s', (value, expected) => {
    expect(retryAfterMs([['retry-AFTER', value]], now)).toBe(expected);
  });

  it('is undefined without the header', () => {
    expect(retryAfterMs([], now)).toBeUndefined();
  });
});

describe('redirectTarget', () => {
  const base = new URL('https://news.example.com/a/b?c');
  it.each([
    ['/x', 'https://news.example.com/x'],
    ['x?y#z', 'https://news.example.com/a/x?y'],
    ['//other.example.com', 'https://other.example.com/'],
    ['http://other.example.com/', 'http://other.example.com/'],
    ['/\xe6\x96\xb0', 'https://news.example.com/%E6%96%B0'],
    ['/\xd0\xc2', 'https://news.example.com/%C3%90%C3%82'],
    ['', undefined],
    ['http://[', undefined],
  ])('%j: %s', (location, expected) => {
    expect(redirectTarget([['Location', location]], base)?.href).toBe(expected);
  });
});

describe('the cookie jar', () => {
  const set = (jar: ReturnType<typeof createCookieJar>, url: string, ...lines: string[]) =>
    jar.store(
      new URL(url),
      lines.map((line) => ['Set-Cookie', line] as const),
    );

  it('brings back what a host set, to that host only', () => {
    const jar = createCookieJar();
    set(jar, 'http://a.example.com/', 'x=1; Path=/', 'y="2"', 'bad', '=3', 'x=4');
    expect(jar.header(new URL('http://a.example.com/other'))).toBe('x=4; y="2"');
    expect(jar.header(new URL('http://b.example.com/'))).toBeUndefined();
    expect(jar.header(new URL('http://c.a.example.com/'))).toBeUndefined();
  });

  it('honours Domain within the site, Secure and removal', () => {
    const jar = createCookieJar();
    set(jar, 'https://a.example.com/', 'x=1; domain=.example.com', 's=2; secure', 'gone=1', 'gone=; Max-Age=0');
    expect(jar.header(new URL('https://b.example.com/'))).toBe('x=1');
    expect(jar.header(new URL('https://a.example.com/'))).toBe('x=1; s=2');
    expect(jar.header(new URL('http://a.example.com/'))).toBe('x=1');
  });

  it('refuses cookies for other sites and public suffixes', () => {
    const jar = createCookieJar();
    set(jar, 'http://a.example.com.cn/', 'x=1; Domain=com.cn', 'y=1; Domain=other.cn', 'z=1; Domain=b.example.com.cn');
    expect(jar.header(new URL('http://a.example.com.cn/'))).toBeUndefined();
  });

  it('is bounded', () => {
    const jar = createCookieJar();
    for (let at = 0; at < 100; at += 1) set(jar, 'http://a.example.com/', `c${at}=${'v'.repeat(10)}`);
    set(jar, 'http://a.example.com/', `big=${'v'.repeat(5_000)}`);
    expect(jar.header(new URL('http://a.example.com/'))?.split('; ')).toHaveLength(50);
  });
});
