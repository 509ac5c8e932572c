import { hostname } from 'node:os';
import type { Client } from '@elastic/elasticsearch';
import { checkIndex, checkIndexNamed } from '../ensure.ts';
import { type IndexName, namesOf } from '../families.ts';
import { endsOf } from './change-feed.ts';
import { catchUp, copyAndSwitch, isSwitched, type Run } from './copy-and-switch.ts';
import { ReindexFailedError } from './errors.ts';
import { type Lease, type ReindexState, readEntry, takeLease } from './lease.ts';
import { patiently } from './patience.ts';
import { progressOf, type ReindexProgress, stepBegun } from './progress.ts';
import { assertSamePlan, type RewritePlan, type Rewriting } from './rewriting.ts';
import { aliasedIndex, createTarget, nextIndexName, unfreeze, uuidOf } from './target.ts';
import { countOf, verifyAll } from './verify.ts';

export interface ReindexOptions {
  readonly client: Client;
  /** See `indexNames`. */
  readonly prefix?: string;
  /** Which of the indices; that of the articles unless told. */
  readonly index?: IndexName;
  /** Goes on with an interrupted one, if there is one. */
  readonly resume?: boolean;
  /** Leaves the old index where it is, closed for writes and without aliases. */
  readonly keepOld?: boolean;
  /** Also when the live index is what the code wants: e.g. to search old documents by a field that was added in place. */
  readonly force?: boolean;
  /** Documents are made anew on their way, whatever the live index is. */
  readonly rewriting?: Rewriting;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ReindexProgress) => void;
  /** After so long without a sign of life a killed reindex can be resumed. */
  readonly leaseMs?: number;
}

/** `hold`: the new index lies beside the live one. */
export interface FilledReport {
  readonly type: 'filled';
  readonly from: string;
  readonly to: string;
  readonly copied: number;
  /** Of the rewriting, since it was begun. */
  readonly tally: Readonly<Record<string, number>>;
  readonly tookMs: number;
}

export type ReindexReport =
  | { readonly type: 'nothing-to-do'; readonly index: string }
  | {
      readonly type: 'done';
      readonly from: string;
      readonly to: string;
      /** In the new index at the end. */
      readonly documents: number;
      /** By this process, those written again meanwhile counted again. */
      readonly copied: number;
      /** How long writers had to wait; 0 when an earlier process had switched already. */
      readonly writesPausedMs: number;
      readonly tookMs: number;
      readonly oldIndex: 'deleted' | 'kept';
    };

/**
 * Copies all articles into a new index of the code's definition and gives it the alias, while searches and writers go on;
 * writers wait for the moment of the switch. It can be killed at any point and resumed; see docs/decisions/reindex.md.
 * With `hold` it ends when the new index has all, without the switch; `resume` goes on with what was written since.
 * @throws ReindexRefusedError when it cannot begin, ReindexFailedError when the old index must stay
 */
export function reindex(options: ReindexOptions & { readonly hold?: false }): Promise<ReindexReport>;
export function reindex(options: ReindexOptions & { readonly hold: true }): Promise<ReindexReport | FilledReport>;
export async function reindex(
  options: ReindexOptions & { readonly hold?: boolean },
): Promise<ReindexReport | FilledReport> {
  const { client, prefix = '', force = false, leaseMs = 20_000, rewriting, hold = false } = options;
  const names = namesOf(options.index, prefix);
  const began = performance.now();
  const before = await aliasedIndex(client, names);
  const isDue = async () => force || rewriting !== undefined || (await checkIndex(client, names)).length > 0;
  if ((await readEntry(client, names)) === undefined && !(await isDue())) {
    return { type: 'nothing-to-do', index: before.index };
  }
  const owner = `process ${process.pid} on ${hostname()}`;
  const { resume = false, signal: given, onProgress = () => undefined } = options;
  const onWatch = (state: ReindexState): void => onProgress(stepBegun(state, 'watching'));
  const lease = await takeLease(client, names, { resume, owner, leaseMs, signal: given, onWatch });
  const signal = AbortSignal.any([lease.lost, ...(given === undefined ? [] : [given])]);
  try {
    let state = await resumable(client, lease);
    if (state !== undefined) assertSamePlan(state, rewriting, hold);
    if (state === undefined) {
      if (!(await isDue())) {
        await lease.finish();
        return { type: 'nothing-to-do', index: (await aliasedIndex(client, names)).index };
      }
      const { index: from, uuid: fromUuid } = await aliasedIndex(client, names);
      const to = await nextIndexName(client, names);
      const startedAt = new Date().toISOString();
      const keepOld = options.keepOld ?? false;
      state = { from, fromUuid, to, copied: {}, phase: 'copying', keepOld, startedAt };
      if (rewriting !== undefined) state = { ...state, rewriting: { plan: rewriting.plan, tally: {} } };
      await lease.save(state);
    } else if (options.keepOld && !state.keepOld) {
      state = { ...state, keepOld: true };
      await lease.save(state);
    }
    const run: Run = { client, names, lease, signal, onProgress, rewriting };
    run.onProgress(stepBegun(state, 'started'));
    const begun = await withTarget(run, state);
    if (hold && !(await isSwitched(run, begun))) {
      return { ...(await fillAndHold(run, begun)), tookMs: Math.round(performance.now() - began) };
    }
    // Made again after all, it has to be filled first.
    assertSamePlan(begun, rewriting, hold);
    const switched = await copyAndSwitch(run, begun);
    await endOld(run, switched.state);
    const documents = await countOf(client, state.to);
    await lease.finish();
    run.onProgress(stepBegun(state, 'done'));
    return {
      type: 'done',
      from: state.from,
      to: state.to,
      documents,
      copied: switched.copied,
      writesPausedMs: Math.round(switched.writesPausedMs),
      tookMs: Math.round(performance.now() - began),
      oldIndex: state.keepOld ? 'kept' : 'deleted',
    };
  } finally {
    await lease.release();
  }
}

