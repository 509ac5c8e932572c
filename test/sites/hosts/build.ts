import { storiesEn } from '../content/stories-en.ts';
import { storiesHk } from '../content/stories-hk.ts';
import { storiesZh1 } from '../content/stories-zh-1.ts';
import { storiesZh2 } from '../content/stories-zh-2.ts';
import { storiesZh3 } from '../content/stories-zh-3.ts';
import type { Stories, Story } from '../content/story.ts';
import { encode } from '../encode.ts';
import type { Anchor } from '../html.ts';
import type { Charset, Expectation, SitePage, SkipReason } from '../model.ts';
import type { Printed } from '../placement.ts';
import type { Surroundings } from '../templates/longyuan.ts';

const stories: Stories = { ...storiesZh1, ...storiesZh2, ...storiesZh3, ...storiesHk, ...storiesEn };

/** @throws Error if no story has that key. */
export function storyOf(key: string): Story {
  const story = stories[key];
  if (!story) throw new Error(`no story "${key}"`);
  return story;
}

/** A page whose body is text in some charset. */
export function textPage(
  path: string,
  contentType: string,
  body: () => string,
  more: Partial<SitePage> & { charset?: Charset } = {},
): SitePage {
  return { path, contentType, body: () => encode(body(), more.charset ?? 'utf-8'), ...more };
}

export const skipped = (
  reason: SkipReason,
  more: { target?: string; also?: readonly SkipReason[] } = {},
): Expectation => ({ outcome: 'skipped', reason, ...more });

export const robotsPage = (lines: readonly string[]): SitePage =>
  textPage('/robots.txt', 'text/plain', () => `${lines.join('\n')}\n`);

/** Newest first. */
export function byDate(articles: readonly Printed[]): Printed[] {
  return articles.toSorted((a, b) => Date.parse(b.publishedIso) - Date.parse(a.publishedIso));
}

/** Hot list and related links of the article at `index`: always other articles of the same site. */
export function surroundings(articles: readonly Printed[], index: number): Surroundings {
  const others = [...articles.slice(index + 1), ...articles.slice(0, index)];
  const section = articles[index]?.section;
  const links = (rows: readonly Printed[]): Anchor[] => rows.map((row) => row.link);
  const same = others.filter((other) => other.section === section);
  return { hot: links(others.slice(2, 9)), related: links([...same, ...others].slice(0, 3)) };
}
