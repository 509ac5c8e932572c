import type { ParseJob } from '@newsmill/contracts';
import { balanceLabel, type UrlRow } from '@newsmill/core/schedule';
import type { Balance, FoundUrl } from './port.ts';

/**
 * What a row keeps from now on. A URL that is done keeps its fate, its source, its times and which state of it was seen; one that is only looked at
 * again some day keeps what that look needs. Its capture is in the archive, where it can be found by its address.
 */
export function settle(row: UrlRow): UrlRow {
  if (row.state !== 'final') return row;
  const { captureRef: _ref, datePublished: _date, headline: _headline, author: _author, ...waiting } = row;
  if (row.dueAt !== undefined) return row.kind === 'article' ? waiting : row;
  const { url, kind, sourceId, depth, standing, state, outcome, generation, firstSeenAt, fetchedAt } = row;
  const { version, contentHash } = row;
  return {
    ...{ url, kind, sourceId, depth, standing, state, generation, firstSeenAt },
    ...(outcome === undefined ? {} : { outcome }),
    ...(fetchedAt === undefined ? {} : { fetchedAt }),
    ...(version === undefined ? {} : { version }),
    ...(contentHash === undefined ? {} : { contentHash }),
  };
}

/** The first row of a URL that has just been found. */
export function newRow(found: FoundUrl, now: number): UrlRow {
  return {
    url: found.url,
    kind: found.kind,
    sourceId: found.sourceId,
    depth: found.depth,
    standing: found.standing,
    state: 'accepted',
    generation: 0,
    firstSeenAt: now,
    dueAt: Math.max(now, found.notBefore ?? 0),
    ...(found.hops === undefined ? {} : { hops: found.hops }),
    ...(found.datePublished === undefined ? {} : { datePublished: found.datePublished }),
    ...(found.headline === undefined ? {} : { headline: found.headline }),
    ...(found.author === undefined ? {} : { author: found.author }),
  };
}

/** Field of the counts hash; a source id holds no '|'. */
export const countField = (row: UrlRow): string => `${row.sourceId}|${balanceLabel(row)}`;

/** What a row's change does to the counts. */
export function countChanges(before: UrlRow, after: UrlRow): [field: string, change: number][] {
  const changes: [string, number][] = [];
  const from = countField(before);
  const to = countField(after);
  if (from !== to) changes.push([from, -1], [to, 1]);
  if (after.generation > before.generation) changes.push([`${after.sourceId}|fetches`, 1]);
  return changes;
}

/** Sums count fields of many hosts into one balance; headings without URLs are left out. */
export function sumCounts(fields: Iterable<readonly [field: string, count: string | number]>): Balance {
  const balance: Balance = {};
  for (const [field, count] of fields) {
    const bar = field.indexOf('|');
    const sourceId = field.slice(0, bar);
    const heading = field.slice(bar + 1);
    const headings = balance[sourceId] ?? {};
    balance[sourceId] = headings;
    const sum = (headings[heading] ?? 0) + Number(count);
    if (sum !== 0) headings[heading] = sum;
    else delete headings[heading];
  }
  return balance;
}

/** The parse job that a row calls for; undefined unless its capture waits to be parsed or indexed. */
export function parseJobOf(hostId: string, urlId: string, row: UrlRow): ParseJob | undefined {
  if (row.state !== 'captured' && row.state !== 'parsed') return undefined;
  if (row.captureRef === undefined || row.fetchedAt === undefined) return undefined;
  return {
    v: 1,
    urlId,
    hostId,
    url: row.url,
    generation: row.generation,
    captureRef: row.captureRef,
    fetchedAt: new Date(row.fetchedAt).toISOString(),
    sourceId: row.sourceId,
    depth: row.depth,
  };
}
