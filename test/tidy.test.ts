import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readAttributes } from '../packages/core/src/html/tags.ts';

/** The architecture as a test: who may import what, where the environment is read, how long a file may be. */
const root = fileURLToPath(new URL('..', import.meta.url));
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));
const sources = files.filter((file) => file.endsWith('.ts'));
const text = (file: string): string => readFileSync(join(root, file), 'utf8');

/** `packages/core/src/url/ids.ts` → `core`; test and bench files are not bound by the layers. */
const packageOf = (file: string): string | undefined =>
  /^(?:packages|services)\/([^/]+)\/src\//.exec(file)?.[1] ??
  (file.startsWith('infra/local/src/') ? 'local' : undefined);
const isTest = (file: string): boolean =>
  /\.(?:int\.)?test\.ts$|\/conformance(?:-[a-z]+)?\.ts$|[./]fixture\.ts$|^test\//.test(file);

/** Names of what a module imports, without types' own files. */
const importsOf = (file: string): string[] =>
  [...text(file).matchAll(/^(?:import|export)[^'"]*?from '([^']+)'|^import '([^']+)'|import\('([^']+)'\)/gm)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? '',
  );

const services = ['crawler', 'parser', 'indexer', 'api', 'cli'];
/** Package → the packages of ours that it may import. */
const layers: Record<string, readonly string[]> = {
  contracts: [],
  core: ['contracts'],
  queue: ['contracts'],
  frontier: ['contracts', 'core'],
  archive: ['contracts'],
  clusters: ['contracts', 'core'],
  'site-memory': ['core'],
  fetch: ['archive', 'core'],
  'parse-pool': ['archive', 'contracts', 'core'],
  'search-index': ['contracts'],
  audit: ['contracts', 'core', 'queue', 'frontier', 'archive', 'search-index'],
  'service-kit': ['contracts', 'queue'],
  local: [],
  client: [],
  crawler: ['contracts', 'core', 'queue', 'frontier', 'archive', 'fetch', 'service-kit'],
  parser: ['contracts', 'core', 'queue', 'frontier', 'site-memory', 'archive', 'parse-pool', 'service-kit'],
  indexer: ['contracts', 'core', 'queue', 'frontier', 'clusters', 'archive', 'search-index', 'service-kit'],
  api: ['audit', 'contracts', 'core', 'queue', 'frontier', 'archive', 'fetch', 'search-index', 'service-kit'],
  cli: [
    'audit',
    'contracts',
    'core',
    'queue',
    'frontier',
    'site-memory',
    'archive',
    'parse-pool',
    'fetch',
    'search-index',
    'service-kit',
    'local',
  ],
};

it('dependencies point one way', () => {
  const wrong = sources.flatMap((file) => {
    const from = packageOf(file);
    if (from === undefined || isTest(file)) return [];
    return importsOf(file).flatMap((name) => {
      const to = /^@newsmill\/([^/]+)/.exec(name)?.[1];
      if (to !== undefined && to !== from && !(layers[from] ?? []).includes(to)) return [`${file} imports ${name}`];
      // A relative path must not leave its own package.
      if (!name.startsWith('.')) return [];
      const target = relative(root, join(root, dirname(file), name));
      return packageOf(target) === from || target.endsWith('.json') ? [] : [`${file} reaches out to ${target}`];
    });
  });
  expect(wrong).toEqual([]);
});

it('every package says what it imports, and nothing else', () => {
  const wrong = files
    .filter((file) => /^(?:packages|services|infra)\/[^/]+\/package\.json$/.test(file))
    .flatMap((file) => {
      const manifest = JSON.parse(text(file)) as { dependencies?: Record<string, string> };
      const declared = new Set(Object.keys(manifest.dependencies ?? {}));
      const used = new Set(
        sources
          .filter(
            (source) => source.startsWith(`${dirname(file)}/`) && !isTest(source) && !source.includes('/scripts/'),
          )
          .flatMap(importsOf)
          .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
          .map((name) =>
            name
              .split('/')
              .slice(0, name.startsWith('@') ? 2 : 1)
              .join('/'),
          ),
      );
      return [
        ...[...used].filter((name) => !declared.has(name)).map((name) => `${file} does not declare ${name}`),
        ...[...declared].filter((name) => !used.has(name)).map((name) => `${file} declares ${name} for nothing`),
      ];
    });
  expect(wrong).toEqual([]);
});

it('core is pure: no I/O, clock or randomness', () => {
  const allowed = new Set(['node:crypto', 'node:net', 'node:buffer', 'node:util']);
  const wrong = sources
    .filter((file) => packageOf(file) === 'core' && !isTest(file) && !file.includes('/scripts/'))
    .flatMap((file) => {
      const imports = importsOf(file).filter((name) => name.startsWith('node:') && !allowed.has(name));
      const calls =
        text(file).match(/\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.[a-z]|\bsetTimeout\(|\bfetch\(/g) ??
        [];
      return [...imports, ...calls].map((what) => `${file}: ${what}`);
    });
  expect(wrong).toEqual([]);
});

it('only config.ts reads the environment; only run-service and the CLI main end the process', () => {
  const wrong = sources
    .filter((file) => packageOf(file) !== undefined && !isTest(file))
    .flatMap((file) => {
      const code = text(file).replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
      const faults: string[] = [];
      if (/\bprocess\.env\b/.test(code) && basename(file) !== 'config.ts') faults.push(`${file} reads process.env`);
      const mayEnd =
        /^(?:packages\/service-kit\/src\/run-service|services\/cli\/src\/(?:main|run)|infra\/local\/src\/supervisor(?:-main)?)\.ts$/;
      if (/\bprocess\.exit\(|\bprocess\.on\('SIG/.test(code) && !mayEnd.test(file))
        faults.push(`${file} ends the process`);
      return faults;
    });
  expect(wrong).toEqual([]);
});

it('files stay small', () => {
  const wrong = sources
    .filter((file) => !file.startsWith('test/sites/content/') && !file.includes('/data/'))
    // Nobody reads what a program made.
    .filter((file) => !text(file).startsWith('// biome-ignore-all format: made by a program'))
    .map((file) => [file, text(file).split('\n').length] as const)
    .filter(([, lines]) => lines > 401)
    .map(([file, lines]) => `${file}: ${lines} lines`);
  expect(wrong).toEqual([]);
});

it('the tree keeps every attribute that core reads', () => {
  // In a page without site rules the others are not there: reading one would find nothing on any page.
  const own = sources.filter(
    (file) => file.startsWith('packages/core/src/') && !isTest(file) && !file.includes('/rules/'),
  );
  const missing = own.flatMap((file) => {
    const code = text(file);
    const names = [
      ...[...code.matchAll(/attribs(?:\.(\w+)|\['([^']+)'\])/g)].map((match) => match[1] ?? match[2] ?? ''),
      ...[...code.matchAll(/\{([\w\s,]+)\} = (?:\w+\.)*attribs;/g)].flatMap((match) =>
        (match[1] ?? '').split(/[\s,]+/),
      ),
    ].filter((name) => name !== '');
    return names.filter((name) => !readAttributes.has(name)).map((name) => `${file}: ${name}`);
  });
  expect(missing).toEqual([]);
});

it('queues are named in the topology only', () => {
  const wrong = sources
    .filter((file) => services.includes(packageOf(file) ?? '') && !isTest(file))
    .filter((file) => /\bqueue\.add\(\s*'|\.consume\(\s*'/.test(text(file)));
  expect(wrong).toEqual([]);
});

it('nothing names a package registry or a folder of somebody’s machine', () => {
  // Put together here, so that this file does not find itself.
  const hosts = [
    'registry.npm' + 'js.org',
    'repo1.mav' + 'en.org',
    'repo.mav' + 'en.apache.org',
    'py' + 'pi.org',
    'deb.deb' + 'ian.org',
  ];
  const folders = ['/wo' + 'rk/'];
  const wrong = files
    .filter((file) => !/\.(?:png|jpg|gz|jar|zip|woff2)$/.test(file))
    .flatMap((file) => {
      const content = text(file);
      return [...hosts, ...folders].filter((word) => content.includes(word)).map((word) => `${file}: ${word}`);
    });
  expect(wrong).toEqual([]);
});
