import { setTimeout as delay } from 'node:timers/promises';
import { type Client, errors } from '@elastic/elasticsearch';
import type { IndexNames } from '../names.ts';
import { ReindexRefusedError } from './errors.ts';
import { patiently } from './patience.ts';
import { type RewriteState, wayOn } from './rewriting.ts';

/** What an interrupted reindex is resumed from. */
export interface ReindexState {
  readonly from: string;
  /** Sequence numbers mean nothing in an index of the same name that was made anew. */
  readonly fromUuid: string;
  readonly to: string;
  /** Absent until the index was made. */
  readonly toUuid?: string;
  /** Shard of the old index → all its operations up to this sequence number are in the new one. */
  readonly copied: Readonly<Record<string, number>>;
  /** `frozen`: the old index may be closed for writes. `switched`: the alias may point to the new one. */
  readonly phase: 'copying' | 'frozen' | 'switched';
  readonly keepOld: boolean;
  readonly startedAt: string;
  /** Present when documents are made anew on their way. */
  readonly rewriting?: RewriteState;
}

interface Entry {
  /** Absent when whoever held it has let go in good order. */
  readonly owner?: string;
  readonly state?: ReindexState;
  /** Changes with each sign of life. */
  readonly beat: number;
}

interface Found {
  readonly entry: Entry;
  readonly seqNo: number;
  readonly term: number;
}

const entryId = 'reindex';

export async function readEntry(client: Client, { reindex: index }: IndexNames): Promise<Found | undefined> {
  const { statusCode, body } = await patiently(() =>
    client.get<Entry>({ index, id: entryId }, { meta: true, ignore: [404] }),
  );
  if (statusCode === 404 || body._source === undefined) return undefined;
  return { entry: body._source, seqNo: body._seq_no ?? 0, term: body._primary_term ?? 0 };
}

export interface LeaseOptions {
  /** Takes over what was interrupted. */
  readonly resume: boolean;
  /** Told to those who are refused. */
  readonly owner: string;
  /** Who shows no sign of life for so long is taken to be dead. A sign of life is given four times as often. */
  readonly leaseMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Told when it has to be watched whether the owner of this state is alive. */
  readonly onWatch?: (state: ReindexState) => void;
}

/**
 * The right to reindex, held by one process at a time, and its state: one document, changed only by whoever saw its last
 * change (`if_seq_no`). No clock is compared: who wants to take over watches for `leaseMs` whether it changes.
 */
export interface Lease {
  readonly state: ReindexState | undefined;
  /** Fires when another process took over. */
  readonly lost: AbortSignal;
  save(state: ReindexState): Promise<void>;
  /**
   * Before each step that another owner must not see: asks Elasticsearch, if this process may have slept.
   * @throws ReindexRefusedError `lost`
   */
  confirm(): Promise<void>;
  /** Forgets the state: all is done. */
  finish(): Promise<void>;
  /** Lets go; what was saved waits for `--resume`. */
  release(): Promise<void>;
}

const isConflict = (error: unknown): boolean => error instanceof errors.ResponseError && error.statusCode === 409;

