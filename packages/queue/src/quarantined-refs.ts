import { type Quarantine, quarantineSubject } from './quarantine.ts';

/** Where in the archive the pages and articles lie that jobs in quarantine are about: without them, no retry can help. */
export async function* quarantinedRefs(quarantine: Pick<Quarantine, 'scan'>): AsyncGenerator<string> {
  for await (const { payload } of quarantine.scan()) {
    const { captureRef, articleRef } = quarantineSubject(payload);
    if (captureRef !== undefined) yield captureRef;
    if (articleRef !== undefined) yield articleRef;
  }
}
