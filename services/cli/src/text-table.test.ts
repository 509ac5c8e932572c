import { expect, it } from 'vitest';
import { displayWidth, textTable } from './text-table.ts';

it('lines columns up, Han characters counting two', () => {
  expect(displayWidth('中文ab')).toBe(6);
  expect(
    textTable(
      ['site', 'n'],
      [
        ['甘肃网', 7],
        ['abc', 12],
      ],
    ),
  ).toBe(['site     n', '──────  ──', '甘肃网   7', 'abc     12'].join('\n'));
});

it('shows the headings of an empty table', () => {
  expect(textTable(['a', 'b'], [])).toBe('a  b\n─  ─');
});
