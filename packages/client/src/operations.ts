// biome-ignore-all format: made by a program
// Made from the API's description by `pnpm build:client`; do not edit.

export type QuarantineRetry = {
  readonly at: string;
  readonly quarantinedAt: string;
  readonly reason: "malformed_job" | "unknown_version" | "attempts_exhausted" | "crashed_repeatedly" | "capture_missing" | "capture_corrupt" | "document_rejected" | "parser_failed" | "parse_timeout" | "parse_out_of_memory" | "parse_crashed" | "job_timeout";
  readonly message: string;
};

export type QuarantineEntry = {
  /** `<stage>/<job id>`. */
  readonly id: string;
  readonly stage: "visit" | "parse" | "index" | "remove";
  readonly jobId: string;
  readonly reason: "malformed_job" | "unknown_version" | "attempts_exhausted" | "crashed_repeatedly" | "capture_missing" | "capture_corrupt" | "document_rejected" | "parser_failed" | "parse_timeout" | "parse_out_of_memory" | "parse_crashed" | "job_timeout";
  /** What went wrong. */
  readonly message: string;
  readonly attempts: number;
  readonly quarantinedAt: string;
  readonly url?: string | undefined;
  readonly host?: string | undefined;
  readonly hostId?: string | undefined;
  /** Where the raw page lies in the archive. */
  readonly captureRef?: string | undefined;
  /** Where the article lies in the archive that was too large for its job. */
  readonly articleRef?: string | undefined;
  /** The job as it was delivered. Not in lists. */
  readonly payload?: Readonly<Record<string, unknown>> | undefined;
  /** What had happened to the same job before, the first time first. */
  readonly retries: readonly (QuarantineRetry)[];
  /** It was put back then, and has not come back since. */
  readonly retriedAt?: string | undefined;
};

export type QuarantineList = {
  /** In quarantine, whatever was asked for. */
  readonly total: number;
  /** Entries that had to go because newer ones needed the room. */
  readonly evicted: number;
  readonly entries: readonly (QuarantineEntry)[];
};

export type Problem = {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly field?: string | undefined;
  readonly value?: string | undefined;
  readonly hint?: string | undefined;
};

export type QuarantineRetried = {
  /** Back on their queues. */
  readonly retried: number;
  /** Dropped, because the page was fetched again since. */
  readonly obsolete: number;
  readonly failures: readonly ({
    readonly id: string;
    readonly why: string;
  })[];
  /** More match: ask again. */
  readonly more: boolean;
};

export type QuarantineDropped = {
  readonly dropped: number;
  /** More match: ask again. */
  readonly more: boolean;
};

export type AuditSummary = {
  readonly startedAt: string;
  /** `done`, unless it goes on or was interrupted. */
  readonly phase: "index" | "quarantine" | "queues" | "ledger" | "archive" | "done";
  /** Nothing was found, or all that was found was put back. */
  readonly balanced: boolean;
  /** accepted = indexed + skipped + quarantined + inFlight. */
  readonly balance: {
    readonly accepted: number;
    readonly indexed: number;
    readonly skipped: number;
    readonly quarantined: number;
    readonly inFlight: number;
  };
  /** By reason. */
  readonly skipped: Readonly<Record<string, number>>;
  /** By reason. */
  readonly quarantined: Readonly<Record<string, number>>;
  /** Contradictions by kind. */
  readonly found: {
    /** The ledger says indexed, and the index does not have the document. */
    readonly document_missing?: number | undefined;
    /** The document is of an older fetch than the one that the ledger calls indexed. */
    readonly document_stale?: number | undefined;
    /** The index has a document whose URL the ledger does not know. */
    readonly document_unknown?: number | undefined;
    /** The archive has a capture whose URL the ledger does not know. */
    readonly capture_unknown?: number | undefined;
    /** The archive has a capture that is newer than the last one that the ledger knows of. */
    readonly capture_unrecorded?: number | undefined;
    /** The ledger says quarantined, and nothing of the URL is in quarantine. */
    readonly quarantine_missing?: number | undefined;
    /** Something lies in quarantine whose URL the ledger does not know. */
    readonly quarantine_unknown?: number | undefined;
    /** Something lies in quarantine whose URL waits for a job that does not exist, by the word of the ledger. */
    readonly quarantine_unrecorded?: number | undefined;
    /** Something lies in quarantine although the ledger says that this fetch of its URL ended otherwise. */
    readonly quarantine_obsolete?: number | undefined;
    /** The ledger says that the URL waits for the parser or the indexer, and no queue has a job of it. */
    readonly job_missing?: number | undefined;
    /** A queue has a job whose URL the ledger does not know. */
    readonly job_unknown?: number | undefined;
    /** The URL is to be fetched, and stands where no visit will meet it. */
    readonly not_scheduled?: number | undefined;
    /** Rests of the ledger tell of a URL that the ledger does not know. */
    readonly url_unlisted?: number | undefined;
    /** The ledger says of a URL that it is known, and nothing else. Repaired, it comes back from its capture or its document, or is new when a page links to it. */
    readonly row_missing?: number | undefined;
    /** A host has URLs, and is missing in the list of hosts, so that nobody looks after it. */
    readonly host_unlisted?: number | undefined;
    /** A host has URLs that are due, and no queue has a visit of it. */
    readonly turn_missing?: number | undefined;
    /** A host's counts are not those of its URLs. */
    readonly counts_wrong?: number | undefined;
  };
  /** Of those, what was put back. */
  readonly repaired: Readonly<Record<string, number>>;
};

