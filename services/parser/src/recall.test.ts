import { emptyMemory, learn, type Observation, type SiteMemory } from '@newsmill/core';
import { createMemorySiteMemories, type SiteMemories } from '@newsmill/site-memory';
import { describe, expect, it } from 'vitest';
import { createRecall, type Recall } from './recall.ts';

const url = 'http://www.a.test/news/1.html';
const lesson = (page: number, headline: 0 | 1 = 1): Observation => ({
  v: 1,
  page: `p${page}`.padEnd(8, '_'),
  story: `s${page}`.padEnd(8, '_'),
  blocks: [],
  frames: [],
  template: 't_______',
  places: {},
  fills: { headline },
});

function open(memories: SiteMemories, waitMs = 10_000) {
  let now = 0;
  const lines: unknown[] = [];
  const recall = createRecall({
    memories,
    waitMs,
    clock: () => now,
    logger: { warn: (...line: unknown[]) => lines.push(line) },
  });
  return { recall, lines, pass: (ms: number) => (now += ms) };
}

/** The memory as whoever parses puts it together. */
async function memoryOf(recall: Recall, address: string): Promise<SiteMemory> {
  const { base, lessons } = await recall.of(address);
  return lessons.length === 0 ? base : learn(base, ...lessons);
}

describe('recall', () => {
  it('gives what the site has taught, and asks again after a minute', async () => {
    const memories = createMemorySiteMemories();
    let reads = 0;
    const counted: SiteMemories = {
      ...memories,
      read: async (site) => {
        reads += 1;
        return memories.read(site);
      },
    };
    await memories.record('a.test', lesson(1));
    await using opened = open(counted).recall;
    expect((await memoryOf(opened, url)).pages).toBe(1);
    const { recall, pass } = open(counted);
    expect((await memoryOf(recall, url)).pages).toBe(1);
    await memories.record('a.test', lesson(2));
    expect((await memoryOf(recall, 'http://news.a.test/2.html')).pages).toBe(1);
    expect(reads).toBe(2);
    pass(60_001);
    // The old one is given while the new one is read.
    expect((await memoryOf(recall, url)).pages).toBe(1);
    await recall[Symbol.asyncDispose]();
    expect((await memoryOf(recall, url)).pages).toBe(2);
    expect(reads).toBe(3);
  });

  it('learns at once what this process reads itself, and records it', async () => {
    const memories = createMemorySiteMemories();
    const { recall } = open(memories);
    await recall.of(url);
    recall.add(url, lesson(1));
    expect((await memoryOf(recall, url)).pages).toBe(1);
    await recall[Symbol.asyncDispose]();
    expect((await memories.read('a.test')).pages).toBe(1);
  });

  it('goes on without a memory when Redis does not answer', async () => {
    const silent: SiteMemories = {
      read: () => new Promise<SiteMemory>(() => undefined),
      record: async () => undefined,
    };
    const { recall } = open(silent, 1);
    expect(await memoryOf(recall, url)).toBe(emptyMemory);
  });

  it('goes on without a memory when Redis fails, and says so once', async () => {
    const failing: SiteMemories = {
      read: () => Promise.reject(new Error('away')),
      record: () => Promise.reject(new Error('away')),
    };
    const { recall, lines } = open(failing);
    expect(await memoryOf(recall, url)).toBe(emptyMemory);
    for (let page = 0; page < 5; page += 1) recall.add(url, lesson(page));
    await recall[Symbol.asyncDispose]();
    expect(lines).toHaveLength(1);
    // Within the minute it does not ask again, and what it saw itself it knows.
    expect((await memoryOf(recall, url)).pages).toBe(5);
  });

  it('keeps the base while lessons come in, and makes them part of it in the end', async () => {
    const { recall } = open(createMemorySiteMemories());
    const first = await recall.of(url);
    for (let page = 0; page < 255; page += 1) recall.add(url, lesson(page));
    const next = await recall.of(url);
    expect(next).toMatchObject({ site: 'a.test', edition: first.edition });
    expect(next.base).toBe(first.base);
    expect(next.lessons).toHaveLength(255);
    recall.add(url, lesson(255));
    const last = await recall.of(url);
    expect(last.edition).not.toBe(first.edition);
    expect(last.lessons).toHaveLength(0);
    expect(last.base.pages).toBe(256);
  });

  it('tells of a drift once, and counts the sites that drift', async () => {
    const { recall, lines } = open(createMemorySiteMemories());
    await recall.of(url);
    for (let page = 0; page < 60; page += 1) recall.add(url, lesson(page));
    expect(recall.drifting().size).toBe(0);
    for (let page = 60; page < 75; page += 1) recall.add(url, lesson(page, 0));
    expect([...recall.drifting()]).toEqual([['headline', 1]]);
    expect(lines).toMatchObject([[{ site: 'a.test', field: 'headline' }, expect.any(String)]]);
  });
});
