import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type FieldMapping, properties } from './mapping.ts';

const page = readFileSync(new URL('../../../docs/search.md', import.meta.url), 'utf8');

/** Dotted path and how docs/search.md calls the way it is indexed, of every field. */
function rows(fields: Readonly<Record<string, FieldMapping>>, path = ''): string[][] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const own = field.type === undefined ? [] : [[`\`${path}${name}\``, kindOf(field)]];
    return field.properties === undefined ? own : [...own, ...rows(field.properties, `${path}${name}.`)];
  });
}

function kindOf(field: FieldMapping): string {
  if (field.index === false || field.enabled === false) return 'not searched';
  return field.normalizer === undefined ? String(field.type) : `${field.normalizer} ${field.type}`;
}

it('docs/search.md lists every field as it is mapped', () => {
  const table = page.slice(page.indexOf('<!-- fields -->'), page.indexOf('<!-- /fields -->'));
  const written = table
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, 3)
        .map((cell) => cell.trim()),
    );
  expect(written).toEqual(rows(properties));
});
