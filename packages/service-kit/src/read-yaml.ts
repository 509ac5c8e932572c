import { UsageError } from '@newsmill/contracts';
import { isMap, isPair, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** A file of settings is written by people: above this it is something else. */
const lengthMax = 20_000_000;

export interface ReadYaml<Data> {
  readonly data: Data;
  /** `sources.yaml:12: sources[2].include[0]`: where a part of the file stands, for messages. */
  where(path: readonly PropertyKey[]): string;
}

/**
 * Reads a YAML file by schema.
 * @param what the file, for people: `file of sources`
 * @param known the fields there are at a path, told when somebody writes another one
 * @throws UsageError that names every fault by file, line and field
 */
export function readYaml<Schema extends z.ZodType>(
  text: string,
  fileName: string,
  what: string,
  schema: Schema,
  known: (path: readonly PropertyKey[]) => readonly string[],
): ReadYaml<z.infer<Schema>> {
  if (text.length > lengthMax) throw badYaml(what, [`${fileName}: larger than ${lengthMax} characters`]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number | undefined) => `${fileName}:${lines.linePos(offset ?? 0).line}`;
  if (document.errors.length > 0) {
    throw badYaml(
      what,
      document.errors.map((error) => `${at(error.pos[0])}: ${error.message}`),
    );
  }
  let given: unknown;
  try {
    given = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw badYaml(what, [`${fileName}: ${error instanceof Error ? error.message : String(error)}`]);
  }
  const where = (path: readonly PropertyKey[]) => `${at(offsetIn(document, path))}: ${fieldName(path)}`;
  const parsed = schema.safeParse(given ?? {});
  if (parsed.success) return { data: parsed.data, where };
  throw badYaml(
    what,
    parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map(
            (key) => `${where([...issue.path, key])}: there is no such field. Known: ${known(issue.path).join(', ')}`,
          )
        : [`${where(issue.path)}: ${issue.message}`],
    ),
  );
}

/** One error for all faults of a file. */
export const badYaml = (what: string, faults: readonly string[]): UsageError =>
  new UsageError(`The ${what} cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);

/** `sources[2].include[0]`. */
const fieldName = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '') || 'file';

/** Where the deepest part of a path that exists stands; a field's key rather than its value. */
function offsetIn(document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((each) => isPair(each) && String(each.key) === last);
      const key = pair?.key as { range?: [number, number, number] } | undefined;
      if (key?.range) return key.range[0];
    } else {
      const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined;
      if (node?.range) return node.range[0];
    }
  }
  return 0;
}