async function fillAndHold(run: Run, begin: ReindexState): Promise<Omit<FilledReport, 'tookMs'>> {
  const { client, lease } = run;
  const { from, to } = begin;
  // Killed while it was to be switched: that is taken back.
  if (begin.phase === 'frozen') await unfreeze(client, from);
  const { state, copied } = await catchUp(run, { ...begin, phase: 'copying' });
  const { rewriting } = state;
  if (rewriting !== undefined) {
    const filledAt = rewriting.filledAt ?? new Date().toISOString();
    await lease.save({ ...state, rewriting: { ...rewriting, filledAt } });
  }
  return { type: 'filled', from, to, copied, tally: rewriting?.tally ?? {} };
}

/** A rewriting that was begun and not ended, and the two indices; undefined when there is none. */
export async function unfinishedRewriting({
  client,
  prefix = '',
  index,
}: Pick<ReindexOptions, 'client' | 'prefix' | 'index'>): Promise<
  { readonly from: string; readonly to: string; readonly plan: RewritePlan } | undefined
> {
  const state = (await readEntry(client, namesOf(index, prefix)))?.entry.state;
  if (state?.rewriting === undefined) return undefined;
  return { from: state.from, to: state.to, plan: state.rewriting.plan };
}

/** The state to go on from; undefined when what it speaks of is no more. */
async function resumable(client: Client, { state }: Lease): Promise<ReindexState | undefined> {
  if (state === undefined) return undefined;
  if (state.phase === 'switched') return state;
  return (await uuidOf(client, state.from)) === state.fromUuid ? state : undefined;
}

/** The new index as the code wants it today: one that a crash left half made, or that other code made, is made again. */
async function withTarget(run: Run, state: ReindexState): Promise<ReindexState> {
  const { client, names, lease, signal } = run;
  if (state.phase === 'switched') return state;
  const uuid = await uuidOf(client, state.to);
  const aliases = uuid === undefined ? {} : await patiently(() => client.indices.getAlias({ index: state.to }), signal);
  // Killed between the switch and its note.
  if (Object.values(aliases).some((index) => index.aliases[names.alias] !== undefined)) return state;
  if (state.phase === 'frozen') await unfreeze(client, state.from);
  const current =
    uuid !== undefined && uuid === state.toUuid && (await checkIndexNamed(client, names, state.to)).length === 0;
  if (current) return state;
  await lease.confirm();
  if (uuid !== undefined) await patiently(() => client.indices.delete({ index: state.to }, { ignore: [404] }), signal);
  const toUuid = await createTarget(client, names, state.from, state.to);
  const rewriting = state.rewriting && { plan: state.rewriting.plan, tally: {} };
  const fresh: ReindexState = {
    ...{ ...state, toUuid, copied: {}, phase: 'copying' },
    ...(rewriting === undefined ? {} : { rewriting }),
  };
  await lease.save(fresh);
  run.onProgress(stepBegun(fresh, 'created'));
  return fresh;
}

/** Proves that the old index is not needed any more, and deletes it. */
async function endOld(run: Run, state: ReindexState): Promise<void> {
  const { client, lease, signal } = run;
  const { from, to } = state;
  // Killed between deleting it and saying so.
  if ((await uuidOf(client, from)) !== state.fromUuid) return;
  run.onProgress(stepBegun(state, 'verifying'));
  const total = Math.max(1, await countOf(client, from));
  const begun = performance.now();
  const found = await verifyAll(
    client,
    { from, to, signal },
    await endsOf(client, from, 'quiet', signal),
    (documents) => {
      const figures = {
        documents,
        gained: documents,
        fraction: documents / total,
        begunAt: 0,
        elapsedMs: performance.now() - begun,
      };
      run.onProgress(progressOf({ step: 'verifying', from, to }, figures));
    },
  );
  if (found !== (await countOf(client, from))) {
    throw new ReindexFailedError(`${found} documents of ${from} were seen, but it holds another number; it is kept`);
  }
  if (state.keepOld) return;
  await lease.confirm();
  run.onProgress(stepBegun(state, 'deleting'));
  await patiently(() => client.indices.delete({ index: from }, { ignore: [404] }), signal);
}

/** Drops an interrupted reindex: the unfinished index goes, writers may write. Undefined when there was none. */
export async function abandonReindex(
  options: Pick<ReindexOptions, 'client' | 'prefix' | 'index' | 'leaseMs'>,
): Promise<{ readonly index: string; readonly dropped: string | undefined } | undefined> {
  const { client, prefix = '', leaseMs = 20_000 } = options;
  const names = namesOf(options.index, prefix);
  if ((await readEntry(client, names)) === undefined) return undefined;
  const owner = `process ${process.pid} on ${hostname()}`;
  const lease = await takeLease(client, names, { resume: true, owner, leaseMs });
  try {
    const { index } = await aliasedIndex(client, names);
    const { state } = lease;
    // After the switch the new index is the index, and the old one a leftover that is for its owner to judge.
    const drop = state !== undefined && state.to !== index && (await uuidOf(client, state.to)) !== undefined;
    if (state !== undefined && state.from === index) await unfreeze(client, index);
    if (drop) await patiently(() => client.indices.delete({ index: state.to }, { ignore: [404] }));
    await lease.finish();
    return { index, dropped: drop ? state.to : undefined };
  } finally {
    await lease.release();
  }
}