export type Replay = {
  readonly id: string;
  readonly state: "running" | "done" | "cancelled";
  /** Which articles. */
  readonly choice: {
    /** Only articles of this source. */
    readonly source?: string | undefined;
    /** Only pages of this host. */
    readonly host?: string | undefined;
    /** Only pages fetched at or after. */
    readonly from?: string | undefined;
    /** Only pages fetched before. */
    readonly to?: string | undefined;
    /** Only articles that an older parser has made. */
    readonly parserOlderThan?: string | undefined;
  };
  readonly startedAt: string;
  readonly endedAt?: string | undefined;
  /** In the index as it began. */
  readonly documents: number;
  /** Of those, looked at so far. */
  readonly looked: number;
  /** Given to the parsers. */
  readonly queued: number;
  /** Not asked for. */
  readonly filtered: number;
  /** On their way through the pipeline already, gone, or unknown to the ledger. */
  readonly leftAlone: number;
  /** Pages that wait for a parser now, these and others. */
  readonly waiting: number;
  /** Until all are looked at, at the pace so far. */
  readonly etaMs?: number | undefined;
};

export type ArticleSummary = {
  readonly url: string;
  readonly canonicalUrl?: string | undefined;
  readonly site: {
    readonly name?: string | undefined;
    readonly domain: string;
    readonly operator?: string | undefined;
    readonly licences?: {
      readonly newsService?: string | undefined;
      readonly icp?: string | undefined;
      readonly business?: string | undefined;
      readonly broadcastProduction?: string | undefined;
      readonly valueAddedTelecom?: string | undefined;
    } | undefined;
    readonly legalCounsel?: readonly ({
      readonly name: string;
      readonly phone?: string | undefined;
    })[] | undefined;
    readonly reportPhones?: readonly (string)[] | undefined;
    readonly copyrightYears?: readonly [number, number] | undefined;
    readonly logo?: string | undefined;
    readonly feeds?: readonly (string)[] | undefined;
  };
  readonly type?: "article" | "other" | undefined;
  readonly headline: string;
  readonly alternativeHeadline?: string | undefined;
  readonly description?: string | undefined;
  readonly contributors?: readonly ({
    readonly name: string;
    readonly role: "author" | "reporter" | "correspondent" | "photographer" | "editor" | "translator" | "source";
  })[] | undefined;
  readonly publisher?: {
    readonly name: string;
    readonly domain?: string | undefined;
  } | undefined;
  readonly sourceChain?: readonly (string)[] | undefined;
  readonly dateline?: {
    readonly agency?: string | undefined;
    readonly place?: string | undefined;
    readonly date?: string | undefined;
  } | undefined;
  readonly datePublished?: string | undefined;
  readonly datePublishedPrecision?: "day" | "minute" | "second" | undefined;
  readonly dateModified?: string | undefined;
  readonly sectionPath?: readonly (string)[] | undefined;
  readonly keywords?: readonly (string)[] | undefined;
  readonly inLanguage?: string | undefined;
  readonly images?: readonly ({
    readonly url: string;
    readonly caption?: string | undefined;
    readonly width?: number | undefined;
    readonly height?: number | undefined;
  })[] | undefined;
  readonly copyrightNotice?: string | undefined;
  readonly isAccessibleForFree?: boolean | undefined;
  readonly repairs?: readonly ("pinyin-gloss" | "traditional-to-simplified" | "gloss-damage" | "double-encoded-utf8" | "wrong-charset")[] | undefined;
  readonly contentHash?: string | undefined;
  readonly parserVersion?: string | undefined;
  readonly id: string;
  readonly captureRef?: string | undefined;
  readonly fetchedAt?: string | undefined;
  readonly firstSeenAt?: string | undefined;
  readonly version?: number | undefined;
  readonly sourceId?: string | undefined;
  readonly indexedAt?: string | undefined;
  readonly firstIndexedAt?: string | undefined;
  readonly origin?: string | undefined;
  readonly removedAt?: string | undefined;
  readonly clusterId?: string | undefined;
  readonly clusterFirst?: boolean | undefined;
};

export type Hit = {
  readonly id: string;
  readonly score?: number | undefined;
  readonly article: ArticleSummary;
  readonly highlights: {
    /** HTML: the text is escaped, matches are in <em>. */
    readonly headline?: string | undefined;
    readonly alternativeHeadline?: string | undefined;
    readonly description?: string | undefined;
    /** Up to three fragments, the best first. */
    readonly body?: readonly (string)[] | undefined;
  };
  /** Articles of the same story that match; with collapse. */
  readonly copies?: number | undefined;
  /** The first of those copies; with collapse. */
  readonly first?: {
    readonly id: string;
    readonly url: string;
    readonly headline: string;
    readonly site: {
      readonly name?: string | undefined;
      readonly domain: string;
      readonly operator?: string | undefined;
      readonly licences?: {
        readonly newsService?: string | undefined;
        readonly icp?: string | undefined;
        readonly business?: string | undefined;
        readonly broadcastProduction?: string | undefined;
        readonly valueAddedTelecom?: string | undefined;
      } | undefined;
      readonly legalCounsel?: readonly ({
        readonly name: string;
        readonly phone?: string | undefined;
      })[] | undefined;
      readonly reportPhones?: readonly (string)[] | undefined;
      readonly copyrightYears?: readonly [number, number] | undefined;
      readonly logo?: string | undefined;
      readonly feeds?: readonly (string)[] | undefined;
    };
    readonly datePublished?: string | undefined;
    readonly datePublishedPrecision?: "day" | "minute" | "second" | undefined;
  } | undefined;
};

