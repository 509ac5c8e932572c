import { dueScore, isFarSection, type UrlRow } from '@newsmill/core/schedule';
import { urlIdOf } from '@newsmill/core/url';
import { type Names, packHead, packTail } from './packing.ts';

/** Where a row is; see scripts.ts. */
export const inRows = 0;
export const nowhere = 255;
/** Lines of URLs that were never fetched, the first one first, and of articles that wait for a re-check. */
const newLines = { feed: 1, sitemap: 2, section: 3, fresh: 4, article: 5, far: 10 } as const;
const articleHeadStartMs = 86_400_000;
const recheckLines: readonly [line: number, belowMs: number][] = [
  [6, 2 * 3_600_000],
  [7, 12 * 3_600_000],
  [8, 3 * 86_400_000],
  [9, Number.POSITIVE_INFINITY],
];

/** Bytes of a URL id that name it inside its host: with a million URLs, two share them once in 37 million hosts. */
export const shortId = (urlId: string): Buffer => Buffer.from(urlId, 'base64url').subarray(0, 8);

/** Two tickets of one URL are the same once in 256 times, and then it is looked at a little early. */
let tickets = 0;

/** Milliseconds as 6 bytes, the highest first, and a ticket: what a member of a line has behind its id. */
export function ticketOf(score: number): Buffer {
  const bytes = Buffer.alloc(7);
  bytes.writeUIntBE(Math.max(0, Math.floor(score)), 0, 6);
  tickets = (tickets + 1) % 256;
  bytes[6] = tickets;
  return bytes;
}

/** The line of a URL that has just been found; lines are in order of time, so what is held back is not in one. */
export function newLine(row: UrlRow, score: number, now: number): number {
  if (row.dueAt !== undefined && row.dueAt > now) return inRows;
  if (row.kind !== 'article') return isFarSection(row) ? newLines.far : newLines[row.kind];
  // A day's head start is every article's, a little more that of the news of the last days.
  return score < now - articleHeadStartMs ? newLines.fresh : newLines.article;
}

/** Where a row belongs: rows, a line, or nowhere. */
export function placeOf(row: UrlRow, now: number): number {
  if (row.state !== 'final') return inRows;
  if (row.dueAt === undefined) return nowhere;
  if (row.kind !== 'article') return inRows;
  if (row.failures !== undefined) return inRows;
  const wait = row.dueAt - now;
  return recheckLines.find(([, belowMs]) => wait < belowMs)?.[0] ?? inRows;
}

/** A new URL as the admit script takes it. */
export async function admission(
  row: UrlRow,
  host: string,
  now: number,
  names: Names,
): Promise<(string | number | Buffer)[]> {
  const score = dueScore(row, now) ?? now;
  const id = shortId(urlIdOf(row.url));
  const line = newLine(row, score, now);
  const [head, tail] = await Promise.all([packHead(row, names), packTail(row, host, names)]);
  const ticket = ticketOf(score);
  return [id, line, Buffer.concat([Buffer.of(line), ticket.subarray(6), head]), Buffer.concat([id, ticket, tail])];
}
