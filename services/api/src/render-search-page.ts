import type { Facets, SearchResult } from '@newsmill/search-index';
import { type Html, html } from './html.ts';
import type { Labels } from './labels.ts';
import { linkTo, valuesOf } from './page-query.ts';
import type { RawQuery } from './read-search-params.ts';
import { renderChips, renderFilters } from './render-filters.ts';
import { renderHit } from './render-hit.ts';
import { renderLayout } from './render-layout.ts';

export interface SearchPage {
  readonly labels: Labels;
  readonly query: RawQuery;
  /** Absent when the search failed; `message` says why. */
  readonly result: SearchResult | undefined;
  readonly facets: Facets | undefined;
  readonly message: string | undefined;
}

export function renderSearchPage({ labels, query, result, facets, message }: SearchPage): Html {
  const asked = typeof query.q === 'string' ? query.q : '';
  // The box keeps what narrows the search, not where the reader was in its pages.
  const kept = Object.keys(query)
    .filter((name) => name !== 'q' && name !== 'cursor')
    .flatMap((name) => valuesOf(query, name).map((value) => [name, value] as const));
  return renderLayout({
    labels,
    title: `${asked === '' ? '' : `${asked} · `}${labels.title}`,
    q: asked,
    here: linkTo(query, {}),
    kept,
    feedQuery: linkTo(query, { sort: undefined, collapse: undefined }).slice(1),
    autofocus: asked === '' && kept.length === 0,
    content: html`<div class="wide columns">
<input type="checkbox" id="show" class="hidden"><label class="toggle" for="show">${labels.filters}</label>
${renderFilters(query, facets, labels)}
<main id="results">
<h1 class="hidden">${asked === '' ? labels.latest : `${labels.search}: ${asked}`}</h1>
${message !== undefined && html`<p class="message" role="alert">${message}</p>`}
${renderChips(query, facets, labels)}
${result !== undefined && renderResults(result, query, labels)}
</main>
</div>`,
  });
}

function renderResults(result: SearchResult, query: RawQuery, labels: Labels): Html {
  const { total, totalIsExact, hits, nextCursor, partial, didYouMean } = result;
  const count = new Intl.NumberFormat(labels.lang).format(total) + (totalIsExact ? '' : '+');
  const ranked = valuesOf(query, 'q').length > 0;
  return html`${didYouMean !== undefined && html`<p class="hint">${labels.didYouMean} <a href="${linkTo(query, { q: didYouMean })}">${didYouMean}</a>?</p>`}
<div class="bar"><p role="status">${ranked ? labels.found(count) : html`${labels.latest} · ${labels.found(count)}`}</p>
${ranked && total > 0 && renderOrder(query, labels)}</div>
${partial && html`<p class="message">${labels.partial}</p>`}
${hits.length === 0 && html`<p>${labels.nothing}</p>`}
${hits.map((hit) => renderHit(hit, labels))}
${nextCursor !== undefined && html`<p><a class="more" rel="next" href="${linkTo(query, { cursor: nextCursor })}">${labels.next}</a></p>`}`;
}

function renderOrder(query: RawQuery, labels: Labels): Html {
  const newest = query.sort === 'newest';
  const entry = (text: string, sort: string | undefined, chosen: boolean) =>
    chosen
      ? html`<strong aria-current="true">${text}</strong>`
      : html`<a href="${linkTo(query, { sort })}">${text}</a>`;
  return html`<nav aria-label="${labels.order}">${entry(labels.relevance, undefined, !newest)}${entry(labels.newest, 'newest', newest)}</nav>`;
}
