import { isVersion } from '@newsmill/contracts';
import { hostKeyOf } from '@newsmill/core/url';
import { SearchInputError } from '@newsmill/search-index';
import type { ReplayChoice } from './store.ts';

const names = ['source', 'host', 'from', 'to', 'parserOlderThan'] as const;

/**
 * What a request's query says of the articles that it means.
 * @throws SearchInputError for a word that is none, or when nothing is named and `all` is not said
 */
export function readReplayChoice(query: Readonly<Record<string, unknown>>): ReplayChoice {
  const word = (name: (typeof names)[number]): string | undefined => {
    const value = query[name];
    if (value === undefined || (typeof value === 'string' && value !== '')) return value;
    throw new SearchInputError(name, JSON.stringify(value), 'is empty or given more than once', 'Give it once.');
  };
  const time = (name: 'from' | 'to'): number | undefined => {
    const text = word(name);
    if (text === undefined) return undefined;
    const ms = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
    if (!Number.isNaN(ms)) return ms;
    throw new SearchInputError(name, text, 'is no time', 'Write 2026-05-01 or 2026-05-01T12:00:00Z.');
  };
  const [sourceId, from, to, parserOlderThan] = [word('source'), time('from'), time('to'), word('parserOlderThan')];
  if (parserOlderThan !== undefined && !isVersion(parserOlderThan)) {
    const hint = "Write 2 or 2.1; an article's parserVersion is one.";
    throw new SearchInputError('parserOlderThan', parserOlderThan, 'is no version', hint);
  }
  const host = word('host');
  if (!names.some((name) => query[name] !== undefined) && query.all !== 'true') {
    const hint = `Name some of ${names.join(', ')}, or say all=true.`;
    throw new SearchInputError('all', String(query.all), 'is missing: nothing named is not everything', hint);
  }
  return {
    ...(sourceId === undefined ? {} : { sourceId }),
    ...(host === undefined ? {} : { host: hostOf(host) }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(parserOlderThan === undefined ? {} : { parserOlderThan }),
  };
}

function hostOf(host: string): string {
  const url = `http://${host}/`;
  if (!host.includes('/') && URL.canParse(url)) return hostKeyOf(url);
  throw new SearchInputError('host', host, 'is no host', 'Write www.example.com or example.com:8080.');
}
