/**
 * Every way in which ledger, archive, queues, quarantine and index can contradict each other, once: the audit, its tests and
 * docs/outcomes.md use these and no others.
 */
export const findingCodes = {
  document_missing: 'The ledger says indexed, and the index does not have the document.',
  document_stale: 'The document is of an older fetch than the one that the ledger calls indexed.',
  document_unknown: 'The index has a document whose URL the ledger does not know.',
  capture_unknown: 'The archive has a capture whose URL the ledger does not know.',
  capture_unrecorded: 'The archive has a capture that is newer than the last one that the ledger knows of.',
  quarantine_missing: 'The ledger says quarantined, and nothing of the URL is in quarantine.',
  quarantine_unknown: 'Something lies in quarantine whose URL the ledger does not know.',
  quarantine_unrecorded:
    'Something lies in quarantine whose URL waits for a job that does not exist, by the word of the ledger.',
  quarantine_obsolete:
    'Something lies in quarantine although the ledger says that this fetch of its URL ended otherwise.',
  job_missing: 'The ledger says that the URL waits for the parser or the indexer, and no queue has a job of it.',
  job_unknown: 'A queue has a job whose URL the ledger does not know.',
  not_scheduled: 'The URL is to be fetched, and stands where no visit will meet it.',
  url_unlisted: 'Rests of the ledger tell of a URL that the ledger does not know.',
  row_missing:
    'The ledger says of a URL that it is known, and nothing else. Repaired, it comes back from its capture or its document, or is new when a page links to it.',
  host_unlisted: 'A host has URLs, and is missing in the list of hosts, so that nobody looks after it.',
  turn_missing: 'A host has URLs that are due, and no queue has a visit of it.',
  counts_wrong: "A host's counts are not those of its URLs.",
} as const;

export type FindingCode = keyof typeof findingCodes;

/** One contradiction, and what was done about it. */
export interface Finding {
  readonly code: FindingCode;
  readonly hostId?: string;
  /** `hostname` or `hostname:port`. */
  readonly host?: string;
  /** Of the URL, 11 characters; the ledger keeps no more of one that is done. */
  readonly shortId?: string;
  readonly url?: string;
  /** Where the capture lies, the id in quarantine, the job: whatever it is about. */
  readonly subject?: string;
  /** `left`: not asked to repair. `failed`: `why` says what to do. */
  readonly repair: 'left' | 'done' | 'failed';
  readonly why?: string;
}
