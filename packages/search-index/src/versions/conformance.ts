import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureArticle } from '../fixture.ts';
import { formerVersion } from './article-version.ts';
import type { VersionIndex } from './port.ts';

/** What every VersionIndex does, in memory or on Elasticsearch. */
export function versionsConformance(name: string, create: () => Promise<VersionIndex>): void {
  describe(`${name}: versions of articles`, () => {
    let versions: VersionIndex;
    const state = (n: number, fields: object = {}) =>
      fixtureArticle({
        url: 'https://a.example/1',
        fetchedAt: `2026-03-0${n}T00:00:00Z`,
        contentHash: `hash-${n}`,
        version: n,
        headline: `Headline ${n}`,
        body: `First.\n\nState ${n} of the second.`,
        ...fields,
      });
    beforeAll(async () => {
      versions = await create();
      await versions.ensure();
    });
    afterAll(() => versions.drop());

    it('deletes all former states of an article', async () => {
      const of = (url: string) =>
        [1, 2].map((n) => formerVersion(state(n, { url, id: url }), state(n + 1, { url, id: url })));
      const [mine, other] = ['https://a.example/gone', 'https://a.example/stays'].map((url) =>
        of(url).flatMap((it) => it ?? []),
      );
      if (mine === undefined || other === undefined) throw new Error('no versions');
      await versions.write([...mine, ...other]);
      await versions.removeOf('https://a.example/gone');
      await versions.removeOf('https://a.example/gone');
      await versions.refresh();
      expect(await versions.list('https://a.example/gone')).toEqual([]);
      expect(await versions.list('https://a.example/stays')).toHaveLength(2);
    });

    it('keeps former states, the newest first, each once however often it is written', async () => {
      await versions.ensure();
      const [one, two] = [formerVersion(state(1), state(2)), formerVersion(state(2), state(3))];
      if (one === undefined || two === undefined) throw new Error('these are different states');
      const other = fixtureArticle({ url: 'https://a.example/2', contentHash: 'x', fetchedAt: '2026-01-01T00:00:00Z' });
      const others = formerVersion(other, { ...state(3), id: other.id });
      expect(await versions.write([one, two, ...(others ? [others] : [])])).toEqual([
        { type: 'indexed' },
        { type: 'indexed' },
        { type: 'indexed' },
      ]);
      expect(await versions.write([one])).toEqual([{ type: 'indexed' }]);
      await versions.refresh();
      const listed = await versions.list(state(1).id);
      expect(listed.map((version) => version.headline)).toEqual(['Headline 2', 'Headline 1']);
      expect(listed[1]).toMatchObject({
        articleId: state(1).id,
        url: 'https://a.example/1',
        body: state(1).body,
        replacedAt: '2026-03-02T00:00:00Z',
        replacedBy: 2,
        changes: { headline: true, paragraphsAdded: 0, paragraphsRemoved: 0, paragraphsChanged: 1, parser: false },
      });
      expect(await versions.list('nobody')).toEqual([]);
    });
  });
}
