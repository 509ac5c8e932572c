import type { AlertState, DeliveryAttempt, SavedSearch } from './saved-search.ts';

/** Saved searches, how far each has come, and the log of its deliveries. */
export interface AlertStore {
  /** @returns false when the owner, or everybody together, has as many as there may be */
  create(search: SavedSearch): Promise<boolean>;
  get(id: string): Promise<SavedSearch | undefined>;
  /** The oldest first. */
  list(): Promise<SavedSearch[]>;
  /** With all that is kept of it. @returns false when there was none */
  remove(id: string): Promise<boolean>;
  state(id: string): Promise<AlertState | undefined>;
  /** The newest first, at most `logMax`. */
  log(id: string): Promise<DeliveryAttempt[]>;
  /** Lets it go on at once, whatever stopped it. @returns false when there is no such search */
  resume(id: string, now: number): Promise<boolean>;

  /**
   * Takes a search for `ttlMs`, so that one process works on it at a time. @returns undefined when another has it, or when
   * it is gone
   */
  lease(id: string, token: string, ttlMs: number): Promise<AlertState | undefined>;
  /**
   * Writes what a step has come to. @returns false, having written nothing, when the lease has run out or the search is gone
   */
  commit(id: string, token: string, step: AlertStep): Promise<boolean>;
  release(id: string, token: string): Promise<void>;
  /** Those that have not been delivered yet. */
  unseen(id: string, articleIds: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface AlertStep {
  readonly state: AlertState;
  /** Articles that are delivered now, and when each came in. */
  readonly seen?: readonly (readonly [id: string, atMs: number])[];
  readonly attempt?: DeliveryAttempt;
}
