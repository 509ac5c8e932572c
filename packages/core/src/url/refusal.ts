/**
 * Why a URL is not fetched, before anything is sent. One closed list, ordered as the checks are made:
 * the first that applies is the one that is told.
 */
export type UrlRefusal =
  /** The WHATWG parser refuses it, or the host has an empty label. */
  | 'url-invalid'
  | 'url-too-long'
  /** Neither http nor https. */
  | 'scheme'
  /** `user:password@`: credentials belong in no crawl, and they hide the real host from a reader. */
  | 'userinfo'
  /** More than 253 characters, or a label of more than 63 (RFC 1035 §2.3.4). */
  | 'host-too-long'
  /** A port that is not on the list of allowed ones. */
  | 'port'
  /** A literal address that is not globally reachable. */
  | 'private-address'
  /** A name without a dot: a resolver would try it inside the own network. */
  | 'single-label-host'
  /** A name that never leads to the public web: RFC 6761, RFC 8375, RFC 9476, and what home and cloud networks use. */
  | 'special-use-name';
