/** Of the connection to a server, as node and ioredis name it. */
const connectionCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['ENOTFOUND', 'EAI_AGAIN'],
]);
/** Of our archive: its disk or bucket is full, does not answer, or is closed to us. */
const storageCodes = new Set(['disk_full', 'storage_failed', 'storage_refused']);
/** How Redis says that it cannot work now, also where a script met it. */
const redisWords =
  /\b(?:OOM|MISCONF|READONLY|LOADING|BUSY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|NOAUTH|WRONGPASS|NOPERM|UNBLOCKED)\b/;
/** How it says NOPERM where a script met it; newer ones in the second way. */
export const scriptRefusal = /^(?:ERR )?(?:The user executing the script can't|ACL failure in script)/;
const clientWords = /^(?:Command timed out|Connection is closed|Stream isn't writeable|Reached the max retries)/;
const causesMax = 5;

/**
 * Whether an error says that a server or disk which all jobs need is out of order. That is nobody's fault: a job that meets it
 * is put back without counting an attempt, however long it lasts.
 */
export function isOutage(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < causesMax && current instanceof Error; depth += 1) {
    const { code } = current as { code?: unknown };
    if (typeof code === 'string' && (connectionCodes.has(code) || storageCodes.has(code))) return true;
    if (current.name === 'ReplyError' && (redisWords.test(current.message) || scriptRefusal.test(current.message)))
      return true;
    if (current.name === 'MaxRetriesPerRequestError' || clientWords.test(current.message)) return true;
    current = current.cause;
  }
  return false;
}