export type SearchResult = {
  /** Counted up to 10,000. */
  readonly total: number;
  readonly totalIsExact: boolean;
  readonly hits: readonly (Hit)[];
  /** Absent on the last page. */
  readonly nextCursor?: string | undefined;
  readonly facets?: {
    readonly site?: readonly ({
      /** For the filter of the same name; of `year` and `month` for `from` and `to`. */
      readonly value: string;
      /** As an article prints it. */
      readonly label: string;
      readonly count: number;
    })[] | undefined;
    readonly publisher?: readonly ({
      /** For the filter of the same name; of `year` and `month` for `from` and `to`. */
      readonly value: string;
      /** As an article prints it. */
      readonly label: string;
      readonly count: number;
    })[] | undefined;
    readonly source?: readonly ({
      /** For the filter of the same name; of `year` and `month` for `from` and `to`. */
      readonly value: string;
      /** As an article prints it. */
      readonly label: string;
      readonly count: number;
    })[] | undefined;
    readonly origin?: readonly ({
      /** For the filter of the same name; of `year` and `month` for `from` and `to`. */
      readonly value: string;
      /** As an article prints it. */
      readonly label: string;
      readonly count: number;
    })[] | undefined;
    readonly section?: readonly ({
      /** For the filter of the same name; of `year` and `month` for `from` and `to`. */
      readonly value: string;
      /** As an article prints it. */
      readonly label: string;
      readonly count: number;
    })[] | undefined;
    readonly language?: readonly ({
      /** For the filter of the same name; of `year` and `month` for `from` and `to`. */
      readonly value: string;
      /** As an article prints it. */
      readonly label: string;
      readonly count: number;
    })[] | undefined;
    readonly year?: readonly ({
      /** For the filter of the same name; of `year` and `month` for `from` and `to`. */
      readonly value: string;
      /** As an article prints it. */
      readonly label: string;
      readonly count: number;
    })[] | undefined;
    readonly month?: readonly ({
      /** For the filter of the same name; of `year` and `month` for `from` and `to`. */
      readonly value: string;
      /** As an article prints it. */
      readonly label: string;
      readonly count: number;
    })[] | undefined;
  } | undefined;
  /** The query as it may have been meant. */
  readonly didYouMean?: string | undefined;
  /** True when the time limit or a missing shard cut the search short. */
  readonly partial: boolean;
  readonly tookMs: number;
};

export type Article = {
  readonly url: string;
  readonly canonicalUrl?: string | undefined;
  readonly site: {
    readonly name?: string | undefined;
    readonly domain: string;
    readonly operator?: string | undefined;
    readonly licences?: {
      readonly newsService?: string | undefined;
      readonly icp?: string | undefined;
      readonly business?: string | undefined;
      readonly broadcastProduction?: string | undefined;
      readonly valueAddedTelecom?: string | undefined;
    } | undefined;
    readonly legalCounsel?: readonly ({
      readonly name: string;
      readonly phone?: string | undefined;
    })[] | undefined;
    readonly reportPhones?: readonly (string)[] | undefined;
    readonly copyrightYears?: readonly [number, number] | undefined;
    readonly logo?: string | undefined;
    readonly feeds?: readonly (string)[] | undefined;
  };
  readonly type: "article" | "other";
  readonly headline: string;
  readonly alternativeHeadline?: string | undefined;
  readonly description?: string | undefined;
  readonly body: string;
  readonly bodyHtml?: string | undefined;
  readonly contributors?: readonly ({
    readonly name: string;
    readonly role: "author" | "reporter" | "correspondent" | "photographer" | "editor" | "translator" | "source";
  })[] | undefined;
  readonly publisher?: {
    readonly name: string;
    readonly domain?: string | undefined;
  } | undefined;
  readonly sourceChain?: readonly (string)[] | undefined;
  readonly dateline?: {
    readonly agency?: string | undefined;
    readonly place?: string | undefined;
    readonly date?: string | undefined;
  } | undefined;
  readonly datePublished?: string | undefined;
  readonly datePublishedPrecision?: "day" | "minute" | "second" | undefined;
  readonly dateModified?: string | undefined;
  readonly sectionPath?: readonly (string)[] | undefined;
  readonly keywords?: readonly (string)[] | undefined;
  readonly inLanguage?: string | undefined;
  readonly images?: readonly ({
    readonly url: string;
    readonly caption?: string | undefined;
    readonly width?: number | undefined;
    readonly height?: number | undefined;
  })[] | undefined;
  readonly copyrightNotice?: string | undefined;
  readonly isAccessibleForFree?: boolean | undefined;
  readonly repairs: readonly ("pinyin-gloss" | "traditional-to-simplified" | "gloss-damage" | "double-encoded-utf8" | "wrong-charset")[];
  readonly provenance: Readonly<Record<string, string>>;
  readonly contentHash: string;
  readonly fingerprint?: string | undefined;
  readonly parserVersion: string;
  readonly id: string;
  readonly captureRef?: string | undefined;
  readonly fetchedAt?: string | undefined;
  readonly firstSeenAt?: string | undefined;
  readonly version?: number | undefined;
  readonly sourceId?: string | undefined;
  readonly indexedAt?: string | undefined;
  readonly firstIndexedAt?: string | undefined;
  readonly origin?: string | undefined;
  readonly removedAt?: string | undefined;
  readonly clusterId?: string | undefined;
  readonly clusterFirst?: boolean | undefined;
};

