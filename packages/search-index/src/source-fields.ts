/** Fields of a hit that are long or of no use to a searcher; `GET /articles/:id` has them. */
export const leftOut = ['body', 'bodyHtml', 'provenance', 'fingerprint'];
