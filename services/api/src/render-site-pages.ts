import type { SiteList, SiteRecord } from '@newsmill/search-index';
import { languageName } from './choose-labels.ts';
import { type Html, html } from './html.ts';
import type { Labels } from './labels.ts';
import { linkTo, valuesOf } from './page-query.ts';
import type { RawQuery } from './read-search-params.ts';
import { printedDate } from './render-hit.ts';
import { renderLayout } from './render-layout.ts';

export const sitePath = (domain: string): string => `/site/${encodeURIComponent(domain)}`;

/** All sites, with a box to find one. */
export function renderSitesPage({
  labels,
  query,
  list,
}: {
  readonly labels: Labels;
  readonly query: RawQuery;
  readonly list: SiteList;
}): Html {
  const asked = valuesOf(query, 'q')[0] ?? '';
  const more = new URLSearchParams({ ...(asked === '' ? {} : { q: asked }), cursor: list.nextCursor ?? '' });
  return renderLayout({
    labels,
    title: `${labels.sites} · ${labels.title}`,
    q: '',
    here: '/site',
    content: html`<div class="wide columns single"><main id="results">
<h1 class="bar">${labels.sites} · ${new Intl.NumberFormat(labels.lang).format(list.total)}</h1>
<form class="find" action="/site"><input type="search" name="q" value="${asked}" placeholder="${labels.findSite}" aria-label="${labels.findSite}" maxlength="100"><button>${labels.search}</button></form>
${list.sites.length === 0 && html`<p>${labels.nothing}</p>`}
${list.sites.map(
  ({ id, site, articles, lastArticle }) => html`<article class="hit">
<h3><a href="${sitePath(id)}">${site.name ?? id}</a></h3>
<p class="meta">${id} · ${labels.found(new Intl.NumberFormat(labels.lang).format(articles))}${lastArticle?.datePublished !== undefined && html` · ${labels.site.last} ${printedDate(lastArticle).slice(0, 10)}`}</p>
</article>`,
)}
${list.nextCursor !== undefined && html`<p><a class="more" rel="next" href="/site?${more.toString()}">${labels.next}</a></p>`}
</main></div>`,
  });
}

/** What is known of one site, and the way to its articles. */
export function renderSitePage({ site, id, ...record }: SiteRecord, labels: Labels): Html {
  const { articles, firstArticle, lastArticle, articlesPerDay, languages } = record;
  const words = labels.site;
  const number = new Intl.NumberFormat(labels.lang, { maximumFractionDigits: 2 });
  const article = (reference: SiteRecord['firstArticle']): Html | undefined =>
    reference &&
    html`<a href="/read/${encodeURIComponent(reference.id)}">${reference.headline}</a>${reference.datePublished !== undefined && html` · ${printedDate(reference).slice(0, 10)}`}`;
  const counsel = site.legalCounsel?.map(({ name, phone }) => (phone === undefined ? name : `${name} ${phone}`));
  const feeds = site.feeds?.filter((url) => /^https?:\/\//i.test(url));
  const facts: readonly (readonly [string, Html | string | undefined])[] = [
    [words.domain, id],
    [words.operator, site.operator],
    ...(['newsService', 'icp', 'business', 'broadcastProduction', 'valueAddedTelecom'] as const).map(
      (name) => [words[name], site.licences?.[name]] as const,
    ),
    [words.legalCounsel, counsel?.join('、')],
    [words.reportPhones, site.reportPhones?.join('、')],
    [words.copyright, site.copyrightYears && [...new Set(site.copyrightYears)].join('–')],
    [
      words.feeds,
      feeds &&
        html`${feeds.map((url, at) => html`${at > 0 && html`<br>`}<a href="${url}" rel="noopener noreferrer nofollow">${url}</a>`)}`,
    ],
    [labels.facets.language, languages.map((tag) => languageName(tag, labels)).join('、')],
    [words.articles, html`<a href="${linkTo({}, { site: id })}">${number.format(articles)}</a>`],
    [words.first, article(firstArticle)],
    [words.last, article(lastArticle)],
    [words.perDay, number.format(articlesPerDay)],
  ];
  return renderLayout({
    labels,
    title: `${site.name ?? id} · ${labels.title}`,
    q: '',
    here: sitePath(id),
    content: html`<div class="wide columns single"><main id="results">
<article class="story"><p class="meta"><a href="/site">${labels.sites}</a></p>
<h1>${site.name ?? id}</h1>
<dl class="facts">${facts.map(([name, value]) => value !== undefined && value !== '' && html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
</article></main></div>`,
  });
}
