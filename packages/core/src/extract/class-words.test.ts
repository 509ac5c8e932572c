import { expect, it } from 'vitest';
import { classBits } from './class-words.ts';

const bitsOf = (name: string): number[] => [...Array(23).keys()].filter((bit) => (classBits(name) >> bit) & 1);

it.each([
  ['article-body', [0, 20]],
  ['ArticleBody', [0, 20]],
  ['sidebar', [6]],
  ['ad', [7]],
  ['adSlot', [7]],
  ['breadcrumbs', [4]],
  ['upload', []],
  ['loading', []],
  ['shadow', []],
  ['commentlist', [1, 17, 22]],
  ['has-comments', [1, 22]],
  ['entry-title', [0, 13]],
  ['img-thumb', [9]],
  ['newsletter-signup', [0, 10]],
  ['xyz', []],
  ['', []],
])('%j', (name, bits) => {
  expect(bitsOf(name)).toEqual(bits);
});
