import { driftOf, emptyMemory, learn, type Observation, type SiteMemory, siteDomain } from '@newsmill/core';
import type { RememberedSite } from '@newsmill/parse-pool';
import type { Logger } from '@newsmill/service-kit';
import type { SiteMemories } from '@newsmill/site-memory';

/** What this process knows of sites, so that a page never waits long for it and never fails by it. */
export interface Recall extends AsyncDisposable {
  /** The memory of the URL's site: at most a minute old, or what is at hand when Redis is slow or away. Never throws. */
  of(url: string): Promise<RememberedSite>;
  /** Records what a page has taught, in the background. */
  add(url: string, observation: Observation): void;
  /** Of the sites read lately: field → how many sites have it on suddenly more or fewer pages than before. */
  drifting(): ReadonlyMap<string, number>;
}

export interface RecallOptions {
  readonly memories: SiteMemories;
  readonly logger: Pick<Logger, 'warn'>;
  readonly clock: () => number;
  /** A memory is read again after this long. */
  readonly freshMs?: number;
  /** A page waits no longer than this for its site's memory. */
  readonly waitMs?: number;
}

interface Known {
  /** As it was read, and what this process has seen since. */
  readonly base: SiteMemory;
  readonly edition: number;
  readonly lessons: Observation[];
  /** The memory with the first so many lessons. */
  memory: SiteMemory;
  learned: number;
  /** When it was read, or when reading it was given up. */
  readonly readAt: number;
  drifting: ReadonlySet<string>;
}

/** Lessons are learned in batches: one costs as much as ten. Only the drift signal waits for them. */
const batch = 8;
/** After so many lessons they become part of the base, which whoever parses must then be sent again. */
const lessonsMax = 256;

/** Sites kept in the process, at up to 300 KB each. */
const sitesMax = 200;
/** Lessons on their way to Redis; what comes on top is not recorded. */
const pendingMax = 200;
/** One line a minute says enough of a Redis that is away. */
const complaintMs = 60_000;

export function createRecall(options: RecallOptions): Recall {
  const { memories, logger, clock, freshMs = 60_000, waitMs = 250 } = options;
  const sites = new Map<string, Known>();
  const reading = new Map<string, Promise<void>>();
  const pending = new Set<Promise<void>>();
  let complainedAt = Number.NEGATIVE_INFINITY;
  let editions = 0;

  function complain(error: unknown): void {
    if (clock() - complainedAt < complaintMs) return;
    complainedAt = clock();
    logger.warn({ err: error }, 'site memory is out of reach: pages are parsed with what this process knows');
  }

  function keep(site: string, base: SiteMemory, readAt: number): void {
    const drifting = sites.get(site)?.drifting ?? new Set<string>();
    editions += 1;
    // Set again at the end: the first one is the one not used for longest.
    sites.delete(site);
    const known: Known = { base, edition: editions, lessons: [], memory: base, learned: 0, readAt, drifting };
    sites.set(site, known);
    lookForDrift(site, known);
    if (sites.size > sitesMax) sites.delete(sites.keys().next().value ?? '');
  }

  function lookForDrift(site: string, known: Known): void {
    const drifts = driftOf(known.memory);
    for (const { field, usual, now } of drifts) {
      if (!known.drifting.has(field)) logger.warn({ site, field, usual, now }, 'site drift: was the site redesigned?');
    }
    known.drifting = new Set(drifts.map(({ field }) => field));
  }

  function learnNow(known: Known): void {
    known.memory = learn(known.memory, ...known.lessons.slice(known.learned));
    known.learned = known.lessons.length;
  }

  async function refresh(site: string): Promise<void> {
    try {
      keep(site, await memories.read(site), clock());
    } catch (error) {
      complain(error);
      // Not asked again before its time: a Redis that is away would cost every page the wait.
      const known = sites.get(site);
      if (known !== undefined) learnNow(known);
      keep(site, known?.memory ?? emptyMemory, clock());
    } finally {
      reading.delete(site);
    }
  }

  return {
    async of(url) {
      const site = siteDomain(url);
      const known = sites.get(site);
      if (known !== undefined && clock() - known.readAt < freshMs) return remembered(site, known);
      let read = reading.get(site);
      if (read === undefined) {
        read = refresh(site);
        reading.set(site, read);
      }
      // A memory that is there is good enough while the new one is on its way.
      if (known === undefined) await within(read, waitMs);
      return remembered(site, sites.get(site));
    },
    add(url, observation) {
      const site = siteDomain(url);
      const known = sites.get(site);
      if (known !== undefined) {
        known.lessons.push(observation);
        if (known.lessons.length - known.learned >= batch) {
          learnNow(known);
          lookForDrift(site, known);
        }
        if (known.lessons.length >= lessonsMax) keep(site, known.memory, known.readAt);
      }
      if (pending.size >= pendingMax) return;
      const recorded: Promise<void> = memories
        .record(site, observation)
        .catch(complain)
        .finally(() => pending.delete(recorded));
      pending.add(recorded);
    },
    drifting() {
      const counts = new Map<string, number>();
      for (const { drifting } of sites.values())
        for (const field of drifting) counts.set(field, (counts.get(field) ?? 0) + 1);
      return counts;
    },
    async [Symbol.asyncDispose]() {
      await within(Promise.all([...pending, ...reading.values()]), 1_000);
    },
  };
}

const remembered = (site: string, known: Known | undefined): RememberedSite =>
  known === undefined
    ? { site, edition: 0, base: emptyMemory, lessons: [] }
    : { site, edition: known.edition, base: known.base, lessons: known.lessons };

/** Waits for the promise, which never fails, but no longer than this. */
async function within(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, timeout]);
  clearTimeout(timer);
}
