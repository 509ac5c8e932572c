import { type QuarantineReason, quarantineReasons, type StageName, stageNames } from '@newsmill/contracts';
import { hostIdOf, hostKeyOf } from '@newsmill/core/url';
import type { QuarantineFilter } from '@newsmill/queue';
import { SearchInputError } from '@newsmill/search-index';

const unitsMs = { s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * What a request's query says of the entries that it means.
 * @throws SearchInputError for a word that is none
 */
export function readQuarantineFilter(query: Readonly<Record<string, unknown>>, now: number): QuarantineFilter {
  const word = (name: string): string | undefined => {
    const value = query[name];
    if (value === undefined || typeof value === 'string') return value;
    throw new SearchInputError(name, JSON.stringify(value), 'is given more than once', 'Give it once.');
  };
  const oneOf = <Word extends string>(name: string, words: readonly string[]): Word | undefined => {
    const value = word(name);
    if (value === undefined || words.includes(value)) return value as Word | undefined;
    throw new SearchInputError(name, value, 'is none', `One of: ${words.join(', ')}.`);
  };
  const reason = oneOf<QuarantineReason>('reason', Object.keys(quarantineReasons));
  const stage = oneOf<StageName>('stage', stageNames);
  const host = word('host');
  const olderThan = word('olderThan');
  return {
    ...(reason === undefined ? {} : { reason }),
    ...(stage === undefined ? {} : { stage }),
    ...(host === undefined ? {} : hostFilter(host)),
    ...(olderThan === undefined ? {} : { before: now - ageMs(olderThan) }),
  };
}

function hostFilter(host: string): { readonly host: string; readonly hostId: string } {
  const url = `http://${host}/`;
  if (host.includes('/') || !URL.canParse(url)) {
    throw new SearchInputError('host', host, 'is no host', 'Write www.example.com or example.com:8080.');
  }
  return { host: hostKeyOf(url), hostId: hostIdOf(url) };
}

function ageMs(text: string): number {
  const [, count, unit] = /^(\d{1,6})(s|min|h|d)$/.exec(text) ?? [];
  if (unit === undefined) throw new SearchInputError('olderThan', text, 'is no age', 'Write 30min, 6h or 7d.');
  return Number(count) * unitsMs[unit as keyof typeof unitsMs];
}

/** A whole number of a query, within bounds. */
export function readLimit(text: unknown, max: number, usual: number): number {
  if (text === undefined) return usual;
  const value = Number(text);
  if (typeof text === 'string' && /^\d{1,6}$/.test(text) && value >= 1 && value <= max) return value;
  throw new SearchInputError('limit', String(text), 'is no number of entries', `Give 1 to ${max}.`);
}
