import { describe, expect, it } from 'vitest';
import { parsePage } from '../index.ts';
import { CMS_LAYOUTS, type StoryLayout } from './cms-layouts.ts';
import { LANGUAGE_LAYOUTS } from './language-layouts.ts';
import { STORIES } from './layout-stories.ts';

/** A whole page: other stories with their dates and authors beside the story, a reader's comment and the years of the copyright below. */
function pageOf(layout: StoryLayout): string {
  const lang = layout.lang ?? 'en';
  const [title = '', ...body] = STORIES[lang.slice(0, 2)] ?? [];
  body[0] = `${layout.first ?? ''}${body[0]}`;
  body.push(`${body.pop()}${layout.last ?? ''}`);
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${title}</title>${layout.head ?? ''}</head><body>
  <header class="site-header"><a href="/" class="logo">Valley Ledger</a><nav><a href="/news/">News</a> <a href="/sport/">Sport</a> <a href="/culture/">Culture</a></nav></header>
  <div id="page"><div class="column">${layout.top ?? ''}<h1>${title}</h1>${layout.meta ?? ''}
  <div class="content">${body.map((text) => `<p>${text}</p>`).join('\n')}</div>${layout.tail ?? ''}
  <div id="comments" class="comments"><h3>1 comment</h3><div class="comment"><cite class="fn">Rita Quill</cite> <time datetime="2024-05-30T08:00:00+00:00">May 30, 2024</time><p>My grandfather crossed it every day.</p></div></div></div>
  <div class="sidebar"><h3>Latest</h3><ul><li><a href="/a/1.html">A cow on the roof of a barn</a> <span class="post-date">May 28, 2024</span> <span class="author">Paul Hay</span></li>
  <li><a href="/a/2.html">Bakery sells its last loaf of rye</a> <span class="post-date">May 27, 2024</span> <span class="author">Lena Rye</span></li></ul></div></div>
  <footer><p>© 2012-2024 Valley Ledger. All rights reserved.</p></footer></body></html>`;
}

function creditsOf(layout: StoryLayout): string {
  const { verdict } = parsePage({
    url: layout.url ?? 'https://www.valley.example/news/old-bridge',
    bytes: new TextEncoder().encode(pageOf(layout)),
    contentType: 'text/html; charset=utf-8',
    fetchedAt: '2024-06-01T00:00:00Z',
  });
  if (verdict.type !== 'article') return verdict.reason;
  const { contributors = [], datePublished = '' } = verdict.article;
  const authors = contributors.filter((one) => one.role === 'author' || one.role === 'reporter').map((one) => one.name);
  return `${authors.join(', ')} / ${datePublished.slice(0, 10)}`.trim();
}

describe('by-lines and dates as publishing systems write them', () => {
  it.each(CMS_LAYOUTS.map((layout) => [layout.name, layout] as const))('%s', (_name, layout) => {
    expect(creditsOf(layout)).toBe(layout.wanted.trim());
  });
});

describe('by-lines and dates in other languages', () => {
  it.each(LANGUAGE_LAYOUTS.map((layout) => [`${layout.lang}: ${layout.name}`, layout] as const))(
    '%s',
    (_name, layout) => {
      expect(creditsOf(layout)).toBe(layout.wanted.trim());
    },
  );
});
