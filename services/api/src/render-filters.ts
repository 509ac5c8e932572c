import { type Facets, type FacetValue, filterFields } from '@newsmill/search-index';
import { languageName } from './choose-labels.ts';
import { type Html, html } from './html.ts';
import type { Labels } from './labels.ts';
import { linkTo, linkToggling, valuesOf } from './page-query.ts';
import type { RawQuery } from './read-search-params.ts';
import { hiddenInputs } from './render-layout.ts';
import { sitePath } from './render-site-pages.ts';

/** Facets of the page, in the order of the sidebar. */
export const pageFacets = ['language', 'year', 'site', 'origin', 'section'] as const;
type PageFacet = (typeof pageFacets)[number];
/** Values shown of each; a long list hides the others. */
const shownMax = 8;

/** What is chosen, each with a link that takes it back. */
export function renderChips(query: RawQuery, facets: Facets | undefined, labels: Labels): Html {
  const names = { ...labels.facets, ...labels.others };
  const shown = (name: string, value: string): string => {
    if (name === 'language') return languageName(value, labels);
    // A site is filtered by its domain and called by its name.
    return (name === 'site' && facets?.site?.find((site) => site.value === value)?.label) || value;
  };
  const chips = filterFields.flatMap((name) =>
    valuesOf(query, name).map((value) => ({
      text: name === 'cluster' ? names.cluster : `${names[name]}: ${shown(name, value)}`,
      link: linkToggling(query, name, value),
    })),
  );
  const dates = [valuesOf(query, 'from')[0] ?? '', valuesOf(query, 'to')[0] ?? ''];
  if (dates.some(Boolean)) {
    chips.push({
      text: `${labels.date}: ${dates.join(' – ')}`,
      link: linkTo(query, { from: undefined, to: undefined }),
    });
  }
  if (query.hasImages === 'true') {
    chips.push({ text: labels.withPictures, link: linkTo(query, { hasImages: undefined }) });
  }
  if (chips.length === 0) return html``;
  const [site, ...others] = valuesOf(query, 'site');
  const domain =
    others.length > 0 ? undefined : facets?.site?.find(({ value, label }) => value === site || label === site);
  const about = domain && html`<li><a class="plain" href="${sitePath(domain.value)}">${labels.aboutSite}</a></li>`;
  return html`<ul class="chips">${chips.map(
    ({ text, link }) => html`<li><a href="${link}" aria-label="${labels.remove(text)}">${text}</a></li>`,
  )}${about}</ul>`;
}

/** The sidebar: dates, copies, pictures and facets, all of them links or a plain form. */
export function renderFilters(query: RawQuery, facets: Facets | undefined, labels: Labels): Html {
  const others = Object.entries(query)
    .flatMap(([name]) => valuesOf(query, name).map((value) => [name, value] as const))
    .filter(([name]) => !['from', 'to', 'cursor'].includes(name));
  const all = query.collapse === 'false';
  return html`<aside aria-label="${labels.filters}">
<form class="dates" action="/"><h2>${labels.date}</h2>
<label>${labels.from} <input type="date" name="from" value="${dayOf(query, 'from')}"></label>
<label>${labels.to} <input type="date" name="to" value="${dayOf(query, 'to')}"></label>
${hiddenInputs(others)}<button>${labels.apply}</button></form>
${pageFacets.map((name) => renderFacet(name, valuesToShow(name, facets), query, labels))}
<section><h2>${labels.copiesShown}</h2><ul>
${choice(labels.eachOnce, linkTo(query, { collapse: undefined }), !all)}
${choice(labels.allCopies, linkTo(query, { collapse: 'false' }), all)}</ul></section>
<section><h2>${labels.pictures}</h2><ul>
${choice(labels.withPictures, linkTo(query, { hasImages: query.hasImages === 'true' ? undefined : 'true' }), query.hasImages === 'true')}</ul></section>
</aside>`;
}

/** Breadcrumbs begin with the site, which has a facet of its own; sites of one name are told apart. */
function valuesToShow(name: PageFacet, facets: Facets | undefined): readonly FacetValue[] {
  const values = facets?.[name] ?? [];
  const sites = new Set(facets?.site?.map(({ label }) => label));
  if (name === 'section') return values.filter(({ label }) => !sites.has(label));
  // A copy of a site calls itself as the site does: which is which is told by the domain.
  const isShared = (label: string): boolean => values.filter((one) => one.label === label).length > 1;
  return name === 'site'
    ? values.map((one) => (isShared(one.label) ? { ...one, label: `${one.label} · ${one.value}` } : one))
    : values;
}

const choice = (text: string, link: string, chosen: boolean, count?: string): Html =>
  html`<li ${chosen && currentMark}><a href="${link}"><span>${text}</span>${count !== undefined && html`<span class="count">${count}</span>`}</a></li>`;
const currentMark = html`aria-current="true"`;

function renderFacet(name: PageFacet, values: readonly FacetValue[], query: RawQuery, labels: Labels): Html {
  const numbers = new Intl.NumberFormat(labels.lang);
  // One value that is not chosen divides nothing.
  if (values.length < 2 && valuesOf(query, name).length === 0) return html``;
  const rows = values.slice(0, shownMax).map(({ value, label, count }) => {
    const text = name === 'language' ? languageName(label, labels) : label;
    return choice(text, linkOf(name, value, query), isChosen(name, value, query), numbers.format(count));
  });
  return html`<section><h2>${labels.facets[name]}</h2><ul>${rows}</ul></section>`;
}

const yearOf = (value: string) => ({ from: `${value}-01-01`, to: `${value}-12-31` });

function isChosen(name: PageFacet, value: string, query: RawQuery): boolean {
  if (name !== 'year') return valuesOf(query, name).includes(value);
  const { from, to } = yearOf(value);
  return query.from === from && query.to === to;
}

function linkOf(name: PageFacet, value: string, query: RawQuery): string {
  if (name !== 'year') return linkToggling(query, name, value);
  return linkTo(query, isChosen(name, value, query) ? { from: undefined, to: undefined } : yearOf(value));
}

/** Only a day fits into a date input; a year or month that somebody typed into the address stays in the address. */
const dayOf = (query: RawQuery, name: string): string =>
  valuesOf(query, name).find((value) => /^\d{4}-\d{2}-\d{2}$/.test(value)) ?? '';
