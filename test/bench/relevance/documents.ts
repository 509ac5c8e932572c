import type { Article } from '../../../packages/contracts/src/article.ts';
import { fixtureArticle } from '../../../packages/search-index/src/fixture.ts';
import { storiesEn } from '../../sites/content/stories-en.ts';
import { storiesHk } from '../../sites/content/stories-hk.ts';
import { storiesZh1 } from '../../sites/content/stories-zh-1.ts';
import { storiesZh2 } from '../../sites/content/stories-zh-2.ts';
import { storiesZh3 } from '../../sites/content/stories-zh-3.ts';
import { numbersAndLatin } from './stories/numbers-and-latin.ts';
import { peopleAndPlaces } from './stories/people-and-places.ts';
import { type Outlet, outlets } from './stories/story.ts';
import { topics } from './stories/topics.ts';

const dayMs = 86_400_000;

export function articleOf(
  key: string,
  outlet: Outlet,
  daysAgo: number,
  headline: string,
  body: string,
  now: number,
): Article {
  const { domain, name, language } = outlets[outlet];
  return fixtureArticle({
    id: key,
    url: `https://${domain}/${key}`,
    site: { domain, name },
    headline,
    body,
    inLanguage: language,
    datePublished: new Date(now - daysAgo * dayMs).toISOString(),
    datePublishedPrecision: 'second',
  });
}

/** The judged set's documents under their keys as ids; long stories of the fixture sites and short ones of the bench. */
export function judgedDocuments(now: number): Article[] {
  const long = [
    ...Object.entries({ ...storiesZh1, ...storiesZh2, ...storiesZh3 }).map((entry) => [...entry, 'jincheng'] as const),
    ...Object.entries(storiesHk).map((entry) => [...entry, 'weigang'] as const),
    ...Object.entries(storiesEn).map((entry) => [...entry, 'plains'] as const),
  ].map(([key, { headline, paragraphs }, outlet], at) =>
    // Any spread of ages will do, as long as it is the same in each run.
    articleOf(key, outlet, (at * 37) % 1_200, headline, paragraphs.join('\n\n'), now),
  );
  const short = [...peopleAndPlaces, ...numbersAndLatin, ...topics].map(({ key, outlet, daysAgo, headline, body }) =>
    articleOf(key, outlet, daysAgo, headline, body, now),
  );
  return [...long, ...short];
}
