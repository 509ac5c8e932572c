import { describe, expect, it } from 'vitest';
import { isBinary, sniffText } from './sniff.ts';

describe('what a text is', () => {
  it.each([
    ['<!doctype html><html><body>x', undefined, 'html'],
    ['<?xml version="1.0"?><!-- c --><rss version="2.0"><channel/></rss>', 'text/html', 'feed'],
    ['<feed xmlns="http://www.w3.org/2005/Atom"></feed>', 'application/xml', 'feed'],
    ['<rdf:RDF xmlns="http://purl.org/rss/1.0/"></rdf:RDF>', undefined, 'feed'],
    ['{"version": "https://jsonfeed.org/version/1.1", "items": []}', 'application/json', 'feed'],
    ['<?xml version="1.0"?><urlset></urlset>', 'text/html', 'sitemap'],
    ['<sitemapindex></sitemapindex>', undefined, 'sitemap'],
    ['https://a.example/1\nhttps://a.example/2\n', 'text/plain', 'sitemap'],
    ['{"a":1}', 'application/json', 'other'],
    ['<svg xmlns="http://www.w3.org/2000/svg"></svg>', 'image/svg+xml', 'other'],
    ['<config></config>', 'application/xml', 'other'],
    ['<p>no html element', 'text/plain', 'html'],
    ['plain words', 'text/plain', 'other'],
  ])('%s as %s is %s', (text, contentType, kind) => {
    expect(sniffText(text, contentType)).toBe(kind);
  });
});

describe('what is no text at all', () => {
  const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

  it.each(['%PDF-1.7 …', '\x89PNG\r\n', '\xff\xd8\xff\xe0', 'PK\x03\x04', 'GIF89a', '\x1f\x8b\x08'])('%j', (head) => {
    expect(isBinary(bytes(head))).toBe(true);
  });

  it('takes UTF-16 for text', () => {
    expect(isBinary(bytes('<\x00h\x00t\x00m\x00l\x00>\x00'.repeat(20)))).toBe(false);
    expect(isBinary(bytes('BMW stellt neues Modell vor'))).toBe(false);
  });
});
