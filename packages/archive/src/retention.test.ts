import { describe, expect, it } from 'vitest';
import type { SegmentInfo } from './capture.ts';
import { createMemoryArchive } from './memory.ts';
import { collectInUse, type InUse, judgeSegment, pruneArchive, type RefInUse } from './retention.ts';

const day = 86_400_000;
const now = Date.parse('2026-06-01T00:00:00Z');
const segment = (name: string, ageDays: number, bytes = 100): SegmentInfo => ({
  name: `${name}.warc.gz`,
  bytes,
  endedAt: now - ageDays * day,
});
const nothing: InUse = { segments: new Set(), since: Number.POSITIVE_INFINITY };
/** The fates of all, in order. */
function plan(segments: SegmentInfo[], policy: object, inUse = nothing) {
  const remove: string[] = [];
  const held: string[] = [];
  let bytesLeft = segments.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const each of segments) {
    const fate = judgeSegment(each, { policy, inUse, now, bytesLeft });
    const name = each.name.replace('.warc.gz', '');
    if (fate === 'held') held.push(name);
    if (fate === 'age' || fate === 'bytes') {
      remove.push(name);
      bytesLeft -= each.bytes;
    }
  }
  return { remove, held };
}

describe('what may go', () => {
  const all = [segment('a', 50), segment('b', 46), segment('c', 43), segment('d', 10), segment('e', 0.5)];

  it('is nothing unless a policy says so', () => {
    expect(plan(all, {})).toEqual({ remove: [], held: [] });
  });

  it('is what is older than the policy says and than any note can refer back', () => {
    expect(plan(all, { ageMaxMs: 30 * day })).toMatchObject({ remove: ['a', 'b'] });
    expect(plan(all, { ageMaxMs: day })).toMatchObject({ remove: ['a', 'b', 'c'] });
  });

  it('is the oldest while there is too much, but never what may still be written to', () => {
    expect(plan(all, { bytesMax: 300 })).toMatchObject({ remove: ['a', 'b'] });
    expect(plan(all, { bytesMax: 0 })).toMatchObject({ remove: ['a', 'b', 'c', 'd'] });
    expect(plan(all, { bytesMax: 450, ageMaxMs: 30 * day })).toMatchObject({ remove: ['a', 'b'] });
  });

  it('is nothing that is referred to, nor what was written since the oldest open work began', () => {
    const used: InUse = { segments: new Set(['a.warc.gz']), since: now - 44 * day };
    expect(plan(all, { ageMaxMs: day }, used)).toMatchObject({ remove: ['b'], held: ['a', 'c'] });
    // Another goes for it.
    expect(plan(all, { bytesMax: 400 }, { ...nothing, segments: used.segments })).toMatchObject({
      remove: ['b'],
      held: ['a'],
    });
  });
});

it('collects what is in use', async () => {
  const refs = async function* (): AsyncGenerator<RefInUse> {
    yield { ref: 'a.warc.gz#1+2', since: 50 };
    yield { ref: 'b.warc.gz#1+2', since: 40 };
    yield { ref: 'c.warc.gz#1+2' };
    yield { ref: 'nonsense', since: 1 };
  };
  expect(await collectInUse(refs())).toEqual({
    segments: new Set(['a.warc.gz', 'b.warc.gz', 'c.warc.gz']),
    since: 40,
  });
});

describe('pruneArchive', () => {
  const page = {
    ...{ url: 'http://a.test/', fetchedAt: '2026-01-01T00:00:00Z', status: 200, httpVersion: '1.1', headers: [] },
    body: Buffer.from('x'),
  };
  const later = () => Date.now() + 60 * day;
  const none = async function* (): AsyncGenerator<RefInUse> {};

  it('removes, or only says what it would remove', async () => {
    await using archive = createMemoryArchive();
    const ref = await archive.write(page);
    const options = { policy: { ageMaxMs: 30 * day }, now: later, inUse: none };
    expect(await pruneArchive(archive, { ...options, dryRun: true })).toMatchObject({ removed: { segments: 1 } });
    expect((await archive.read(ref)).url).toBe(page.url);
    const removed: string[] = [];
    const onRemoved = (segment: SegmentInfo, because: string) => removed.push(`${segment.name} ${because}`);
    expect(await pruneArchive(archive, { ...options, onRemoved })).toMatchObject({ segments: 1 });
    expect(removed).toEqual([`${ref.split('#')[0]} age`]);
    await expect(archive.read(ref)).rejects.toMatchObject({ code: 'not_found' });
    expect(await pruneArchive(archive, options)).toMatchObject({
      segments: 0,
      bytes: 0,
      removed: { segments: 0, bytes: 0 },
    });
  });

  it('leaves what came into use while it went on', async () => {
    const segments = Array.from({ length: 450 }, (_, at) => segment(`s${String(at).padStart(3, '0')}`, 100));
    const removed: string[] = [];
    let looks = 0;
    const archive = {
      async *segments() {
        yield* segments;
      },
      removeSegment: async (name: string) => void removed.push(name),
    };
    const inUse = async function* (): AsyncGenerator<RefInUse> {
      looks += 1;
      if (looks > 2) yield { ref: 's260.warc.gz#1+2' };
    };
    const report = await pruneArchive(archive, { policy: { ageMaxMs: day }, now: () => now, inUse });
    expect(removed).toHaveLength(449);
    expect(removed).not.toContain('s260.warc.gz');
    expect(report).toMatchObject({ segments: 450, removed: { segments: 449, bytes: 44_900 } });
  });
});
