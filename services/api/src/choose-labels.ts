import type { FastifyRequest } from 'fastify';
import type { Labels } from './labels.ts';
import { english } from './labels-english.ts';
import { simplifiedChinese } from './labels-simplified.ts';
import { traditionalChinese } from './labels-traditional.ts';

/** The languages of the pages, each called as its readers call it. */
export const pageLanguages = {
  'zh-Hans': { labels: simplifiedChinese, name: '简体' },
  'zh-Hant': { labels: traditionalChinese, name: '繁體' },
  en: { labels: english, name: 'English' },
} as const;
export type PageLanguage = keyof typeof pageLanguages;
export const isPageLanguage = (tag: string): tag is PageLanguage => Object.hasOwn(pageLanguages, tag);

/** Where a reader's choice is kept. */
export const languageCookie = 'newsmill-language';

/** What the reader has chosen, or else what the browser asks for. */
export function labelsFor({ headers }: Pick<FastifyRequest, 'headers'>): Labels {
  const chosen = /(?:^|;\s?)newsmill-language=([\w-]{1,10})(?:;|$)/.exec(headers.cookie?.slice(0, 4_096) ?? '')?.[1];
  if (chosen !== undefined && isPageLanguage(chosen)) return pageLanguages[chosen].labels;
  return pageLanguages[languageAskedFor(headers['accept-language'])].labels;
}

/** The first language of `Accept-Language` that we have; English otherwise. The weights are in order in practice. */
export function languageAskedFor(acceptLanguage: string | undefined): PageLanguage {
  for (const range of (acceptLanguage ?? '').slice(0, 500).split(',')) {
    const tag = range.trim().toLowerCase();
    // RFC 4647: the script where it is named, else the one that the region writes.
    if (/^zh\b/.test(tag)) return /^zh-(?:hant\b|(?!hans\b)(?:tw|hk|mo)\b)/.test(tag) ? 'zh-Hant' : 'zh-Hans';
    if (/^en\b/.test(tag)) return 'en';
  }
  return 'en';
}

/** A language tag of an article in the reader's language: `zh-hant` → 繁体中文. */
export function languageName(tag: string, { lang }: Labels): string {
  try {
    return new Intl.DisplayNames([lang], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag; // What a page claims may be no tag at all.
  }
}
