import { readFileSync } from 'node:fs';
import { UsageError } from '@newsmill/contracts';
import type { z } from 'zod';

/**
 * Reads settings from the environment, by schema. An empty variable counts as unset, as Compose makes them. Any setting may
 * lie in a file instead, which NAME_FILE names: so a secret need not be in an environment. NAME itself wins.
 * @throws UsageError that names every wrong variable, its value and what it should be
 */
export function readConfig<Schema extends z.ZodType>(
  schema: Schema,
  env: Readonly<Record<string, string | undefined>>,
): z.infer<Schema> {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const given = { ...fromFiles(schema, set), ...set };
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

/** What the files say that NAME_FILE names, for settings NAME that are not set themselves. */
function fromFiles(schema: z.ZodType, set: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const names: Record<string, unknown> = 'shape' in schema ? (schema.shape as Record<string, unknown>) : {};
  const found: Record<string, string> = {};
  for (const name of Object.keys(names)) {
    const file = set[`${name}_FILE`];
    // A setting of that very name has its own meaning.
    if (file === undefined || set[name] !== undefined || `${name}_FILE` in names) continue;
    try {
      const text = readFileSync(file, 'utf8').trim();
      if (text !== '') found[name] = text;
    } catch (error) {
      throw new UsageError(`${name}_FILE names ${file}, which cannot be read: ${(error as Error).message}`);
    }
  }
  return found;
}
