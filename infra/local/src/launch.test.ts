import { expect, test } from 'vitest';
import { remedyFor } from './launch.ts';

const plan = { logFile: '/data/logs/elasticsearch.out' };

test.each([
  ['redis cannot be started: spawn redis-server EPERM', '', /normal user/],
  ['redis cannot be started: spawn redis-server EACCES', '', /NEWSMILL_DATA_DIR/],
  ['elasticsearch ended with code 1', 'java.io.IOException: No space left on device', /make room/],
  [
    'redis ended with code 1',
    'Could not create server TCP listening socket: bind: Address already in use',
    /try again/,
  ],
  ['elasticsearch ended with code 1', 'There is insufficient memory for the Java Runtime to continue', /HEAP=256m/],
  ['elasticsearch ended with code 1', 'something else', /look at \/data\/logs\/elasticsearch\.out/],
])('%s (%s) has a remedy', (reason, output, expected) => expect(remedyFor(reason, output, plan)).toMatch(expected));

test('a supervisor that dies by itself is looked up in its own log', () => {
  expect(remedyFor('the supervisor ended with code 1', '', undefined)).toMatch(/supervisor\.log/);
});