export type ArticleVersion = {
  readonly url: string;
  readonly canonicalUrl?: string | undefined;
  readonly site: {
    readonly name?: string | undefined;
    readonly domain: string;
    readonly operator?: string | undefined;
    readonly licences?: {
      readonly newsService?: string | undefined;
      readonly icp?: string | undefined;
      readonly business?: string | undefined;
      readonly broadcastProduction?: string | undefined;
      readonly valueAddedTelecom?: string | undefined;
    } | undefined;
    readonly legalCounsel?: readonly ({
      readonly name: string;
      readonly phone?: string | undefined;
    })[] | undefined;
    readonly reportPhones?: readonly (string)[] | undefined;
    readonly copyrightYears?: readonly [number, number] | undefined;
    readonly logo?: string | undefined;
    readonly feeds?: readonly (string)[] | undefined;
  };
  readonly type: "article" | "other";
  readonly headline: string;
  readonly alternativeHeadline?: string | undefined;
  readonly description?: string | undefined;
  readonly body: string;
  readonly bodyHtml?: string | undefined;
  readonly contributors?: readonly ({
    readonly name: string;
    readonly role: "author" | "reporter" | "correspondent" | "photographer" | "editor" | "translator" | "source";
  })[] | undefined;
  readonly publisher?: {
    readonly name: string;
    readonly domain?: string | undefined;
  } | undefined;
  readonly sourceChain?: readonly (string)[] | undefined;
  readonly dateline?: {
    readonly agency?: string | undefined;
    readonly place?: string | undefined;
    readonly date?: string | undefined;
  } | undefined;
  readonly datePublished?: string | undefined;
  readonly datePublishedPrecision?: "day" | "minute" | "second" | undefined;
  readonly dateModified?: string | undefined;
  readonly sectionPath?: readonly (string)[] | undefined;
  readonly keywords?: readonly (string)[] | undefined;
  readonly inLanguage?: string | undefined;
  readonly images?: readonly ({
    readonly url: string;
    readonly caption?: string | undefined;
    readonly width?: number | undefined;
    readonly height?: number | undefined;
  })[] | undefined;
  readonly copyrightNotice?: string | undefined;
  readonly isAccessibleForFree?: boolean | undefined;
  readonly repairs: readonly ("pinyin-gloss" | "traditional-to-simplified" | "gloss-damage" | "double-encoded-utf8" | "wrong-charset")[];
  readonly provenance: Readonly<Record<string, string>>;
  readonly contentHash: string;
  readonly fingerprint?: string | undefined;
  readonly parserVersion: string;
  /** Of this state. */
  readonly id: string;
  readonly captureRef?: string | undefined;
  readonly fetchedAt?: string | undefined;
  readonly firstSeenAt?: string | undefined;
  readonly version?: number | undefined;
  readonly sourceId?: string | undefined;
  readonly indexedAt?: string | undefined;
  readonly firstIndexedAt?: string | undefined;
  readonly origin?: string | undefined;
  readonly removedAt?: string | undefined;
  readonly clusterId?: string | undefined;
  readonly clusterFirst?: boolean | undefined;
  readonly articleId?: string | undefined;
  /** When the page was first seen to be different. */
  readonly replacedAt?: string | undefined;
  /** The `version` of the next state. */
  readonly replacedBy?: number | undefined;
  /** What the next state changed. */
  readonly changes?: {
    readonly headline?: boolean | undefined;
    readonly paragraphsAdded?: number | undefined;
    readonly paragraphsRemoved?: number | undefined;
    readonly paragraphsChanged?: number | undefined;
    /** Read by another version of the parser: the page may be the same. */
    readonly parser?: boolean | undefined;
  } | undefined;
};

export type SiteRecord = {
  /** The registrable domain. */
  readonly id: string;
  /** As the newest pages of the site agree on it; figures as printed. */
  readonly site: {
    readonly name?: string | undefined;
    readonly domain: string;
    readonly operator?: string | undefined;
    readonly licences?: {
      readonly newsService?: string | undefined;
      readonly icp?: string | undefined;
      readonly business?: string | undefined;
      readonly broadcastProduction?: string | undefined;
      readonly valueAddedTelecom?: string | undefined;
    } | undefined;
    readonly legalCounsel?: readonly ({
      readonly name: string;
      readonly phone?: string | undefined;
    })[] | undefined;
    readonly reportPhones?: readonly (string)[] | undefined;
    readonly copyrightYears?: readonly [number, number] | undefined;
    readonly logo?: string | undefined;
    readonly feeds?: readonly (string)[] | undefined;
  };
  /** In the index. */
  readonly articles: number;
  /** By date of publication. */
  readonly firstArticle?: {
    readonly id: string;
    readonly url: string;
    readonly headline: string;
    readonly datePublished?: string | undefined;
  } | undefined;
  /** By date of publication. */
  readonly lastArticle?: {
    readonly id: string;
    readonly url: string;
    readonly headline: string;
    readonly datePublished?: string | undefined;
  } | undefined;
  /** Published in the last 30 days. */
  readonly articlesPerDay: number;
  readonly languages: readonly (string)[];
  readonly updatedAt: string;
};

export type SavedQuery = {
  /** What to look for, in either Chinese script: words, "a phrase", -not, site:gscn.com.cn, 来源:兰州日报, author:, section:, language:, before:2022-02-01, after:2022. */
  readonly q?: string | undefined;
  /** Registrable domain or name of the site. Repeat it for several; so for the others. */
  readonly site?: readonly (string)[] | undefined;
  /** Name or domain of the publisher. */
  readonly publisher?: readonly (string)[] | undefined;
  /** Anyone in the source chain (来源). */
  readonly source?: readonly (string)[] | undefined;
  /** Who wrote it first: the last of the source chain. */
  readonly origin?: readonly (string)[] | undefined;
  /** A section of the breadcrumb. */
  readonly section?: readonly (string)[] | undefined;
  /** BCP 47 range: `zh` finds `zh-Hans` and `zh-Hant`. */
  readonly language?: readonly (string)[] | undefined;
  /** A name in any role. */
  readonly contributor?: readonly (string)[] | undefined;
  /** A name as author, reporter or correspondent. */
  readonly author?: readonly (string)[] | undefined;
  /** `clusterId`: the copies of one story. */
  readonly cluster?: readonly (string)[] | undefined;
  /** First day, month, year or moment of publication. */
  readonly from?: string | undefined;
  /** Last one, itself included. */
  readonly to?: string | undefined;
  /** Offset in which dates without one are meant. */
  readonly timeZone?: string | undefined;
  /** Only articles with or without pictures. */
  readonly hasImages?: boolean | undefined;
  /** Only articles whose page is gone, or is still there. Both unless told. */
  readonly removed?: boolean | undefined;
};

