import { fileURLToPath } from 'node:url';
import type { PermanentError } from '@newsmill/contracts';
import { emptyMemory, learn } from '@newsmill/core';
import { afterEach, describe, expect, it } from 'vitest';
import { createParsePool, type ParsePool, type ParsePoolOptions } from './pool.ts';
import type { PageAnswer, PageRequest } from './port.ts';
import { createInlineReader } from './read-page.ts';

const program = fileURLToPath(new URL('./poisoned-process.fixture.ts', import.meta.url));
const open: ParsePool[] = [];
afterEach(async () => {
  for (const pool of open.splice(0)) await pool[Symbol.asyncDispose]();
});

function poolOf(more: Partial<ParsePoolOptions> = {}) {
  const deaths: { reason: string; url: string }[] = [];
  const times: number[] = [];
  const pool = createParsePool({
    processes: 1,
    heapMb: 64,
    pageTimeoutMs: 1_000,
    pageBytesMax: 1_000_000,
    program,
    onDeath: ({ reason, url }) => deaths.push({ reason, url }),
    onRead: (cpuSeconds) => times.push(cpuSeconds),
    ...more,
  });
  open.push(pool);
  return { pool, deaths, times };
}

const text = 'A paragraph of a story that is long enough to be taken for one, with a comma and a full stop at its end.';
function page(path: string, body = `<h1>Headline of ${path}</h1>${`<p>${text}</p>`.repeat(4)}`): PageRequest {
  return {
    url: `http://news.example.com${path}`,
    capture: {
      headers: [['Content-Type', 'text/html; charset=utf-8']],
      body: Buffer.from(`<!doctype html><html lang="en"><title>Headline of ${path}</title><body>${body}</body></html>`),
    },
    fetchedAt: '2026-02-03T04:05:06Z',
  };
}

const headlineOf = (answer: PageAnswer): string | undefined =>
  'verdict' in answer && answer.verdict.type === 'article' ? answer.verdict.article.headline : undefined;

// Each starts processes, which takes seconds where many tests share a processor.
describe('the parse pool', { timeout: 120_000 }, () => {
  it('reads pages as they are read without it', async () => {
    const inline = createInlineReader({ pageBytesMax: 1_000_000 });
    const { pool, times } = poolOf({ processes: 2 });
    const pages = Array.from({ length: 12 }, (_, n) => page(`/news/2026/02/${n}.html`));
    const answers = await Promise.all(pages.map((one) => pool.read(one)));
    expect(answers).toEqual(await Promise.all(pages.map((one) => inline.read(one))));
    expect(times).toHaveLength(12);
    expect(Math.min(...times)).toBeGreaterThan(0);
    expect(headlineOf(answers[3] as PageAnswer)).toBe('Headline of /news/2026/02/3.html');
    const packed = {
      ...page('/x'),
      capture: { headers: [['Content-Encoding', 'gzip'] as const], body: Buffer.from('no') },
    };
    expect(await pool.read(packed)).toEqual({ failed: 'bad_encoding' });
  });

  it('keeps each process up with what a site has taught', async () => {
    const { pool } = poolOf();
    const inline = createInlineReader({ pageBytesMax: 1_000_000 });
    const lessons = [];
    let memory = { site: 'example.com', edition: 1, base: emptyMemory, lessons: [] as never[] };
    for (let n = 0; n < 12; n += 1) {
      const box =
        '<div class="box"><p>Write to the editors of this page about anything that you have seen today.</p></div>';
      const one = page(`/news/2026/02/${n}.html`, `<h1>Headline ${n}</h1>${`<p>${text} ${n}</p>`.repeat(4)}${box}`);
      const [answer, same] = await Promise.all([pool.read({ ...one, memory }), inline.read({ ...one, memory })]);
      expect(answer).toEqual(same);
      if ('observation' in answer) lessons.push(answer.observation);
      // Halfway a new edition begins.
      if (n === 6) memory = { ...memory, edition: 2, base: learn(emptyMemory, ...(lessons as never[])), lessons: [] };
      else memory = { ...memory, lessons: (memory.edition === 1 ? lessons : lessons.slice(7)) as never[] };
    }
    expect(lessons).toHaveLength(12);
  });

  it('obeys the rules of sites, and does not start with rules that cannot be used', async () => {
    const rule = { site: 'example.com', headline: ['.real'] };
    const { pool } = poolOf({ rules: [rule] });
    const answer = await pool.read(page('/a', `<b class="real">The real one</b>${`<p>${text}</p>`.repeat(4)}`));
    expect(headlineOf(answer)).toBe('The real one');
    const { pool: broken } = poolOf({ rules: [{ site: 'example.com', headline: ['<<'] }] });
    await expect(broken.read(page('/a'))).rejects.toThrow('is not a CSS selector');
    expect(broken.problems()).toMatchObject({ parsing: expect.stringContaining('is not a CSS selector') });
  });

  // Time enough to fill the memory on a busy machine: else that page is given up for its time.
  // F33
  it('gives up pages after two processes each, tells why, and reads all others', async () => {
    const { pool, deaths } = poolOf({ processes: 2, pageTimeoutMs: 1_500 });
    const poison = [
      ['/hang', 'parse_timeout'],
      ['/memory', 'parse_out_of_memory'],
      ['/array', 'parse_out_of_memory'],
      ['/exit', 'parse_crashed'],
      ['/signal', 'parse_crashed'],
    ] as const;
    const bad = Promise.allSettled(poison.map(([path]) => pool.read(page(path))));
    const good = ['/1', '/2', '/3'].map((path) => pool.read(page(path)));
    expect((await bad).map((end) => end.status === 'rejected' && (end.reason as PermanentError).reason)).toEqual(
      poison.map(([, reason]) => reason),
    );
    expect((await Promise.all(good)).map(headlineOf)).toEqual(['Headline of /1', 'Headline of /2', 'Headline of /3']);
    expect(deaths.map(({ reason, url }) => `${new URL(url).pathname} ${reason}`).sort()).toEqual(
      poison.flatMap(([path, reason]) => [`${path} ${reason}`, `${path} ${reason}`]).sort(),
    );
    expect(headlineOf(await pool.read(page('/after')))).toBe('Headline of /after');
  });

  it('reads the others beside a page that takes long', async () => {
    const { pool } = poolOf({ pageTimeoutMs: 10_000 });
    const stop = new AbortController();
    const slow = pool.read(page('/hang'), stop.signal);
    const others = await Promise.all(['/1', '/2', '/3'].map((name) => pool.read(page(name))));
    expect(others.map(headlineOf)).toEqual(['Headline of /1', 'Headline of /2', 'Headline of /3']);
    stop.abort(new Error('stopping'));
    await expect(slow).rejects.toThrow('stopping');
  });

  it('lets go of all pages when it is told to stop', async () => {
    const { pool } = poolOf({ pageTimeoutMs: 60_000 });
    const stop = new AbortController();
    const [hung, waiting] = [pool.read(page('/hang'), stop.signal), pool.read(page('/hang'), stop.signal)];
    stop.abort(new Error('stopping'));
    const ends = await Promise.allSettled([hung, waiting, pool.read(page('/late'), stop.signal)]);
    expect(ends.map((end) => end.status === 'rejected' && (end.reason as Error).message)).toEqual(
      Array.from({ length: 3 }, () => 'stopping'),
    );
    await pool[Symbol.asyncDispose]();
    await expect(pool.read(page('/closed'))).rejects.toThrow('closed');
  });
});
