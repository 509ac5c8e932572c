import { expect, it } from 'vitest';
import { startCollector } from './collector.fixture.ts';
import { createTracing, type TraceStep, traceIdsOf } from './tracing.ts';

const step = (stage: TraceStep['stage'], more: Partial<TraceStep> = {}): TraceStep => ({
  ...{ stage, urlId: 'u7Hq', generation: 2, attempt: 1, startMs: 1_780_000_000_000, endMs: 1_780_000_000_250 },
  attributes: { 'url.full': 'https://news.example/a' },
  ...more,
});

it('makes one trace of what three services did for one state of a URL', async () => {
  await using collector = await startCollector();
  for (const [service, stage] of [
    ['crawler', 'visit'],
    ['parser', 'parse'],
    ['indexer', 'index'],
  ] as const) {
    await using tracing = await createTracing({ service, endpoint: collector.url, ratio: 1 });
    tracing.step(step(stage, stage === 'index' ? { error: 'refused' } : {}));
  }
  const { spans } = collector;
  expect(spans.map(({ service, name }) => `${service} ${name}`).sort()).toEqual([
    'newsmill-crawler fetch',
    'newsmill-indexer index',
    'newsmill-parser parse',
  ]);
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  const root = spans.find(({ name }) => name === 'fetch');
  expect(root?.parentSpanId ?? '').toBe('');
  expect(spans.filter(({ parentSpanId }) => parentSpanId === root?.spanId)).toHaveLength(2);
  expect(spans.find(({ name }) => name === 'index')?.status).toMatchObject({ code: 2, message: 'refused' });
  expect(root?.attributes).toMatchObject({ 'url.full': 'https://news.example/a' });
});

it('names another state of the URL, and another attempt, otherwise', () => {
  const ids = (more: Partial<TraceStep>) => traceIdsOf(step('parse', more));
  expect(ids({})).toEqual(ids({}));
  expect(ids({ generation: 3 }).traceId).not.toBe(ids({}).traceId);
  expect(ids({ attempt: 2 }).traceId).toBe(ids({}).traceId);
  expect(ids({ attempt: 2 }).spanId).not.toBe(ids({}).spanId);
});

it('keeps the same traces in every service, and about the share that is asked for', async () => {
  await using collector = await startCollector();
  const urls = Array.from({ length: 200 }, (_, n) => `url-${n}`);
  for (const [service, stage] of [
    ['crawler', 'visit'],
    ['parser', 'parse'],
  ] as const) {
    await using tracing = await createTracing({ service, endpoint: collector.url, ratio: 0.25 });
    for (const urlId of urls) tracing.step(step(stage, { urlId }));
  }
  const tracesOf = (name: string) => collector.spans.filter((span) => span.name === name).map(({ traceId }) => traceId);
  expect(tracesOf('parse').sort()).toEqual(tracesOf('fetch').sort());
  expect(tracesOf('fetch').length).toBeGreaterThan(20);
  expect(tracesOf('fetch').length).toBeLessThan(90);
});
