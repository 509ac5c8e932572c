import { describe, expect, it } from 'vitest';
import { formLesson, isBarren, noLore, patternLesson, preferredForm, slugOf } from './index.ts';

const origin = 'http://www.a.test';
function taught(...lessons: readonly [path: string, fruitful: boolean, times: number][]): Map<string, number> {
  const lore = new Map<string, number>();
  for (const [path, fruitful, times] of lessons)
    for (const field of patternLesson(origin + path, fruitful)) lore.set(field, (lore.get(field) ?? 0) + times);
  return lore;
}

describe('kinds of address', () => {
  it('are barren after 50 pages without news', () => {
    const lore = taught(['/agenda/2026/06/01/', false, 50]);
    expect(isBarren(lore, `${origin}/agenda/2027/12/31/`)).toBe(true);
    expect(isBarren(lore, `${origin}/agenda/`)).toBe(false);
    expect(isBarren(lore, `${origin}/news/2027/12/31/`)).toBe(false);
    expect(isBarren(taught(['/agenda/2026/06/01/', false, 49]), `${origin}/agenda/2027/12/31/`)).toBe(false);
    expect(isBarren(noLore, `${origin}/agenda/2027/12/31/`)).toBe(false);
  });

  it('are not barren when one page in twenty brings news', () => {
    expect(isBarren(taught(['/list-1.html', false, 100], ['/list-2.html', true, 5]), `${origin}/list-3.html`)).toBe(
      false,
    );
    expect(isBarren(taught(['/list-1.html', false, 100], ['/list-2.html', true, 4]), `${origin}/list-3.html`)).toBe(
      true,
    );
  });

  it('with ever more filters are one kind', () => {
    const lore = taught(['/shop?a=1&b=2', false, 50]);
    expect(isBarren(lore, `${origin}/shop?c=1&d=2&e=3`)).toBe(true);
    expect(isBarren(lore, `${origin}/shop?id=1`)).toBe(false);
  });

  it('with ever new names are caught by their folder', () => {
    const words = Array.from(
      { length: 300 },
      (_, n) => `/maze/${String.fromCharCode(97 + (n % 26))}x${'y'.repeat(n % 9)}/`,
    );
    const lore = taught(...words.map((path): [string, boolean, number] => [path, false, 1]));
    expect(isBarren(lore, `${origin}/maze/quite-new/`)).toBe(true);
    expect(isBarren(lore, `${origin}/news/quite-new/`)).toBe(false);
  });
});

describe('the form that a host means', () => {
  it.each([
    ['/a', '/a/', 'slash'],
    ['/a/', '/a', 'no-slash'],
    ['/a/index.html', '/a/', 'no-index'],
    ['/a/default.aspx?x=1', '/a/?x=1', 'no-index'],
    ['/a', '/a', undefined],
    ['/a', '/b/', undefined],
    ['/a?x=1', '/a/', undefined],
  ])('%s → %s teaches %s', (from, to, lesson) => {
    expect(formLesson(origin + from, origin + to)).toBe(lesson);
  });

  it.each<[Record<string, number>, string, string]>([
    [{ slash: 3 }, '/a', '/a/'],
    [{ slash: 2 }, '/a', '/a'],
    [{ slash: 3, 'no-slash': 1 }, '/a', '/a'],
    [{ slash: 3 }, '/a.html', '/a.html'],
    [{ slash: 3 }, '/a?x=1', '/a/?x=1'],
    [{ 'no-slash': 30, slash: 2 }, '/a/', '/a'],
    [{ 'no-slash': 3 }, '/', '/'],
    [{ 'no-index': 3 }, '/a/index.shtml', '/a/'],
    [{ 'no-index': 3 }, '/a/index-2.html', '/a/index-2.html'],
    [{}, '/a/index.html', '/a/index.html'],
  ])('%j: %s becomes %s', (shown, from, to) => {
    expect(preferredForm(new Map(Object.entries(shown)), origin + from)).toBe(origin + to);
  });
});

it.each([
  ['/world/flood-closes-the-old-bridge', '/local/flood-closes-the-old-bridge', true],
  ['/a/flood-bridge-123456.html', '/b/c/flood-bridge-123456', true],
  ['/2026/05/01/what-you-need-to-know', '/2026/05/02/what-you-need-to-know', false],
  ['/a/flood-closes-the-old-bridge?page=2', '/a/flood-closes-the-old-bridge', false],
  ['/a/flood-closes-the-old-bridge?ref=home', '/a/flood-closes-the-old-bridge', true],
])('%s and %s have one slug: %s', (one, other, same) => {
  expect(slugOf(origin + one) === slugOf(origin + other)).toBe(same);
  expect(slugOf(origin + one)).toBeDefined();
});

it.each(['/', '/news/', '/2026/05/01/123456.html', '/contact-us', '/news/bridge'])('%s has no slug', (path) => {
  expect(slugOf(origin + path)).toBeUndefined();
});
