import { pageLanguages } from './choose-labels.ts';
import { Html, html } from './html.ts';
import type { Labels } from './labels.ts';
import { styles } from './page-styles.ts';

export interface Layout {
  readonly labels: Labels;
  readonly title: string;
  /** What is in the search box. */
  readonly q: string;
  /** Parts of the search that the box keeps. */
  readonly kept?: readonly (readonly [name: string, value: string])[];
  /** Query string of the feed of what is shown, with its `?`. */
  readonly feedQuery?: string;
  readonly autofocus?: boolean;
  /** The page's own address, from its path on: where a change of the language comes back to. */
  readonly here: string;
  readonly content: Html;
}

/** The frame of every page: search box above, content, footer. */
export function renderLayout({ labels, title, q, kept = [], feedQuery, autofocus, here, content }: Layout): Html {
  return html`<html lang="${labels.lang}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
${feedQuery !== undefined && html`<link rel="alternate" type="application/atom+xml" title="${labels.feed}" href="/feed.atom${feedQuery}">`}
<style>${new Html(styles)}</style>
</head>
<body>
<a class="skip" href="#results">${labels.skip}</a>
<header><div class="wide">
<a class="brand" href="/">${labels.title}</a>
<form class="search" action="/" role="search">
<input type="search" name="q" value="${q}" placeholder="${labels.placeholder}" aria-label="${labels.search}" maxlength="512" autocomplete="off" ${autofocus === true && new Html('autofocus')}>
${hiddenInputs(kept)}<button>${labels.search}</button>
</form>
</div></header>
${content}
<footer><div class="wide"><span>${labels.hint}</span>${feedQuery !== undefined && html`<a href="/feed.atom${feedQuery}">${labels.feed}</a>`}<a href="/site">${labels.sites}</a><a href="/openapi.json">${labels.api}</a><nav class="languages">${Object.entries(
    pageLanguages,
  ).map(([tag, { name }]) =>
    tag === labels.lang
      ? html`<strong lang="${tag}">${name}</strong>`
      : html`<a lang="${tag}" hreflang="${tag}" rel="nofollow" href="/language/${tag}?${new URLSearchParams({ back: here }).toString()}">${name}</a>`,
  )}</nav></div></footer>
</body>
</html>`;
}

export const hiddenInputs = (pairs: readonly (readonly [string, string])[]): Html =>
  html`${pairs.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`;
