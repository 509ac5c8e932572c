import { expect, test } from 'vitest';
import { containerUser, dockerRunArguments } from './docker.ts';

test('a container publishes on loopback only, carries its stack in its name and ends with its client', () => {
  const args = dockerRunArguments(
    {
      server: 'redis',
      image: 'redis:8',
      innerPort: 6379,
      mounts: [
        { from: '/data/redis', to: '/data' },
        { from: '/data/redis.conf', to: '/etc/redis.conf', readOnly: true },
      ],
      environment: { A: 'b' },
      arguments: ['redis-server', '/etc/redis.conf'],
      user: '1000:0',
    },
    { id: 'abc', port: 4000 },
  );
  expect(args.join(' ')).toBe(
    'run --rm --init --name newsmill-redis-abc --publish 127.0.0.1:4000:6379 --user 1000:0 ' +
      '--mount type=bind,source=/data/redis,target=/data ' +
      '--mount type=bind,source=/data/redis.conf,target=/etc/redis.conf,readonly ' +
      '--env A=b redis:8 redis-server /etc/redis.conf',
  );
});

test('inside, the servers are the caller, or for root the user that the images expect', () => {
  expect(containerUser(false, 501, 20)).toEqual({ uid: 501, gid: 20 });
  expect(containerUser(true, 0, 0)).toEqual({ uid: 1000, gid: 0 });
});