export type NewSavedSearch = {
  readonly id: string;
  /** Name of the key that made it. */
  readonly owner: string;
  readonly name: string;
  /** The parameters of /search, without those of a page of hits. Lists for several values. */
  readonly query: SavedQuery;
  readonly webhook: string;
  readonly createdAt: string;
  readonly status: "active" | "failing" | "suspended";
  /** Why it is suspended. */
  readonly reason?: string | undefined;
  /** Failed attempts in a row. */
  readonly failures: number;
  /** While it fails. */
  readonly nextAttemptAt?: string | undefined;
  readonly deliveries: number;
  /** Delivered so far. */
  readonly articles: number;
  readonly lastDeliveredAt?: string | undefined;
  readonly secret: string;
};

export type SavedSearch = {
  readonly id: string;
  /** Name of the key that made it. */
  readonly owner: string;
  readonly name: string;
  /** The parameters of /search, without those of a page of hits. Lists for several values. */
  readonly query: SavedQuery;
  readonly webhook: string;
  readonly createdAt: string;
  readonly status: "active" | "failing" | "suspended";
  /** Why it is suspended. */
  readonly reason?: string | undefined;
  /** Failed attempts in a row. */
  readonly failures: number;
  /** While it fails. */
  readonly nextAttemptAt?: string | undefined;
  readonly deliveries: number;
  /** Delivered so far. */
  readonly articles: number;
  readonly lastDeliveredAt?: string | undefined;
};

export type DeliveryAttempt = {
  readonly at: string;
  /** `webhook-id` of the request. */
  readonly delivery: string;
  readonly articles: number;
  readonly attempt: number;
  readonly outcome: "delivered" | "failed";
  /** What the receiver answered. */
  readonly status?: number | undefined;
  /** Why there was no answer. */
  readonly reason?: string | undefined;
  readonly tookMs: number;
};

