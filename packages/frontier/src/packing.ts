import type { LinkKind, SkipReason } from '@newsmill/contracts';
import type { UrlRow } from '@newsmill/core/schedule';
import { ByteReader, ByteWriter } from './bytes.ts';

/**
 * Rows as bytes, in two parts. The *head* is what stays of a URL for ever: fate, source, counts, times, the hash of its content. The *tail* holds
 * its address and what its next fetch needs; a URL that is done has none. One million heads are what a Redis has to hold,
 * so each byte counts.
 */
const kinds: readonly LinkKind[] = ['article', 'section', 'feed', 'sitemap'];
const states = ['accepted', 'captured', 'parsed', 'final'] as const;
const verdicts = [undefined, 'indexed', 'skipped', 'quarantined'] as const;

/** 2020-01-01: times are told from here, since a number that is smaller takes fewer bytes. */
const epochMs = 1_577_836_800_000;
/** A time before that, of a page that was imported, is told backwards from here. */
const earlierMs = 2 ** 47;

/** Short numbers for words that come again and again: source ids and reasons. */
export interface Names {
  numberOf(name: string): Promise<number>;
  nameOf(number: number): Promise<string>;
}

export async function packHead(row: UrlRow, names: Names): Promise<Buffer> {
  const { outcome } = row;
  const [source, reason] = await Promise.all([
    names.numberOf(row.sourceId),
    outcome !== undefined && 'reason' in outcome ? names.numberOf(outcome.reason) : undefined,
  ]);
  const bytes = new ByteWriter();
  const verdict = verdicts.indexOf(outcome?.verdict);
  bytes.byte(kinds.indexOf(row.kind) + 4 * states.indexOf(row.state) + 16 * verdict + (row.standing ? 64 : 0));
  bytes.number(source);
  if (reason !== undefined) bytes.number(reason);
  bytes.number(row.depth);
  bytes.number(row.generation);
  bytes.number(row.version ?? 0);
  bytes.text(row.contentHash ?? '');
  const sinceEpoch = row.firstSeenAt - epochMs;
  bytes.number(sinceEpoch >= 0 ? sinceEpoch : earlierMs - sinceEpoch);
  // From the first sight on; 0 is for "none", and what a clock that went backwards gives is the first sight itself.
  bytes.number(row.fetchedAt === undefined ? 0 : 1 + Math.max(0, row.fetchedAt - row.firstSeenAt));
  bytes.number(row.dueAt === undefined ? 0 : 1 + Math.max(0, row.dueAt - row.firstSeenAt));
  return bytes.done();
}

/** Members of a tail, by the bit that says that they are there. The order is the order of the bytes: only add at the end. */
const tailFields = [
  'hops',
  'etag',
  'lastModified',
  'lastModifiedAt',
  'captureRef',
  'openSince',
  'failures',
  'intervalMs',
  'datePublished',
  'datePublishedAt',
  'lastFailure',
  'intervalMinMs',
  'looks',
  'bodyHash',
  'sameValidators',
  'distrusted',
  'headline',
  'author',
] as const;

export async function packTail(row: UrlRow, host: string, names: Names): Promise<Buffer> {
  const modifiedAt =
    row.lastModified === undefined ? undefined : exactly(row.lastModified, (date) => date.toUTCString());
  const publishedAt =
    row.datePublished === undefined ? undefined : exactly(row.datePublished, (date) => date.toISOString());
  const values: Record<(typeof tailFields)[number], string | number | boolean | undefined> = {
    hops: row.hops,
    etag: row.etag,
    lastModified: modifiedAt === undefined ? row.lastModified : undefined,
    lastModifiedAt: modifiedAt === undefined ? undefined : modifiedAt / 1_000,
    captureRef: row.captureRef,
    openSince: row.openSince === undefined ? undefined : Math.max(0, row.openSince - row.firstSeenAt),
    failures: row.failures,
    intervalMs: row.intervalMs,
    datePublished: publishedAt === undefined ? row.datePublished : undefined,
    datePublishedAt: publishedAt,
    lastFailure: row.lastFailure === undefined ? undefined : await names.numberOf(row.lastFailure),
    intervalMinMs: row.intervalMinMs,
    looks: row.looks,
    bodyHash: row.bodyHash,
    sameValidators: row.sameValidators,
    distrusted: row.distrusted,
    headline: row.headline,
    author: row.author,
  };
  const bytes = new ByteWriter();
  // A URL of its host is told by its path: 0 http, 1 https, 2 any other text.
  const rest = [`http://${host}`, `https://${host}`].findIndex((origin) => row.url.startsWith(`${origin}/`));
  const flags = tailFields.reduce((sum, name, bit) => sum + (values[name] === undefined ? 0 : 2 ** bit), 0);
  bytes.number(flags * 3 + (rest === -1 ? 2 : rest));
  bytes.text(rest === -1 ? row.url : row.url.slice((rest === 0 ? 'http://' : 'https://').length + host.length));
  for (const name of tailFields) {
    const value = values[name];
    if (typeof value === 'number') bytes.number(value);
    else if (typeof value === 'string') bytes.text(value);
  }
  return bytes.done();
}

