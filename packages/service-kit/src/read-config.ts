import { UsageError } from '@newsmill/contracts';
import type { z } from 'zod';

/**
 * Reads settings from the environment, by schema. An empty variable counts as unset, as Compose makes them.
 * @throws UsageError that names every wrong variable, its value and what it should be
 */
export function readConfig<Schema extends z.ZodType>(
  schema: Schema,
  env: Readonly<Record<string, string | undefined>>,
): z.infer<Schema> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const name = issue.path.join('.');
    const secret = /PASSWORD|SECRET|KEY|TOKEN|URL/.test(name);
    const value = given[name];
    const shown = value === undefined ? 'is not set' : secret ? 'has a value that is not shown' : `is "${value}"`;
    return `  ${name} ${shown}: ${issue.message}`;
  });
  throw new UsageError(`Bad settings in the environment:\n${lines.join('\n')}`);
}
