import type { FastifyRequest } from 'fastify';
import { ApiProblem } from '../problem.ts';

/** Looks whether the request came with an operator's key: a key that may read may not put back, drop, or see payloads. */
export function requireOperator({ keyName }: FastifyRequest, operators: readonly string[]): void {
  if (keyName !== undefined && operators.includes(keyName)) return;
  throw new ApiProblem(
    403,
    "An operator's key is needed",
    keyName === undefined
      ? 'This API asks for no keys: set API_KEYS, and name those of operators in API_OPERATORS.'
      : `The key ${JSON.stringify(keyName)} is not one of API_OPERATORS.`,
  );
}
