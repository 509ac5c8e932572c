/**
 * A reindex cannot begin, or not go on; nothing was lost and the alias points where it did. `running`: another one is at
 * work. `unfinished`: an earlier one was interrupted. `nothing-there`: there is no index to begin with. `lost`: another
 * process has taken this one over.
 */
export class ReindexRefusedError extends Error {
  readonly reason: 'running' | 'unfinished' | 'nothing-there' | 'ambiguous' | 'lost';

  constructor(reason: ReindexRefusedError['reason'], message: string) {
    super(message);
    this.name = 'ReindexRefusedError';
    this.reason = reason;
  }
}

/** The new index cannot become what the old one is; the old one is still there, with every document. */
export class ReindexFailedError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ReindexFailedError';
  }
}
