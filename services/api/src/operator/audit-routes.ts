import { type AuditStore, auditPhases, balanceOf, findingCodes, isBalanced } from '@newsmill/audit';
import type { FastifyInstance } from 'fastify';
import { ApiProblem } from '../problem.ts';
import { answers } from '../schemas.ts';

const count = { type: 'integer' };
const counts = { type: 'object', additionalProperties: count };
const codes = Object.fromEntries(
  Object.entries(findingCodes).map(([code, description]) => [code, { ...count, description }]),
);

const auditSchema = {
  title: 'AuditSummary',
  type: 'object',
  properties: {
    startedAt: { type: 'string', format: 'date-time' },
    phase: { type: 'string', enum: [...auditPhases], description: '`done`, unless it goes on or was interrupted.' },
    balanced: { type: 'boolean', description: 'Nothing was found, or all that was found was put back.' },
    balance: {
      type: 'object',
      description: 'accepted = indexed + skipped + quarantined + inFlight.',
      properties: { accepted: count, indexed: count, skipped: count, quarantined: count, inFlight: count },
      required: ['accepted', 'indexed', 'skipped', 'quarantined', 'inFlight'],
    },
    skipped: { ...counts, description: 'By reason.' },
    quarantined: { ...counts, description: 'By reason.' },
    found: { type: 'object', description: 'Contradictions by kind.', properties: codes },
    repaired: { ...counts, description: 'Of those, what was put back.' },
  },
  required: ['startedAt', 'phase', 'balanced', 'balance', 'skipped', 'quarantined', 'found', 'repaired'],
};

/** What the last `newsmill audit` found. */
export function addAudit(app: FastifyInstance, store: Pick<AuditStore, 'load'>): void {
  app.get(
    '/audit',
    {
      schema: {
        operationId: 'lastAudit',
        summary: 'What the last `newsmill audit` of the last 7 days found',
        response: answers('Its figures', auditSchema, 403, 404),
      },
    },
    async () => {
      const progress = await store.load();
      if (progress === undefined) {
        throw new ApiProblem(404, 'Not found', 'There was no audit in the last 7 days. Run: newsmill audit');
      }
      const { phase, startedAt, urls, found, repaired } = progress;
      return {
        startedAt: new Date(startedAt).toISOString(),
        ...{ phase, balanced: isBalanced(progress), balance: balanceOf(progress) },
        ...{ skipped: urls.skipped, quarantined: urls.quarantined, found, repaired },
      };
    },
  );
}
