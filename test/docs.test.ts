import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findingCodes } from '../packages/audit/src/index.ts';
import { quarantineReasons, skipReasons } from '../packages/contracts/src/outcomes.ts';
import { createProgram } from '../services/cli/src/program.ts';

/** Facts in docs are made of code. `UPDATE_DOCS=1 pnpm test docs` writes them anew. */
const path = new URL('../docs/outcomes.md', import.meta.url);

const tableOf = (reasons: Readonly<Record<string, string>>): string =>
  [
    '| reason | meaning |',
    '|---|---|',
    ...Object.entries(reasons).map(([code, text]) => `| \`${code}\` | ${text} |`),
  ].join('\n');

const put = (page: string, name: string, table: string): string =>
  page.replace(
    new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`),
    (_all, open: string, close: string) => `${open}\n${table}\n\n${close}`,
  );

it('docs/outcomes.md lists every reason, in the words of the code', () => {
  const page = readFileSync(path, 'utf8');
  const tables = { skipped: skipReasons, quarantined: quarantineReasons, contradictions: findingCodes };
  const made = Object.entries(tables).reduce((text, [name, codes]) => put(text, name, tableOf(codes)), page);
  if (process.env.UPDATE_DOCS) writeFileSync(path, made);
  else expect(page).toBe(made);
});

it('the README tells of every command', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const table = readme.slice(readme.indexOf('| command | what it does |'), readme.indexOf('`--help` explains each'));
  const output = { out: () => undefined, err: () => undefined, live: () => undefined, color: false };
  const program = createProgram(output, new AbortController().signal, () => undefined);
  const names = program
    .createHelp()
    .visibleCommands(program)
    .map((command) => command.name())
    .filter((name) => name !== 'help');
  expect(names.filter((name) => !new RegExp(`\`${name}\\b`).test(table))).toEqual([]);
});

it('docs/faults.md names the test of every fault, and every fault of the tests', () => {
  const root = new URL('../', import.meta.url);
  const page = readFileSync(new URL('docs/faults.md', root), 'utf8');
  const [covered = '', rest = ''] = page.split('## Not covered');
  const ids = (text: string): string[] => [...new Set(text.match(/\bF\d\d\b/g))];
  for (const row of covered.match(/^\| .* \|$/gm) ?? []) {
    const cells = row.split(' | ');
    const test = /`([\w./-]+\.test\.ts)`/.exec(cells.at(-1) ?? '')?.[1];
    if (test === undefined) continue;
    const file = new URL(test.includes('/') ? test : `test/chaos/${test}`, root);
    expect([test, existsSync(file)]).toEqual([test, true]);
    const text = readFileSync(file, 'utf8');
    expect([test, ids(cells[0] ?? '').filter((id) => !text.includes(id))]).toEqual([test, []]);
  }
  const chaos = new URL('test/chaos/', root);
  const tested = readdirSync(chaos).filter((name) => name.endsWith('.test.ts'));
  const named = ids(tested.map((name) => readFileSync(new URL(name, chaos), 'utf8')).join('\n'));
  expect(named.filter((id) => !ids(covered).includes(id))).toEqual([]);
  expect(tested.filter((name) => !covered.includes(`\`${name}\``) && name !== 'undisturbed.test.ts')).toEqual([]);
  const open = ids(rest.split('Within covered ones')[0] ?? '');
  expect(open.filter((id) => ids(covered).includes(id))).toEqual([]);
});
