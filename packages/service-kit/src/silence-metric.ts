import { Gauge, type Registry } from 'prom-client';

/** Sources that get a line of their own; the number of all is told beside them. */
const namedMax = 100;
/** A silence of days is not measured every few seconds. */
const freshMs = 10 * 60_000;

/** Standing sources that have brought nothing new for longer than they ever pause: every crawler tells the same. */
export function addSilenceMetric(
  registry: Registry,
  silent: () => Promise<readonly { readonly sourceId: string }[]>,
): void {
  let known: readonly { readonly sourceId: string }[] = [];
  let readAt = Number.NEGATIVE_INFINITY;
  async function read(): Promise<readonly { readonly sourceId: string }[]> {
    if (performance.now() - readAt < freshMs) return known;
    readAt = performance.now();
    // A Redis that is away is told of elsewhere.
    known = await silent().catch(() => known);
    return known;
  }
  new Gauge({
    name: 'newsmill_sources_silent',
    help: 'Sources that have brought nothing new for longer than they ever pause.',
    registers: [registry],
    async collect() {
      this.set((await read()).length);
    },
  });
  new Gauge({
    name: 'newsmill_source_silent',
    help: `1 for each of them, up to ${namedMax}.`,
    labelNames: ['source'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { sourceId } of (await read()).slice(0, namedMax)) this.set({ source: sourceId }, 1);
    },
  });
}
