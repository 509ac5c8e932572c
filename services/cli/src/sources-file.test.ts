import { readFileSync } from 'node:fs';
import { type Source, UsageError } from '@newsmill/contracts';
import { createMemoryFrontier, type FoundUrl } from '@newsmill/frontier';
import { describe, expect, it } from 'vitest';
import { apply } from './commands/sources-file.ts';
import { readSourcesFile, writeSourcesFile } from './sources-file.ts';

const t0 = Date.parse('2026-01-01T00:00:00Z');
const read = (text: string): Source[] => readSourcesFile(text, 's.yaml', t0);
const faultsOf = (text: string): string[] => {
  try {
    read(text);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.message.split('\n').slice(1);
  }
  throw new Error('no fault was found');
};

describe('readSourcesFile', () => {
  it('fills in what is usual', () => {
    expect(read('sources:\n  - url: HTTPS://News.Example.com/#top\n')).toEqual([
      {
        id: 'news.example.com',
        name: 'news.example.com',
        url: 'https://news.example.com/',
        domain: 'example.com',
        addedAt: '2026-01-01T00:00:00.000Z',
        mode: 'standing',
        depthMax: 8,
      },
    ]);
  });

  it('reads the example of this repository, and writes what it reads', () => {
    const sources = read(readFileSync(new URL('../../../sources.example.yaml', import.meta.url), 'utf8'));
    expect(sources).toHaveLength(2);
    expect(sources[1]).toMatchObject({ id: 'example-daily', delayMs: 2000, exclude: ['/*/print$', '/*?view='] });
    expect(read(writeSourcesFile(sources))).toEqual(sources);
  });

  it.each([
    [
      'sources:\n  - url: https://a.com/\n    delay: 5\n',
      /^ {2}s\.yaml:3: sources\[0\]\.delay: there is no such field\. Known: .*delayMs/,
    ],
    ['sources:\n  - name: A\n', /^ {2}s\.yaml:2: sources\[0\]\.url: /],
    [
      'sources:\n\n  - url: ftp://a.com/\n',
      /^ {2}s\.yaml:3: sources\[0\]\.url: ftp:\/\/a\.com\/ cannot be crawled \(scheme\)/,
    ],
    [
      'sources:\n  - url: https://a.com/\n    include:\n      - /ok\n      - news\n',
      /^ {2}s\.yaml:5: sources\[0\]\.include\[1\]: a path pattern starts with/,
    ],
    ['sources:\n  - url: https://a.com/\n    depthMax: many\n', /^ {2}s\.yaml:3: sources\[0\]\.depthMax: /],
    [
      'sources:\n  - url: https://a.com/\n  - url: https://a.com/x\n',
      /^ {2}s\.yaml:3: sources\[1\]: id "a\.com" is that of s\.yaml:2 too/,
    ],
    ['sources:\n  - url: https://a.com/\n    url: https://b.com/\n', /^ {2}s\.yaml:3: /],
    ['sources:\n  - url: "https://a.com/\n', /^ {2}s\.yaml:\d: /],
    ['source: []\n', /^ {2}s\.yaml:1: /],
    ['', /^ {2}s\.yaml:1: sources: /],
    [
      'a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nsources: [*c,*c,*c,*c]\n',
      /s\.yaml: .*alias/i,
    ],
  ])('names line and field: %j', (text, wanted) => {
    expect(faultsOf(text)[0]).toMatch(wanted);
  });

  it('names all faults at once', () => {
    expect(faultsOf('sources:\n  - url: x\n  - url: https://a.com/\n    nam: A\n')).toHaveLength(2);
  });
});

describe('apply', () => {
  const world = () => {
    const frontier = createMemoryFrontier();
    const requested: string[] = [];
    const request = async (urls: readonly FoundUrl[]) => {
      requested.push(...urls.map((one) => one.url));
      return (await frontier.admit(urls, t0)).accepted;
    };
    return { frontier, request, requested };
  };
  const two = 'sources:\n  - url: https://a.com/\n    urls: [https://a.com/feed]\n  - url: https://b.com/\n';

  it('creates, then changes nothing, then only what is different', async () => {
    const pipeline = world();
    expect((await apply(pipeline, read(two), {})).map((one) => one.action)).toEqual(['created', 'created']);
    expect(pipeline.requested).toEqual(['https://a.com/', 'https://a.com/feed', 'https://b.com/']);
    expect((await apply(pipeline, readSourcesFile(two, 'f', t0 + 5), {})).map((one) => one.action)).toEqual([
      'unchanged',
      'unchanged',
    ]);
    const changed = two.replace('feed]', 'feed, https://a.com/new]');
    expect(await apply(pipeline, read(changed), {})).toEqual([
      { id: 'a.com', action: 'changed', fields: ['urls'] },
      { id: 'b.com', action: 'unchanged' },
    ]);
    expect(pipeline.requested.slice(3)).toEqual(['https://a.com/new']);
  });

  it('asks again for what a run that ended early did not ask for', async () => {
    const pipeline = world();
    for (const source of read(two)) await pipeline.frontier.putSource(source);
    await apply(pipeline, read(two), {});
    expect(pipeline.requested).toHaveLength(3);
  });

  it('removes with --prune only, never one-off crawls, and nothing in a dry run', async () => {
    const pipeline = world();
    await apply(pipeline, read(two), {});
    const [once] = read('sources:\n  - url: https://c.com/\n');
    if (once) await pipeline.frontier.putSource({ ...once, mode: 'once' });
    const less = read('sources:\n  - url: https://b.com/\n  - url: https://d.com/\n');
    const actions = [
      { id: 'b.com', action: 'unchanged' },
      { id: 'd.com', action: 'created' },
      { id: 'a.com', action: 'removed' },
    ];
    expect(await apply(pipeline, less, { prune: true, dryRun: true })).toEqual(actions);
    expect(await pipeline.frontier.getSource('d.com')).toBeUndefined();
    expect(await apply(pipeline, less, { prune: true })).toEqual(actions);
    expect((await pipeline.frontier.listSources()).map((one) => one.id).sort()).toEqual(['b.com', 'c.com', 'd.com']);
  });
});
