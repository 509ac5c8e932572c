import { createHash } from 'node:crypto';

/** Redis's users, each with what it needs and nothing else (https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/). */
export const redisUsers = ['workers', 'operator', 'reader', 'health'] as const;
export type RedisUser = (typeof redisUsers)[number];

/** What clients say when they connect and look whether the server is well. `info` is how a worker sees that nothing is evicted. */
const greeting = '+ping +auth +hello +select +reset +info +client|setname +client|id';
/** Data and scripts; then nothing that could harm others or the server (FLUSHALL, KEYS, CONFIG, SHUTDOWN, DEBUG, …). */
const writing = '+@read +@write +@transaction +eval +evalsha +eval_ro +evalsha_ro +script|load +script|exists +time';
const withoutDanger = '-@dangerous -@admin -@pubsub -scan -randomkey';

const rules: Record<RedisUser, (keys: string) => string> = {
  workers: (keys) => `${keys} ${writing} ${withoutDanger} ${greeting}`,
  // The command line and the API: like workers, under a name of its own, so that one can be shut out without the other.
  operator: (keys) => `${keys} ${writing} ${withoutDanger} ${greeting}`,
  // A script runs with its caller's rights, so who may only read may run scripts too (which a key pattern of `%R~` would forbid).
  reader: (keys) => `${keys} +@read +eval +evalsha +script|load +time ${withoutDanger} ${greeting}`,
  health: () => '+ping',
};

/**
 * Nobody can be `default`: it is off and has no password. It keeps its rights all the same, because Redis replays its append-only
 * file with them: without, a restart leaves out every transaction of the file, with nothing but a line in the log (seen on 8.0).
 */
const defaultUser = 'user default off resetpass ~* &* +@all';

/**
 * The users as Redis's `aclfile` has them: none that needs no password, passwords as SHA-256 only.
 * @param prefix first part of newsmill's keys; `nm:` and `{nm:` is how they begin
 */
export function redisAclFile(passwords: Readonly<Record<RedisUser, string>>, prefix: string): string {
  const keys = `~${prefix}:* ~{${prefix}:*`;
  const lines = redisUsers.map((user) => {
    const hash = createHash('sha256').update(passwords[user]).digest('hex');
    return `user ${user} on #${hash} resetchannels -@all ${rules[user](keys)}`;
  });
  return `${[defaultUser, ...lines].join('\n')}\n`;
}
