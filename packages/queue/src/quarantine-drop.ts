import { type JobOf, pipeline } from '@newsmill/contracts';
import type { Quarantine, QuarantineEntry } from './quarantine.ts';

/** What dropping asks of the ledger; the frontier has it. */
export interface DropLedger {
  record(
    hostId: string,
    urlId: string,
    event: { readonly type: 'dropped'; readonly generation: number },
    now: number,
  ): Promise<unknown>;
}

/**
 * Forgets a job for good. The ledger is told first, so that it never says of a URL that it lies in quarantine when it does
 * not: its URL is skipped as `dropped`, unless the page was fetched again since.
 * @returns false when it was not there any more
 */
export async function dropQuarantined(
  entry: QuarantineEntry,
  {
    quarantine,
    ledger,
    now,
  }: { readonly quarantine: Pick<Quarantine, 'drop'>; readonly ledger: DropLedger; readonly now: number },
): Promise<boolean> {
  if (entry.stage === 'parse' || entry.stage === 'index') {
    const job = pipeline[entry.stage].schema.safeParse(entry.payload);
    if (job.success) {
      const { urlId, hostId, generation } = job.data as JobOf<'parse' | 'index'>;
      await ledger.record(hostId, urlId, { type: 'dropped', generation }, now);
    }
  }
  return quarantine.drop(entry.id);
}
