import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectedArticles, seeds } from '../sites/expected.ts';
import { type ComposeStack, createComposeStack } from './compose-stack.ts';
import { whyNoContainer } from './docker.ts';

/** docker-compose.yml as an operator uses it, from setup to down, with the fixture sites as the web. */
const images = [
  process.env.NODE_IMAGE ?? 'node:24-slim',
  process.env.REDIS_IMAGE ?? 'redis:8.4',
  process.env.ELASTICSEARCH_IMAGE ?? 'elasticsearch:9.5.0',
  process.env.PROMETHEUS_IMAGE ?? 'prom/prometheus:v3.8.1',
];
const obstacle = (await Promise.all(images.map(whyNoContainer))).find((why) => why !== undefined);

const ours = ['crawler', 'parser', 'indexer', 'api'];
const lasting = [...ours, 'redis', 'elasticsearch'];

interface Inspected {
  readonly Name: string;
  readonly Config: { User: string; Env: string[]; Labels: Record<string, string>; StopTimeout?: number; Cmd: string[] };
  readonly HostConfig: {
    ReadonlyRootfs: boolean;
    Privileged: boolean;
    CapDrop: string[] | null;
    CapAdd: string[] | null;
    SecurityOpt: string[] | null;
    Memory: number;
    PidsLimit: number;
    LogConfig: { Type: string; Config: Record<string, string> };
    PortBindings: Record<string, { HostIp: string }[]> | null;
  };
  readonly NetworkSettings: { Networks: Record<string, { IPAddress: string }> };
}

