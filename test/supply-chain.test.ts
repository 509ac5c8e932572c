import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

/** What comes from others: under which licences, from where, and what of it may run while it is installed. */
const root = fileURLToPath(new URL('..', import.meta.url));
const text = (file: string): string => readFileSync(join(root, file), 'utf8');

const lock = parse(text('pnpm-lock.yaml')) as {
  packages: Record<string, { resolution: { integrity?: string; tarball?: string } }>;
};
const workspace = parse(text('pnpm-workspace.yaml')) as {
  minimumReleaseAge: number;
  minimumReleaseAgeExclude?: string[];
  allowBuilds: Record<string, boolean>;
};

/** Licences under which anybody may use, change and pass on newsmill with what it depends on, without conditions on newsmill itself. */
const permissive = new Set([
  ...[
    'MIT',
    'MIT-0',
    'ISC',
    'Apache-2.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    '0BSD',
    'BlueOak-1.0.0',
    'CC0-1.0',
    'Unlicense',
  ],
  ...['Python-2.0', 'Zlib', 'CC-BY-4.0'],
]);
/** Files under MPL-2.0 stay under it; these are tools of the tests and go into no image. */
const toolsOnly = new Map([
  ['lightningcss', 'MPL-2.0'],
  ['axe-core', 'MPL-2.0'],
]);

/** Said in the package's Readme only. */
const statedInReadme = new Map([['humanize-number@0.0.2', 'MIT']]);

interface Installed {
  readonly name: string;
  readonly version: string;
  readonly license?: string | { type: string };
  readonly licenses?: { type: string }[];
}

/** Every package in node_modules; those for other platforms are not installed. */
function installed(): Installed[] {
  const store = join(root, 'node_modules/.pnpm');
  return readdirSync(store).flatMap((entry) => {
    // `@scope+name@1.2.3_peers`; what has no version is pnpm's own.
    const name = /^(@[^+]+\+)?[^@]+(?=@\d)/.exec(entry)?.[0]?.replace('+', '/');
    if (name === undefined) return [];
    return [JSON.parse(readFileSync(join(store, entry, 'node_modules', name, 'package.json'), 'utf8')) as Installed];
  });
}

/** The licences that one may choose from, by an SPDX expression without AND; one with AND is one choice. */
const choicesIn = (expression: string): string[] => expression.replaceAll(/[()]/g, '').split(' OR ');

const licenceOf = ({ name, version, license, licenses }: Installed): string =>
  (typeof license === 'string' ? license : license?.type) ??
  licenses?.map(({ type }) => type).join(' OR ') ??
  statedInReadme.get(`${name}@${version}`) ??
  'none';

describe('what comes from others', () => {
  const all = installed();

  it('is under licences that ask nothing of newsmill', () => {
    expect(all.length).toBeGreaterThan(150);
    const wrong = all.flatMap((one) => {
      const licence = licenceOf(one);
      if (choicesIn(licence).some((choice) => choice.split(' AND ').every((part) => permissive.has(part)))) return [];
      const [family = ''] = one.name.split(/-(?:linux|darwin|win32|android|freebsd)-/);
      return toolsOnly.get(family) === licence ? [] : [`${one.name}@${one.version}: ${licence}`];
    });
    expect(wrong).toEqual([]);
  });

  it('comes from the registry, whole', () => {
    const wrong = Object.entries(lock.packages).filter(
      ([, { resolution }]) => resolution.tarball !== undefined || !/^sha512-/.test(resolution.integrity ?? ''),
    );
    expect(wrong.map(([name]) => name)).toEqual([]);
  });

  it('has been public for two days before it enters the lockfile', () => {
    expect(workspace.minimumReleaseAge).toBeGreaterThanOrEqual(2 * 24 * 60);
    expect(workspace.minimumReleaseAgeExclude ?? []).toEqual([]);
  });

  it('runs nothing while it is installed, but what is named', () => {
    const allowed = Object.entries(workspace.allowBuilds).flatMap(([name, may]) => (may ? [name] : []));
    expect(allowed).toEqual(['node']);
  });
});
