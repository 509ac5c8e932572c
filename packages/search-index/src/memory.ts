import type { Article } from '@newsmill/contracts';
import { arrivalsMax, planArrivals } from './arrivals.ts';
import { documentVersion, toDocument } from './bulk.ts';
import { planCompletion } from './complete.ts';
import { undatedMs, writeCursor } from './cursor.ts';
import { SearchInputError } from './errors.ts';
import { foldText } from './folding.ts';
import { countFacets } from './memory-facets.ts';
import { highlightText } from './memory-highlight.ts';
import type { ArticleIndex, ArticleSummary, ItemVerdict, SearchHit, SearchResult } from './port.ts';
import { type Filter, planSearch, type SearchPlan } from './search-params.ts';
import { checkedSimilarSize } from './similar.ts';

/**
 * The index in memory, for tests and small tools. It finds an article that holds every word of the query (script, width
 * and case folded) and ranks by how often; it knows nothing of stems, partial matches or fields' weights.
 */
export function createMemoryIndex(): ArticleIndex {
  const documents = new Map<
    string,
    { readonly article: Article; readonly version: number; readonly revision: number }
  >();
  let writes = 0;
  /** Articles as they were when somebody began to page through them; the last few. */
  const snapshots = new Map<string, readonly Article[]>();
  const all = () => [...documents.values()].map(({ article }) => article);
  const articlesOf = (plan: SearchPlan): { readonly articles: readonly Article[]; readonly snapshot?: string } => {
    if (!plan.snapshot) return { articles: all() };
    const known = plan.after?.type === 'after' ? (plan.after.snapshot ?? '') : undefined;
    const snapshot = known ?? String(snapshots.size);
    if (known === undefined) snapshots.set(snapshot, all());
    const articles = snapshots.get(snapshot);
    if (articles === undefined) throw new SearchInputError('cursor', snapshot, 'has expired', 'Begin again.');
    return { articles, snapshot };
  };

  const write = (article: Article): ItemVerdict => {
    const version = documentVersion(article);
    const present = documents.get(article.id);
    if (present !== undefined && present.version > version) return { type: 'stale' };
    writes += 1;
    // As JSON, like the real one: absent and undefined become the same, and nobody shares the object.
    documents.set(article.id, { article: JSON.parse(JSON.stringify(toDocument(article))), version, revision: writes });
    return { type: 'indexed' };
  };

  return {
    ensure: async () => ({ created: documents.size === 0, index: 'memory', added: [] }),
    checkIndex: async () => [],
    write: async (articles, options) => {
      options?.signal?.throwIfAborted();
      return articles.map(write);
    },
    get: async (id) => {
      const found = documents.get(id);
      return found === undefined ? undefined : { article: found.article, revision: String(found.revision) };
    },
    search: async (params) => {
      const plan = planSearch(params);
      const { articles, snapshot } = articlesOf(plan);
      return searchAll(articles, plan, snapshot);
    },
    similar: async (id, { size } = {}) => {
      const count = checkedSimilarSize(size);
      const found = documents.get(id)?.article;
      return found === undefined ? undefined : similarIn(all(), found).slice(0, count);
    },
    complete: async (beginning, { size } = {}) => {
      const plan = planCompletion(beginning, size);
      const wanted = foldText(plan.text);
      return all()
        .filter(({ headline }) => wanted !== '' && foldText(headline).includes(wanted))
        .slice(0, plan.size)
        .map(({ id, headline }) => ({ id, headline }));
    },
    arrivals: async (params, { fromMs, throughMs, after }) => {
      const plan = planArrivals(params);
      return searchAll(all(), { ...plan, size: documents.size + 1 }, undefined)
        .hits.map(({ article }) => ({ atMs: Date.parse(article.firstIndexedAt ?? ''), article }))
        .filter(({ atMs }) => atMs >= fromMs && atMs <= throughMs)
        .sort((a, b) => a.atMs - b.atMs || (a.article.id < b.article.id ? -1 : 1))
        .filter(
          ({ atMs, article }) =>
            after === undefined || atMs > after.atMs || (atMs === after.atMs && article.id > after.id),
        )
        .slice(0, arrivalsMax);
    },
    count: async () => documents.size,
    refresh: async () => undefined,
    ping: async () => ({ ok: true, detail: 'ok' }),
    drop: async () => documents.clear(),
  };
}

