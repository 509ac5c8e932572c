import { type Source, UsageError } from '@newsmill/contracts';
import { canonicalizeUrl, guessLinkKind, hostKeyOf, siteDomain } from '@newsmill/core';
import type { FoundUrl } from '@newsmill/frontier';
import { meaningOfRefusal } from './say-why.ts';

/** An address that somebody typed; without a scheme it is https, or http for a bare IP address. */
export function typedAddress(text: string): string {
  const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[\w.-]+:\d/.test(text);
  const scheme = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[)/.test(text) ? 'http' : 'https';
  return hasScheme ? text : `${scheme}://${text}`;
}

/** The canonical form of an address that somebody typed. */
export function typedUrl(text: string): string {
  const result = canonicalizeUrl(typedAddress(text));
  if ('url' in result) return result.url;
  throw new UsageError(
    `url: "${text}" cannot be crawled (${result.refused}). ${meaningOfRefusal(result.refused)} Give the address of a page, feed or sitemap, like https://www.example.com/news/`,
  );
}

export interface SourceOptions {
  readonly name?: string;
  readonly mode: Source['mode'];
  readonly pagesMax?: number;
  /** Put before the id, so that a one-off crawl does not meet a standing source of the same site. */
  readonly idPrefix?: string;
}

/** A source made of one address: its id is the host's name, so that adding another page of a site finds the same source. */
export function makeSource(url: string, options: SourceOptions, now: number): Source {
  const host = hostKeyOf(url);
  const id = `${options.idPrefix ?? ''}${host}`
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 80);
  return {
    id,
    name: options.name ?? host,
    url,
    domain: siteDomain(url),
    addedAt: new Date(now).toISOString(),
    mode: options.mode,
    ...(options.pagesMax === undefined ? {} : { pagesMax: options.pagesMax }),
    depthMax: 8,
  };
}

/** The source's own page, as the frontier takes it. */
export const firstUrl = (source: Source): FoundUrl => ({
  url: source.url,
  kind: guessLinkKind(source.url),
  sourceId: source.id,
  depth: 0,
  standing: source.mode === 'standing',
});

/** All first URLs of a source. */
export const startUrls = (source: Source): FoundUrl[] =>
  [...new Set([source.url, ...(source.urls ?? [])])].map((url) => firstUrl({ ...source, url }));
