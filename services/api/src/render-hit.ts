import type { SearchHit } from '@newsmill/search-index';
import { Html, html } from './html.ts';
import type { Labels } from './labels.ts';
import { linkTo } from './page-query.ts';

/** One hit of a list. */
export function renderHit({ id, article, highlights, copies, first }: SearchHit, labels: Labels): Html {
  const headline = highlights.headline === undefined ? html`${article.headline}` : new Html(highlights.headline);
  const fragments = (highlights.body ?? []).map((fragment) => new Html(fragment));
  const origin = article.origin ?? article.sourceChain?.at(-1);
  const read = `/read/${encodeURIComponent(id)}`;
  const meta = [
    html`<a href="${linkTo({}, { site: article.site.domain })}">${article.site.name ?? article.site.domain}</a>`,
    article.datePublished !== undefined &&
      html`<time datetime="${article.datePublished}">${printedDate(article)}</time>`,
    origin !== undefined && origin !== article.site.name && html`${labels.source} ${origin}`,
    article.removedAt !== undefined && html`<span class="tag">${labels.gone}</span>`,
  ].filter((part) => part !== false);
  const others = copies !== undefined && copies > 1;
  return html`<article class="hit">
<p class="meta">${meta.map((part, at) => html`${at > 0 && ' · '}${part}`)}</p>
<h3 lang="${article.inLanguage ?? ''}"><a href="${read}">${headline}</a></h3>
${fragments.length > 0 && html`<p class="text" lang="${article.inLanguage ?? ''}">${fragments.map((fragment, at) => html`${at > 0 && ' … '}${fragment}`)}</p>`}
<p class="acts">${others && html`<a href="${linkTo({}, { cluster: article.clusterId, collapse: 'false' })}">${labels.copies(copies)}</a>`}${
    others &&
    first !== undefined &&
    first.id !== id &&
    html`<span>${labels.firstBy(first.site.name ?? first.site.domain)}</span>`
  }<a href="/similar/${encodeURIComponent(id)}">${labels.similar}</a>${originalLink(article.url, labels)}</p>
</article>`;
}

/** A page can claim `javascript:` as its address. */
export const originalLink = (url: string, labels: Labels): Html | false =>
  /^https?:\/\//i.test(url) && html`<a href="${url}" rel="noopener noreferrer nofollow">${labels.original}</a>`;

/** As it was printed: in the zone of the article, and no time where only the day was printed. */
export function printedDate({
  datePublished = '',
  datePublishedPrecision,
}: Pick<SearchHit['article'], 'datePublished' | 'datePublishedPrecision'>): string {
  return datePublishedPrecision === 'day' ? datePublished.slice(0, 10) : datePublished.slice(0, 16).replace('T', ' ');
}
