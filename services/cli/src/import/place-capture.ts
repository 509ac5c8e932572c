import type { Archive, Capture } from '@newsmill/archive';
import type { ParseJob, Source } from '@newsmill/contracts';
import { canonicalizeUrl, type Scope } from '@newsmill/core';
import { nextUrlState, type UrlRow } from '@newsmill/core/schedule';
import { hostIdOf, urlIdOf } from '@newsmill/core/url';
import { headerOf } from '@newsmill/fetch';
import { type Frontier, parseJobOf, type Turn } from '@newsmill/frontier';
import { reasonsOfFetch } from '../replay/replay-page.ts';

export interface PlaceDeps {
  readonly archive: Pick<Archive, 'write'>;
  readonly frontier: Pick<Frontier, 'getUrl' | 'record'> & { readonly ledger: Pick<Frontier['ledger'], 'restore'> };
  readonly source: Source;
  /** Only URLs in it are taken; without it all. */
  readonly scope?: Scope | undefined;
  readonly dryRun: boolean;
  readonly clock: () => number;
}

/** What became of one capture of somebody else's. */
export type Placed =
  /** It lies in our archive, the ledger knows, and this is to be done next; nothing to do in a dry run. */
  | { readonly type: 'taken'; readonly parse?: ParseJob | undefined; readonly turn?: Turn | undefined }
  /** The ledger has this very fetch of the URL, or a later one. */
  | { readonly type: 'known' }
  | { readonly type: 'left'; readonly why: LeftReason };

export type LeftReason =
  /** Not 200 or 203: a redirect, an error. */
  | 'status'
  /** By its Content-Type no page: a picture, a script, a PDF. */
  | 'media'
  /** Not an address that newsmill would ever fetch. */
  | 'address'
  /** No time at which it was fetched, or one in the future. */
  | 'date'
  /** Outside of the scope of the source that was named. */
  | 'scope'
  /** Not found, or not allowed, when newsmill itself asked for it. */
  | 'gone';

/** A clock of somebody else may be this much ahead of ours. */
const futureMaxMs = 86_400_000;
const notPages =
  /^(?:image|video|audio|font)\/|^(?:text\/(?:css|javascript)|application\/(?:javascript|x-javascript|pdf|zip|octet-stream|wasm))\b/i;

/**
 * Gives one capture a place: in the archive first, then in the ledger, as if the crawler had fetched it when it was
 * fetched. Nothing is fetched because of it: its links are followed only as far as the source's own depth goes, where it lies.
 * Doing it again changes nothing.
 */
export async function placeCapture(foreign: Capture, deps: PlaceDeps): Promise<Placed> {
  const { frontier, source, clock } = deps;
  const left = (why: LeftReason): Placed => ({ type: 'left', why });
  if (foreign.status !== 200 && foreign.status !== 203) return left('status');
  if (notPages.test(headerOf(foreign.headers, 'content-type') ?? '')) return left('media');
  const canonical = canonicalizeUrl(foreign.url);
  if ('refused' in canonical) return left('address');
  const { url } = canonical;
  if (deps.scope?.(url, 'article').inScope === false) return left('scope');
  const fetchedAt = Date.parse(foreign.fetchedAt);
  if (Number.isNaN(fetchedAt) || fetchedAt < 0 || fetchedAt > clock() + futureMaxMs) return left('date');

  const row = await frontier.getUrl(url);
  if (row?.fetchedAt !== undefined && row.fetchedAt >= fetchedAt) return { type: 'known' };
  if (row?.outcome?.verdict === 'skipped' && reasonsOfFetch.has(row.outcome.reason)) return left('gone');
  if (deps.dryRun) return { type: 'taken' };

  // Under the address by which everything else here knows the page.
  const capture = { ...foreign, url, fetchedAt: new Date(fetchedAt).toISOString() };
  const captureRef = await deps.archive.write(capture);
  const event = { type: 'captured', captureRef, fetchedAt, url } as const;
  const [hostId, urlId] = [hostIdOf(url), urlIdOf(url)];
  if (row === undefined) {
    const fresh = nextUrlState(newRow(url, source, fetchedAt), event, clock());
    const restored = await frontier.ledger.restore(fresh, clock());
    if (restored !== undefined) return { type: 'taken', parse: parseJobOf(hostId, urlId, fresh), turn: restored.turn };
  }
  const recorded = await frontier.record(hostId, urlId, event, clock());
  if (recorded === undefined) return { type: 'known' };
  return { type: 'taken', parse: parseJobOf(hostId, urlId, recorded.row), turn: recorded.turn };
}

/** As deep as its source goes: its links are not followed. First seen when it was fetched, by whomever. */
const newRow = (url: string, { id, depthMax, mode }: Source, at: number): UrlRow => ({
  ...{ url, kind: 'article', sourceId: id, depth: depthMax, standing: mode === 'standing' },
  ...{ state: 'accepted', generation: 0, firstSeenAt: at, dueAt: at },
});