export interface Operations {
  /** Jobs that cannot go on, the newest first */
  readonly listQuarantine: {
    readonly input: {
      /** Only with this reason. */
      readonly reason?: "malformed_job" | "unknown_version" | "attempts_exhausted" | "crashed_repeatedly" | "capture_missing" | "capture_corrupt" | "document_rejected" | "parser_failed" | "parse_timeout" | "parse_out_of_memory" | "parse_crashed" | "job_timeout" | undefined;
      /** Only of this stage. */
      readonly stage?: "visit" | "parse" | "index" | "remove" | undefined;
      /** Only about pages of this host. */
      readonly host?: string | undefined;
      /** Only those that have been there for so long. */
      readonly olderThan?: string | undefined;
      readonly limit?: number | undefined;
    };
    readonly output: QuarantineList;
  };
  /** One of them: reason, error, page, payload, and what happened to it before */
  readonly getQuarantined: {
    readonly input: {
      readonly stage: "visit" | "parse" | "index" | "remove";
      /** The id behind the stage. */
      readonly jobId: string;
    };
    readonly output: QuarantineEntry;
  };
  /** Forget one for good; its URL is skipped as `dropped` */
  readonly dropQuarantined: {
    readonly input: {
      readonly stage: "visit" | "parse" | "index" | "remove";
      /** The id behind the stage. */
      readonly jobId: string;
    };
    readonly output: undefined;
  };
  /** Put one back on its queue */
  readonly retryQuarantined: {
    readonly input: {
      readonly stage: "visit" | "parse" | "index" | "remove";
      /** The id behind the stage. */
      readonly jobId: string;
    };
    readonly output: QuarantineRetried;
  };
  /** Put those back that match, up to 500 at a time */
  readonly retryManyQuarantined: {
    readonly input: {
      /** Only with this reason. */
      readonly reason?: "malformed_job" | "unknown_version" | "attempts_exhausted" | "crashed_repeatedly" | "capture_missing" | "capture_corrupt" | "document_rejected" | "parser_failed" | "parse_timeout" | "parse_out_of_memory" | "parse_crashed" | "job_timeout" | undefined;
      /** Only of this stage. */
      readonly stage?: "visit" | "parse" | "index" | "remove" | undefined;
      /** Only about pages of this host. */
      readonly host?: string | undefined;
      /** Only those that have been there for so long. */
      readonly olderThan?: string | undefined;
      /** Needed where there is no filter: nothing named is not everything. */
      readonly all?: boolean | undefined;
      readonly limit?: number | undefined;
    };
    readonly output: QuarantineRetried;
  };
  /** Forget those that match, up to 500 at a time */
  readonly dropManyQuarantined: {
    readonly input: {
      /** Only with this reason. */
      readonly reason?: "malformed_job" | "unknown_version" | "attempts_exhausted" | "crashed_repeatedly" | "capture_missing" | "capture_corrupt" | "document_rejected" | "parser_failed" | "parse_timeout" | "parse_out_of_memory" | "parse_crashed" | "job_timeout" | undefined;
      /** Only of this stage. */
      readonly stage?: "visit" | "parse" | "index" | "remove" | undefined;
      /** Only about pages of this host. */
      readonly host?: string | undefined;
      /** Only those that have been there for so long. */
      readonly olderThan?: string | undefined;
      /** Needed where there is no filter: nothing named is not everything. */
      readonly all?: boolean | undefined;
      readonly limit?: number | undefined;
    };
    readonly output: QuarantineDropped;
  };
  /** What the last `newsmill audit` of the last 7 days found */
  readonly lastAudit: {
    readonly input: Readonly<Record<never, never>>;
    readonly output: AuditSummary;
  };
  /** Parse articles again from the archive, without fetching anything; the indexer takes over what differs */
  readonly startReplay: {
    readonly input: {
      /** Only articles of this source. */
      readonly source?: string | undefined;
      /** Only pages of this host. */
      readonly host?: string | undefined;
      /** Only pages fetched at or after. */
      readonly from?: string | undefined;
      /** Only pages fetched before. */
      readonly to?: string | undefined;
      /** Only articles that an older parser has made. */
      readonly parserOlderThan?: string | undefined;
      /** Needed where nothing else is named: nothing named is not everything. */
      readonly all?: boolean | undefined;
    };
    readonly output: Replay;
  };
  /** How far the last replay is that was started here */
  readonly lastReplay: {
    readonly input: Readonly<Record<never, never>>;
    readonly output: Replay;
  };
  /** End a replay; what was given to the parsers is still done */
  readonly cancelReplay: {
    readonly input: Readonly<Record<never, never>>;
    readonly output: Replay;
  };
  /** Search articles */
  readonly search: {
    readonly input: {
      /** What to look for, in either Chinese script: words, "a phrase", -not, site:gscn.com.cn, 来源:兰州日报, author:, section:, language:, before:2022-02-01, after:2022. */
      readonly q?: string | undefined;
      /** Registrable domain or name of the site. Repeat it for several; so for the others. */
      readonly site?: readonly (string)[] | undefined;
      /** Name or domain of the publisher. */
      readonly publisher?: readonly (string)[] | undefined;
      /** Anyone in the source chain (来源). */
      readonly source?: readonly (string)[] | undefined;
      /** Who wrote it first: the last of the source chain. */
      readonly origin?: readonly (string)[] | undefined;
      /** A section of the breadcrumb. */
      readonly section?: readonly (string)[] | undefined;
      /** BCP 47 range: `zh` finds `zh-Hans` and `zh-Hant`. */
      readonly language?: readonly (string)[] | undefined;
      /** A name in any role. */
      readonly contributor?: readonly (string)[] | undefined;
      /** A name as author, reporter or correspondent. */
      readonly author?: readonly (string)[] | undefined;
      /** `clusterId`: the copies of one story. */
      readonly cluster?: readonly (string)[] | undefined;
      /** First day, month, year or moment of publication. */
      readonly from?: string | undefined;
      /** Last one, itself included. */
      readonly to?: string | undefined;
      /** Offset in which dates without one are meant. */
      readonly timeZone?: string | undefined;
      readonly sort?: "relevance" | "newest" | undefined;
      readonly size?: number | undefined;
      /** `nextCursor` of the page before, with the same search. */
      readonly cursor?: string | undefined;
      /** Only articles with or without pictures. */
      readonly hasImages?: boolean | undefined;
      /** Only articles whose page is gone, or is still there. Both unless told. */
      readonly removed?: boolean | undefined;
      /** One hit for all copies of a story. */
      readonly collapse?: boolean | undefined;
      /** All pages show the index as it was at the first one; ask for each within two minutes. For exports; not with `collapse`. */
      readonly snapshot?: boolean | undefined;
      /** What to count the matching articles by, also comma-separated. On the first page. */
      readonly facets?: readonly ("site" | "publisher" | "source" | "origin" | "section" | "language" | "year" | "month")[] | undefined;
      /** Ask for another spelling of `q`, on the first page. */
      readonly didYouMean?: boolean | undefined;
      /** `false` leaves `highlights` empty. */
      readonly highlight?: boolean | undefined;
    };
    readonly output: SearchResult;
  };
  /** One article, complete */
  readonly getArticle: {
    readonly input: {
      readonly id: string;
    };
    readonly output: Article;
  };
  /** Articles on the same thing, without the copies of this one */
  readonly similar: {
    readonly input: {
      readonly size?: number | undefined;
      readonly id: string;
    };
    readonly output: {
      readonly hits: readonly (Hit)[];
    };
  };
  /** Headlines that go on as somebody has begun to type */
  readonly complete: {
    readonly input: {
      /** In either script; the last word may be unfinished. */
      readonly q?: string | undefined;
      readonly size?: number | undefined;
    };
    readonly output: {
      readonly completions: readonly ({
        readonly headline: string;
        readonly id: string;
      })[];
    };
  };
  /** Former states of an article, and what was changed */
  readonly versions: {
    readonly input: {
      readonly id: string;
    };
    readonly output: {
      readonly versions: readonly (ArticleVersion)[];
    };
  };
  /** Sites, those with the most articles first */
  readonly listSites: {
    readonly input: {
      /** Of the name or the operator, or how the domain begins. */
      readonly q?: string | undefined;
      readonly size?: number | undefined;
      /** `nextCursor` of the page before. */
      readonly cursor?: string | undefined;
    };
    readonly output: {
      readonly total: number;
      readonly sites: readonly (SiteRecord)[];
      readonly nextCursor?: string | undefined;
    };
  };
  /** One site: who runs it, its licences and feeds, and how much of it is here */
  readonly getSite: {
    readonly input: {
      readonly domain: string;
    };
    readonly output: SiteRecord;
  };
  /** All copies of one story, which of them was first, and who wrote it */
  readonly getCluster: {
    readonly input: {
      readonly size?: number | undefined;
      /** `nextCursor` of the page before. */
      readonly cursor?: string | undefined;
      /** `clusterId` of an article. */
      readonly id: string;
    };
    readonly output: {
      readonly id: string;
      /** Copies, the first one included. */
      readonly total: number;
      /** The copy that was first. */
      readonly first?: ArticleSummary | undefined;
      /** Who wrote it, by the word of most copies; else the site of the first. */
      readonly origin?: string | undefined;
      /** Whom the copies name, and how many of them do. */
      readonly origins: readonly ({
        readonly name: string;
        readonly copies: number;
      })[];
      readonly copies: readonly (Hit)[];
      /** Absent on the last page. */
      readonly nextCursor?: string | undefined;
    };
  };
  /** A search as RSS 2.0 */
  readonly feed_rss: {
    readonly input: {
      /** What to look for, in either Chinese script: words, "a phrase", -not, site:gscn.com.cn, 来源:兰州日报, author:, section:, language:, before:2022-02-01, after:2022. */
      readonly q?: string | undefined;
      /** Registrable domain or name of the site. Repeat it for several; so for the others. */
      readonly site?: readonly (string)[] | undefined;
      /** Name or domain of the publisher. */
      readonly publisher?: readonly (string)[] | undefined;
      /** Anyone in the source chain (来源). */
      readonly source?: readonly (string)[] | undefined;
      /** Who wrote it first: the last of the source chain. */
      readonly origin?: readonly (string)[] | undefined;
      /** A section of the breadcrumb. */
      readonly section?: readonly (string)[] | undefined;
      /** BCP 47 range: `zh` finds `zh-Hans` and `zh-Hant`. */
      readonly language?: readonly (string)[] | undefined;
      /** A name in any role. */
      readonly contributor?: readonly (string)[] | undefined;
      /** A name as author, reporter or correspondent. */
      readonly author?: readonly (string)[] | undefined;
      /** `clusterId`: the copies of one story. */
      readonly cluster?: readonly (string)[] | undefined;
      /** First day, month, year or moment of publication. */
      readonly from?: string | undefined;
      /** Last one, itself included. */
      readonly to?: string | undefined;
      /** Offset in which dates without one are meant. */
      readonly timeZone?: string | undefined;
      readonly sort?: "relevance" | "newest" | undefined;
      readonly size?: number | undefined;
      /** `nextCursor` of the page before, with the same search. */
      readonly cursor?: string | undefined;
      /** Only articles with or without pictures. */
      readonly hasImages?: boolean | undefined;
      /** Only articles whose page is gone, or is still there. Both unless told. */
      readonly removed?: boolean | undefined;
      /** One hit for all copies of a story. */
      readonly collapse?: boolean | undefined;
      /** All pages show the index as it was at the first one; ask for each within two minutes. For exports; not with `collapse`. */
      readonly snapshot?: boolean | undefined;
      /** What to count the matching articles by, also comma-separated. On the first page. */
      readonly facets?: readonly ("site" | "publisher" | "source" | "origin" | "section" | "language" | "year" | "month")[] | undefined;
      /** Ask for another spelling of `q`, on the first page. */
      readonly didYouMean?: boolean | undefined;
      /** `false` leaves `highlights` empty. */
      readonly highlight?: boolean | undefined;
    };
    readonly output: string;
  };
  /** A search as Atom */
  readonly feed_atom: {
    readonly input: {
      /** What to look for, in either Chinese script: words, "a phrase", -not, site:gscn.com.cn, 来源:兰州日报, author:, section:, language:, before:2022-02-01, after:2022. */
      readonly q?: string | undefined;
      /** Registrable domain or name of the site. Repeat it for several; so for the others. */
      readonly site?: readonly (string)[] | undefined;
      /** Name or domain of the publisher. */
      readonly publisher?: readonly (string)[] | undefined;
      /** Anyone in the source chain (来源). */
      readonly source?: readonly (string)[] | undefined;
      /** Who wrote it first: the last of the source chain. */
      readonly origin?: readonly (string)[] | undefined;
      /** A section of the breadcrumb. */
      readonly section?: readonly (string)[] | undefined;
      /** BCP 47 range: `zh` finds `zh-Hans` and `zh-Hant`. */
      readonly language?: readonly (string)[] | undefined;
      /** A name in any role. */
      readonly contributor?: readonly (string)[] | undefined;
      /** A name as author, reporter or correspondent. */
      readonly author?: readonly (string)[] | undefined;
      /** `clusterId`: the copies of one story. */
      readonly cluster?: readonly (string)[] | undefined;
      /** First day, month, year or moment of publication. */
      readonly from?: string | undefined;
      /** Last one, itself included. */
      readonly to?: string | undefined;
      /** Offset in which dates without one are meant. */
      readonly timeZone?: string | undefined;
      readonly sort?: "relevance" | "newest" | undefined;
      readonly size?: number | undefined;
      /** `nextCursor` of the page before, with the same search. */
      readonly cursor?: string | undefined;
      /** Only articles with or without pictures. */
      readonly hasImages?: boolean | undefined;
      /** Only articles whose page is gone, or is still there. Both unless told. */
      readonly removed?: boolean | undefined;
      /** One hit for all copies of a story. */
      readonly collapse?: boolean | undefined;
      /** All pages show the index as it was at the first one; ask for each within two minutes. For exports; not with `collapse`. */
      readonly snapshot?: boolean | undefined;
      /** What to count the matching articles by, also comma-separated. On the first page. */
      readonly facets?: readonly ("site" | "publisher" | "source" | "origin" | "section" | "language" | "year" | "month")[] | undefined;
      /** Ask for another spelling of `q`, on the first page. */
      readonly didYouMean?: boolean | undefined;
      /** `false` leaves `highlights` empty. */
      readonly highlight?: boolean | undefined;
    };
    readonly output: string;
  };
  /** A search as JSON Feed 1.1 */
  readonly feed_json: {
    readonly input: {
      /** What to look for, in either Chinese script: words, "a phrase", -not, site:gscn.com.cn, 来源:兰州日报, author:, section:, language:, before:2022-02-01, after:2022. */
      readonly q?: string | undefined;
      /** Registrable domain or name of the site. Repeat it for several; so for the others. */
      readonly site?: readonly (string)[] | undefined;
      /** Name or domain of the publisher. */
      readonly publisher?: readonly (string)[] | undefined;
      /** Anyone in the source chain (来源). */
      readonly source?: readonly (string)[] | undefined;
      /** Who wrote it first: the last of the source chain. */
      readonly origin?: readonly (string)[] | undefined;
      /** A section of the breadcrumb. */
      readonly section?: readonly (string)[] | undefined;
      /** BCP 47 range: `zh` finds `zh-Hans` and `zh-Hant`. */
      readonly language?: readonly (string)[] | undefined;
      /** A name in any role. */
      readonly contributor?: readonly (string)[] | undefined;
      /** A name as author, reporter or correspondent. */
      readonly author?: readonly (string)[] | undefined;
      /** `clusterId`: the copies of one story. */
      readonly cluster?: readonly (string)[] | undefined;
      /** First day, month, year or moment of publication. */
      readonly from?: string | undefined;
      /** Last one, itself included. */
      readonly to?: string | undefined;
      /** Offset in which dates without one are meant. */
      readonly timeZone?: string | undefined;
      readonly sort?: "relevance" | "newest" | undefined;
      readonly size?: number | undefined;
      /** `nextCursor` of the page before, with the same search. */
      readonly cursor?: string | undefined;
      /** Only articles with or without pictures. */
      readonly hasImages?: boolean | undefined;
      /** Only articles whose page is gone, or is still there. Both unless told. */
      readonly removed?: boolean | undefined;
      /** One hit for all copies of a story. */
      readonly collapse?: boolean | undefined;
      /** All pages show the index as it was at the first one; ask for each within two minutes. For exports; not with `collapse`. */
      readonly snapshot?: boolean | undefined;
      /** What to count the matching articles by, also comma-separated. On the first page. */
      readonly facets?: readonly ("site" | "publisher" | "source" | "origin" | "section" | "language" | "year" | "month")[] | undefined;
      /** Ask for another spelling of `q`, on the first page. */
      readonly didYouMean?: boolean | undefined;
      /** `false` leaves `highlights` empty. */
      readonly highlight?: boolean | undefined;
    };
    readonly output: string;
  };
  /** Have new articles that match a search sent to an address */
  readonly createSavedSearch: {
    readonly input: {
      readonly body: {
        readonly name: string;
        /** The parameters of /search, without those of a page of hits. Lists for several values. */
        readonly query: SavedQuery;
        readonly webhook: string;
      };
    };
    readonly output: NewSavedSearch;
  };
  /** Your saved searches and how they do; all of them for an operator */
  readonly listSavedSearches: {
    readonly input: Readonly<Record<never, never>>;
    readonly output: {
      readonly savedSearches: readonly (SavedSearch)[];
    };
  };
  /** One saved search */
  readonly getSavedSearch: {
    readonly input: {
      readonly id: string;
    };
    readonly output: SavedSearch;
  };
  /** Stop and forget a saved search */
  readonly deleteSavedSearch: {
    readonly input: {
      readonly id: string;
    };
    readonly output: undefined;
  };
  /** The last 100 attempts to deliver */
  readonly listDeliveries: {
    readonly input: {
      readonly id: string;
    };
    readonly output: {
      readonly deliveries: readonly (DeliveryAttempt)[];
    };
  };
  /** Go on with a suspended search, or try a failing one now; nothing that came in meanwhile is left out */
  readonly resumeSavedSearch: {
    readonly input: {
      readonly id: string;
    };
    readonly output: SavedSearch;
  };
  /** Whether searches can be answered */
  readonly health: {
    readonly input: Readonly<Record<never, never>>;
    readonly output: {
      readonly status: "ok" | "unavailable";
      readonly elasticsearch: string;
    };
  };
  /** Prometheus metrics */
  readonly metrics: {
    readonly input: Readonly<Record<never, never>>;
    readonly output: string;
  };
  /** What became of every URL, and the size of the index */
  readonly status: {
    readonly input: Readonly<Record<never, never>>;
    readonly output: {
      readonly index: {
        readonly ok: boolean;
        readonly detail: string;
        readonly articles?: number | undefined;
      };
      /** Source → heading (accepted, captured, parsed, indexed, skipped:…, quarantined:…) → URLs. */
      readonly balance: Readonly<Record<string, Readonly<Record<string, number>>>>;
    };
  };
}

