import type { AuditStore } from '@newsmill/audit';
import type { FastifyInstance } from 'fastify';
import { addReplay, type ReplayRoutesDeps } from '../replay/replay-routes.ts';
import { addAudit } from './audit-routes.ts';
import { addQuarantine, type QuarantineRoutesDeps } from './quarantine-routes.ts';
import { requireOperator } from './require-operator.ts';

export interface OperatorRoutesDeps extends QuarantineRoutesDeps, Omit<ReplayRoutesDeps, 'queue' | 'clock'> {
  /** Names of keys that may do this. */
  readonly operators: readonly string[];
  readonly audits: Pick<AuditStore, 'load'>;
}

/** All that only operators may see and do: payloads of jobs are nobody else's business either. */
export async function addOperatorRoutes(app: FastifyInstance, deps: OperatorRoutesDeps): Promise<void> {
  await app.register((scope, _, done) => {
    scope.addHook('preHandler', async (request) => requireOperator(request, deps.operators));
    addQuarantine(scope, deps);
    addAudit(scope, deps.audits);
    addReplay(scope, deps);
    done();
  });
}
