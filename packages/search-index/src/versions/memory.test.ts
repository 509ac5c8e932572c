import { expect, it } from 'vitest';
import { fixtureArticle } from '../fixture.ts';
import { formerVersion } from './article-version.ts';
import { versionsConformance } from './conformance.ts';
import { createMemoryVersions } from './memory.ts';

versionsConformance('memory', async () => createMemoryVersions());

it('sees a former state only in an older one with other content', () => {
  const state = (fetchedAt: string, contentHash: string) =>
    fixtureArticle({ url: 'https://a.example/1', fetchedAt, contentHash });
  const old = state('2026-03-01T00:00:00Z', 'a');
  expect(formerVersion(old, state('2026-03-02T00:00:00Z', 'a'))).toBeUndefined();
  expect(formerVersion(old, state('2026-02-01T00:00:00Z', 'b'))).toBeUndefined();
  expect(formerVersion(old, state('2026-03-02T00:00:00Z', 'b'))).toMatchObject({ articleId: old.id });
  // Whatever the ledger counts, two states have two ids.
  const again = formerVersion(state('2026-04-01T00:00:00Z', 'a'), state('2026-04-02T00:00:00Z', 'b'));
  expect(again?.id).not.toBe(formerVersion(old, state('2026-03-02T00:00:00Z', 'b'))?.id);
});
