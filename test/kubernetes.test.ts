import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { pipeline } from '../packages/contracts/src/index.ts';
import { checkTarget, targetPolicy } from '../packages/core/src/url/target.ts';
import { setupFiles } from '../services/cli/src/commands/setup.ts';
import { readSettings as readCliSettings } from '../services/cli/src/config.ts';
import { kustomize, type Manifest } from './support/kustomize.ts';

/** infra/kubernetes against Kubernetes' own schemas, and against the code it starts. */
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'infra/kubernetes');
const overlays = ['overlays/small', 'overlays/production'];
const run = promisify(execFile);

/** The module of `kubernetes-models` that knows a kind. */
const moduleOf = ({ apiVersion }: Manifest): string => {
  if (apiVersion.startsWith('keda.sh/')) return `@kubernetes-models/keda/${apiVersion}`;
  return `kubernetes-models/${apiVersion}`;
};

interface Deployment extends Manifest {
  spec: {
    replicas: number;
    template: {
      metadata: { labels: Record<string, string> };
      spec: {
        terminationGracePeriodSeconds: number;
        containers: {
          image: string;
          args: string[];
          env: { name: string; value: string }[];
          securityContext: object;
          volumeMounts: { mountPath: string }[];
        }[];
        volumes: { name: string; projected?: { sources: { secret: { items: { key: string }[] } }[] } }[];
      };
    };
  };
}
const deploymentsIn = (all: Manifest[]) => all.filter(({ kind }) => kind === 'Deployment') as Deployment[];

