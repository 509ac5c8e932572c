/**
 * Something the local stack needs is missing or refused. `problem` says what happened, `remedy` what to type or change;
 * the message carries both, so that a command can print it as it is.
 */
export class StackError extends Error {
  readonly problem: string;
  readonly remedy: string;

  constructor(problem: string, remedy: string, options?: ErrorOptions) {
    super(`${problem}\n  What to do: ${remedy}`, options);
    this.name = 'StackError';
    this.problem = problem;
    this.remedy = remedy;
  }
}

/** The text of anything thrown, on one line's worth: for reasons that are collected and shown together. */
export function reasonOf(thrown: unknown): string {
  if (thrown instanceof StackError) return thrown.problem;
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The code of a system error (`ENOENT`, `EPERM`, …), if it is one. */
export function systemCodeOf(thrown: unknown): string | undefined {
  if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return undefined;
}
