import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalizeUrl } from './canonicalize.ts';

const kept: [input: string, expected: string][] = [
  ['HTTP://News.Example.COM:80/A/../b', 'http://news.example.com/b'],
  ['https://news.example.com:443', 'https://news.example.com/'],
  ['https://news.example.com:8443/', 'https://news.example.com:8443/'],
  ['http://news.example.com./a', 'http://news.example.com/a'],
  ['http://news.example.com/a#top', 'http://news.example.com/a'],
  ['http://news.example.com/a?', 'http://news.example.com/a'],
  ['http://news.example.com/%7euser/%e6%96%b0', 'http://news.example.com/~user/%E6%96%B0'],
  ['http://news.example.com/新闻?名=值', 'http://news.example.com/%E6%96%B0%E9%97%BB?%E5%90%8D=%E5%80%BC'],
  ['http://新闻.example.com/', 'http://xn--efvy88h.example.com/'],
  ['http://news.example.com/a%2Fb', 'http://news.example.com/a%2Fb'],
  ['http://news.example.com/%4%31', 'http://news.example.com/%4%31'],
  ['http://news.example.com/a?utm_source=x&id=7&UTM_Medium=y', 'http://news.example.com/a?id=7'],
  ['http://news.example.com/a?fbclid=1&gclid=2&spm=a.b.c', 'http://news.example.com/a'],
  ['http://news.example.com/a?from=singlemessage&isappinstalled=0', 'http://news.example.com/a'],
  ['http://news.example.com/a?from=politics', 'http://news.example.com/a?from=politics'],
  ['http://news.example.com/a?at_id=5&at_medium=RSS', 'http://news.example.com/a?at_id=5'],
  ['http://news.example.com/a?b=2&a=1&b=2', 'http://news.example.com/a?b=2&a=1&b=2'],
  ['http://news.example.com/a?&&x=1&', 'http://news.example.com/a?x=1'],
  ['http://news.example.com/a?q=a+b%20c', 'http://news.example.com/a?q=a+b%20c'],
  ['http://news.example.com/a;jsessionid=0A1B?x=1', 'http://news.example.com/a?x=1'],
  ['http://news.example.com/(S(abcdefghijklmnopqrstuvwx))/a.aspx', 'http://news.example.com/a.aspx'],
  ['http://news.example.com/a?sid=12', 'http://news.example.com/a?sid=12'],
  ['http://news.example.com/a?sid=0123456789abcdef0123456789abcdef', 'http://news.example.com/a'],
  ['http://news.example.com/a?PHPSESSID=zz', 'http://news.example.com/a'],
  ['http://news.example.com/index.html', 'http://news.example.com/index.html'],
  ['\thttp://news.example.com/a\n ', 'http://news.example.com/a'],
];

const refused: [input: string, reason: string][] = [
  ['', 'url-invalid'],
  ['/a', 'url-invalid'],
  ['http://', 'url-invalid'],
  ['http://a..example.com/', 'url-invalid'],
  ['http://.example.com/', 'url-invalid'],
  ['http://./', 'url-invalid'],
  ['http://exa mple.com/', 'url-invalid'],
  ['javascript:void(0)', 'scheme'],
  ['ftp://news.example.com/', 'scheme'],
  [`data:text/html,${'x'.repeat(20_000)}`, 'scheme'],
  ['http://user@news.example.com/', 'userinfo'],
  [`http://news.example.com/${'a'.repeat(2_000)}`, 'url-too-long'],
  [`http://news.example.com/${'a'.repeat(20_000)}`, 'url-too-long'],
  [`http://${'a.'.repeat(130)}com/`, 'host-too-long'],
  [`http://${'a'.repeat(64)}.example.com/`, 'host-too-long'],
];

describe('canonicalizeUrl', () => {
  it.each(kept)('%s → %s', (input, expected) => {
    expect(canonicalizeUrl(input)).toEqual({ url: expected });
  });

  it.each(refused)('refuses %s: %s', (input, reason) => {
    expect(canonicalizeUrl(input)).toEqual({ refused: reason });
  });

  it('resolves against a base', () => {
    expect(canonicalizeUrl('../b?x=1#y', 'http://news.example.com/a/c')).toEqual({
      url: 'http://news.example.com/b?x=1',
    });
    expect(canonicalizeUrl('//cdn.example.com/b', 'https://news.example.com/')).toEqual({
      url: 'https://cdn.example.com/b',
    });
    expect(canonicalizeUrl('/b', 'not a base')).toEqual({ refused: 'url-invalid' });
  });

  it('is idempotent', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom('%', '%4', '1', '%41', ';jsessionid=', '&', '=', 'utm_', '/', '..', '%2e'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(piece, { maxLength: 12 }), (path, query) => {
        const once = canonicalizeUrl(`http://news.example.com/${path.join('')}?${query.join('')}`);
        if ('refused' in once) return;
        expect(canonicalizeUrl(once.url)).toEqual(once);
      }),
      { numRuns: 2_000 },
    );
  });
});
