import { createHash, createPrivateKey, pbkdf2Sync, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority, createServerCertificate } from './certificate.ts';
import { keyRole } from './elasticsearch-users.ts';
import { makeSecrets } from './make-secrets.ts';
import { openSecretsFolder } from './secrets-folder.ts';

const now = new Date('2026-11-24T00:00:00Z');
const options = {
  redisPrefix: 'nm',
  elasticsearchPrefix: '',
  redisHost: 'redis',
  elasticsearchHost: 'elasticsearch',
  alsoNamed: [],
  now,
};
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('certificates', () => {
  const names = ['elasticsearch', 'localhost', '127.0.0.1'];
  const authority = createAuthority('test', names, now);
  const signer = createPrivateKey(authority.key);
  const servers: Server[] = [];
  const serve = async (certificateNames: string[]): Promise<number> => {
    const { certificate, key } = createServerCertificate(signer, 'test', certificateNames, now);
    const server = createServer({ cert: certificate, key }, (_request, response) => response.end('ok'));
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return (server.address() as AddressInfo).port;
  };
  afterAll(() => {
    for (const server of servers) server.close();
  });
  /** What a client that trusts `ca` makes of the server. */
  const greet = (port: number, tls: ConnectionOptions): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect({ port, host: '127.0.0.1', ...tls }, () => {
        resolve(socket.authorized ? 'trusted' : 'not trusted');
        socket.destroy();
      });
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(`${error.code} ${error.message}`));
    });

  it('are believed by whoever knows the authority, for their names only', async () => {
    const port = await serve(names);
    const ca = authority.certificate;
    expect(await greet(port, { ca, servername: 'elasticsearch' })).toBe('trusted');
    expect(await greet(port, { ca })).toBe('trusted');
    expect(await greet(port, { ca, servername: 'redis' })).toMatch(/^ERR_TLS_CERT_ALTNAME_INVALID/);
    expect(await greet(port, { servername: 'elasticsearch' })).toMatch(/^UNABLE_TO_VERIFY_LEAF_SIGNATURE/);
    expect(await greet(port, { ca: createAuthority('test', names, now).certificate })).toMatch(/SIGNATURE|UNABLE/);
  });

  it('cannot be made for other names: the authority may vouch for its own only', async () => {
    const port = await serve(['www.example.org']);
    const outcome = await greet(port, { ca: authority.certificate, servername: 'www.example.org' });
    expect(outcome).toMatch(/permitted subtree violation/);
  });

  it('say what they are', () => {
    const certificate = new X509Certificate(authority.certificate);
    expect(certificate.ca).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.validFromDate.toISOString()).toBe('2026-11-23T00:00:00.000Z');
    expect(certificate.validToDate.getUTCFullYear()).toBe(2036);
    // Years that two digits cannot tell.
    const late = createAuthority('late', names, new Date('2045-01-01T00:00:00Z'));
    expect(new X509Certificate(late.certificate).validToDate.getUTCFullYear()).toBe(2054);
  });
});

it('gives the API keys rights on every index that there is', async () => {
  const source = new URL('../../../../packages/search-index/src/', import.meta.url);
  const files = (await readdir(source, { recursive: true })).filter((file) => /^(?!.*test).*\.ts$/.test(file));
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, source), 'utf8')));
  const names = texts.flatMap((text) =>
    [...text.matchAll(/sideIndex\(`\$\{prefix\}([\w-]+)`/g)].map(([, name]) => name),
  );
  expect(names).toContain('article-versions');
  const patterns = keyRole('search', 'x-').indices.flatMap((one) => one.names);
  for (const name of [...names, 'articles']) {
    expect(
      patterns.some((pattern) => `x-${name}`.startsWith(pattern.replace(/\*$/, ''))),
      name,
    ).toBe(true);
  }
});

describe('secrets', () => {
  let path = '';
  beforeAll(async () => {
    path = join(await mkdtemp(join(tmpdir(), 'newsmill-setup-')), 'secrets');
    await makeSecrets(await openSecretsFolder(path), options);
  });
  afterAll(() => rm(join(path, '..'), { recursive: true, force: true }));
  const contentOf = async (name: string): Promise<string> => (await (await openSecretsFolder(path)).read(name)) ?? '';

  it('lie in a folder that only its owner may enter', async () => {
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    for (const name of ['ca.key', 'api-operator-key']) expect((await stat(join(path, name))).mode & 0o777).toBe(0o600);
    expect((await stat(join(path, 'redis-workers'))).mode & 0o777).toBe(0o644);
  });

  it('give servers what checks a password, and clients the password', async () => {
    const acl = await contentOf('redis-users.acl');
    for (const user of ['workers', 'operator', 'reader']) {
      const { username, password, host } = new URL(await contentOf(`redis-${user}`));
      expect([username, host]).toEqual([user, 'redis:6379']);
      expect(password).toHaveLength(32);
      expect(acl).toContain(`user ${user} on #${sha256(password)} `);
      expect(acl).not.toContain(password);
    }
    // Off, but with its rights: with these Redis replays its file at a restart (test/containers shows that it does).
    expect(acl).toMatch(/^user default off resetpass ~\* &\* \+@all$/m);
    const owner = await contentOf('elasticsearch-owner');
    const users = await contentOf('elasticsearch-users');
    const [, cost, salt = '', hash] = /^newsmill-owner:\{PBKDF2\}(\d+)\$([^$]+)\$([^$]+)$/m.exec(users) ?? [];
    const expected = pbkdf2Sync(owner, Buffer.from(salt, 'base64'), Number(cost), 32, 'sha512').toString('base64');
    expect(hash).toBe(expected);
    expect(await contentOf('api-keys')).toBe(`operator:${sha256(await contentOf('api-operator-key'))}`);
  });

  it('stay as they are when they are made again; only what is missing is made', async () => {
    const all = async () =>
      Object.fromEntries(await Promise.all((await readdir(path)).map(async (name) => [name, await contentOf(name)])));
    const before = await all();
    await rm(join(path, 'grafana-password'));
    await writeFile(join(path, 'elasticsearch-key-search'), 'made by Elasticsearch\n');
    const folder = await openSecretsFolder(path);
    await makeSecrets(folder, options);
    const { 'grafana-password': password, ...rest } = await all();
    expect(password).not.toBe(before['grafana-password']);
    expect({ ...rest, 'grafana-password': before['grafana-password'] }).toEqual({
      ...before,
      'elasticsearch-key-search': 'made by Elasticsearch',
    });
    expect(folder.made).toContain('grafana-password');
    expect(folder.made).not.toContain('ca.crt');
  });
});
