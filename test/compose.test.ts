import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { pipeline } from '../packages/contracts/src/index.ts';
import { readSettings as api } from '../services/api/src/config.ts';
import { setupFiles } from '../services/cli/src/commands/setup.ts';
import { readSettings as readCliSettings, readFetchSettings, readReadingSettings } from '../services/cli/src/config.ts';
import { readSettings as crawler } from '../services/crawler/src/config.ts';
import { readSettings as indexer } from '../services/indexer/src/config.ts';
import { readSettings as parser } from '../services/parser/src/config.ts';

/** docker-compose.yml and .env.example against the code they start. */
const root = fileURLToPath(new URL('..', import.meta.url));
const text = (file: string): string => readFileSync(join(root, file), 'utf8');

interface Service {
  image: string;
  command?: string[];
  entrypoint?: string[];
  environment?: Record<string, string | null>;
  ports?: string[];
  networks?: string[];
  volumes?: (string | { type: string; source: string; target: string; bind?: { create_host_path: boolean } })[];
  depends_on?: Record<string, { condition: string }>;
  deploy?: { resources?: { limits?: { cpus?: string; memory?: string; pids?: number } } };
  healthcheck?: { test?: string[] };
  container_name?: string;
  hostname?: string;
  stop_grace_period?: string;
  profiles?: string[];
  network_mode?: string;
  secrets?: (string | { source: string; target: string })[];
  [key: string]: unknown;
}
interface Compose {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean } | null>;
  volumes: Record<string, unknown>;
  secrets: Record<string, { file: string }>;
}

const readCompose = (file: string): Compose => parse(text(file), { merge: true }) as Compose;
const compose = readCompose('docker-compose.yml');
const services = Object.entries(compose.services);
const cli = () => ({ ...readCliSettings(), ...readFetchSettings(), ...readReadingSettings() });
const readers = { crawler, parser, indexer, api, newsmill: cli };
const ours = Object.keys(readers) as (keyof typeof readers)[];
function named(name: string): Service {
  const service = compose.services[name];
  if (service === undefined) throw new Error(`docker-compose.yml has no ${name}`);
  return service;
}
const workers = [...new Set(Object.values(pipeline).map((stage) => stage.service))];
const folderOf = (service: string): string => (service === 'newsmill' ? 'cli' : service);

/** `${NAME:-standard}` as Compose fills it in when NAME is set nowhere. */
const filledIn = (value: string): string =>
  value.replace(/\$\{[A-Z][A-Z0-9_]*:-([^}]*)\}/g, (_, standard: string) => standard);
