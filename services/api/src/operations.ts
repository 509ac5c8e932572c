import type { FastifyInstance } from 'fastify';
import type { ApiDeps } from './app.ts';
import { recently } from './recently.ts';
import { answers, answersOf, healthSchema, statusSchema } from './schemas.ts';

const { 200: well } = answers('They can', healthSchema);
const healthAnswers = {
  200: well,
  503: { description: 'They cannot', content: { 'application/json': { schema: healthSchema } } },
};

export function addOperations(app: FastifyInstance, { index, balance, registry }: ApiDeps): void {
  // Probes need no key and know no limit: however many ask at once, Elasticsearch is asked once.
  const ping = recently(0, Date.now, () => index.ping());
  app.get(
    '/healthz',
    {
      schema: {
        operationId: 'health',
        summary: 'Whether searches can be answered',
        response: healthAnswers,
      },
    },
    async (_, reply) => {
      const { ok, detail } = await ping();
      return reply.code(ok ? 200 : 503).send({ status: ok ? 'ok' : 'unavailable', elasticsearch: detail });
    },
  );

  app.get(
    '/metrics',
    {
      schema: {
        operationId: 'metrics',
        summary: 'Prometheus metrics',
        response: answersOf('text/plain', 'The metrics', { type: 'string' }),
      },
    },
    async (_, reply) => reply.type(registry.contentType).send(await registry.metrics()),
  );

  app.get(
    '/status',
    {
      schema: {
        operationId: 'status',
        summary: 'What became of every URL, and the size of the index',
        response: answers('Figures', statusSchema, 500),
      },
    },
    async () => {
      const { ok, detail } = await ping();
      return {
        index: { ok, detail, ...(ok ? { articles: await index.count() } : {}) },
        balance: await balance(),
      };
    },
  );
}
