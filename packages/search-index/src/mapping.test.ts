import { article } from '@newsmill/contracts';
import { describe, expect, it } from 'vitest';
import { type FieldMapping, fieldTypes, properties } from './mapping.ts';

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}

/** Dotted paths of the leaves of a schema, arrays seen through as Elasticsearch does. */
const paths = (schema: JsonSchema, path = ''): string[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, child]) => {
    const inner = child.items?.properties === undefined ? child : child.items;
    return inner.properties === undefined ? [path + name] : paths(inner, `${path}${name}.`);
  });

/** Whether the mapping has the path, or keeps an object above it unindexed. */
function isMapped(path: string, fields: Readonly<Record<string, FieldMapping>> = properties): boolean {
  const [name = '', ...rest] = path.split('.');
  const field = fields[name];
  if (field === undefined) return false;
  if (rest.length === 0 || field.enabled === false) return true;
  return isMapped(rest.join('.'), field.properties ?? {});
}

describe('the mapping', () => {
  it('has every field of the article, and no other', () => {
    const wanted = paths(article.toJSONSchema() as JsonSchema);
    expect(wanted).toContain('site.licences.icp');
    expect(wanted.filter((path) => !isMapped(path))).toEqual([]);
    const leaves = fieldTypes()
      .map(([path]) => path)
      .filter((path) => path !== 'contributors');
    expect(leaves.filter((leaf) => !wanted.some((path) => path === leaf || path.startsWith(`${leaf}.`)))).toEqual([]);
  });
});
