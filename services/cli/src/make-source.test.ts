import { describe, expect, it } from 'vitest';
import { firstUrl, makeSource, typedUrl } from './make-source.ts';

describe('typedUrl', () => {
  it.each([
    ['www.example.com', 'https://www.example.com/'],
    ['example.com:8080/a', 'https://example.com:8080/a'],
    ['HTTP://Example.com/?utm_source=x', 'http://example.com/'],
    ['127.0.0.1:8123/', 'http://127.0.0.1:8123/'],
  ])('%s is %s', (text, url) => {
    expect(typedUrl(text)).toBe(url);
  });
  it.each(['ftp://example.com/', 'mailto:a@example.com', 'http://user:pw@example.com/', 'http://'])(
    'refuses %s, naming it',
    (text) => {
      expect(() => typedUrl(text)).toThrow(`url: "${text}" cannot be crawled`);
    },
  );
});

describe('makeSource', () => {
  it('names a source by its host, whatever page it begins with', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    const feed = makeSource('https://www.example.com/feed.xml', { mode: 'standing' }, now);
    const home = makeSource('https://www.example.com/', { mode: 'standing' }, now);
    expect([feed.id, feed.domain, feed.id === home.id]).toEqual(['www.example.com', 'example.com', true]);
    expect(firstUrl(feed)).toMatchObject({ kind: 'feed', depth: 0, standing: true });
    expect(makeSource('http://127.0.0.1:8123/', { mode: 'once', idPrefix: 'crawl-1-' }, now)).toMatchObject({
      id: 'crawl-1-127.0.0.1-8123',
      domain: '127.0.0.1',
    });
  });
});
