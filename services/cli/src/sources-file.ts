import { type Source, source, UsageError } from '@newsmill/contracts';
import { canonicalizeUrl } from '@newsmill/core';
import { isMap, isPair, LineCounter, parseDocument, stringify } from 'yaml';
import { z } from 'zod';
import { makeSource } from './make-source.ts';

/** A file of sources is configuration: above this it is something else. */
const fileLengthMax = 20_000_000;

const { id, name, domain, domains, include, exclude, urlsMax, delayMs } = source.shape;

/** An address in the form under which it is known. */
const address = z.string().transform((text, context) => {
  const result = canonicalizeUrl(text);
  if ('url' in result) return result.url;
  context.addIssue({
    code: 'custom',
    message: `${text} cannot be crawled (${result.refused}); give an http(s) address`,
  });
  return z.NEVER;
});

/** One source as an operator writes it: what is left out has its usual value. */
const entry = z.strictObject({
  id: id.optional(),
  name: name.optional(),
  url: address,
  urls: z.array(address).max(20_000).optional(),
  domain: domain.optional(),
  domains,
  include,
  exclude,
  delayMs,
  urlsMax,
  depthMax: z.int().nonnegative().max(100).optional(),
});

const file = z.strictObject({ sources: z.array(entry).max(100_000) });

export type SourceEntry = z.infer<typeof entry>;

/**
 * Reads `sources.yaml`: standing sources, each with its id.
 * @param addedAt epoch milliseconds, for those that are new
 * @throws UsageError that names every fault by file, line and field
 */
export function readSourcesFile(text: string, fileName: string, addedAt: number): Source[] {
  if (text.length > fileLengthMax) throw new UsageError(`${fileName}: larger than ${fileLengthMax} characters`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number | undefined) => `${fileName}:${lines.linePos(offset ?? 0).line}`;
  const faults = document.errors.map((error) => `${at(error.pos[0])}: ${error.message}`);
  if (faults.length > 0) throw badFile(faults);

  let given: unknown;
  try {
    given = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw badFile([`${fileName}: ${error instanceof Error ? error.message : String(error)}`]);
  }
  const parsed = file.safeParse(given ?? {});
  const offsetOf = (path: readonly PropertyKey[]) => offsetIn(document, path);
  if (!parsed.success) {
    throw badFile(
      parsed.error.issues.flatMap((issue) => {
        if (issue.code !== 'unrecognized_keys') {
          return [`${at(offsetOf(issue.path))}: ${fieldName(issue.path)}: ${issue.message}`];
        }
        return issue.keys.map((key) => {
          const path = [...issue.path, key];
          const known = issue.path.length === 0 ? Object.keys(file.shape) : Object.keys(entry.shape);
          return `${at(offsetOf(path))}: ${fieldName(path)}: there is no such field. Known: ${known.join(', ')}`;
        });
      }),
    );
  }

  const sources = parsed.data.sources.map((one) => sourceOf(one, addedAt));
  const firstIndex = new Map<string, number>();
  for (const [index, one] of sources.entries()) {
    const path = ['sources', index];
    const earlier = firstIndex.get(one.id);
    const where = `${at(offsetOf(path))}: ${fieldName(path)}`;
    if (earlier !== undefined) {
      faults.push(`${where}: id "${one.id}" is that of ${at(offsetOf(['sources', earlier]))} too; give it another id`);
    } else firstIndex.set(one.id, index);
    const whole = source.safeParse(one);
    if (!whole.success)
      faults.push(...whole.error.issues.map((issue) => `${where}.${issue.path.join('.')}: ${issue.message}`));
  }
  if (faults.length > 0) throw badFile(faults);
  return sources;
}

/** Sources as `sources.yaml`: reading it gives the same sources. */
export function writeSourcesFile(sources: readonly Source[]): string {
  return stringify({ sources: sources.map(entryOf) }, { lineWidth: 0 });
}

/** What an operator would write: nothing that has its usual value. */
export function entryOf(one: Source): SourceEntry {
  const { addedAt: _, mode: _mode, pagesMax: _pages, ...rest } = one;
  const usual = makeSource(one.url, { mode: 'standing' }, 0);
  return Object.fromEntries(
    Object.entries(rest).filter(([key, value]) => key === 'url' || value !== usual[key as keyof Source]),
  ) as SourceEntry;
}

function sourceOf(one: SourceEntry, addedAt: number): Source {
  const usual = makeSource(
    one.url,
    { mode: 'standing', ...(one.name === undefined ? {} : { name: one.name }) },
    addedAt,
  );
  const written = Object.entries(one).filter(([, value]) => value !== undefined);
  return { ...usual, ...Object.fromEntries(written) };
}

const badFile = (faults: readonly string[]): UsageError =>
  new UsageError(`The file of sources cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);

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