describe.skipIf(obstacle !== undefined)(`docker-compose.yml${obstacle ? ` (skipped: ${obstacle})` : ''}`, () => {
  let stack: ComposeStack;
  const inspect = async (...services: string[]): Promise<Inspected[]> => {
    const ids = (await Promise.all(services.map((service) => stack.containersOf(service)))).flat();
    return JSON.parse(await stack.docker('inspect', ...ids)) as Inspected[];
  };
  const serviceOf = (one: Inspected): string => one.Config.Labels['com.docker.compose.service'] ?? '';
  const balance = async () =>
    (JSON.parse(await stack.newsmill('status', '--json')) as { progress: Record<string, number> }).progress;

  beforeAll(async () => {
    if (obstacle !== undefined) return;
    stack = await createComposeStack();
    await stack.compose('build', '--quiet');
    await stack.compose('run', '--rm', 'setup');
    await stack.compose('up', '--detach', '--wait');
  }, 900_000);
  afterAll(async () => {
    await stack?.[Symbol.asyncDispose]();
  }, 120_000);

  it('gives no container more than it needs', async () => {
    for (const one of await inspect(...lasting)) {
      const name = serviceOf(one);
      const { HostConfig: host, Config: config } = one;
      expect(config.User, name).toMatch(/^(?:1000:[01]0*|redis)$/);
      expect({ name, privileged: host.Privileged, add: host.CapAdd ?? [] }).toEqual({
        name,
        privileged: false,
        add: [],
      });
      expect(host.CapDrop, name).toEqual(['ALL']);
      expect(host.SecurityOpt, name).toEqual(['no-new-privileges:true']);
      // Elasticsearch writes a keystore beside its settings when it starts.
      expect(host.ReadonlyRootfs, name).toBe(name !== 'elasticsearch');
      expect(host.Memory, name).toBeGreaterThan(0);
      expect(host.PidsLimit, name).toBeGreaterThan(0);
      expect(host.LogConfig, name).toEqual({ Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '5' } });
      expect(config.StopTimeout, name).toBeGreaterThanOrEqual(30);
      for (const [port, bindings] of Object.entries(host.PortBindings ?? {})) {
        for (const { HostIp } of bindings) expect(`${name} ${port} ${HostIp}`).toBe('api 8080/tcp 127.0.0.1');
      }
    }
    // What a process can really do: no capability, no other user, no file of the program.
    const status = await stack.compose('exec', '-T', 'parser', 'cat', '/proc/1/status');
    expect(status).toMatch(/^Uid:\s+1000\s+1000\s+1000\s+1000$/m);
    expect(status).toMatch(/^CapBnd:\s+0+$/m);
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
    await expect(stack.compose('exec', '-T', 'parser', 'touch', '/app/x')).rejects.toThrow(/Read-only file system/);
  });

  it('keeps passwords and keys out of environments, commands, images and logs', async () => {
    const names = [
      'redis-workers',
      'redis-operator',
      'elasticsearch-owner',
      'elasticsearch-key-indexer',
      'elasticsearch-key-search',
    ];
    const secrets = await Promise.all(
      names.map(async (name) => {
        const text = await stack.secret(name);
        return text.startsWith('redis://') ? new URL(text).password : text;
      }),
    );
    const shown = [
      JSON.stringify(await inspect(...lasting, 'keys')),
      await stack.docker('history', '--no-trunc', 'newsmill:test'),
      await stack.compose('logs', '--no-color'),
    ].join('\n');
    for (const [at, secret] of secrets.entries()) {
      expect(secret.length).toBeGreaterThan(20);
      expect(shown.includes(secret), names[at]).toBe(false);
    }
  });

  it('lets nobody in without a password, nor further than his own', async () => {
    const redis = (...args: string[]) => stack.compose('exec', '-T', 'redis', 'redis-cli', ...args);
    expect(await redis('ping')).toMatch(/^NOAUTH/);
    expect(await redis('--user', 'workers', '--pass', 'wrong', '--no-auth-warning', 'ping')).toMatch(
      /WRONGPASS|NOAUTH/,
    );
    const { password } = new URL(await stack.secret('redis-reader'));
    const asReader = (...args: string[]) => redis('--user', 'reader', '--pass', password, '--no-auth-warning', ...args);
    expect(await asReader('ping')).toBe('PONG');
    expect(await asReader('flushall')).toMatch(/^NOPERM/);
    expect(await asReader('set', 'nm:x', '1')).toMatch(/^NOPERM/);

    /** Status of a request to Elasticsearch, by curl in its own container. */
    const ask = async (path: string, key: string | undefined, ...args: string[]) => {
      const login = key === undefined ? [] : ['--header', `Authorization: ApiKey ${key}`];
      const tls = [
        '--cacert',
        '/run/secrets/ca.crt',
        '--silent',
        '--output',
        '/dev/null',
        '--write-out',
        '%{http_code}',
      ];
      const url = `https://localhost:9200${path}`;
      return stack.compose('exec', '-T', 'elasticsearch', 'curl', ...tls, ...login, ...args, url);
    };
    const json = ['--header', 'content-type: application/json'];
    const search = await stack.secret('elasticsearch-key-search');
    const indexer = await stack.secret('elasticsearch-key-indexer');
    expect(await ask('/articles/_search', undefined)).toBe('401');
    expect(await ask('/articles/_search', 'bm9ib2R5Om5vdGhpbmc=')).toBe('401');
    expect(await ask('/articles/_search', search)).toBe('200');
    expect(await ask('/articles/_doc/x', search, '-X', 'PUT', ...json, '-d', '{"id":"x"}')).toBe('403');
    expect(await ask('/articles', search, '-X', 'DELETE')).toBe('403');
    expect(await ask('/other/_search', search)).toBe('403');
    expect(await ask('/articles/_count', indexer)).toBe('200');
    expect(await ask('/other/_doc/x', indexer, '-X', 'PUT', ...json, '-d', '{}')).toBe('403');
    expect(await ask('/_security/user', indexer)).toBe('403');
    const setting = '{"persistent":{"cluster.max_shards_per_node":1000}}';
    expect(await ask('/_cluster/settings', indexer, '-X', 'PUT', ...json, '-d', setting)).toBe('403');
    // Not without TLS, and not with a certificate that nobody vouches for.
    const plain = stack.compose('exec', '-T', 'elasticsearch', 'curl', '-sS', 'http://localhost:9200/');
    await expect(plain).rejects.toThrow(/Empty reply|Recv failure|reset/i);
    const stranger = stack.compose('exec', '-T', 'elasticsearch', 'curl', '-sS', 'https://localhost:9200/');
    await expect(stranger).rejects.toThrow(/certificate/);
  });

  it('shows nothing to containers beside it, and workers nothing of the web', async () => {
    const all = await inspect(...lasting);
    const network = `${stack.project}_data`;
    const targets = all.flatMap((one) =>
      Object.entries(one.NetworkSettings.Networks).map(([name, { IPAddress }]) => ({
        name,
        service: serviceOf(one),
        IPAddress,
      })),
    );
    expect(targets.filter(({ name }) => name === network).length).toBe(all.length);
    const internal = await stack.docker('network', 'inspect', '--format', '{{.Internal}}', network);
    expect(internal).toBe('true');
    /** Says which of the addresses take a connection, from inside a container. */
    const scan = `
      const net = require('node:net');
      const look = (to) => new Promise((done) => {
        const [host, port] = to.split(':');
        const socket = net.connect({ host, port: Number(port) });
        const end = (open) => { socket.destroy(); done(open ? [to] : []); };
        socket.setTimeout(1500, () => end(false)).once('error', () => end(false)).once('connect', () => end(true));
      });
      Promise.all(process.argv.slice(1).map(look)).then((open) => console.log(open.flat().join(' ')));`;
    const ports = [6379, 9200, 9300, 9464, 8080];
    const addresses = targets.flatMap(({ IPAddress }) => ports.map((port) => `${IPAddress}:${port}`));
    const outside = await stack.docker(
      ...[
        'run',
        '--rm',
        '--network',
        'bridge',
        '--entrypoint',
        'node',
        'newsmill:test',
        '-e',
        scan,
        '--',
        ...addresses,
      ],
    );
    expect(outside).toBe('');
    // The same look from within finds the servers: it would have seen them.
    const inside = await stack.compose('exec', '-T', 'parser', 'node', '-e', scan, '--', ...addresses);
    expect(inside).toMatch(/:6379/);
    expect(inside).toMatch(/:9200/);
    const [sites] = await inspect('sites');
    const site = Object.values(sites?.NetworkSettings.Networks ?? {})[0]?.IPAddress;
    expect(await stack.compose('exec', '-T', 'crawler', 'node', '-e', scan, '--', `${site}:8080`)).toBe(`${site}:8080`);
    expect(await stack.compose('exec', '-T', 'parser', 'node', '-e', scan, '--', `${site}:8080`)).toBe('');
  });

  it('loses nothing while it is scaled to three and containers are killed', async () => {
    await stack.newsmill('crawl', ...seeds);
    const scale = ['crawler', 'parser', 'indexer'].flatMap((service) => ['--scale', `${service}=3`]);
    await stack.compose('up', '--detach', '--no-recreate', ...scale);
    for (const service of ['crawler', 'parser', 'indexer']) {
      const [victim = ''] = await stack.containersOf(service);
      await stack.docker('kill', '--signal', 'KILL', victim);
    }
    // Docker leaves alone what was killed by hand.
    await stack.compose('up', '--detach', '--no-recreate', ...scale);
    // What the dead held comes back after their locks, 3 s here, and the reconciler's look.
    await expect.poll(balance, { timeout: 120_000, interval: 1_000 }).toMatchObject({ open: 0 });
    const urls = await balance();
    expect(urls.quarantined).toBe(0);
    expect(urls.indexed).toBe(expectedArticles.length);
    expect(urls.discovered).toBe((urls.indexed ?? 0) + (urls.skipped ?? 0));
    // Exit code 0: ledger, queues, archive and index agree.
    await stack.newsmill('audit');
    const port = (await stack.compose('port', 'api', '8080')).replace(/^.*:/, '');
    const answer = await fetch(`http://127.0.0.1:${port}/search?q=${encodeURIComponent('兰州 品质学校')}`);
    expect(((await answer.json()) as { total: number }).total).toBeGreaterThanOrEqual(3);
  }, 240_000);

  it('is watched: every replica is scraped, and no rule is broken', async () => {
    await stack.compose('--profile', 'observability', 'up', '--detach', '--wait', 'prometheus');
    const port = (await stack.compose('--profile', 'observability', 'port', 'prometheus', '9090')).replace(/^.*:/, '');
    const ask = async (path: string) =>
      ((await (await fetch(`http://127.0.0.1:${port}/api/v1/${path}`)).json()) as { data: Record<string, unknown[]> })
        .data;
    const replicas = async () => {
      const { result } = (await ask(`query?query=${encodeURIComponent('count by (service_name) (up == 1)')}`)) as {
        result: { metric: { service_name: string }; value: [number, string] }[];
      };
      return Object.fromEntries(result.map(({ metric, value }) => [metric.service_name, Number(value[1])]));
    };
    const wanted = { crawler: 3, parser: 3, indexer: 3, api: 1 };
    await expect.poll(replicas, { timeout: 60_000, interval: 2_000 }).toEqual(wanted);
    const { groups } = (await ask('rules')) as {
      groups: { rules: { name: string; health: string; lastError?: string }[] }[];
    };
    const rules = groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(3);
    expect(rules.filter(({ lastError }) => lastError !== undefined)).toEqual([]);
    await stack.compose('exec', '-T', 'prometheus', 'promtool', 'check', 'config', '/etc/prometheus/prometheus.yml');
    await stack.compose('--profile', 'observability', 'rm', '--stop', '--force', 'prometheus');
  }, 180_000);

  it('has all of it back from a backup', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'newsmill-backup-'));
    try {
      const before = await balance();
      await stack.script('infra/docker/backup.sh', folder);
      await expect(stack.script('infra/docker/restore.sh', folder)).rejects.toThrow(/there already/);
      await stack.compose('down', '--volumes');
      await stack.script('infra/docker/restore.sh', folder);
      await stack.compose('up', '--detach', '--wait');
      expect(await balance()).toEqual(before);
      await stack.newsmill('audit');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 240_000);

  it('stops in time, and leaves nothing', async () => {
    const ids = (await Promise.all(ours.map((service) => stack.containersOf(service)))).flat();
    await stack.compose('stop');
    const codes = await stack.docker('inspect', '--format', '{{.State.ExitCode}}', ...ids);
    expect(new Set(codes.split('\n'))).toEqual(new Set(['0']));
    await stack.compose('--profile', '*', 'down', '--volumes', '--remove-orphans');
    const label = `label=com.docker.compose.project=${stack.project}`;
    expect(await stack.docker('ps', '--all', '--quiet', '--filter', label)).toBe('');
    expect(await stack.docker('volume', 'ls', '--quiet', '--filter', label)).toBe('');
    expect(await stack.docker('network', 'ls', '--quiet', '--filter', label)).toBe('');
  }, 120_000);
});
