import type { FieldMapping } from './mapping.ts';

type Fields = Readonly<Record<string, FieldMapping>>;

export interface MappingDifference {
  readonly path: string;
  /** `missing`: in the code only, can be added in place. `changed`: needs a new index. `extra`: in the index only. */
  readonly kind: 'missing' | 'changed' | 'extra';
  readonly detail: string;
}

/** Compares two mappings field by field; options that Elasticsearch does not print are those that are at their default. */
export function compareMappings(code: Fields, live: Fields, path = ''): MappingDifference[] {
  const names = [...new Set([...Object.keys(code), ...Object.keys(live)])];
  return names.flatMap((name): MappingDifference[] => {
    const here = path + name;
    const wanted = code[name];
    const found = live[name];
    if (wanted === undefined) return [{ path: here, kind: 'extra', detail: 'is in the index, not in the code' }];
    if (found === undefined) return [{ path: here, kind: 'missing', detail: 'is in the code, not in the index' }];
    const { properties: wantedFields = {}, ...wantedOptions } = wanted;
    const { properties: foundFields = {}, ...foundOptions } = found;
    const own = compareLeaves(wantedOptions, foundOptions).map(
      (detail): MappingDifference => ({ path: here, kind: 'changed', detail }),
    );
    return [...own, ...compareMappings(wantedFields, foundFields, `${here}.`)];
  });
}

/** Compares nested settings by their leaves; Elasticsearch prints numbers and booleans of settings as strings. */
export function compareLeaves(code: unknown, live: unknown): string[] {
  const wanted = leaves(code);
  const found = leaves(live);
  return [...new Set([...wanted.keys(), ...found.keys()])]
    .filter((key) => wanted.get(key) !== found.get(key))
    .map((key) => `${key || 'value'} is ${cut(found.get(key))}, the code says ${cut(wanted.get(key))}`);
}

const cut = (value: string | undefined) =>
  value === undefined ? 'absent' : value.length > 60 ? `${value.slice(0, 60)}…` : value;

function leaves(value: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value)) into.set(path, value.map(String).join(','));
  else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) leaves(child, path === '' ? key : `${path}.${key}`, into);
  } else if (value !== undefined) into.set(path, String(value));
  return into;
}
