/** Which articles are parsed again; all when nothing is said. Times are epoch milliseconds. */
export interface ReplayChoice {
  readonly sourceId?: string;
  /** As addresses have it. */
  readonly host?: string;
  /** Fetched at or after. */
  readonly from?: number;
  /** Fetched before. */
  readonly to?: number;
  readonly parserOlderThan?: string;
}

/** A replay that was asked for through the API, and how far it is. */
export interface Replay {
  readonly id: string;
  readonly state: 'running' | 'done' | 'cancelled';
  readonly choice: ReplayChoice;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly endedAt?: number;
  /** In the index as it began. */
  readonly documents: number;
  /** The id of the last one looked at: it goes in the order of ids. */
  readonly after?: string;
  readonly looked: number;
  /** Given to the parsers. */
  readonly queued: number;
  /** Not asked for. */
  readonly filtered: number;
  /** On their way through the pipeline, gone, or unknown to the ledger. */
  readonly leftAlone: number;
}

/** One replay at a time, for all processes of the API; the last one stays to be shown. */
export interface ReplayStore {
  load(): Promise<Replay | undefined>;
  /** False while another one is running. */
  begin(replay: Replay): Promise<boolean>;
  /**
   * Gives the running one to whoever has the token, for so long; undefined when there is none, or another process has it.
   */
  lease(token: string, ttlMs: number): Promise<Replay | undefined>;
  /** Notes how far it is. False, and nothing is written, when it was cancelled or another process has it. */
  save(replay: Replay, token: string, ttlMs: number): Promise<boolean>;
  /** False when none is running. */
  cancel(endedAt: number): Promise<boolean>;
}
