import { PermanentError } from '@newsmill/contracts';
import { describe, expect, it } from 'vitest';
import { articleOf, createIndexing, printOf } from './indexing.fixture.ts';

const early = articleOf('early', { datePublished: '2026-02-28T08:00:00Z' });
const late = articleOf('late', { datePublished: '2026-02-28T09:00:00Z', sourceChain: ['late', 'early'] });
const mangled = articleOf('mangled', { datePublished: '2026-02-01T00:00:00Z', repairs: ['pinyin-gloss'] });
const crash = (): never => {
  throw new Error('the process died here');
};

describe('a date that only a feed told', () => {
  const told = articleOf('told', {
    datePublished: '2026-02-28T08:00:00.000Z',
    provenance: { datePublished: 'feed-item' },
  });
  const { datePublished: _, ...dateless } = articleOf('told', { provenance: {} });

  it('stays when the page is read again without it', async () => {
    const indexing = createIndexing();
    await indexing.add(told);
    await indexing.add(dateless, 2);
    const found = await indexing.get(told);
    expect([found?.datePublished, found?.provenance.datePublished]).toEqual(['2026-02-28T08:00:00.000Z', 'feed-item']);
  });

  it('gives way to the page', async () => {
    const indexing = createIndexing();
    await indexing.add(told);
    await indexing.add(articleOf('told', { datePublished: '2026-02-27T08:00:00Z' }), 2);
    expect((await indexing.get(told))?.datePublished).toBe('2026-02-27T08:00:00Z');
  });
});

describe('copies', () => {
  it('share a cluster, and the earlier one is first whatever the order', async () => {
    for (const order of [
      [early, late],
      [late, early],
    ]) {
      const indexing = createIndexing();
      for (const article of order) await indexing.add(article);
      const [a, b] = [await indexing.get(early), await indexing.get(late)];
      expect([a?.clusterFirst, b?.clusterFirst]).toEqual([true, false]);
      expect(a?.clusterId).toBe(b?.clusterId);
      expect(b?.origin).toBe('early');
      expect(a).not.toHaveProperty('origin');
    }
  });

  it('let a clean copy take the first place from a mangled one', async () => {
    const indexing = createIndexing();
    await indexing.add(mangled);
    expect((await indexing.get(mangled))?.clusterFirst).toBe(true);
    await indexing.add(late);
    expect((await indexing.get(mangled))?.clusterFirst).toBe(false);
    expect((await indexing.get(late))?.clusterFirst).toBe(true);
  });

  it('leave an article without copies, or with too little text, a cluster of its own', async () => {
    const indexing = createIndexing();
    const { fingerprint: _, ...short } = articleOf('short');
    for (const article of [early, short, articleOf('other', { fingerprint: printOf('other') })]) {
      await indexing.add(article);
      expect(await indexing.get(article)).toMatchObject({ clusterId: article.id, clusterFirst: true });
    }
  });

  it('are put right after a crash at any of the writes', async () => {
    for (let survived = 0; survived < 3; survived += 1) {
      const indexing = createIndexing();
      await indexing.add(late);
      indexing.faults.push(...Array.from({ length: survived }, () => () => undefined), crash);
      // The second write is that of the document that lost the first place; with two survived, all went well.
      if (survived < 2) await expect(indexing.add(early)).rejects.toThrow('died');
      await indexing.add(early);
      expect([(await indexing.get(early))?.clusterFirst, (await indexing.get(late))?.clusterFirst]).toEqual([
        true,
        false,
      ]);
      // Nothing is owed any more.
      const { id, fingerprint = '' } = late;
      expect((await indexing.clusters.claim({ id, fingerprint, rank: 9e13 }, Date.now())).owed).toEqual([]);
    }
  });

  it('do not follow one that Elasticsearch refuses', async () => {
    const indexing = createIndexing();
    await indexing.add(late);
    indexing.faults.push(() => {
      throw new PermanentError('document_rejected', 'as Elasticsearch would');
    });
    await expect(indexing.add(early)).rejects.toThrow(PermanentError);
    expect(await indexing.get(early)).toBeUndefined();
    expect((await indexing.get(late))?.clusterFirst).toBe(true);
    await indexing.add(mangled);
    expect((await indexing.get(mangled))?.clusterFirst).toBe(false);
  });

  it('look once more after their write, since another may have come first in the meantime', async () => {
    const indexing = createIndexing();
    // While `late` is on its way into the index, `early` takes the first place and finds nothing to correct.
    indexing.faults.push(() => indexing.add(early));
    await indexing.add(late);
    expect([(await indexing.get(early))?.clusterFirst, (await indexing.get(late))?.clusterFirst]).toEqual([
      true,
      false,
    ]);
  });
});

