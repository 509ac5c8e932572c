import { readFileSync } from 'node:fs';
import type { Anchor } from '../html.ts';
import type { ExpectedArticle, SitePage } from '../model.ts';
import { skipped, textPage } from './build.ts';

/**
 * The seed page's forms, served where such a page would stand. No charset in the header: the bytes are what matters.
 * Its links to 中国甘肃网 itself lead off the fixture sites, so a crawl must not follow them.
 */
interface SeedForm {
  readonly host: string;
  readonly path: string;
  readonly file: string;
  readonly expected: 'expected.json' | 'expected-hk.json';
  readonly more?: Partial<SitePage>;
  readonly repairs?: ExpectedArticle['repairs'];
}

const forms: readonly SeedForm[] = [
  {
    host: 'www.longyuan.test',
    path: '/system/2022/01/26/012703712.shtml',
    file: 'simplified.html',
    expected: 'expected.json',
  },
  {
    host: 'www.longyuan.test',
    path: '/gb/system/2022/01/26/012703712.shtml',
    file: 'simplified-gb18030.html',
    expected: 'expected.json',
    more: { charset: 'gb18030' },
  },
  {
    host: 'mirror.copyfarm.test',
    path: '/news/3712.html',
    file: 'glossed.html',
    expected: 'expected.json',
    repairs: ['pinyin-gloss', 'traditional-to-simplified'],
  },
  {
    host: 'hk.haojiang.test',
    path: '/china/20220126/gansu-education.html',
    file: 'traditional-hk.html',
    expected: 'expected-hk.json',
  },
];

const read = (name: string): Uint8Array => readFileSync(new URL(`../seed/${name}`, import.meta.url));

/** What the seed's file of expectations says of the article itself. */
function articleOf({ expected, repairs = [] }: SeedForm): ExpectedArticle {
  // The site's card is that of the real site and cannot be told from the host that serves the page here.
  const {
    site: _,
    mustNotBeInBody: __,
    repairs: ___,
    ...article
  } = JSON.parse(new TextDecoder().decode(read(expected)));
  return { ...article, repairs };
}

/** The seed page's forms that a host serves. */
export function seedPages(host: string): SitePage[] {
  return formsOf(host).map((form) => ({
    path: form.path,
    contentType: 'text/html',
    body: () => read(form.file),
    ...form.more,
    expected: {
      outcome: 'indexed',
      // The Hong Kong paper wrote the story anew: it is no copy of the others.
      story: form.expected === 'expected.json' ? 'seed' : 'seed-hk',
      article: articleOf(form),
    },
  }));
}

/** Links to them, for the host's lists. */
export function seedLink(host: string): Anchor[] {
  return formsOf(host).map((form) => ({ href: form.path, title: articleOf(form).headline }));
}

/** Addresses that the Hong Kong form links to: the sections have moved, the stories are gone. */
export function seedHkMoved(host: string): SitePage[] {
  const moved = {
    '/hongkong/': 'local',
    '/china/': 'china',
    '/china/northwest/': 'china',
    '/sports/': 'sports',
    '/opinion/': 'culture',
  };
  return Object.entries(moved).map(([path, slug]) => {
    const location = `/news/${slug}/`;
    return textPage(path, 'text/html; charset=utf-8', () => '<p>Moved</p>', {
      status: 301,
      headers: { location },
      expected: skipped('redirected', { target: `http://${host}${location}` }),
    });
  });
}

export const seedHkDead: readonly string[] = [
  '/world/',
  '/finance/',
  '/china/20220125/lanzhou-new-area.html',
  '/china/20220124/gaokao.html',
];

const formsOf = (host: string): SeedForm[] => forms.filter((form) => form.host === host);
