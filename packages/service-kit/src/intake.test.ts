import { createMemoryJobQueue } from '@newsmill/queue';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { type PauseReason, pausedBecause } from './intake.ts';
import { startIntake } from './intake-gate.ts';
import { diskProbe, type IntakeProbe, processMemoryProbe, queueProbe, redisMemoryProbe } from './intake-probes.ts';

describe('pausedBecause', () => {
  const reading = (used: number | undefined) => [{ reason: 'parse_queue' as const, used, resumeBelow: 0.8 }];
  it.each<[used: number | undefined, before: PauseReason[], now: PauseReason[]]>([
    [0.99, [], []],
    [1, [], ['parse_queue']],
    // Once paused, it takes a drop well below the limit.
    [0.9, ['parse_queue'], ['parse_queue']],
    [0.79, ['parse_queue'], []],
    // What cannot be read stays as it was.
    [undefined, [], []],
    [undefined, ['parse_queue'], ['parse_queue']],
  ])('at %s of the limit, before %j: %j', (used, before, now) => {
    expect(pausedBecause(reading(used), before)).toEqual(now);
  });
});

describe('probes', () => {
  it('count what waits and what is delayed, and pause early by what is on its way', async () => {
    await using queue = createMemoryJobQueue();
    await queue.add('parse', [
      { id: 'a-1', payload: 1 },
      { id: 'a-2', payload: 1, delayMs: 60_000 },
    ]);
    expect(await queueProbe(queue, 'parse', 10, 6).read()).toBe(0.5);
    // A reserve above the limit must not make it unreachable from the start.
    expect(await queueProbe(queue, 'index', 10, 50).read()).toBe(0);
  });

  const redisSaying = (lines: string) => ({ info: async () => `# Memory\r\n${lines}` }) as never;
  it.each([
    ['used_memory:350\r\nmaxmemory:1000\r\ntotal_system_memory:9000\r\n', 0.5],
    ['used_memory:700\r\nmaxmemory:1000\r\n', 1],
    ['used_memory:700\r\nmaxmemory:0\r\ntotal_system_memory:2000\r\n', 0.5],
    ['used_memory:700\r\n', undefined],
  ])('read Redis’ memory: %j', async (lines, used) => {
    expect(await redisMemoryProbe(redisSaying(lines), 70).read()).toBe(used);
  });

  it('take a disk for full when less is free than must stay', async () => {
    const used = (free: number) => diskProbe(async () => free, 1_000).read();
    expect(await used(2_000)).toBe(0.5);
    expect(await used(1_000)).toBe(1);
    expect(await used(0)).toBeGreaterThan(1);
  });

  it('mind the memory of the container while they are busy, and none without a container', async () => {
    const memory = { used: () => 850, limit: () => 1_000 };
    expect(await processMemoryProbe(85, () => true, memory).read()).toBe(1);
    expect(await processMemoryProbe(85, () => false, memory).read()).toBe(0);
    expect(await processMemoryProbe(85, () => true, { ...memory, limit: () => 2 ** 63 }).read()).toBeUndefined();
    expect(await processMemoryProbe(85, () => true, { ...memory, limit: () => 0 }).read()).toBeUndefined();
  });
});

describe('startIntake', () => {
  it('says each change once: in the log, as a metric, to who listens', async () => {
    let used: number | Error = 2;
    const probe: IntakeProbe = {
      reason: 'archive_disk',
      resumeBelow: 0.8,
      read: async () => {
        if (used instanceof Error) throw used;
        return used;
      },
    };
    const lines: { msg: string; because?: string[] }[] = [];
    const registry = new Registry();
    const heard: boolean[] = [];
    await using intake = await startIntake({
      probes: [probe],
      logger: pino({ base: null }, { write: (text: string) => lines.push(JSON.parse(text)) }),
      registry,
      everyMs: 3_600_000,
    });
    intake.onChange((paused) => heard.push(paused));
    expect([intake.paused, intake.because]).toEqual([true, ['archive_disk']]);
    const metric = async () => (await registry.metrics()).match(/^newsmill_intake.*archive_disk.*$/gm);
    expect(await metric()).toEqual([
      'newsmill_intake_paused{reason="archive_disk"} 1',
      'newsmill_intake_pauses_total{reason="archive_disk"} 1',
    ]);
    await intake.look();
    used = new Error('no answer');
    await intake.look();
    expect(intake.paused).toBe(true);
    used = 0.5;
    await intake.look();
    await intake.look();
    expect(intake.paused).toBe(false);
    expect(heard).toEqual([true, false]);
    expect(lines.map(({ msg }) => msg)).toEqual(['takes no new work', 'takes work again']);
    expect((await metric())?.[0]).toBe('newsmill_intake_paused{reason="archive_disk"} 0');
  });
});
