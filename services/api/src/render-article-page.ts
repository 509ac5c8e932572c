import type { SearchHit, StoredArticle } from '@newsmill/search-index';
import { languageName } from './choose-labels.ts';
import { type Html, html } from './html.ts';
import type { Labels } from './labels.ts';
import { linkTo } from './page-query.ts';
import { originalLink, printedDate, renderHit } from './render-hit.ts';
import { renderLayout } from './render-layout.ts';
import { sitePath } from './render-site-pages.ts';

/** Characters of a story that are shown; some pages are books. */
const textMax = 200_000;

/** One article as text, as it was when it was fetched, with what is known about it. */
export function renderArticlePage({ article }: StoredArticle, similar: readonly SearchHit[], labels: Labels): Html {
  const { headline, alternativeHeadline, inLanguage, site, sourceChain, contributors, sectionPath, repairs } = article;
  const bySite = html`<a href="${linkTo({}, { site: site.domain })}">${site.name ?? site.domain}</a>`;
  const facts: readonly (readonly [string, Html | string | undefined | false])[] = [
    [labels.facets.site, html`${bySite} · <a href="${sitePath(site.domain)}">${labels.aboutSite}</a>`],
    [labels.source, sourceChain?.join(' ← ')],
    [labels.by, contributors?.map(({ name }) => name).join('、')],
    [labels.facets.section, sectionPath?.join(' › ')],
    [labels.facets.language, inLanguage && languageName(inLanguage, labels)],
    [labels.repaired, repairs.join('、')],
    [labels.address, html`<span>${article.url}</span>`],
  ];
  return renderLayout({
    labels,
    title: `${headline} · ${labels.title}`,
    q: '',
    here: `/read/${encodeURIComponent(article.id)}`,
    content: html`<div class="wide columns single"><main id="results">
<article class="story">
<p class="meta">${bySite}${article.datePublished !== undefined && html` · <time datetime="${article.datePublished}">${printedDate(article)}</time>`}${article.removedAt !== undefined && html` · <span class="tag">${labels.gone}</span>`}</p>
<h1 lang="${inLanguage ?? ''}">${headline}</h1>
${article.removedAt !== undefined && html`<p class="message" role="note">${labels.goneNotice(article.removedAt.slice(0, 10))}</p>`}
${alternativeHeadline !== undefined && html`<p class="second" lang="${inLanguage ?? ''}">${alternativeHeadline}</p>`}
<div class="text" lang="${inLanguage ?? ''}">${article.body
      .slice(0, textMax)
      .split('\n\n')
      .map((paragraph) => html`<p>${paragraph}</p>`)}</div>
<dl class="facts">${facts.map(([name, value]) => value && html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
<p class="acts">${originalLink(article.url, labels)}<a href="${linkTo({}, { cluster: article.clusterId ?? article.id, collapse: 'false' })}">${labels.others.cluster}</a><a href="/articles/${encodeURIComponent(article.id)}">JSON</a></p>
</article>
${similar.length > 0 && html`<h2>${labels.similar}</h2>${similar.map((hit) => renderHit(hit, labels))}`}
</main></div>`,
  });
}

/** Articles on the same thing as another. */
export function renderSimilarPage({ article }: StoredArticle, similar: readonly SearchHit[], labels: Labels): Html {
  const title = labels.similarTo(article.headline.slice(0, 200));
  return renderLayout({
    labels,
    title: `${title} · ${labels.title}`,
    q: '',
    here: `/similar/${encodeURIComponent(article.id)}`,
    content: html`<div class="wide columns single"><main id="results">
<h1 class="bar" lang="${article.inLanguage ?? ''}">${title}</h1>
${similar.length === 0 && html`<p>${labels.nothing}</p>`}
${similar.map((hit) => renderHit(hit, labels))}
</main></div>`,
  });
}
