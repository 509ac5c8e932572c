import type { LinkKind } from '@newsmill/contracts';
import { compilePattern, escapePath, matches, type Pattern } from '../robots/match.ts';
import { splitCanonical } from './split.ts';

/** Which URLs belong to a source. */
export interface ScopeRules {
  /** Host names under this domain belong (or, for an IP address, this very host). */
  readonly domain: string;
  /** Further domains or hosts that belong. */
  readonly domains?: readonly string[] | undefined;
  /**
   * Only paths that one of these covers; feeds and sitemaps are exempt, since they only tell of pages that are judged
   * themselves. Patterns are those of robots.txt: a prefix of path and query, `*` for anything, `$` for the end.
   */
  readonly include?: readonly string[] | undefined;
  /** No paths that one of these covers. It outranks `include`. */
  readonly exclude?: readonly string[] | undefined;
}

export type ScopeVerdict =
  | { readonly inScope: true /** The `include` pattern that covers it. */; readonly pattern?: string }
  | {
      readonly inScope: false;
      readonly reason: 'other_domain' | 'excluded' | 'not_included';
      readonly pattern?: string;
    };

/** `url` is canonical. */
export type Scope = (url: string, kind?: LinkKind) => ScopeVerdict;

/** Compiles a source's rules. Cost per URL is linear in its length, whatever the patterns are. */
export function compileScope(rules: ScopeRules): Scope {
  const domains = [rules.domain, ...(rules.domains ?? [])].map((domain) => domain.toLowerCase());
  const include = compileAll(rules.include);
  const exclude = compileAll(rules.exclude);
  return (url, kind) => {
    const host = hostOf(url);
    if (!domains.some((domain) => host === domain || host.endsWith(`.${domain}`))) {
      return { inScope: false, reason: 'other_domain' };
    }
    if (include.length === 0 && exclude.length === 0) return { inScope: true };
    const { pathname, search } = splitCanonical(url);
    const path = escapePath(pathname + search);
    const against = exclude.find((each) => matches(each.compiled, path));
    if (against !== undefined) return { inScope: false, reason: 'excluded', pattern: against.text };
    if (include.length === 0 || kind === 'feed' || kind === 'sitemap') return { inScope: true };
    const by = include.find((each) => matches(each.compiled, path));
    return by === undefined ? { inScope: false, reason: 'not_included' } : { inScope: true, pattern: by.text };
  };
}

/** The host of a canonical URL, without port and brackets. */
function hostOf(url: string): string {
  const start = url.indexOf('//') + 2;
  const host = url.slice(start, url.indexOf('/', start));
  if (host.startsWith('[')) return host.slice(1, host.indexOf(']'));
  const port = host.indexOf(':');
  return port === -1 ? host : host.slice(0, port);
}

function compileAll(patterns: readonly string[] = []): { readonly text: string; readonly compiled: Pattern }[] {
  // The matcher works on octets, one character each.
  return patterns.map((text) => ({ text, compiled: compilePattern(Buffer.from(text).toString('latin1')) }));
}
