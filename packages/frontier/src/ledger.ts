import type { UrlRow } from '@newsmill/core/schedule';
import type { Turn } from './port.ts';

/** One URL as the ledger has it. */
export interface LedgerEntry {
  readonly hostId: string;
  /** The first 8 bytes of its id as base64url (11 characters, of which the first 10 begin the id): its name inside its host. */
  readonly shortId: string;
  /** `url` is '' for a URL that is done or waits in a line: its address is not at hand. */
  readonly row: UrlRow;
  /** A row with a due time stands where `take` will meet it. */
  readonly scheduled: boolean;
  /** It waits in a line, which holds its address. */
  readonly waits: boolean;
}

/** What is left of URLs that somebody tore out of one place of the ledger and not out of the others. */
export interface LedgerRests {
  /** Rows that are there without being known. */
  readonly rows: readonly UrlRow[];
  /** Addresses that stand in a line without being known. */
  readonly urls: readonly string[];
  /** URLs that are known to wait in a line in which they do not stand: their addresses are lost. */
  readonly stranded: readonly LedgerEntry[];
  /** Short ids of URLs that are known, and of which nothing else is: their rows are lost. */
  readonly hollow: readonly string[];
}

/** A host as it stands at the moment its last URLs were read. */
export interface LedgerHost {
  readonly hostId: string;
  readonly host: string;
  /**
   * The turn it has, when one is called for; number 0 if it should have one and has none. Absent: nothing of it falls due, or
   * somebody is visiting it.
   */
  readonly turn?: Turn;
  /** Count fields (`<source>|<heading>`) as the host keeps them; absent when they changed while its URLs were read. */
  readonly counts?: Readonly<Record<string, number>>;
  /** Members of its lines: never fewer than URLs that wait in them. */
  readonly lined: number;
}

export interface LedgerPage {
  readonly entries: readonly LedgerEntry[];
  /** Hosts of which this page holds the last URLs. */
  readonly ended: readonly LedgerHost[];
  /** Give it back as `after` to go on behind this page; ids and numbers only. */
  readonly position: string;
}

/** The ledger for whoever audits it: all rows in any order, a few at a time, while others write. */
export interface Ledger {
  /** Every URL once that is known all the while; by host, in the order of the hosts' ids. */
  walk(now: number, after?: string): AsyncGenerator<LedgerPage, void, void>;
  /** The same of one host. */
  walkHost(hostId: string, now: number): AsyncGenerator<LedgerPage, void, void>;
  /** A host as it stands; undefined when it is not known. */
  host(hostId: string, now: number): Promise<LedgerHost | undefined>;
  /** The same of single URLs of one host, named by id or short id; undefined for those that are not known. */
  find(hostId: string, ids: readonly string[]): Promise<(LedgerEntry | undefined)[]>;
  /**
   * Makes a URL known with the fate that other records tell of. One that is known already is left alone.
   * @returns the turn that its host needs now; undefined when the URL was known
   */
  restore(row: UrlRow, now: number): Promise<{ readonly turn?: Turn } | undefined>;
  /**
   * The turn that the host has, or is given now; its job may have to be put on the queue. Undefined when nothing of it falls
   * due, or somebody is visiting it.
   */
  giveTurn(hostId: string, now: number): Promise<Turn | undefined>;
  /** Looks through all of a host for rests of URLs; takes memory for each that waits in a line. */
  rests(hostId: string, now: number): Promise<LedgerRests>;
  /** Makes a URL unknown whose address is lost, so that it is new when a page links to it. `row`: absent for a hollow one. */
  forget(entry: Pick<LedgerEntry, 'hostId' | 'shortId'> & { readonly row?: UrlRow }): Promise<void>;
  /** Which of these hosts have URLs and are missing in the list of hosts, by which walks, balance and reconciler find them. */
  unlisted(hostIds: readonly string[]): Promise<readonly { readonly hostId: string; readonly host: string }[]>;
  /** Puts such a host back into the list. */
  listHost(hostId: string, host: string): Promise<void>;
  /** Sets a host's counts to what its rows say, if they are still `from`. */
  recount(
    hostId: string,
    from: Readonly<Record<string, number>>,
    to: Readonly<Record<string, number>>,
  ): Promise<boolean>;
}

/** How a URL is named inside its host. */
export const shortIdOf = (urlId: string): string =>
  Buffer.from(urlId, 'base64url').subarray(0, 8).toString('base64url');

/** What the ids of all URLs begin with that have this short id: 60 of its 64 bits. */
export const idBeginning = (shortId: string): string => shortId.slice(0, 10);
