import { execFile } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { expect, inject, it, onTestFinished } from 'vitest';
import { choosePort } from '../../../../infra/local/src/ports.ts';
import { findRedisProgram, killRedisProgram, startRedisProgram } from '../../../../test/support/redis-program.ts';
import { createAuthority, createServerCertificate } from './certificate.ts';

const run = promisify(execFile);
const main = new URL('../main.ts', import.meta.url).pathname;

it('rediss:// speaks TLS with a Redis whose authority is trusted, and with no other', async (test) => {
  const dir = await mkdtemp(join(tmpdir(), 'newsmill-tls-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const program = await findRedisProgram(dir);
  if (program === undefined) return test.skip('no redis-server but a container can be had here');
  const authority = createAuthority('test', ['localhost'], new Date());
  const server = createServerCertificate(createPrivateKey(authority.key), 'test', ['localhost'], new Date());
  const [ca, certificate, key] = [join(dir, 'ca.crt'), join(dir, 'redis.crt'), join(dir, 'redis.key')];
  await Promise.all([
    writeFile(ca, authority.certificate),
    writeFile(certificate, server.certificate),
    writeFile(key, server.key),
  ]);
  const port = await choosePort('Redis');
  const tls = ['--tls-port', port, '--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file', ca];
  const child = startRedisProgram(program, dir, [
    ...['--bind', '127.0.0.1', '--save', '', '--port', 0, '--tls-auth-clients', 'no'],
    ...tls,
  ]);
  onTestFinished(() => killRedisProgram(child));
  const redis = new Redis({
    ...{ host: 'localhost', port, tls: { ca: authority.certificate } },
    ...{ retryStrategy: () => 50, maxRetriesPerRequest: null },
  });
  redis.on('error', () => undefined);
  onTestFinished(() => redis.disconnect());
  expect(await redis.ping()).toBe('PONG');

  const sources = (env: NodeJS.ProcessEnv) =>
    run(process.execPath, [main, 'sources', '--json'], {
      env: {
        ...{ PATH: process.env.PATH, HOME: dir, REDIS_URL: `rediss://localhost:${port}` },
        ...{ ELASTICSEARCH_URL: inject('elasticsearchUrl'), ...env },
      },
    });
  const { stdout } = await sources({ NODE_EXTRA_CA_CERTS: ca });
  expect(JSON.parse(stdout)).toEqual([]);
  await expect(sources({})).rejects.toMatchObject({
    stderr: expect.stringMatching(/Redis does not answer.*NODE_EXTRA_CA_CERTS/),
  });
});
