import swagger from '@fastify/swagger';
import type { Balance } from '@newsmill/frontier';
import { type ArticleIndex, SearchUnavailableError, type SiteIndex, type VersionIndex } from '@newsmill/search-index';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, LogController } from 'fastify';
import { Histogram, type Registry } from 'prom-client';
import { type Access, guard, openAccess } from './access.ts';
import { type AlertRoutesDeps, addAlerts } from './alerts/alert-routes.ts';
import { boundConnections } from './bound-connections.ts';
import { addClusters } from './cluster-routes.ts';
import { addFeeds } from './feed-routes.ts';
import { addOperations } from './operations.ts';
import { addOperatorRoutes, type OperatorRoutesDeps } from './operator/operator-routes.ts';
import { notFound, type Problem, problemType, toProblem } from './problem.ts';
import { addSearchPage } from './search-page.ts';
import { addSearch } from './search-routes.ts';
import { addSites } from './site-routes.ts';
import { addVersions } from './version-routes.ts';
import { addWebSub, type WebSubDeps } from './websub/callback-routes.ts';

export interface ApiDeps {
  readonly index: ArticleIndex;
  /** Former states; without it they are not served. */
  readonly versions?: Pick<VersionIndex, 'list'>;
  /** Cards of sites; without it they are not served. */
  readonly sites?: Pick<SiteIndex, 'get' | 'list'>;
  /** The ledger's sums, see `Frontier.balance`. */
  readonly balance: () => Promise<Balance>;
  /** Served under /metrics; the API's own figures are added to it. */
  readonly registry: Registry;
  readonly logger?: FastifyBaseLogger;
  /** Who may ask how often; everybody without limit unless told. */
  readonly access?: Access;
  /** Saved searches; without it they are not served. */
  readonly alerts?: AlertRoutesDeps;
  /** Quarantine and audit; without it they are not served. */
  readonly operator?: OperatorRoutesDeps;
  /** What hubs call; without it they are not served. */
  readonly websub?: WebSubDeps;
  /** Proxies whose word on the reader's address counts. */
  readonly trustedProxies?: readonly string[];
  /** `https://news.example.org`, without a slash at the end: for links in feeds. */
  readonly publicUrl?: string;
  /** Open connections; without it as many as the system allows. */
  readonly connectionsMax?: number;
}

/** A request must be whole by then. */
const requestMs = 10_000;

/** The HTTP API as a fastify instance that does not listen yet: `listen` it, or `inject` into it. */
export async function createApi(deps: ApiDeps): Promise<FastifyInstance> {
  const app = fastify({
    ...(deps.logger === undefined ? {} : { loggerInstance: deps.logger }),
    // One line per request is the access log of the proxy before it; errors are logged below.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy:
      deps.trustedProxies === undefined || deps.trustedProxies.length === 0 ? false : [...deps.trustedProxies],
    // The routes that take a body say how much of it.
    bodyLimit: 1_024,
    // Against clients that send a byte a second, or take none. Said to node as well, from the beginning: without a limit for the
    // head it ends no slow body either (measured), and it looks every 30 s unless told.
    requestTimeout: requestMs,
    connectionTimeout: 30_000,
    http: { requestTimeout: requestMs, headersTimeout: requestMs, connectionsCheckingInterval: 2_000 },
    // A stop must not wait for idle keep-alive connections.
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 600 },
    frameworkErrors: (error, _, reply) => sendProblem(reply, toProblem(error)),
  });
  // Schemas here are for the description. Input is checked where its meaning is known, with errors that say what to do.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error);
    // Nobody is there to be told when the client has gone.
    if (problem.status >= 500 && !request.signal.aborted)
      request.log.error({ err: error, url: request.url.slice(0, 300) }, 'request failed');
    if (error instanceof SearchUnavailableError) reply.header('retry-after', '5');
    return sendProblem(reply, problem);
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0]?.slice(0, 100);
    return sendProblem(reply, notFound(`${request.method} ${path} is not served here. See /openapi.json for what is.`));
  });
  app.addHook('onRequest', async (_, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer');
  });
  if (deps.connectionsMax !== undefined) boundConnections(app.server, deps.connectionsMax);
  measure(app, deps.registry);

  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'newsmill',
        version: '1',
        description: 'Searches the articles that newsmill has indexed. Elasticsearch can be queried directly as well.',
      },
    },
  });
  await guard(app, deps.access ?? openAccess);
  if (deps.websub !== undefined) await addWebSub(app, deps.websub);
  if (deps.operator !== undefined) await addOperatorRoutes(app, deps.operator);
  await app.register((routes, _, done) => {
    addSearch(routes, deps.index);
    if (deps.versions !== undefined) addVersions(routes, deps.index, deps.versions);
    if (deps.sites !== undefined) addSites(routes, deps.sites);
    addClusters(routes, deps.index);
    addFeeds(routes, deps.index, deps.publicUrl);
    if (deps.alerts !== undefined) addAlerts(routes, deps.alerts);
    addOperations(routes, deps);
    addSearchPage(routes, deps.index, deps.sites);
    routes.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
    done();
  });
  return app;
}

function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  // As a string: fastify would look for a serializer of this content type.
  return reply.code(problem.status).type(problemType).send(JSON.stringify(problem));
}

function measure(app: FastifyInstance, registry: Registry): void {
  const duration = new Histogram({
    name: 'newsmill_api_request_duration_seconds',
    help: 'How long a request took, by route and status.',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    // The route's pattern, never the URL: a label per URL would fill the memory.
    const route = request.routeOptions.url ?? 'none';
    duration.observe({ route, status: reply.statusCode }, reply.elapsedTime / 1_000);
  });
}
