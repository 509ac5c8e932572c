/**
 * Every word that a verdict can carry, once: the ledger, the metrics, the console and docs/outcomes.md use these and no
 * others (a test compares the page with this table).
 */

/** Why a URL that was accepted is not in the index. */
export const skipReasons = {
  // What the page is.
  feed: 'A feed: its links were taken, it is not an article.',
  sitemap: 'A sitemap: its links were taken, it is not an article.',
  section_page: 'A front, section or list page: its links were taken.',
  gallery: 'A picture gallery without an article text.',
  video: 'A video page without an article text.',
  live_blog: 'A live ticker.',
  forum: 'A forum thread or comment page.',
  soft_404: 'Answered 200, but says that the page does not exist.',
  error_page: 'Answered 200, but shows an error.',
  login_wall: 'Asks for a login instead of showing the article.',
  paywall: 'Shows only a teaser in front of a paywall.',
  captcha: 'Shows a captcha or bot check.',
  redirect_page: 'Sends the reader on by meta refresh; the target was taken as a link.',
  unsupported_type: 'Neither HTML nor feed nor sitemap (PDF, image, JSON, …).',
  empty: 'No bytes, or no text.',
  too_short: 'Too little text to be an article.',
  too_large: 'Larger than the limit for pages, on the wire or unpacked.',
  bad_encoding: 'The content encoding is unknown, or the bytes are not what it says.',
  noindex: 'The page or its headers ask not to be indexed.',
  excluded_by_rule: 'A site rule of the operator says that such pages are no articles.',
  alternate_view: 'An AMP or print view that names the page proper as canonical; that one was taken as a link.',
  continuation: 'A later page of an article; its first page was taken as a link.',
  // What the fetch found.
  redirected: 'Redirects; the target was taken as a link of its own.',
  too_many_redirects: 'The end of a chain of more redirects than allowed, or a loop.',
  redirected_out_of_scope: 'Redirects to an address outside of the source.',
  http_404: 'Not found.',
  http_410: 'Gone.',
  http_4xx: 'Refused by the server (4xx).',
  http_5xx: 'The server failed (5xx), also after retries.',
  http_other: 'An answer that is neither content, redirect nor error.',
  robots_disallowed: 'robots.txt does not allow it.',
  robots_unreachable: 'robots.txt could not be read (5xx, timeout): RFC 9309 says to stay away.',
  private_address: 'The host has an address that is not public and not allowed by FETCH_ALLOW_CIDRS.',
  url_refused: 'The address is of a kind that is never fetched (no public host name, not http, …).',
  port_refused: 'The port is not 80, 443, 8080 or 8443, and not allowed by FETCH_ALLOW_PORTS.',
  dns_failure: 'The host name has no address, also after retries.',
  connection_failed: 'No connection, or it broke, also after retries.',
  tls_error: 'The certificate or the TLS handshake is bad.',
  timeout: 'Took longer than the limit, also after retries.',
  protocol_error: 'The answer is not HTTP.',
  out_of_scope: 'The rules of its source have changed and do not cover it any more.',
  trap: 'Many pages with addresses of this kind brought no news: a calendar, filters of filters, or the like.',
  page_limit: 'The crawl had its --max-pages.',
  source_removed: 'The source was removed before the URL was fetched.',
  // What an operator said.
  dropped: 'An operator dropped it from quarantine.',
} as const;

/** Why a job lies in quarantine. */
export const quarantineReasons = {
  malformed_job: 'The payload does not fit its schema.',
  unknown_version: 'The payload is of a version that this worker does not know: a newer newsmill wrote it.',
  attempts_exhausted: 'Failed as often as the stage allows.',
  crashed_repeatedly: 'The worker process died on it again and again.',
  capture_missing: 'The archive does not have the capture that the job refers to.',
  capture_corrupt: 'The capture cannot be read.',
  document_rejected: 'Elasticsearch refused the document; its reason is in the entry.',
  parser_failed: 'The parser threw on this page.',
  parse_timeout: 'Reading the page took longer than PARSE_TIMEOUT_MS, each time that it was tried.',
  parse_out_of_memory: 'Reading the page took more memory than PARSE_HEAP_MB, each time that it was tried.',
  parse_crashed: 'The process that read the page died on it, each time that it was tried.',
  job_timeout: 'Took longer than the stage allows, on every attempt.',
} as const;

export type SkipReason = keyof typeof skipReasons;
export type QuarantineReason = keyof typeof quarantineReasons;

/** What became of a URL: the ledger's final states. */
export type FinalOutcome =
  | { readonly verdict: 'indexed' }
  | { readonly verdict: 'skipped'; readonly reason: SkipReason }
  | { readonly verdict: 'quarantined'; readonly reason: QuarantineReason };
