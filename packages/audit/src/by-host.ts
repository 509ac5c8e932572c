import type { LedgerEntry } from '@newsmill/frontier';
import type { AuditParts } from './audit-run.ts';

/** Hosts that are asked about at once. */
const hostsAtOnce = 50;

/** The ledger's entries of subjects of any hosts, in the order of the subjects. */
export async function findEntries(
  { frontier }: Pick<AuditParts, 'frontier'>,
  subjects: readonly { readonly hostId: string; readonly id: string }[],
): Promise<(LedgerEntry | undefined)[]> {
  const found = new Array<LedgerEntry | undefined>(subjects.length);
  const byHost = [...Map.groupBy(subjects.entries(), ([, { hostId }]) => hostId)];
  for (let at = 0; at < byHost.length; at += hostsAtOnce) {
    await Promise.all(
      byHost.slice(at, at + hostsAtOnce).map(async ([hostId, group]) => {
        const ids = group.map(([, { id }]) => id);
        for (const [index, entry] of (await frontier.ledger.find(hostId, ids)).entries()) {
          const place = group[index]?.[0];
          if (place !== undefined) found[place] = entry;
        }
      }),
    );
  }
  return found;
}
