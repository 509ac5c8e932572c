import type { SearchHit, SearchResult } from '@newsmill/search-index';
import { Html, html } from './html.ts';
import type { Labels } from './labels.ts';
import type { RawQuery } from './read-search-params.ts';

export const styles = `
:root { color-scheme: light dark; --ink: #1b1b1a; --soft: #6a6862; --line: #dedbd2; --paper: #fbfaf7; --mark: #ffe9a8; --link: #1a4f8b }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e6e0; --soft: #a09d94; --line: #3a3833; --paper: #1a1917; --mark: #6b5410; --link: #8fbcf0 } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 46rem; padding: 1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 system-ui, "PingFang SC", "PingFang TC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif }
form { display: flex; flex-wrap: wrap; gap: .5rem; padding-bottom: 1rem; border-bottom: 1px solid var(--line) }
input[type=search] { flex: 1 1 14rem; min-width: 0 }
input, select, button { font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .4rem; padding: .4rem .7rem }
button { cursor: pointer; border-color: var(--link); color: var(--link) }
label { color: var(--soft); font-size: .9rem; display: flex; align-items: center; gap: .35rem }
article { padding: .9rem 0; border-bottom: 1px solid var(--line) }
h1 { font-size: 1.1rem; margin: 0 0 .6rem } h1 a { color: inherit; text-decoration: none }
h2 { font-size: 1.08rem; line-height: 1.4; margin: 0 }
a { color: var(--link) } h2 a { text-decoration: none } h2 a:hover { text-decoration: underline }
p { margin: .25rem 0; overflow-wrap: anywhere } .soft { color: var(--soft); font-size: .88rem }
em { font-style: normal; background: var(--mark); border-radius: .15rem }
.message { border-left: 3px solid var(--mark); padding-left: .7rem }
`;

export interface SearchPage {
  readonly labels: Labels;
  readonly query: RawQuery;
  readonly result: SearchResult | undefined;
  readonly message: string | undefined;
}

export function renderSearchPage({ labels, query, result, message }: SearchPage): Html {
  const asked = typeof query.q === 'string' ? query.q : '';
  return html`<html lang="${labels.lang}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${asked === '' ? '' : `${asked} · `}${labels.title}</title>
<link rel="icon" href="data:,">
<style>${new Html(styles)}</style>
</head>
<body>
<header><h1><a href="/">${labels.title}</a></h1></header>
<form action="/" role="search">
<input type="search" name="q" value="${asked}" placeholder="${labels.placeholder}" aria-label="${labels.search}" maxlength="512" ${asked === '' && new Html('autofocus')}>
<button>${labels.search}</button>
<label>${labels.sort} <select name="sort">${option('relevance', labels.relevance, query)}${option('newest', labels.newest, query)}</select></label>
<label><input type="checkbox" name="collapse" value="true" ${query.collapse === 'true' && new Html('checked')}> ${labels.collapse}</label>
</form>
<main>
${message !== undefined && html`<p class="message" role="alert">${message}</p>`}
${result === undefined ? message === undefined && html`<p class="soft">${labels.hint}</p>` : results(result, query, labels)}
</main>
</body>
</html>`;
}

const option = (value: string, label: string, { sort }: RawQuery) =>
  html`<option value="${value}" ${sort === value && new Html('selected')}>${label}</option>`;

function results(result: SearchResult, query: RawQuery, labels: Labels): Html {
  if (result.hits.length === 0) return html`<p>${labels.nothing}</p>`;
  const total = new Intl.NumberFormat(labels.lang).format(result.total) + (result.totalIsExact ? '' : '+');
  return html`<p class="soft">${labels.found(total)}</p>
${result.partial && html`<p class="message">${labels.partial}</p>`}
${result.hits.map((hit) => renderHit(hit, labels))}
${result.nextCursor !== undefined && html`<p><a rel="next" href="/?${withCursor(query, result.nextCursor)}">${labels.next} →</a></p>`}`;
}

function renderHit({ article, highlights, copies }: SearchHit, labels: Labels): Html {
  // Elasticsearch has escaped the text of the highlights; the marks are the only markup in them.
  const headline = highlights.headline === undefined ? html`${article.headline}` : new Html(highlights.headline);
  const fragments = (highlights.body ?? []).map((fragment) => new Html(fragment));
  const origin = article.sourceChain?.at(-1);
  const facts = [
    html`<a href="/?${new URLSearchParams({ q: `site:${article.site.domain}` }).toString()}">${article.site.name ?? article.site.domain}</a>`,
    article.datePublished !== undefined &&
      html`<time datetime="${article.datePublished}">${printedDate(article)}</time>`,
    origin !== undefined && origin !== article.site.name && html`${labels.source} ${origin}`,
    copies !== undefined && copies > 1 && html`${labels.copies(copies)}`,
    isWebAddress(article.url) &&
      html`<a href="${article.url}" rel="noopener noreferrer nofollow">${labels.original}</a>`,
    html`<a href="/articles/${encodeURIComponent(article.id)}">JSON</a>`,
  ].filter((fact) => fact !== false);
  return html`<article lang="${article.inLanguage ?? ''}">
<h2>${isWebAddress(article.url) ? html`<a href="${article.url}" rel="noopener noreferrer nofollow">${headline}</a>` : headline}</h2>
<p>${fragments.map((fragment, at) => html`${at > 0 && ' … '}${fragment}`)}</p>
<p class="soft">${facts.map((fact, at) => html`${at > 0 && ' · '}${fact}`)}</p>
</article>`;
}

/** As it was printed: in the zone of the article, and no time where only the day was printed. */
function printedDate({ datePublished = '', datePublishedPrecision }: SearchHit['article']): string {
  return datePublishedPrecision === 'day' ? datePublished.slice(0, 10) : datePublished.slice(0, 16).replace('T', ' ');
}

/** A page can claim `javascript:` as its address. */
const isWebAddress = (url: string) => /^https?:\/\//i.test(url);

function withCursor(query: RawQuery, cursor: string): string {
  const next = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of [value ?? []].flat()) if (name !== 'cursor' && each !== '') next.append(name, each);
  }
  next.set('cursor', cursor);
  return next.toString();
}
