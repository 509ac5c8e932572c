import type { PlanContext, ServerPlan, Source } from './server-plan.ts';
import { reasonOf, StackError } from './stack-error.ts';

/**
 * The plan of the first source that works. A source that exists and fails does not end the search; its reason is part of the
 * error when none works, so nobody has to guess what was tried.
 */
export async function chooseSource(server: string, sources: Source[], context: PlanContext): Promise<ServerPlan> {
  const reasons: string[] = [];
  const remedies: string[] = [];
  for (const source of sources) {
    try {
      const plan = await source.plan(context);
      if (plan !== undefined) return plan;
      reasons.push(`${source.name}: not here`);
    } catch (error) {
      reasons.push(`${source.name}: ${reasonOf(error)}`);
      if (error instanceof StackError) remedies.push(error.remedy);
      context.onProgress(`${server}: ${source.name} did not work (${reasonOf(error)})`);
    }
  }
  const variable = server === 'Redis' ? 'REDIS_URL' : 'ELASTICSEARCH_URL';
  remedies.push(`point ${variable} at a running server`);
  throw new StackError(
    `No ${server} could be had. Tried:\n${reasons.map((reason) => `    - ${reason}`).join('\n')}`,
    remedies.join('; or '),
  );
}
