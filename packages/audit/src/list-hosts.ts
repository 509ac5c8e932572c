import { hostIdOf } from '@newsmill/core/url';
import type { AuditRun } from './audit-run.ts';

/** Puts hosts back into the list of hosts of which other records tell. Each is asked about once in a run. */
export async function listHosts(run: AuditRun, urls: readonly string[]): Promise<void> {
  const { ledger } = run.frontier;
  const asked = [...new Set(urls.map(hostIdOf))].filter((hostId) => !run.listed.has(hostId));
  for (const { hostId, host } of await ledger.unlisted(asked)) {
    if (run.repair) await ledger.listHost(hostId, host);
    run.found({ code: 'host_unlisted', hostId, host }, run.repair ? 'done' : undefined);
  }
  for (const hostId of asked) run.listed.add(hostId);
}