/** The row of a head and, if it has one, its tail. Without a tail its address is `url`. */
export async function unpackRow(
  packed: Uint8Array,
  where: { readonly host: string; readonly url?: string | undefined; readonly names: Names },
): Promise<UrlRow> {
  const bytes = new ByteReader(packed);
  const first = bytes.byte();
  const verdict = verdicts[Math.floor(first / 16) % 4];
  const sourceId = await where.names.nameOf(bytes.number());
  const reason = verdict === 'skipped' || verdict === 'quarantined' ? await where.names.nameOf(bytes.number()) : '';
  const depth = bytes.number();
  const generation = bytes.number();
  const version = bytes.number();
  const contentHash = bytes.text();
  const sinceEpoch = bytes.number();
  const firstSeenAt = epochMs + (sinceEpoch < earlierMs ? sinceEpoch : earlierMs - sinceEpoch);
  const fetched = bytes.number();
  const due = bytes.number();
  const tail = bytes.atEnd ? undefined : await readTail(bytes, where.host, firstSeenAt, where.names);
  const outcome = verdict === undefined ? undefined : verdict === 'indexed' ? { verdict } : { verdict, reason };
  return {
    url: tail?.url ?? where.url ?? '',
    kind: kinds[first % 4] ?? 'article',
    sourceId,
    depth,
    standing: first >= 64,
    state: states[Math.floor(first / 4) % 4] ?? 'accepted',
    ...(outcome === undefined ? {} : { outcome: outcome as NonNullable<UrlRow['outcome']> }),
    generation,
    firstSeenAt,
    ...(due === 0 ? {} : { dueAt: firstSeenAt + due - 1 }),
    ...(fetched === 0 ? {} : { fetchedAt: firstSeenAt + fetched - 1 }),
    ...(version === 0 ? {} : { version }),
    ...(contentHash === '' ? {} : { contentHash }),
    ...tail,
  };
}

/** The address that a tail holds. */
export function urlOfTail(tail: Uint8Array, host: string): string {
  const bytes = new ByteReader(tail);
  const scheme = bytes.number() % 3;
  const text = bytes.text();
  return scheme === 2 ? text : `${scheme === 0 ? 'http' : 'https'}://${host}${text}`;
}

async function readTail(
  bytes: ByteReader,
  host: string,
  firstSeenAt: number,
  names: Names,
): Promise<Partial<UrlRow> & { readonly url: string }> {
  const first = bytes.number();
  const scheme = first % 3;
  const flags = Math.floor(first / 3);
  const text = bytes.text();
  const row: { -readonly [Key in keyof UrlRow]?: UrlRow[Key] } & { url: string } = {
    url: scheme === 2 ? text : `${scheme === 0 ? 'http' : 'https'}://${host}${text}`,
  };
  for (const [bit, name] of tailFields.entries()) {
    if (Math.floor(flags / 2 ** bit) % 2 === 0) continue;
    switch (name) {
      case 'etag':
      case 'lastModified':
      case 'captureRef':
      case 'datePublished':
      case 'bodyHash':
      case 'headline':
      case 'author':
        row[name] = bytes.text();
        break;
      case 'lastModifiedAt':
        row.lastModified = new Date(bytes.number() * 1_000).toUTCString();
        break;
      case 'datePublishedAt':
        row.datePublished = new Date(bytes.number()).toISOString();
        break;
      case 'openSince':
        row.openSince = firstSeenAt + bytes.number();
        break;
      case 'lastFailure':
        row.lastFailure = (await names.nameOf(bytes.number())) as SkipReason;
        break;
      // Their bit says all.
      case 'sameValidators':
      case 'distrusted':
        row[name] = true;
        break;
      default:
        row[name] = bytes.number();
    }
  }
  return row;
}

/** The instant of a date, if it is written just as we would write it ourselves. */
function exactly(text: string, write: (date: Date) => string): number | undefined {
  const ms = Date.parse(text);
  return ms >= 0 && write(new Date(ms)) === text ? ms : undefined;
}
