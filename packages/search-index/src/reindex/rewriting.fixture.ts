import type { Article } from '@newsmill/contracts';
import type { Rewriting } from './rewriting.ts';

/** What a better parser might do: it finds another headline. */
export const betterHeadline = ({ headline }: Pick<Article, 'headline'>): string => `${headline} today`;

export const betterHeadlines: Rewriting = {
  plan: { parserVersion: '2' },
  async rewrite(documents) {
    return {
      documents: documents.map(({ source, ...rest }) => {
        const article = source as Article;
        return { ...rest, source: { ...article, headline: betterHeadline(article) } };
      }),
      tally: { changed: documents.length },
    };
  },
  matches: (original, made) => betterHeadline(original as Article) === (made as Article).headline,
};
