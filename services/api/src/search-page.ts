import { createHash } from 'node:crypto';
import {
  type ArticleIndex,
  type Facets,
  isTombstone,
  SearchInputError,
  type SearchResult,
  SearchUnavailableError,
  type SiteIndex,
} from '@newsmill/search-index';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isPageLanguage, labelsFor, languageCookie } from './choose-labels.ts';
import type { Html } from './html.ts';
import type { Labels } from './labels.ts';
import { styles } from './page-styles.ts';
import { ApiProblem, goneArticle, noArticle } from './problem.ts';
import { one, type RawQuery, readSearchParams } from './read-search-params.ts';
import { renderArticlePage, renderSimilarPage } from './render-article-page.ts';
import { pageFacets } from './render-filters.ts';
import { renderSearchPage } from './render-search-page.ts';
import { renderSitePage, renderSitesPage } from './render-site-pages.ts';
import { noSite, readSiteList } from './site-routes.ts';

const styleHash = createHash('sha256').update(styles).digest('base64');
/** The pages have one style sheet of their own and nothing else: no script can run, whatever an article holds. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

interface Found {
  readonly result: SearchResult;
  readonly facets: Facets | undefined;
}

/** Pages for people: plain HTML that works without scripts. */
export function addSearchPage(
  app: FastifyInstance,
  index: ArticleIndex,
  sites?: Pick<SiteIndex, 'get' | 'list'>,
): void {
  app.get<{ Querystring: RawQuery }>('/', { schema: { hide: true } }, async (request, reply) => {
    const labels = labelsFor(request);
    const { query } = request;
    let found: Found | undefined;
    let message: string | undefined;
    let status = 200;
    try {
      found = await find(index, query, request.signal);
    } catch (error) {
      if (!(error instanceof SearchInputError) && !(error instanceof SearchUnavailableError)) throw error;
      status = error instanceof SearchInputError ? 400 : 503;
      message = error instanceof SearchInputError ? error.message : labels.unavailable;
      if (status === 503) request.log.error({ err: error }, 'search failed');
    }
    return send(
      reply,
      status,
      renderSearchPage({ labels, query, result: found?.result, facets: found?.facets, message }),
    );
  });

  app.get<{ Params: { tag: string }; Querystring: RawQuery }>(
    '/language/:tag',
    { schema: { hide: true } },
    async (request, reply) => {
      const { tag } = request.params;
      if (!isPageLanguage(tag)) throw new ApiProblem(404, 'Not found', 'The pages do not speak this language.');
      const back = one(request.query, 'back') ?? '/';
      // Only to a page of ours: `//host` and `/\\host` are addresses of others.
      const path = /^\/(?![/\\])[\x21-\x7e]{0,4000}$/.test(back) ? back : '/';
      const cookie = `${languageCookie}=${tag}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly`;
      return reply.code(303).header('set-cookie', cookie).header('location', path).send();
    },
  );

  if (sites !== undefined) {
    app.get<{ Querystring: RawQuery }>('/site', { schema: { hide: true } }, async (request, reply) => {
      const list = await sites.list(readSiteList(request.query));
      return send(reply, 200, renderSitesPage({ labels: labelsFor(request), query: request.query, list }));
    });
    app.get<{ Params: { domain: string } }>('/site/:domain', { schema: { hide: true } }, async (request, reply) => {
      const record = await sites.get(request.params.domain);
      if (record === undefined) throw noSite(request.params.domain);
      return send(reply, 200, renderSitePage(record, labelsFor(request)));
    });
  }

  const about = async (
    request: FastifyRequest<{ Params: { id: string } }>,
    reply: FastifyReply,
    size: number,
    render: typeof renderArticlePage,
  ) => {
    const labels: Labels = labelsFor(request);
    const { id } = request.params;
    const stored = await index.get(id);
    if (stored === undefined) throw noArticle(id);
    if (isTombstone(stored.article)) throw goneArticle(stored.article.removedAt ?? '');
    return send(reply, 200, render(stored, (await index.similar(id, { size, signal: request.signal })) ?? [], labels));
  };
  app.get<{ Params: { id: string } }>('/read/:id', { schema: { hide: true } }, (request, reply) =>
    about(request, reply, 5, renderArticlePage),
  );
  app.get<{ Params: { id: string } }>('/similar/:id', { schema: { hide: true } }, (request, reply) =>
    about(request, reply, 20, renderSimilarPage),
  );
}

/** One page of the search, and the facets of the whole of it. Each story is shown once unless told. */
async function find(index: ArticleIndex, query: RawQuery, signal: AbortSignal): Promise<Found> {
  const params = { collapse: true, didYouMean: true, ...readSearchParams(query) };
  const { cursor, ...whole } = params;
  if (cursor === undefined) {
    const result = await index.search({ ...params, facets: pageFacets }, { signal });
    return { result, facets: result.facets };
  }
  const [result, counted] = await Promise.all([
    index.search(params, { signal }),
    index.search({ ...whole, facets: pageFacets, size: 1, didYouMean: false, highlight: false }, { signal }),
  ]);
  return { result, facets: counted.facets };
}

function send(reply: FastifyReply, status: number, page: Html): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('content-security-policy', policy)
    .header('vary', 'accept-language, cookie')
    .send(`<!doctype html>\n${page.markup}`);
}
