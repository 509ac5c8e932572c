import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parser as promql } from '@prometheus-io/lezer-promql';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { parse } from 'yaml';
import { startCollector } from '../../packages/service-kit/src/collector.fixture.ts';
import { createWorld, type World } from './world.ts';

/** Dashboards, alert rules and traces against what running services tell: nothing in them may name a metric or label that is not there. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const dashboards = join(root, 'infra/grafana/dashboards');
const rules = join(root, 'infra/prometheus/rules');

interface Named {
  readonly where: string;
  readonly expression: string;
}
interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
}

const inPanels: Named[] = readdirSync(dashboards).flatMap((file) => {
  const { panels } = JSON.parse(readFileSync(join(dashboards, file), 'utf8')) as { readonly panels: readonly Panel[] };
  return panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ where: `${file}: ${title}`, expression: expr })),
  );
});
const inRules: Named[] = readdirSync(rules).flatMap((file) => {
  const { groups } = parse(readFileSync(join(rules, file), 'utf8')) as {
    readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
  };
  return groups.flatMap((group) =>
    group.rules.map(({ alert, expr }) => ({ where: `${file}: ${alert}`, expression: expr })),
  );
});
const all = [...inPanels, ...inRules];

describe.each(all)('$where', ({ expression }) => {
  it('is PromQL', () => {
    const errors: string[] = [];
    promql.parse(expression).iterate({
      enter({ type, from }) {
        if (type.isError) errors.push(expression.slice(from, from + 30));
      },
    });
    expect(errors).toEqual([]);
  });
});

it('every alert is in the operations page, with what to do', () => {
  const page = readFileSync(join(root, 'docs/operations.md'), 'utf8');
  expect(
    inRules.map(({ where }) => where.split(': ')[1] ?? '').filter((alert) => !page.includes(`\`${alert}\``)),
  ).toEqual([]);
});

describe('metrics', () => {
  let world: World;
  let text = '';
  let collector: Awaited<ReturnType<typeof startCollector>>;

  beforeAll(async () => {
    collector = await startCollector();
    world = await createWorld({
      redisUrl: inject('redisUrl'),
      elasticsearchUrl: inject('elasticsearchUrl'),
      environment: {
        WEBSUB_CALLBACK_URL: 'http://hooks.example.org/',
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      },
    });
    const services = [];
    for (const name of ['indexer', 'parser', 'crawler', 'api'] as const) services.push(await world.start(name));
    await world.addSites(['http://mirror.copyfarm.test/']);
    await world.drained(120_000);
    for (const { healthUrl } of services) text += `${await (await fetch(`${healthUrl}/metrics`)).text()}\n`;
  });
  afterAll(async () => {
    await world[Symbol.asyncDispose]();
    await collector[Symbol.asyncDispose]();
  });

  it('are all there that dashboards and rules name', () => {
    const known = new Set([...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name));
    const missing = all.flatMap(({ where, expression }) =>
      [...expression.matchAll(/\bnewsmill_\w+/g)]
        .map(([name]) => name)
        .filter((name) => !known.has(name) && !known.has(name.replace(/_(?:bucket|count|sum)$/, '')))
        .map((name) => `${where}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('have the labels that dashboards and rules choose by', () => {
    const labels = new Map<string, Set<string>>();
    for (const [, name = '', inner = ''] of text.matchAll(/^(newsmill_\w+)\{([^}]*)\}/gm)) {
      const seen = labels.get(name) ?? new Set<string>();
      for (const [, label = ''] of inner.matchAll(/(\w+)="/g)) seen.add(label);
      labels.set(name, seen);
    }
    const missing = all.flatMap(({ where, expression }) =>
      [...expression.matchAll(/\b(newsmill_\w+)\{([^}]*)\}/g)].flatMap(([, name = '', inner = '']) =>
        [...inner.matchAll(/(\w+)\s?(?:=~|!~|!=|=)/g)]
          .map(([, label = '']) => label)
          .filter((label) => labels.has(name) && labels.get(name)?.has(label) === false)
          .map((label) => `${where}: ${name}{${label}}`),
      ),
    );
    expect(missing).toEqual([]);
  });

  it('come with one trace for each page, through three services', async () => {
    const whole = () =>
      [...Map.groupBy(collector.spans, ({ traceId }) => traceId).values()].filter(
        (spans) => new Set(spans.map(({ service, name }) => `${service} ${name}`)).size === 3,
      );
    // Services send theirs every few seconds.
    await vi.waitFor(() => expect(whole().length).toBeGreaterThan(5), { timeout: 30_000 });
    const [first = []] = whole();
    expect(first.map(({ service, name }) => `${service} ${name}`).sort()).toEqual([
      'newsmill-crawler fetch',
      'newsmill-indexer index',
      'newsmill-parser parse',
    ]);
    expect(new Set(first.map(({ attributes }) => attributes['url.full'])).size).toBe(1);
  });

  it('tell of the pages that went through', () => {
    const sum = (pattern: RegExp): number =>
      [...text.matchAll(pattern)].reduce((total, [, value]) => total + Number(value), 0);
    expect(sum(/^newsmill_articles_total\{[^}]*state="new"[^}]*\} (\S+)$/gm)).toBeGreaterThan(5);
    expect(sum(/^newsmill_fetches_total\{[^}]*outcome="ok"[^}]*\} (\S+)$/gm)).toBeGreaterThan(5);
    expect(sum(/^newsmill_bulk_documents_total\{[^}]*answered="yes"[^}]*\} (\S+)$/gm)).toBeGreaterThan(5);
    expect(sum(/^newsmill_freshness_seconds_count\{[^}]*step="fetched_to_searchable"[^}]*\} (\S+)$/gm)).toBeGreaterThan(
      5,
    );
    expect(sum(/^newsmill_redis_memory_bytes\{[^}]*kind="used"[^}]*\} (\S+)$/gm)).toBeGreaterThan(0);
    expect(sum(/^newsmill_reading_cpu_seconds_total\{[^}]*\} (\S+)$/gm)).toBeGreaterThan(0);
  });
});
