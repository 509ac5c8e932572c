import { type Client, errors } from '@elastic/elasticsearch';
import { patiently } from './patience.ts';

/** A document as it lies in the index. */
export interface StoredDocument {
  readonly id: string;
  readonly version: number;
  /** Undefined when it was not asked for. */
  readonly source: unknown;
}

export interface Page {
  readonly documents: readonly StoredDocument[];
  /** Every operation up to this one was seen when the page is done with. */
  readonly through: number;
}

export interface FeedRange {
  readonly index: string;
  readonly shard: string;
  /** Exclusive; -1 is the beginning. */
  readonly after: number;
  /** Inclusive. */
  readonly through: number;
}

interface Hit {
  readonly _id: string;
  readonly _version?: number;
  readonly _seq_no?: number;
  readonly _source?: unknown;
}

const pageBytesTarget = 4_000_000;
/** What one answer may take in memory, whatever lies in the index. */
const answerBytesMax = 48_000_000;
const pageCountMax = 1_000;
const idsCountMax = 5_000;

/**
 * Shard → the sequence number up to which a refresh from now on makes everything visible. While others write, that is the
 * one up to which every operation is on all copies of the shard: a higher one may be visible while a lower one is still on
 * its way. In an index that nobody writes to (`quiet`) it is the last one.
 */
export async function endsOf(
  client: Client,
  index: string,
  writers: 'busy' | 'quiet',
  signal?: AbortSignal,
): Promise<Map<string, number>> {
  return patiently(async () => {
    const stats = (await client.indices.stats({ index, level: 'shards', metric: 'docs' })) as unknown as {
      indices?: Record<string, { shards: Record<string, ShardStats[]> }>;
    };
    const shards = Object.entries(stats.indices?.[index]?.shards ?? {});
    const found = shards.flatMap(([shard, copies]): [string, number][] => {
      const primary = copies.find(({ routing }) => routing.primary && routing.state === 'STARTED');
      if (primary?.seq_no === undefined) return [];
      return [[shard, writers === 'busy' ? primary.seq_no.global_checkpoint : primary.seq_no.max_seq_no]];
    });
    const settings = await client.indices.getSettings({ index, name: 'index.number_of_shards', flat_settings: true });
    const wanted = Number((settings[index]?.settings as Record<string, unknown>)?.['index.number_of_shards']);
    if (found.length !== wanted) {
      throw new errors.ConnectionError(`only ${found.length} of ${wanted} shards of ${index} can be read`);
    }
    return new Map(found);
  }, signal);
}

interface ShardStats {
  readonly routing: { readonly primary: boolean; readonly state: string };
  readonly seq_no?: { readonly global_checkpoint: number; readonly max_seq_no: number };
}

/**
 * The documents of a shard in the order in which they were last written, by their sequence number. Each write moves its
 * document to the end, so that going on from the last number seen finds exactly what was written since: the same reading
 * copies an index, follows its writers and is resumed. Ranges of numbers, and not one long sorted search, keep each page
 * cheap however large the index is, and no point in time is held open that could expire.
 *
 * Pages hold about 4 MB: fewer documents where they are large.
 */
export async function* readChanges(
  client: Client,
  { index, shard, after, through }: FeedRange,
  options: { readonly source?: boolean; readonly signal?: AbortSignal } = {},
): AsyncGenerator<Page> {
  const { source = true, signal } = options;
  let size = source ? 200 : idsCountMax;
  /** Numbers per range; more than `size` where most of them belong to documents that were written again. */
  let span = size;
  let at = after;
  while (at < through) {
    const end = Math.min(through, at + span);
    const hits = await readRange(client, { index, shard, after: at, through: end }, size, source, signal);
    if (hits === 'too-large') {
      size = Math.max(1, size >> 1);
      continue;
    }
    const last = hits.at(-1)?._seq_no;
    const full = hits.length >= size && last !== undefined;
    const seen = full ? last : end;
    const documents = hits.map(({ _id, _version = 0, _source }) => ({ id: _id, version: _version, source: _source }));
    // An empty range is no page, but the end of the feed is told.
    if (documents.length > 0 || seen === through) yield { documents, through: seen };
    at = seen;
    if (source) size = nextSize(size, hits);
    span = full ? Math.max(size, span >> 1) : Math.min(100 * pageCountMax, hits.length < size / 2 ? span * 2 : span);
  }
}

function nextSize(size: number, hits: readonly Hit[]): number {
  if (hits.length === 0) return size;
  const average = hits.reduce((sum, { _source }) => sum + roughBytes(_source), 0) / hits.length;
  return Math.max(1, Math.min(pageCountMax, 2 * size, Math.floor(pageBytesTarget / average)));
}

/** The long fields of an article are its first level of strings; the rest is small. */
function roughBytes(source: unknown): number {
  let bytes = 1_000;
  for (const value of Object.values(source ?? {})) if (typeof value === 'string') bytes += 2 * value.length;
  return bytes;
}

async function readRange(
  client: Client,
  { index, shard, after, through }: FeedRange,
  size: number,
  source: boolean,
  signal: AbortSignal | undefined,
): Promise<readonly Hit[] | 'too-large'> {
  try {
    const answer = await patiently(
      () =>
        client.search<unknown>(
          {
            index,
            preference: `_shards:${shard}`,
            allow_partial_search_results: false,
            size,
            version: true,
            seq_no_primary_term: true,
            track_total_hits: false,
            _source: source,
            query: { range: { _seq_no: { gt: after, lte: through } } },
            sort: [{ _seq_no: 'asc' }],
          },
          { ...(size === 1 ? {} : { maxResponseSize: answerBytesMax }), ...(signal && { signal }) },
        ),
      signal,
    );
    if (answer.timed_out) throw new errors.TimeoutError(`reading ${index} took too long`);
    return answer.hits.hits as readonly Hit[];
  } catch (error) {
    const tooLarge = error instanceof errors.RequestAbortedError && error.message.includes('bigger than');
    if (tooLarge && signal?.aborted !== true) return 'too-large';
    throw error;
  }
}
