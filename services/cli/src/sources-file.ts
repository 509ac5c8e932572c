import { type Source, source } from '@newsmill/contracts';
import { canonicalizeUrl } from '@newsmill/core';
import { badYaml, readYaml } from '@newsmill/service-kit';
import { stringify } from 'yaml';
import { z } from 'zod';
import { makeSource } from './make-source.ts';

const what = 'file of sources';

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
  const { data, where } = readYaml(text, fileName, what, file, (path) =>
    Object.keys(path.length === 0 ? file.shape : entry.shape),
  );
  const sources = data.sources.map((one) => sourceOf(one, addedAt));
  const faults: string[] = [];
  const firstIndex = new Map<string, number>();
  for (const [index, one] of sources.entries()) {
    const place = where(['sources', index]);
    const earlier = firstIndex.get(one.id);
    if (earlier !== undefined) {
      const line = where(['sources', earlier]).split(': ')[0];
      faults.push(`${place}: id "${one.id}" is that of ${line} too; give it another id`);
    } else firstIndex.set(one.id, index);
    const whole = source.safeParse(one);
    if (!whole.success)
      faults.push(...whole.error.issues.map((issue) => `${place}.${issue.path.join('.')}: ${issue.message}`));
  }
  if (faults.length > 0) throw badYaml(what, faults);
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
