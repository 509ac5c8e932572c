import type { FinalOutcome, LinkKind, Source } from '@newsmill/contracts';
import { nextUrlState, type Schedule, type UrlRow } from '@newsmill/core/schedule';
import { compileScope, guessLinkKind, type Scope } from '@newsmill/core/url';

/** Which source a URL belongs to, for rows that are made anew. */
export type SourceOf = (
  url: string,
  sourceId?: string,
) => { readonly source: Source; readonly kind: LinkKind; readonly depth: number } | undefined;

/** @param sources all that are known. The one that other records name is taken as long as it is known, else the first whose scope covers the URL. */
export function sourceFinder(sources: readonly Source[]): SourceOf {
  const known = new Map(sources.map((source) => [source.id, source]));
  const scopes: readonly (readonly [Source, Scope])[] = sources.map((source) => [source, compileScope(source)]);
  const starts = new Map(
    sources.flatMap((source) => [source.url, ...(source.urls ?? [])].map((url) => [url, source] as const)),
  );
  return (url, sourceId) => {
    const kind = guessLinkKind(url);
    const named = sourceId === undefined ? undefined : known.get(sourceId);
    const start = starts.get(url);
    const source = named ?? start ?? scopes.find(([, scope]) => scope(url, kind).inScope)?.[0];
    if (source === undefined) return undefined;
    // How many links away it was found is not known any more.
    return { source, kind, depth: start === source ? 0 : 1 };
  };
}

/** The row of a URL that was fetched at `fetchedAt` and whose capture waits to be parsed. */
export function capturedRow(
  url: string,
  of: NonNullable<ReturnType<SourceOf>>,
  capture: { readonly ref: string; readonly fetchedAt: number; readonly generation?: number },
  now: number,
): UrlRow {
  const { source, kind, depth } = of;
  return {
    ...{ url, kind, depth, sourceId: source.id, standing: source.mode === 'standing' },
    ...{ state: 'captured', generation: capture.generation ?? 1, captureRef: capture.ref },
    ...{ firstSeenAt: capture.fetchedAt, fetchedAt: capture.fetchedAt, openSince: now },
  };
}

/** The row of a URL of which everything is told by its end. */
export function finalRow(
  url: string,
  of: NonNullable<ReturnType<SourceOf>>,
  known: {
    readonly outcome: FinalOutcome;
    readonly generation?: number | undefined;
    readonly fetchedAt: number;
    readonly firstSeenAt?: number | undefined;
    readonly version?: number | undefined;
    readonly contentHash?: string | undefined;
  },
  now: number,
  schedule?: Schedule,
): UrlRow {
  const { source, kind, depth } = of;
  const { version = 1, contentHash, outcome } = known;
  const generation = Math.max(1, known.generation ?? version);
  const captured: UrlRow = {
    ...{ url, kind, depth, sourceId: source.id, standing: source.mode === 'standing', state: 'captured' },
    ...{ generation, fetchedAt: known.fetchedAt, firstSeenAt: known.firstSeenAt ?? known.fetchedAt },
    // The state that is about to be told is one of them.
    ...(contentHash === undefined ? {} : { version: version - 1 }),
  };
  const parsed =
    contentHash === undefined
      ? { ...captured, state: 'parsed' as const }
      : nextUrlState(captured, { type: 'parsed', generation, contentHash }, now);
  return nextUrlState(parsed, { type: 'finalized', outcome, generation }, now, schedule);
}

/** Why a row cannot be made anew. */
export const noSource = {
  failed: 'no source covers it: add its source (newsmill add, newsmill sources apply), then audit --repair again',
} as const;
