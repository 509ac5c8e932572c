import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { article } from './article.ts';
import { pipeline, type StageName, stageNames } from './pipeline.ts';

/**
 * Jobs and articles as each version wrote them. They lie in queues, quarantine and archives of people who upgrade, so
 * this code must go on understanding them; see docs/contracts.md before changing anything here.
 */
const folder = new URL('../samples/', import.meta.url);
const versions = readdirSync(folder).sort();
const samples = versions.flatMap((version) =>
  readdirSync(new URL(`${version}/`, folder)).map((file) => ({
    version,
    file,
    kind: file.split('.')[0] ?? '',
    value: JSON.parse(readFileSync(new URL(`${version}/${file}`, folder), 'utf8')) as Record<string, unknown>,
  })),
);
const isStage = (kind: string): kind is StageName => kind in pipeline;

describe.each(samples)('$version/$file', ({ kind, version, value }) => {
  it('is understood as it stands', () => {
    const schema = isStage(kind) ? pipeline[kind].schema : article;
    const parsed = schema.safeParse(value);
    expect(parsed.error?.issues).toBeUndefined();
    // Nothing is dropped or changed on the way, or a job that is put back would not be the same.
    expect(parsed.data).toEqual(value);
    if (isStage(kind)) expect(value.v).toBe(Number(version.slice(1)));
  });
});

it.each(stageNames)('the newest version has a sample of a %s job with every field', (stage) => {
  const newest = samples.filter(({ kind, version }) => kind === stage && version === versions.at(-1));
  const fields = new Set(newest.flatMap(({ value }) => Object.keys(value)));
  expect([...fields].sort()).toEqual(Object.keys(pipeline[stage].schema.shape).sort());
});

it('a job has the id that it had', () => {
  const idOf = (file: string) => {
    const sample = samples.find((each) => each.version === 'v1' && each.file === file);
    const kind = file.split('.')[0] as StageName;
    return (pipeline[kind].jobId as (job: unknown) => string)(sample?.value);
  };
  expect(['visit.json', 'parse.json', 'index.inline.json', 'remove.json'].map(idOf)).toEqual([
    'Qm4zV1tS9kLw0aBcD-7',
    'k3Jx0m1uQb2v5nT8rYw_Za-1',
    'k3Jx0m1uQb2v5nT8rYw_Za-1',
    'k3Jx0m1uQb2v5nT8rYw_Za-2',
  ]);
});
