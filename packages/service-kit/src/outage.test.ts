import { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { isOutage } from './outage.ts';

const named = (name: string, message: string, over: object = {}): Error =>
  Object.assign(new Error(message), { name }, over);

it.each([
  named('ReplyError', "OOM command not allowed when used memory > 'maxmemory'."),
  named('ReplyError', "ERR OOM command not allowed when used memory > 'maxmemory'. script: 1, on @user_script:3."),
  named('ReplyError', 'MISCONF Errors writing to the AOF file: No space left on device'),
  named('ReplyError', 'LOADING Redis is loading the dataset in memory'),
  named('ReplyError', "READONLY You can't write against a read only replica."),
  named('ReplyError', "NOPERM this user has no permissions to run the 'evalsha' command"),
  named(
    'ReplyError',
    "ERR The user executing the script can't run this command or subcommand script: 1, on @user_script:64.",
  ),
  named(
    'ReplyError',
    "ERR ACL failure in script: User w has no permissions to run the 'set' command script: 1, on @user_script:1.",
  ),
  named('Error', 'Command timed out'),
  named('Error', 'Connection is closed.'),
  named('Error', 'read ECONNRESET', { code: 'ECONNRESET' }),
  named('ArchiveError', 'archive: ENOSPC', { code: 'disk_full' }),
  new Error('could not take the host', { cause: named('Error', 'connect', { code: 'ECONNREFUSED' }) }),
])('takes for an outage: %s', (error) => {
  expect(isOutage(error)).toBe(true);
});

it.each([
  new Error('the row changed 20 times while it was being written'),
  named('ReplyError', 'ERR wrong number of arguments'),
  named('ArchiveError', 'archive: ends before offset 7', { code: 'corrupt' }),
  named('TypeError', "Cannot read properties of undefined (reading 'OOM')"),
  'ECONNRESET',
  undefined,
])('takes for the job’s own: %s', (error) => {
  expect(isOutage(error)).toBe(false);
});

it('knows what the client says when nobody is there', async () => {
  // Port 1 is reserved (tcpmux): nothing listens there.
  const redis = new Redis({ port: 1, maxRetriesPerRequest: 0, retryStrategy: () => null });
  redis.on('error', () => undefined);
  expect(isOutage(await redis.ping().catch((error: unknown) => error))).toBe(true);
  redis.disconnect();
});
