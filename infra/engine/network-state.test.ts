import { expect, it } from 'vitest';
import { emptyTable, tablesIn } from './network-state.ts';

it('names the tables of saved rules', () => {
  const saved =
    '# Generated\n*filter\n:INPUT ACCEPT [1:2]\n-A INPUT -j DROP\nCOMMIT\n*nat\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n';
  expect(tablesIn(saved)).toEqual(['filter', 'nat']);
  expect(tablesIn('')).toEqual([]);
});

it('writes a table without rules, which is one table again', () => {
  for (const table of ['filter', 'nat', 'mangle', 'raw', 'security']) {
    const text = emptyTable(table);
    expect(tablesIn(text)).toEqual([table]);
    expect(text).toMatch(/^\*\w+\n(:[A-Z]+ ACCEPT \[0:0\]\n)+COMMIT\n$/);
  }
});