export async function takeLease(client: Client, names: IndexNames, options: LeaseOptions): Promise<Lease> {
  const { owner, leaseMs } = options;
  const index = names.reindex;
  const settings = { number_of_shards: 1, auto_expand_replicas: '0-1', hidden: true };
  await patiently(() =>
    client.indices.create({ index, settings, mappings: { dynamic: 'false' as never } }, { ignore: [400] }),
  );
  const before = await heldBefore(client, names, options);
  let { state, beat } = before?.entry ?? { state: undefined, beat: 0 };
  let seen = before;
  let savedAt = 0;
  let holding = true;
  const lost = new AbortController();

  const put = async (held: boolean): Promise<void> => {
    beat += 1;
    const document: Entry = { beat, ...(held ? { owner } : {}), ...(state === undefined ? {} : { state }) };
    const expected =
      seen === undefined ? { op_type: 'create' as const } : { if_seq_no: seen.seqNo, if_primary_term: seen.term };
    const { _seq_no = 0, _primary_term = 0 } = await patiently(async () => {
      try {
        return await client.index({ index, id: entryId, document, ...expected }, { maxRetries: 0 });
      } catch (error) {
        // A write whose answer was lost is found by its owner and beat.
        const now = isConflict(error) ? await readEntry(client, names) : undefined;
        if (now === undefined || now.entry.owner !== document.owner || now.entry.beat !== beat) throw error;
        return { _seq_no: now.seqNo, _primary_term: now.term };
      }
    });
    seen = { entry: document, seqNo: _seq_no, term: _primary_term };
    savedAt = performance.now();
  };
  // One write after the other: each must know the last one's sequence number.
  let queue = Promise.resolve();
  const enqueue = (step: () => Promise<void>): Promise<void> => {
    const next = queue.then(async () => {
      lost.signal.throwIfAborted();
      await step().catch((error: unknown) => {
        if (!isConflict(error)) throw error;
        lost.abort(new ReindexRefusedError('lost', 'another process has taken this reindex over'));
        lost.signal.throwIfAborted();
      });
    });
    queue = next.catch(() => undefined);
    return next;
  };

  try {
    await put(true);
  } catch (error) {
    if (isConflict(error)) throw running(undefined);
    throw error;
  }
  let beating = false;
  const beatOnce = async (): Promise<void> => {
    if (!holding || beating) return;
    beating = true;
    // Without an answer it is asked again; `lost` tells if another one took over.
    await enqueue(() => put(true)).catch(() => undefined);
    beating = false;
  };
  const heart = setInterval(() => void beatOnce(), leaseMs / 4);
  heart.unref();

  return {
    get state() {
      return state;
    },
    lost: lost.signal,
    async save(next) {
      await enqueue(async () => {
        state = next;
        await put(true);
      });
    },
    async confirm() {
      lost.signal.throwIfAborted();
      if (performance.now() - savedAt > leaseMs / 2) await enqueue(() => put(true));
    },
    async finish() {
      holding = false;
      clearInterval(heart);
      await enqueue(async () => {
        const at = seen;
        if (at === undefined) return;
        await client.delete({ index, id: entryId, if_seq_no: at.seqNo, if_primary_term: at.term }, { ignore: [404] });
      });
    },
    async release() {
      clearInterval(heart);
      if (!holding || lost.signal.aborted) return;
      holding = false;
      await enqueue(() => put(false)).catch(() => undefined);
    },
  };
}

/** What is there to take over; undefined when nothing is. @throws ReindexRefusedError */
async function heldBefore(client: Client, names: IndexNames, options: LeaseOptions): Promise<Found | undefined> {
  const { resume, leaseMs, signal } = options;
  const found = await readEntry(client, names);
  if (found === undefined) return undefined;
  if (found.entry.owner !== undefined) {
    if (found.entry.state !== undefined) options.onWatch?.(found.entry.state);
    const until = performance.now() + leaseMs;
    while (performance.now() < until) {
      await delay(leaseMs / 10, undefined, { ...(signal && { signal }) });
      const now = await readEntry(client, names);
      if (now === undefined || now.seqNo !== found.seqNo) throw running(found.entry.owner);
    }
  }
  const { state } = found.entry;
  if (state === undefined || resume) return found;
  throw new ReindexRefusedError(
    'unfinished',
    `an earlier ${state.rewriting === undefined ? 'reindex' : 'replay'} (${state.from} → ${state.to}, begun ${state.startedAt}) ` +
      `did not finish. Go on with: ${wayOn(state)}`,
  );
}

const running = (owner: string | undefined): ReindexRefusedError =>
  new ReindexRefusedError('running', `a reindex is running already${owner === undefined ? '' : ` (${owner})`}`);