describe('versions', () => {
  const changed = { ...early, contentHash: 'other', headline: 'New', body: 'First.\n\nSecond.\n\nThird.', version: 2 };
  const second = { ...changed, fetchedAt: '2026-03-01T06:00:00Z' };

  it('keep the former state of an article that changed, once', async () => {
    const indexing = createIndexing();
    await indexing.add(early);
    await indexing.add(second);
    await indexing.add(second);
    expect(await indexing.get(early)).toMatchObject({ headline: 'New', version: 2 });
    expect(await indexing.versions.list(early.id)).toMatchObject([
      {
        articleId: early.id,
        headline: early.headline,
        version: 1,
        replacedBy: 2,
        replacedAt: second.fetchedAt,
        changes: { headline: true, paragraphsAdded: 1, paragraphsRemoved: 0, paragraphsChanged: 0, parser: false },
      },
    ]);
  });

  it('know when the first of them came into the index', async () => {
    const indexing = createIndexing();
    const other = articleOf('other', { fingerprint: printOf('other') });
    await indexing.add(early);
    expect(await indexing.get(early)).toMatchObject({ firstIndexedAt: '2026-03-02T00:00:00.000Z' });
    // One that older code wrote, without saying so.
    await indexing.index.write([{ ...late, indexedAt: '2026-01-01T00:00:00Z' }]);
    await indexing.add({ ...late, fetchedAt: '2026-03-01T07:00:00Z' }, 2);
    expect(await indexing.get(late)).toMatchObject({
      firstIndexedAt: '2026-01-01T00:00:00Z',
      indexedAt: '2026-03-02T00:00:00.000Z',
    });
    // Of a first fetch, worked through again.
    await indexing.index.write([{ ...other, firstIndexedAt: '2026-01-01T00:00:00Z' }]);
    await indexing.add({ ...other, headline: 'Better', contentHash: 'better' }, 1, { replayed: true });
    expect(await indexing.get(other)).toMatchObject({ headline: 'Better', firstIndexedAt: '2026-01-01T00:00:00Z' });
    // The same when its second page had come.
    await indexing.add({ ...other, headline: 'Whole', contentHash: 'whole', version: 2 }, 1);
    expect(await indexing.get(other)).toMatchObject({ headline: 'Whole', firstIndexedAt: '2026-01-01T00:00:00Z' });
    // Its publisher has changed nothing.
    expect(await indexing.versions.list(other.id)).toEqual([]);
  });

  it('lose nothing to a crash between the two writes', async () => {
    const indexing = createIndexing();
    await indexing.add(early);
    indexing.faults.push(crash);
    await expect(indexing.add(second)).rejects.toThrow('died');
    expect((await indexing.get(early))?.headline).toBe(early.headline);
    await indexing.add(second);
    expect(await indexing.versions.list(early.id)).toHaveLength(1);
    expect((await indexing.get(early))?.headline).toBe('New');
  });

  it('keep nothing when an article is the same or older', async () => {
    const indexing = createIndexing();
    await indexing.add(second);
    await indexing.add({ ...second, fetchedAt: '2026-03-01T07:00:00Z' }, 3);
    await indexing.add({ ...early, version: 3 });
    expect(await indexing.versions.list(early.id)).toEqual([]);
  });

  it('are counted on from the index when the ledger has forgotten', async () => {
    const indexing = createIndexing();
    await indexing.add({ ...early, version: 7 });
    await indexing.add({ ...second, version: 1 }, 2);
    expect((await indexing.get(early))?.version).toBe(8);
  });
});

describe('removal', () => {
  const gone = '2026-03-01T12:00:00Z';

  it('by the policy `delete` leaves the address only, which no late write turns into an article again', async () => {
    const indexing = createIndexing({ policy: 'delete' });
    const changed = { ...early, contentHash: 'other', headline: 'New', version: 2, fetchedAt: '2026-03-01T06:00:00Z' };
    for (const article of [early, late, changed]) await indexing.add(article);
    expect(await indexing.versions.list(early.id)).toHaveLength(1);
    expect(await indexing.remove(early, gone)).toEqual({ verdict: 'done' });
    const tombstone = await indexing.get(early);
    const { id, url, site } = early;
    expect(tombstone).toMatchObject({ id, url, site, headline: '', body: '', removedAt: gone, clusterFirst: false });
    expect(tombstone).not.toHaveProperty('fingerprint');
    expect(await indexing.versions.list(early.id)).toEqual([]);
    expect((await indexing.get(late))?.clusterFirst).toBe(true);
    // Again, late, and at last: the page is there once more.
    await indexing.remove(early, gone);
    await indexing.add(changed);
    expect((await indexing.get(early))?.body).toBe('');
    await indexing.add({ ...changed, fetchedAt: '2026-03-02T00:00:00Z' }, 3);
    expect(await indexing.get(early)).toMatchObject({ headline: 'New' });
    expect(await indexing.get(early)).not.toHaveProperty('removedAt');
    expect(await indexing.versions.list(early.id)).toEqual([]);
  });

  it('marks the document, and hands the first place to a copy that is there', async () => {
    const indexing = createIndexing();
    await indexing.add(early);
    await indexing.add(late);
    for (let delivery = 0; delivery < 2; delivery += 1) {
      expect(await indexing.remove(early, gone)).toEqual({ verdict: 'done' });
      expect(await indexing.get(early)).toMatchObject({ removedAt: gone, clusterFirst: false, body: early.body });
      expect((await indexing.get(late))?.clusterFirst).toBe(true);
    }
  });

  it('is not undone by an index job that is delivered again, but by a later fetch', async () => {
    const indexing = createIndexing();
    await indexing.add(early);
    await indexing.remove(early, gone);
    await indexing.add(early);
    expect((await indexing.get(early))?.removedAt).toBe(gone);
    await indexing.add({ ...early, fetchedAt: '2026-03-01T13:00:00Z' }, 2);
    expect(await indexing.get(early)).not.toHaveProperty('removedAt');
    expect(await indexing.remove(early, gone)).toEqual({ verdict: 'skipped', reason: 'seen_since' });
  });

  it('has nothing to do for what was never indexed', async () => {
    expect(await createIndexing().remove(early, gone)).toEqual({ verdict: 'skipped', reason: 'not_indexed' });
  });
});
