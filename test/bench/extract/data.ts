import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** One labelled page of the data sets that lie outside of the repository (their licences are for measuring only). */
export interface LabelledPage {
  readonly set: string;
  readonly id: string;
  readonly url: string;
  readonly bytes: Uint8Array;
  readonly truth: Readonly<Record<string, unknown>> & { readonly body?: string };
}

export const bodySets = [
  'scrapinghub',
  'fundus-eval',
  'newspaper4k-dataset',
  'wcxb-articles',
  'l3s-gn1',
  'dragnet',
  'cleaneval',
  'cleanportaleval',
  'daniel',
  'zh-web',
  'fundus',
] as const;

/** Best body F1 of twenty extractors on each set (docs/extraction.md says which). */
export const bestPeer: Readonly<Record<string, number>> = {
  scrapinghub: 0.966,
  'fundus-eval': 0.954,
  'newspaper4k-dataset': 0.916,
  'wcxb-articles': 0.945,
  'l3s-gn1': 0.946,
  dragnet: 0.932,
  cleaneval: 0.924,
  cleanportaleval: 0.937,
  daniel: 0.929,
  'zh-web': 0.944,
  fundus: 0.95,
  zh: 0.914,
};

export function setFolder(data: string, set: string): string {
  return set === 'zh' ? join(data, 'zh') : join(data, 'pages', set);
}

export function hasSet(data: string, set: string): boolean {
  return existsSync(join(setFolder(data, set), 'truth.jsonl'));
}

export function allSets(data: string): string[] {
  return [
    ...readdirSync(join(data, 'pages')).filter((set) => hasSet(data, set)),
    ...(hasSet(data, 'zh') ? ['zh'] : []),
  ];
}

/** Reads one set. Pages without an address get one that says nothing. */
export function* readSet(data: string, set: string): Generator<LabelledPage> {
  const folder = setFolder(data, set);
  for (const line of readFileSync(join(folder, 'truth.jsonl'), 'utf8').split('\n')) {
    if (line === '') continue;
    const truth = JSON.parse(line) as LabelledPage['truth'] & { id: string; url?: string };
    const bytes = gunzipSync(readFileSync(join(folder, 'pages', `${truth.id}.html.gz`)));
    const url = typeof truth.url === 'string' && truth.url !== '' ? truth.url : 'https://unknown.example/';
    yield { set, id: truth.id, url, bytes, truth };
  }
}
