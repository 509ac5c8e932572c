import { describe, expect, it } from 'vitest';
import { compileScope } from './scope.ts';

describe('compileScope', () => {
  it('takes the hosts of its domains, and no name that only ends alike', () => {
    const scope = compileScope({ domain: 'a.com', domains: ['News.b.org'] });
    const inScope = (url: string) => scope(url).inScope;
    expect(['https://a.com/', 'https://x.a.com:8080/', 'https://news.b.org/1'].map(inScope)).toEqual([
      true,
      true,
      true,
    ]);
    expect(['https://notb.org/', 'https://b.org/', 'https://xa.com/'].map(inScope)).toEqual([false, false, false]);
    expect(compileScope({ domain: '::1' })('http://[::1]/').inScope).toBe(true);
  });

  it('judges paths by patterns; exclude outranks include, lists need no include', () => {
    const scope = compileScope({ domain: 'a.com', include: ['/news/', '/*/新闻'], exclude: ['/*.pdf$', '/news/ads/'] });
    expect(scope('https://a.com/news/1')).toEqual({ inScope: true, pattern: '/news/' });
    expect(scope('https://a.com/x/%E6%96%B0%E9%97%BB/1')).toEqual({ inScope: true, pattern: '/*/新闻' });
    expect(scope('https://a.com/news/ads/1')).toEqual({ inScope: false, reason: 'excluded', pattern: '/news/ads/' });
    expect(scope('https://a.com/news/a.pdf')).toMatchObject({ inScope: false, reason: 'excluded' });
    expect(scope('https://a.com/sport/1')).toEqual({ inScope: false, reason: 'not_included' });
    expect(scope('https://a.com/feed.xml', 'feed').inScope).toBe(true);
    expect(scope('https://a.com/news/ads/feed.xml', 'feed').inScope).toBe(false);
    expect(scope('https://c.com/news/1')).toEqual({ inScope: false, reason: 'other_domain' });
  });

  it('is linear in the length of the path', () => {
    const scope = compileScope({ domain: 'a.com', exclude: [`/${'*a'.repeat(500)}b$`] });
    const start = performance.now();
    for (let i = 0; i < 100; i += 1) expect(scope(`https://a.com/${'a'.repeat(1_900)}`).inScope).toBe(true);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