export const operations: { readonly [Id in keyof Operations]: { readonly method: string; readonly path: string } } = {
  listQuarantine: { method: 'GET', path: '/quarantine' },
  getQuarantined: { method: 'GET', path: '/quarantine/{stage}/{jobId}' },
  dropQuarantined: { method: 'DELETE', path: '/quarantine/{stage}/{jobId}' },
  retryQuarantined: { method: 'POST', path: '/quarantine/{stage}/{jobId}/retry' },
  retryManyQuarantined: { method: 'POST', path: '/quarantine/retry' },
  dropManyQuarantined: { method: 'POST', path: '/quarantine/drop' },
  lastAudit: { method: 'GET', path: '/audit' },
  startReplay: { method: 'POST', path: '/replay' },
  lastReplay: { method: 'GET', path: '/replay' },
  cancelReplay: { method: 'DELETE', path: '/replay' },
  search: { method: 'GET', path: '/search' },
  getArticle: { method: 'GET', path: '/articles/{id}' },
  similar: { method: 'GET', path: '/articles/{id}/similar' },
  complete: { method: 'GET', path: '/complete' },
  versions: { method: 'GET', path: '/articles/{id}/versions' },
  listSites: { method: 'GET', path: '/sites' },
  getSite: { method: 'GET', path: '/sites/{domain}' },
  getCluster: { method: 'GET', path: '/clusters/{id}' },
  feed_rss: { method: 'GET', path: '/feed.rss' },
  feed_atom: { method: 'GET', path: '/feed.atom' },
  feed_json: { method: 'GET', path: '/feed.json' },
  createSavedSearch: { method: 'POST', path: '/saved-searches' },
  listSavedSearches: { method: 'GET', path: '/saved-searches' },
  getSavedSearch: { method: 'GET', path: '/saved-searches/{id}' },
  deleteSavedSearch: { method: 'DELETE', path: '/saved-searches/{id}' },
  listDeliveries: { method: 'GET', path: '/saved-searches/{id}/deliveries' },
  resumeSavedSearch: { method: 'POST', path: '/saved-searches/{id}/resume' },
  health: { method: 'GET', path: '/healthz' },
  metrics: { method: 'GET', path: '/metrics' },
  status: { method: 'GET', path: '/status' },
};
