import type { Source } from '@newsmill/contracts';
import {
  canonicalizeUrl,
  checkTarget,
  compileScope,
  guessLinkKind,
  isBarren,
  type Lore,
  looksLikeTrap,
  noLore,
  parseRobots,
  preferredForm,
  type RobotsRule,
  type ScopeVerdict,
  type TargetPolicy,
  type UrlRefusal,
  unwantedReason,
} from '@newsmill/core';
import type { RobotsEntry, UrlRow } from '@newsmill/frontier';
import { shownRule } from './commands/robots.ts';
import { meaningOfRefusal } from './say-why.ts';

/** What is known about a URL, gathered by whoever asks. Times are epoch milliseconds. */
export interface UrlFacts {
  readonly input: string;
  readonly policy: TargetPolicy;
  readonly sources: readonly Source[];
  readonly row: UrlRow | undefined;
  readonly robots: RobotsEntry | undefined;
  /** What the host has taught about its addresses. */
  readonly lore?: Lore | undefined;
  /** Product token. */
  readonly agent: string;
  readonly now: number;
}

export interface Explanation {
  readonly input: string;
  readonly canonical?: string;
  /** `fetch`: it is due or would be when found; `wait`: it has its turn later; `skip`: it is not fetched. */
  readonly verdict: 'fetch' | 'wait' | 'skip';
  /** In one sentence. */
  readonly because: string;
  /** How early and how often it would be looked at. */
  readonly kind?: UrlRow['kind'];
  /** Every source that covers it; if none does, those of its domain with what speaks against it. */
  readonly scope?: readonly ({ readonly source: string } & ScopeVerdict)[];
  readonly robots?: {
    readonly state: 'unknown' | 'absent' | 'unreachable' | 'rules';
    readonly allowed?: boolean;
    readonly rule?: RobotsRule;
    readonly crawlDelayMs?: number;
    readonly fetchedAt?: string;
  };
  /** The frontier's row, with times as ISO 8601. */
  readonly known?: Readonly<Record<string, unknown>>;
}

/** Says what newsmill would do with a URL and why, by the same rules as crawler and parser. Pure. */
export function explainUrl(facts: UrlFacts): Explanation {
  const { input, policy, row, now } = facts;
  const canonical = canonicalizeUrl(input);
  if ('refused' in canonical) return { input, verdict: 'skip', because: refusedText(canonical.refused) };
  const { url } = canonical;
  const refused = checkTarget(url, policy);
  const kind = row?.kind ?? guessLinkKind(url);
  const scope = scopeOf(facts.sources, url, kind);
  const robots = robotsOf(facts, url);
  const common = { input, canonical: url, kind, scope, robots, ...(row ? { known: shownRow(row) } : {}) };
  const says = (verdict: Explanation['verdict'], because: string): Explanation => ({ ...common, verdict, because });

  if (refused !== undefined) return says('skip', refusedText(refused.refused));
  if (robots.allowed === false) {
    const { rule } = robots;
    return says(
      'skip',
      rule === undefined
        ? 'robots.txt could not be reached, so nothing is fetched until it can (RFC 9309)'
        : `robots.txt line ${rule.line} forbids it: ${rule.type}: ${rule.pattern}`,
    );
  }
  if (row !== undefined) {
    const owner = facts.sources.find((source) => source.id === row.sourceId);
    if (owner === undefined) return says('skip', `its source ${row.sourceId} was removed`);
    const own = compileScope(owner)(url, kind);
    // What the operator named himself is fetched wherever it is.
    if (row.depth > 0 && !own.inScope)
      return says('skip', `source ${owner.id} does not cover it any more (${own.reason})`);
    return says(...byRow(row, now));
  }
  if (!scope.some((one) => one.inScope)) {
    const near = scope.map((one) => `${one.source}: ${'reason' in one ? one.reason : ''}`).join(', ');
    return says('skip', near === '' ? 'no source covers it' : `no source covers it (${near})`);
  }
  const { lore = noLore } = facts;
  const meant = preferredForm(lore, url);
  if (meant !== url) return says('skip', `its host means ${meant} by it: that is fetched when a page links to it`);
  const trap = looksLikeTrap(url);
  if (trap !== undefined) return says('skip', `its shape is that of a crawler trap: ${trap}`);
  if (isBarren(lore, url))
    return says('skip', 'links to it are not followed: many pages with addresses of this kind brought no news (trap)');
  const unwanted = unwantedReason(url);
  if (unwanted !== undefined) return says('skip', `links to it are not followed: ${unwanted}`);
  return says('fetch', 'it is not known yet; it is fetched once a page, feed or sitemap of a source links to it');
}

const refusedText = (refusal: UrlRefusal): string => `the address is refused: ${refusal}. ${meaningOfRefusal(refusal)}`;

function byRow(row: UrlRow, now: number): [Explanation['verdict'], string] {
  if (row.state === 'captured') return ['wait', 'it was fetched and waits for the parser'];
  if (row.state === 'parsed') return ['wait', 'it was parsed and waits for Elasticsearch'];
  const last = row.outcome === undefined ? '' : `last outcome: ${outcomeText(row.outcome)}; `;
  const failing = row.failures === undefined ? '' : `failed ${row.failures} time(s) in a row; `;
  if (row.dueAt === undefined) return ['skip', `${last}${failing}it is not looked at again`];
  return row.dueAt <= now
    ? ['fetch', `${last}${failing}it is due and waits for its host's turn`]
    : ['wait', `${last}${failing}it is looked at again at ${iso(row.dueAt)}`];
}

function scopeOf(sources: readonly Source[], url: string, kind: UrlRow['kind']): NonNullable<Explanation['scope']> {
  const verdicts = sources.map((source) => ({ source: source.id, ...compileScope(source)(url, kind) }));
  const covering = verdicts.filter((one) => one.inScope);
  return covering.length > 0 ? covering : verdicts.filter((one) => !one.inScope && one.reason !== 'other_domain');
}

function robotsOf({ robots, agent }: UrlFacts, url: string): NonNullable<Explanation['robots']> {
  if (robots === undefined) return { state: 'unknown' };
  const fetchedAt = iso(robots.fetchedAt);
  if (robots.type === 'disallow') return { state: 'unreachable', allowed: false, fetchedAt };
  if (robots.type === 'allow') return { state: 'absent', allowed: true, fetchedAt };
  const rules = parseRobots(Buffer.from(robots.text ?? '', 'latin1'));
  const { allowed, rule } = rules.check(agent, url);
  const crawlDelayMs = rules.crawlDelayMs(agent);
  return {
    state: 'rules',
    allowed,
    fetchedAt,
    ...(rule === undefined ? {} : { rule: shownRule(rule) }),
    ...(crawlDelayMs === undefined ? {} : { crawlDelayMs }),
  };
}

export const outcomeText = (outcome: NonNullable<UrlRow['outcome']>): string =>
  outcome.verdict === 'indexed' ? 'indexed' : `${outcome.verdict} (${outcome.reason})`;

const iso = (ms: number): string => new Date(ms).toISOString();
const times: ReadonlySet<string> = new Set(['firstSeenAt', 'dueAt', 'openSince', 'fetchedAt']);

const shownRow = (row: UrlRow): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, times.has(key) && typeof value === 'number' ? iso(value) : value]),
  );