function searchAll(articles: readonly Article[], plan: SearchPlan, snapshot: string | undefined): SearchResult {
  const words = foldText(plan.text).split(/\s+/).filter(Boolean);
  const needles = [...words, ...plan.phrases.map(foldText)];
  const ranked = articles
    .map((article) => ({ article, text: foldText(searchedText(article)), at: publishedAt(article) }))
    .filter(({ article, text, at }) => matches(article, text, at, needles, plan))
    .map((found) => ({
      ...found,
      score: needles.reduce((sum, needle) => sum + found.text.split(needle).length - 1, 0),
    }))
    .sort(
      (a, b) =>
        (plan.sort === 'relevance' ? b.score - a.score : 0) || b.at - a.at || (a.article.id < b.article.id ? -1 : 1),
    );
  const shown = plan.collapse ? firstOfEach(ranked) : ranked;
  const start = startOf(shown, plan);
  const page = shown.slice(start, start + plan.size);
  const last = page.at(-1);
  const values =
    last === undefined
      ? []
      : plan.sort === 'relevance'
        ? [last.score, last.at, last.article.id]
        : [last.at, last.article.id];
  const next = plan.collapse
    ? writeCursor({ type: 'offset', offset: start + plan.size }, plan)
    : writeCursor({ type: 'after', values, ...(snapshot === undefined ? {} : { snapshot }) }, plan);
  return {
    total: ranked.length,
    totalIsExact: true,
    hits: page.map(
      (hit): SearchHit => ({
        id: hit.article.id,
        ...(plan.sort === 'relevance' ? { score: hit.score } : {}),
        article: summaryOf(hit.article),
        highlights: highlightText(hit.article, needles, plan.highlight),
        ...(plan.collapse ? copiesOf(hit.article, ranked) : {}),
      }),
    ),
    ...(start + plan.size < shown.length ? { nextCursor: next } : {}),
    ...(plan.facets.length > 0
      ? {
          facets: countFacets(
            ranked.map(({ article }) => article),
            plan,
          ),
        }
      : {}),
    partial: false,
    tookMs: 0,
  };
}

const searchedText = (article: Article) =>
  [article.headline, article.alternativeHeadline, article.description, article.body].filter(Boolean).join('\n');

const publishedAt = (article: Article) =>
  article.datePublished === undefined ? undatedMs : Date.parse(article.datePublished);

function matches(article: Article, text: string, at: number, needles: readonly string[], plan: SearchPlan): boolean {
  const { startMs, endMs } = plan.published;
  const dated =
    (startMs ?? endMs) === undefined ||
    (article.datePublished !== undefined && at >= (startMs ?? at) && at < (endMs ?? Infinity));
  return (
    dated &&
    needles.every((needle) => text.includes(needle)) &&
    plan.excluded.every((phrase) => !text.includes(foldText(phrase))) &&
    having(article.images?.length, plan.hasImages) &&
    having(article.removedAt, plan.removed) &&
    plan.filters.every((filter) => fits(article, filter)) &&
    plan.excludedFilters.every((filter) => !fits(article, filter))
  );
}

const having = (value: unknown, wanted: boolean | undefined) =>
  wanted === undefined || wanted === (value !== undefined && value !== 0);

/** How many of the same cluster match, and which of them was first. */
function copiesOf({ clusterId }: Article, ranked: readonly { readonly article: Article; readonly at: number }[]) {
  const copies = ranked.filter(({ article }) => article.clusterId === clusterId);
  const byAge = copies.toSorted(
    (a, b) => Number(b.article.clusterFirst ?? false) - Number(a.article.clusterFirst ?? false) || a.at - b.at,
  );
  return { copies: copies.length, ...(byAge[0] === undefined ? {} : { first: byAge[0].article }) };
}

/** By the share of pairs of characters in the headline. */
function similarIn(articles: readonly Article[], to: Article): SearchHit[] {
  const pairs = ({ headline }: Article) => {
    const text = [...foldText(headline)];
    return text.slice(1).map((character, at) => (text[at] ?? '') + character);
  };
  const wanted = new Set(pairs(to));
  return articles
    .filter(({ clusterId }) => clusterId !== to.clusterId)
    .map((article) => ({ article, score: pairs(article).filter((pair) => wanted.has(pair)).length }))
    .filter(({ score }) => score > 1)
    .sort((a, b) => b.score - a.score)
    .map(({ article, score }) => ({ id: article.id, score, article: summaryOf(article), highlights: {} }));
}

function fits(article: Article, { field, values }: Filter): boolean {
  const wanted = values.map(foldText);
  const named = article.contributors ?? [];
  const held: Record<Filter['field'], readonly (string | undefined)[]> = {
    site: [article.site.domain, article.site.name],
    publisher: [article.publisher?.name, article.publisher?.domain],
    source: article.sourceChain ?? [],
    origin: [article.origin],
    cluster: [article.clusterId],
    section: article.sectionPath ?? [],
    language: [article.inLanguage],
    contributor: named.map(({ name }) => name),
    author: named.filter(({ role }) => ['author', 'reporter', 'correspondent'].includes(role)).map(({ name }) => name),
  };
  return held[field].some((value) => {
    if (value === undefined) return false;
    const folded = foldText(value);
    return wanted.some((each) => folded === each || (field === 'language' && folded.startsWith(`${each}-`)));
  });
}

function firstOfEach<Ranked extends { readonly article: Article }>(ranked: readonly Ranked[]): Ranked[] {
  const seen = new Set<string | undefined>();
  return ranked.filter(({ article }) => !seen.has(article.clusterId) && seen.add(article.clusterId));
}

function startOf(shown: readonly { readonly article: Article }[], { after }: SearchPlan): number {
  if (after === undefined) return 0;
  if (after.type === 'offset') return after.offset;
  return shown.findIndex(({ article }) => article.id === after.values.at(-1)) + 1;
}

function summaryOf({ body: _, bodyHtml: __, provenance: ___, fingerprint: ____, ...summary }: Article): ArticleSummary {
  return summary;
}
