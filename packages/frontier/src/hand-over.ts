import type { Emission, QuarantineReason } from '@newsmill/contracts';
import type { Frontier, Turn } from './port.ts';

/** Turns as jobs for the `visit` queue, each held back until it is due. */
export const visitsOf = (turns: readonly Turn[], now: number): Emission<'visit'>[] =>
  turns.map((turn) => ({ to: 'visit', job: turn.job, delayMs: Math.max(0, turn.dueAt - now) }));

/** Tells the ledger that a URL's job was taken out of the flow. */
export async function recordQuarantined(
  frontier: Pick<Frontier, 'record'>,
  { hostId, urlId, generation }: { readonly hostId: string; readonly urlId: string; readonly generation: number },
  reason: QuarantineReason,
  now: number,
): Promise<void> {
  const outcome = { verdict: 'quarantined', reason } as const;
  await frontier.record(hostId, urlId, { type: 'finalized', outcome, generation }, now);
}
