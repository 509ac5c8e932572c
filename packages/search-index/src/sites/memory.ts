import type { Article } from '@newsmill/contracts';
import { foldText } from '../folding.ts';
import { planSiteList, siteCursor } from './list-plan.ts';
import type { SiteIndex } from './port.ts';
import { cardsMax, rateDays, type SiteRecord, siteRecord } from './site-record.ts';

/** Cards in memory, learned from the articles that `articles` gives. For tests. */
export function createMemorySites(articles: () => readonly Article[]): SiteIndex {
  const records = new Map<string, SiteRecord>();
  const reference = (article: Article | undefined) =>
    article && {
      id: article.id,
      url: article.url,
      headline: article.headline,
      ...(article.datePublished === undefined ? {} : { datePublished: article.datePublished }),
    };
  return {
    async ensure() {},
    async learn(domains, now) {
      for (const domain of domains) {
        const own = articles().filter(({ site }) => site.domain === domain);
        const newest = own.toSorted((a, b) => Date.parse(b.fetchedAt ?? '') - Date.parse(a.fetchedAt ?? ''));
        const at = ({ datePublished = '' }: Article) => Date.parse(datePublished);
        const dated = own.filter((article) => at(article) < now + 2 * 86_400_000).sort((a, b) => at(a) - at(b));
        const record = siteRecord(
          {
            cards: newest.slice(0, cardsMax).map(({ site }) => site),
            articles: own.length,
            first: reference(dated[0]),
            last: reference(dated.at(-1)),
            recent: dated.filter((article) => at(article) >= now - rateDays * 86_400_000).length,
            languages: [...new Set(own.flatMap(({ inLanguage }) => inLanguage ?? []))],
          },
          now,
        );
        const known = records.get(domain)?.updatedAt ?? '1970-01-01';
        if (record !== undefined && Date.parse(known) <= now) records.set(record.id, record);
      }
    },
    async behind() {
      const late = articles().filter(({ site, indexedAt = '1970-01-02' }) => {
        const known = records.get(site.domain)?.updatedAt ?? '1970-01-01';
        return Date.parse(known) <= Date.parse(indexedAt);
      });
      return [...new Set(late.map(({ site }) => site.domain))];
    },
    async get(domain) {
      return records.get(domain.toLowerCase());
    },
    async list(params = {}) {
      const { q, size, after } = planSiteList(params);
      const found = [...records.values()]
        .filter(
          ({ id, site }) =>
            id.startsWith(q.toLowerCase()) ||
            [site.name, site.operator].some((name) => name !== undefined && foldText(name).includes(foldText(q))),
        )
        .sort((a, b) => b.articles - a.articles || (a.id < b.id ? -1 : 1));
      const rest =
        after === undefined
          ? found
          : found.filter(({ articles, id }) => articles < after[0] || (articles === after[0] && id > after[1]));
      const sites = rest.slice(0, size);
      const last = sites.at(-1);
      return {
        total: found.length,
        sites,
        ...(rest.length > size && last !== undefined ? { nextCursor: siteCursor(last) } : {}),
      };
    },
    async refresh() {},
    async drop() {
      records.clear();
    },
  };
}