const variablesIn = (source: string): string[] =>
  [...source.matchAll(/\$\{([A-Z][A-Z0-9_]*)/g)].map((match) => match[1] ?? '');

/** Names of the settings that `const <group> = …{` lists in a file. */
function namesIn(file: string, group: string): string[] {
  const source = text(file);
  const start = source.indexOf(`const ${group} = `);
  const body = source.slice(start, source.indexOf('\n}', start));
  return [...body.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map((match) => match[1] ?? '');
}
/** Names of all settings of a service: its own, and those of the shared groups that its config.ts takes in. */
function settingsOf(service: string): string[] {
  const file = `services/${folderOf(service)}/src/config.ts`;
  const groups = [...text(file).matchAll(/(?:\.\.\.|z\.object\()(\w+Settings)/g)].map((match) => match[1] ?? '');
  const shared = (group: string): string =>
    `packages/service-kit/src/${group === 'serviceSettings' ? 'run-service' : 'settings'}.ts`;
  return [...namesIn(file, 'settings'), ...groups.flatMap((group) => namesIn(shared(group), group))];
}

describe('docker-compose.yml', () => {
  const environment = process.env;
  afterEach(() => {
    process.env = environment;
  });

  it('runs every service of the topology, the API and both servers', () => {
    expect(workers.toSorted()).toEqual(['crawler', 'indexer', 'parser']);
    const always = services.filter(([, { profiles }]) => profiles === undefined).map(([name]) => name);
    expect(always.toSorted()).toEqual(['api', 'crawler', 'elasticsearch', 'indexer', 'keys', 'parser', 'redis']);
    const rest = Object.fromEntries(
      services.flatMap(([name, { profiles }]) => (profiles ? [[name, profiles.join()]] : [])),
    );
    expect(rest).toEqual({
      newsmill: 'tools',
      setup: 'tools',
      s3: 's3',
      prometheus: 'observability',
      grafana: 'observability',
      kibana: 'kibana',
    });
    for (const service of ours) {
      const { command, entrypoint } = named(service);
      const main = [...(entrypoint ?? []), ...(command ?? [])].find((word) => word.endsWith('/main.ts'));
      expect(main).toBe(`services/${folderOf(service)}/src/main.ts`);
    }
  });

  it.each(ours)('gives %s settings that it has, with values that it takes', (service) => {
    const given = named(service).environment ?? {};
    const known = settingsOf(service);
    expect(known).toContain('REDIS_URL');
    // A setting may lie in a file. Node itself takes the authority to trust.
    const isKnown = (name: string) => known.includes(name.replace(/_FILE$/, '')) || known.includes(name);
    expect(Object.keys(given).filter((name) => !isKnown(name) && name !== 'NODE_EXTRA_CA_CERTS')).toEqual([]);
    // The rest would be out of an operator's reach. The CLI has one for the local stack only.
    expect(known.filter((name) => !(name in given) && !(service === 'newsmill' && name === 'API_PORT'))).toEqual([]);

    const set = Object.entries(given).flatMap(([name, value]) => (value === null ? [] : [[name, filledIn(value)]]));
    process.env = Object.fromEntries(set.filter(([name]) => !/_FILE$/.test(name ?? '')));
    const { ELASTICSEARCH_URL } = readers[service]() as Record<string, unknown>;
    if (known.includes('ELASTICSEARCH_URL')) expect(ELASTICSEARCH_URL).toBe('https://elasticsearch:9200');
  });

  it('hands every service the secrets that its settings name, and no other', () => {
    const files = Object.fromEntries(
      services.map(([name, { environment = {}, secrets = [] }]) => {
        const mounted = secrets.map((one) => (typeof one === 'string' ? one : one.source));
        const named = Object.values(environment).flatMap(
          (value) => /^\/run\/secrets\/(.+)$/.exec(value ?? '')?.[1] ?? [],
        );
        // Whether the archive is a bucket, .env decides; so does it whether the API asks for keys.
        const optional = mounted.filter((secret) => /^s3-|^api-keys$/.test(secret));
        return [name, { mounted: mounted.toSorted(), named: [...new Set([...named, ...optional])].toSorted() }];
      }),
    );
    for (const service of ours)
      expect({ service, ...files[service] }).toMatchObject({ mounted: files[service]?.named });
    const who = (secret: string) =>
      Object.keys(files)
        .filter((name) => files[name]?.mounted.includes(secret))
        .toSorted();
    expect(who('redis-workers')).toEqual(['crawler', 'indexer', 'parser']);
    expect(who('redis-operator')).toEqual(['api', 'newsmill']);
    expect(who('elasticsearch-key-indexer')).toEqual(['indexer']);
    expect(who('elasticsearch-key-search')).toEqual(['api']);
    expect(who('elasticsearch-key-operator')).toEqual(['newsmill']);
    expect(who('elasticsearch-owner')).toEqual(['keys']);
    for (const [name, { file }] of Object.entries(compose.secrets)) expect(filledIn(file)).toBe(`./secrets/${name}`);
  });

  it('asks for secrets that `newsmill setup` makes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'newsmill-secrets-'));
    const output = { out: () => undefined, err: () => undefined, live: () => undefined, color: false };
    process.env = {};
    await setupFiles(readCliSettings(), output, folder, { redisHost: 'redis', elasticsearchHost: 'elasticsearch' });
    const made = await readdir(folder);
    await rm(folder, { recursive: true });
    expect(Object.keys(compose.secrets).filter((name) => !made.includes(name))).toEqual([]);
  });

  it.each(ours)('takes from %s what it does not need', (service) => {
    expect(named(service)).toMatchObject({
      user: expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/),
      read_only: true,
      init: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  });

  it.each(services)('lets %s gain nothing, and bounds memory, processes and logs', (name, service) => {
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
    expect(service.privileged ?? service.cap_add ?? service.pid).toBeUndefined();
    expect(service.network_mode).toBe(name === 'setup' ? 'none' : undefined);
    const limits = service.deploy?.resources?.limits;
    expect(filledIn(limits?.memory ?? '')).toMatch(/^\d+[mg]$/);
    expect(limits?.pids).toBeGreaterThan(0);
    expect(service.logging).toMatchObject({ options: { 'max-size': '10m', 'max-file': '5' } });
    const once: Record<string, string> = { newsmill: 'no', setup: 'no', keys: 'on-failure:3' };
    expect(service.restart).toBe(once[name] ?? 'unless-stopped');
  });

  it('publishes the API alone, and what the profiles show, on this machine alone', () => {
    const published = services.flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${filledIn(port)}`));
    expect(published).toEqual([
      'api 127.0.0.1:8080:8080',
      'prometheus 127.0.0.1:9090:9090',
      'grafana 127.0.0.1:3000:3000',
      'kibana 127.0.0.1:5601:5601',
    ]);
  });

  it('keeps Redis and Elasticsearch on a network without a way in or out', () => {
    expect(compose.networks.data).toEqual({ internal: true });
    const joined = Object.fromEntries(services.map(([name, { networks }]) => [name, networks]));
    expect(joined).toEqual({
      redis: ['data'],
      elasticsearch: ['data'],
      crawler: ['data', 'web'],
      parser: ['data'],
      indexer: ['data'],
      api: ['data', 'front'],
      newsmill: ['data', 'web'],
      keys: ['data'],
      s3: ['data'],
      prometheus: ['data', 'front'],
      grafana: ['front'],
      kibana: ['data', 'front'],
    });
  });

  it('leaves workers without anything that only one container can have', () => {
    for (const worker of workers) {
      const { container_name, hostname, ports } = named(worker);
      expect({ container_name, hostname, ports }).toEqual({});
    }
  });

  it('waits longer for a stop than the services take', () => {
    for (const service of ours.filter((name) => name !== 'newsmill')) {
      const { stop_grace_period = '', environment: given = {} } = named(service);
      const graceMs = Number(/^(\d+)s$/.exec(stop_grace_period)?.[1]) * 1_000;
      expect(graceMs).toBeGreaterThan(Number(given.STOP_DEADLINE_MS));
    }
  });

  it('starts a service when the servers it needs are well, and can tell whether they are', () => {
    for (const service of ours) {
      const needs = Object.entries(named(service).depends_on ?? {});
      const well = { condition: 'service_healthy' };
      const search = { elasticsearch: well, keys: { condition: 'service_completed_successfully' } };
      const wanted = { redis: well, ...(settingsOf(service).includes('ELASTICSEARCH_URL') ? search : {}) };
      expect(Object.fromEntries(needs)).toEqual(wanted);
    }
    for (const server of ['redis', 'elasticsearch']) {
      expect(named(server).healthcheck?.test?.[0]).toBe('CMD-SHELL');
    }
    expect(text('infra/docker/Dockerfile')).toMatch(/^HEALTHCHECK .*healthcheck\.sh/m);
  });

  it('shares one archive, which indexers only read', () => {
    const mounts = Object.fromEntries(
      services.flatMap(([name, { volumes = [] }]) =>
        volumes.flatMap((volume) =>
          typeof volume === 'string' && volume.startsWith('archive:') ? [[name, volume]] : [],
        ),
      ),
    );
    const folder = 'archive:/var/lib/newsmill/archive';
    expect(mounts).toEqual({ crawler: folder, parser: folder, indexer: `${folder}:ro`, newsmill: folder });
    const volumes = ['archive', 'elasticsearch', 'grafana', 'prometheus', 'redis', 's3'];
    expect(Object.keys(compose.volumes).toSorted()).toEqual(volumes);
  });

  it('pins the images, and lets every one be replaced', () => {
    const images = Object.fromEntries(services.map(([name, { image }]) => [name, filledIn(image)]));
    expect(images.redis).toMatch(/^redis:8\.\d+/);
    expect(images.elasticsearch).toMatch(/^elasticsearch:9\.\d+\.\d+$/);
    expect(new Set(ours.map((service) => images[service]))).toEqual(new Set(['newsmill:dev']));
    for (const [, { image }] of services) expect(variablesIn(image).length).toBeGreaterThan(0);
    // One build of the one image: several at once would race for its name.
    expect(services.filter(([, service]) => service.build !== undefined).map(([name]) => name)).toEqual(['api']);
  });
});

describe('.env.example and docs/operations.md', () => {
  const example = text('.env.example');
  const explained = new Map([...example.matchAll(/^#([A-Z][A-Z0-9_]*)=(.*)$/gm)].map((match) => [match[1], match[2]]));
  /** What Compose takes from .env: variables it fills in, and those it passes through. */
  const taken = new Set([
    ...variablesIn(text('docker-compose.yml')),
    ...services.flatMap(([, { environment: given = {} }]) =>
      Object.entries(given).flatMap(([name, value]) => (value === null ? [name] : [])),
    ),
  ]);

  it('explain every variable that Compose takes, and no other', () => {
    expect([...explained.keys()].toSorted()).toEqual([...taken].toSorted());
    expect(example.match(/^[^#\n].*$/gm)).toBeNull();
    const guide = text('docs/operations.md');
    expect([...taken].filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
  });

  it('show the defaults that hold', () => {
    const standards = new Map(
      [...text('docker-compose.yml').matchAll(/\$\{([A-Z][A-Z0-9_]*):-([^}]*)\}/g)].map((match) => [
        match[1],
        match[2],
      ]),
    );
    for (const [name, standard] of standards) expect(`${name}=${explained.get(name)}`).toBe(`${name}=${standard}`);

    process.env = {};
    const defaults = Object.assign({}, ...ours.map((service) => readers[service]())) as Record<string, unknown>;
    for (const [name, shown] of explained) {
      const value = defaults[name ?? ''];
      // Under Compose Redis's address lies in a secret file.
      const isOther = name === 'CRAWLER_CONTACT' || name === 'REDIS_URL';
      if (standards.has(name) || typeof value === 'object' || isOther) continue;
      expect(`${name}=${shown}`).toBe(`${name}=${value ?? ''}`);
    }
  });
});

describe('the image', () => {
  it('finds in the lockfile exactly what the manifests ask for, or its frozen install would refuse', () => {
    type Locked = Record<string, { specifier: string }>;
    const { importers } = parse(text('pnpm-lock.yaml')) as {
      importers: Record<string, { dependencies?: Locked; devDependencies?: Locked }>;
    };
    for (const [folder, { dependencies = {}, devDependencies = {} }] of Object.entries(importers)) {
      const manifest = JSON.parse(text(join(folder, 'package.json'))) as Record<string, Record<string, string>>;
      const locked = Object.entries({ ...dependencies, ...devDependencies }).map(([name, { specifier }]) => [
        name,
        specifier,
      ]);
      expect({ folder, ...Object.fromEntries(locked) }).toEqual({
        folder,
        ...manifest.dependencies,
        ...manifest.devDependencies,
      });
    }
  });
});

describe('compose.sites.yaml', () => {
  it('opens the crawler to the one address of the fixture sites', () => {
    const sites = parse(text('infra/docker/compose.sites.yaml')) as {
      services: {
        sites: { networks: { web: { ipv4_address: string } } };
        crawler: { environment: Record<string, string> };
      };
    };
    const address = sites.services.sites.networks.web.ipv4_address;
    process.env = { ...sites.services.crawler.environment };
    expect(crawler()).toMatchObject({
      FETCH_ALLOW_CIDRS: [`${address}/32`],
      FETCH_RESOLVE: { '*.test': `${address}:8080` },
    });
  });
});
