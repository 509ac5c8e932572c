import type { Client } from '@elastic/elasticsearch';
import type { IndexNames } from '../names.ts';
import { endsOf, type Page, readChanges } from './change-feed.ts';
import { ReindexFailedError } from './errors.ts';
import type { Lease, ReindexState } from './lease.ts';
import { progressOf, type ReindexProgress, stepBegun } from './progress.ts';
import { addTallies, type Rewriting } from './rewriting.ts';
import { freeze, moveAliases, openForSearch, refresh, unfreeze } from './target.ts';
import { compareSamples, countOf, dropDeleted } from './verify.ts';
import { writeCopies } from './write-copies.ts';

export interface Run {
  readonly client: Client;
  readonly names: IndexNames;
  readonly lease: Lease;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ReindexProgress) => void;
  /** Documents are made anew on their way. */
  readonly rewriting: Rewriting | undefined;
}

export interface Switched {
  readonly state: ReindexState;
  readonly copied: number;
  readonly writesPausedMs: number;
}

/** So few changes are copied in a moment: time to ask the writers to wait. Making one anew takes longer. */
const fewChanges = { copied: 500, rewritten: 50 };
/** Writers that are faster than copying are not run after for ever. */
const passesMax = 20;
/** How often the place is noted from which a killed copy goes on. */
const noteMs = 2_000;

/**
 * Copies while others write, until hardly anything is left; then the old index is closed for writes, the rest copied and
 * compared, and the alias moved. Waiting is what keeps writes in order: two writes of the same version (who is first of
 * copies changes so) have no order of their own, and one that went to the old index after the switch might be copied over
 * a later one in the new.
 */
export async function copyAndSwitch(run: Run, begin: ReindexState): Promise<Switched> {
  const { client, names, lease } = run;
  const { from, to } = begin;
  if (await isSwitched(run, begin)) return { state: await noteSwitch(run, begin), copied: 0, writesPausedMs: 0 };
  let { state, copied } = await catchUp(run, begin);
  state = { ...state, phase: 'frozen' };
  await lease.save(state);
  const frozenAt = performance.now();
  try {
    await freeze(client, from);
    run.onProgress(stepBegun(state, 'frozen'));
    const result = await copyPass(run, state, copied);
    state = result.state;
    copied += result.copied;
    await compareFrozen(run, state);
    run.onProgress(stepBegun(state, 'compared'));
    await lease.confirm();
    await moveAliases(client, from, to, names.alias);
  } catch (error) {
    // Whoever took over decides about the block.
    if (!lease.lost.aborted && !(await isSwitched(run, state))) await unfreeze(client, from);
    throw error;
  }
  const writesPausedMs = performance.now() - frozenAt;
  state = await noteSwitch(run, state);
  return { state, copied, writesPausedMs };
}

/** Copies while others write, until hardly anything is left; then the new index can be searched. */
export async function catchUp(run: Run, begin: ReindexState): Promise<Pick<Switched, 'state' | 'copied'>> {
  const few = run.rewriting === undefined ? fewChanges.copied : fewChanges.rewritten;
  let state = begin;
  let copied = 0;
  for (let pass = 1; pass <= passesMax; pass++) {
    const result = await copyPass(run, state, copied);
    state = result.state;
    copied += result.copied;
    if (result.copied < few) break;
  }
  // What can be done before is not done while writers wait.
  await openForSearch(run.client, begin.from, begin.to);
  return { state, copied };
}

export async function isSwitched({ client, names }: Run, { to, phase }: ReindexState): Promise<boolean> {
  if (phase === 'switched') return true;
  return client.indices.existsAlias({ index: to, name: names.alias });
}

async function noteSwitch(run: Run, state: ReindexState): Promise<ReindexState> {
  run.onProgress(stepBegun(state, 'switched'));
  const switched: ReindexState = { ...state, phase: 'switched' };
  await run.lease.save(switched);
  return switched;
}

async function compareFrozen({ client, signal, rewriting }: Run, { from, to }: ReindexState): Promise<void> {
  const pair = { from, to, signal };
  await refresh(client, to);
  let [wanted, found] = await Promise.all([countOf(client, from), countOf(client, to)]);
  if (found > wanted) {
    await dropDeleted(client, pair, await endsOf(client, to, 'quiet', signal));
    await refresh(client, to);
    [wanted, found] = await Promise.all([countOf(client, from), countOf(client, to)]);
  }
  if (wanted !== found) throw new ReindexFailedError(`${to} holds ${found} documents, but ${from} holds ${wanted}`);
  await compareSamples(client, pair, await endsOf(client, from, 'quiet', signal), rewriting?.matches);
}

/** Copies what was written since the last pass, up to what is surely visible now. */
async function copyPass(
  run: Run,
  begin: ReindexState,
  before: number,
): Promise<{ state: ReindexState; copied: number }> {
  const { client, lease, signal, rewriting } = run;
  const { from, to } = begin;
  const ends = await endsOf(client, from, begin.phase === 'frozen' ? 'quiet' : 'busy', signal);
  await refresh(client, from);
  let state = begin;
  let copied = 0;
  const begun = performance.now();
  const begunAt = fractionOf(state, ends);
  let notedAt = begun;
  const written = async (page: Page, shard: string): Promise<void> => {
    const made = await rewriting?.rewrite(page.documents, signal);
    await lease.confirm();
    await writeCopies(client, to, made?.documents ?? page.documents, signal);
    copied += page.documents.length;
    state = { ...state, copied: { ...state.copied, [shard]: page.through } };
    if (made !== undefined && state.rewriting !== undefined) {
      const tally = addTallies(state.rewriting.tally, made.tally);
      state = { ...state, rewriting: { ...state.rewriting, tally } };
    }
    if (performance.now() - notedAt > noteMs) {
      await lease.save(state);
      notedAt = performance.now();
    }
    const figures = {
      documents: before + copied,
      gained: copied,
      fraction: fractionOf(state, ends),
      begunAt,
      elapsedMs: performance.now() - begun,
    };
    run.onProgress(progressOf({ step: 'copying', from, to }, figures));
  };
  for (const [shard, through] of ends) {
    const range = { index: from, shard, after: state.copied[shard] ?? -1, through };
    // The next page is read while this one is written.
    let writing = Promise.resolve();
    try {
      for await (const page of readChanges(client, range, { signal })) {
        await writing;
        writing = written(page, shard);
        writing.catch(() => undefined);
      }
    } finally {
      await writing;
    }
  }
  await lease.save(state);
  return { state, copied };
}

function fractionOf({ copied }: ReindexState, ends: ReadonlyMap<string, number>): number {
  let [done, all] = [0, 0];
  for (const [shard, end] of ends) {
    done += Math.min(end, copied[shard] ?? -1) + 1;
    all += end + 1;
  }
  return all === 0 ? 1 : done / all;
}
