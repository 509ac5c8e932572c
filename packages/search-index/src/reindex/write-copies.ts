import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@elastic/elasticsearch';
import { sendBulk } from '../bulk.ts';
import { IndexWriteError } from '../errors.ts';
import type { StoredDocument } from './change-feed.ts';
import { ReindexFailedError } from './errors.ts';
import { patienceMs, pauseMs } from './patience.ts';

const requestBytesMax = 8_000_000;

/**
 * Writes documents as they are, under the versions that they have, and returns when each of them is in the index.
 * @throws ReindexFailedError when the new mapping refuses one: none may be left behind silently
 */
export async function writeCopies(
  client: Client,
  index: string,
  documents: readonly StoredDocument[],
  signal?: AbortSignal,
): Promise<void> {
  for (const batch of batches(documents)) await writeBatch(client, index, batch, signal);
}

type Line = readonly [action: string, document: string];

function* batches(documents: readonly StoredDocument[]): Generator<Line[]> {
  let batch: Line[] = [];
  let bytes = 0;
  for (const { id, version, source } of documents) {
    const line = JSON.stringify(source);
    const size = Buffer.byteLength(line);
    if (batch.length > 0 && bytes + size > requestBytesMax) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push([JSON.stringify({ index: { _id: id, version, version_type: 'external_gte' } }), line]);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

async function writeBatch(client: Client, index: string, batch: Line[], signal?: AbortSignal): Promise<void> {
  let waiting = batch;
  let since = performance.now();
  for (let failures = 0; waiting.length > 0; ) {
    let reason = '';
    try {
      const verdicts = await sendBulk(client, { index }, waiting.flat(), { ...(signal && { signal }) });
      const refused = verdicts.find((verdict) => verdict.type === 'rejected');
      if (refused?.type === 'rejected') {
        const action = waiting[verdicts.indexOf(refused)]?.[0];
        throw new ReindexFailedError(`${index} refuses a document of the old index (${action}): ${refused.reason}`);
      }
      const later = waiting.filter((_, at) => verdicts[at]?.type === 'retry');
      for (const verdict of verdicts) if (verdict.type === 'retry') reason = `${verdict.status}: ${verdict.reason}`;
      if (later.length < waiting.length) {
        failures = 0;
        since = performance.now();
      }
      waiting = later;
    } catch (error) {
      if (!(error instanceof IndexWriteError)) throw error;
      if (error.kind === 'malformed' || (error.kind === 'too-large' && waiting.length === 1)) throw error;
      if (error.kind === 'too-large') {
        // Less than our own limit is what a proxy in between may allow.
        const middle = waiting.length >> 1;
        await writeBatch(client, index, waiting.slice(0, middle), signal);
        waiting = waiting.slice(middle);
        continue;
      }
      reason = error.message;
    }
    if (waiting.length === 0) return;
    failures += 1;
    if (performance.now() - since > patienceMs) throw new ReindexFailedError(`${index} takes no documents: ${reason}`);
    await delay(pauseMs(failures), undefined, { ...(signal && { signal }) });
  }
}