describe.each(overlays)('infra/kubernetes/%s', (overlay) => {
  const all = kustomize(join(folder, overlay));
  const named = (kind: string, name: string) => all.find((one) => one.kind === kind && one.metadata.name === name);

  it('fits the schemas of Kubernetes and KEDA', async () => {
    for (const manifest of all) {
      const module = (await import(moduleOf(manifest))) as Record<string, new (data: object) => { validate(): void }>;
      const Model = module[manifest.kind];
      if (Model === undefined) throw new Error(`${manifest.apiVersion} has no ${manifest.kind}`);
      expect(() => new Model(manifest).validate(), `${manifest.kind} ${manifest.metadata.name}`).not.toThrow();
    }
  });

  it('has each name once, and all in one namespace', () => {
    const ids = all.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(all.map(({ metadata }) => metadata.namespace))).toEqual(new Set([undefined, 'newsmill']));
  });

  it('runs every service, with what Pod Security calls restricted', () => {
    const services = [...new Set(Object.values(pipeline).map(({ service }) => service)), 'api'];
    const deployments = deploymentsIn(all);
    expect(deployments.map(({ metadata }) => metadata.name).toSorted()).toEqual(services.toSorted());
    const settings = named('ConfigMap', 'newsmill-settings') as unknown as { data: Record<string, string> };
    for (const { metadata, spec } of deployments) {
      const { containers, ...pod } = spec.template.spec;
      expect(pod).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      });
      expect(containers).toHaveLength(1);
      for (const container of containers) {
        expect(container.args).toEqual([`services/${metadata.name}/src/main.ts`]);
        expect(container.image).toMatch(/^[\w.-]+\/[\w.-]+:\d/);
        expect(container).toMatchObject({
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          readinessProbe: { httpGet: { path: '/readyz', port: 'health' } },
          livenessProbe: { httpGet: { path: '/healthz', port: 'health' } },
          resources: { requests: { cpu: expect.anything() }, limits: { memory: expect.anything() } },
        });
      }
      expect(pod.terminationGracePeriodSeconds * 1_000).toBeGreaterThan(Number(settings.data.STOP_DEADLINE_MS));
      // One may be away, whatever is done to the nodes.
      expect(named('PodDisruptionBudget', metadata.name)).toMatchObject({
        spec: { maxUnavailable: 1, selector: { matchLabels: { 'app.kubernetes.io/component': metadata.name } } },
      });
    }
  });

  it('mounts for each service the secrets that its settings name, all of which `newsmill setup files` makes', async () => {
    const secrets = await mkdtemp(join(tmpdir(), 'newsmill-kubernetes-'));
    const output = { out: () => undefined, err: () => undefined, live: () => undefined, color: false };
    await setupFiles(readCliSettings(), output, secrets, { redisHost: 'redis', elasticsearchHost: 'elasticsearch' });
    const made = await readdir(secrets);
    await rm(secrets, { recursive: true });
    for (const { metadata, spec } of deploymentsIn(all)) {
      const { volumes, containers } = spec.template.spec;
      const mounted = volumes.flatMap(({ projected }) =>
        (projected?.sources ?? []).flatMap(({ secret }) => secret.items.map(({ key }) => key)),
      );
      const asked = containers.flatMap(({ env }) =>
        env.flatMap(({ value }) => /^\/run\/secrets\/newsmill\/(.+)$/.exec(value)?.[1] ?? []),
      );
      expect({ name: metadata.name, mounted: mounted.toSorted() }).toEqual({
        name: metadata.name,
        mounted: [...asked, 'ca.crt'].toSorted(),
      });
      expect(mounted.filter((key) => !made.includes(key))).toEqual([]);
    }
  });

  it('scales deployments that there are, by queues that there are', () => {
    const names = deploymentsIn(all).map(({ metadata }) => metadata.name);
    const targets = all.flatMap(({ kind, spec }) =>
      /^(?:HorizontalPodAutoscaler|ScaledObject)$/.test(kind)
        ? [(spec as { scaleTargetRef: { name: string } }).scaleTargetRef.name]
        : [],
    );
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.filter((name) => !names.includes(name))).toEqual([]);
    const queues = Object.values(pipeline).map(({ queue }) => queue as string);
    const asked = [...JSON.stringify(all).matchAll(/queue=\\+"(\w+)/g)].map((match) => match[1] ?? '');
    expect(asked.filter((queue) => !queues.includes(queue))).toEqual([]);
  });

  it('lets crawlers alone out, and to public addresses alone', () => {
    const policies = all.filter(({ kind }) => kind === 'NetworkPolicy') as unknown as {
      metadata: { name: string };
      spec: {
        podSelector: { matchLabels?: Record<string, string> };
        policyTypes: string[];
        egress?: { to: { ipBlock?: { cidr: string; except?: string[] } }[] }[];
      };
    }[];
    expect(policies.find(({ metadata }) => metadata.name === 'nothing-by-default')?.spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
    const open = policies.flatMap(({ metadata, spec }) =>
      (spec.egress ?? []).flatMap(({ to }) =>
        to.flatMap(({ ipBlock }) => (ipBlock && /\/[0-3]$/.test(ipBlock.cidr) ? [{ metadata, spec, ipBlock }] : [])),
      ),
    );
    expect(open.length).toBe(2);
    for (const { spec } of open)
      expect(spec.podSelector.matchLabels).toHaveProperty(['app.kubernetes.io/component'], 'crawler');
    // What is left out is what the crawler refuses by itself.
    const except = open.flatMap(({ ipBlock }) => ipBlock.except ?? []);
    const policy = targetPolicy();
    for (const cidr of except) {
      const address = cidr.replace(/\/.*$/, '');
      const url = `http://${address.includes(':') ? `[${address}]` : address}/`;
      expect({ cidr, refused: checkTarget(url, policy)?.refused }).toEqual({ cidr, refused: expect.any(String) });
    }
  });
});

it('has no field that Kubernetes does not know', async () => {
  // Kubernetes' types as a compiler sees them: a literal with a field too many does not fit.
  const work = await mkdtemp(join(tmpdir(), 'newsmill-types-'));
  try {
    const lines = overlays.flatMap((overlay) =>
      kustomize(join(folder, overlay)).map(
        (one) => `check<import('${moduleOf(one)}').I${one.kind}>(${JSON.stringify(one)});`,
      ),
    );
    await writeFile(join(work, 'manifests.ts'), ['declare function check<T>(one: T): void;', ...lines, ''].join('\n'));
    const modules = join(root, 'node_modules');
    const compilerOptions = {
      ...{
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        module: 'nodenext',
        moduleResolution: 'nodenext',
        types: [],
      },
      paths: {
        'kubernetes-models/*': [`${modules}/kubernetes-models/*/index.d.ts`],
        '@kubernetes-models/keda/*': [`${modules}/@kubernetes-models/keda/*/index.d.ts`],
      },
    };
    await writeFile(join(work, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['manifests.ts'] }));
    const { stdout } = await run(join(modules, '.bin/tsc'), ['-p', work]).catch((error: { stdout: string }) => error);
    expect(stdout).toBe('');
  } finally {
    await rm(work, { recursive: true });
  }
}, 60_000);
