import { createHash } from 'node:crypto';
import type { ArticleIndex } from '@newsmill/search-index';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type FeedFormat, feedFormats } from './feeds.ts';
import { type RawQuery, readSearchParams } from './read-search-params.ts';
import { answersOf, feedQuerySchema } from './schemas.ts';

/** Any search as RSS, Atom or JSON Feed: `/feed.rss?q=…` with the parameters of /search. */
export function addFeeds(app: FastifyInstance, index: ArticleIndex, publicUrl: string | undefined): void {
  for (const format of Object.keys(feedFormats) as FeedFormat[]) {
    const { type, render } = feedFormats[format];
    app.get<{ Querystring: RawQuery }>(
      `/feed.${format}`,
      {
        schema: {
          operationId: `feed_${format}`,
          summary: `A search as ${{ rss: 'RSS 2.0', atom: 'Atom', json: 'JSON Feed 1.1' }[format]}`,
          querystring: feedQuerySchema,
          response: answersOf(type.split(';')[0] ?? type, 'The feed', { type: 'string' }, 400, 503),
        },
      },
      async (request, reply) => {
        const params = {
          sort: 'newest',
          size: 30,
          ...readSearchParams(request.query),
          highlight: { pre: '', post: '', encode: 'none' },
        } as const;
        const { hits } = await index.search(params, { signal: request.signal });
        const base = publicUrl ?? addressOf(request);
        const query = new URL(request.url, 'http://localhost').search;
        const body = render({
          title: params.q === undefined ? 'newsmill' : `${params.q} · newsmill`,
          pageUrl: `${base}/${query}`,
          feedUrl: `${base}/feed.${format}${query}`,
          hits,
        });
        const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
        reply.header('etag', etag).header('cache-control', 'no-cache').type(type);
        if (request.headers['if-none-match']?.split(',').some((tag) => tag.trim() === etag)) {
          return reply.code(304).send();
        }
        return reply.send(body);
      },
    );
  }
}

/** Where the reader reached us. A host that is none is not repeated. */
const addressOf = ({ protocol, host }: FastifyRequest): string =>
  `${protocol}://${/^[a-z0-9.:[\]-]{1,255}$/i.test(host) ? host : 'localhost'}`;
