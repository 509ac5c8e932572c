import { expect, it } from 'vitest';
import { wordScan } from './word-scan.ts';

it('tells the lists that have a word in a text', () => {
  const scan = wordScan(['date time', 'update', 'by-line js_name']);
  expect(scan('')).toBe(0);
  expect(scan('dat')).toBe(0);
  expect(scan('post-DATE')).toBe(1);
  expect(scan('lastUpdated')).toBe(3);
  expect(scan('x 作 by-line updat')).toBe(4);
  expect(scan('upduptimejs_name')).toBe(5);
});
