import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Puts a demo's real output into the README: `pnpm demo --exit 2>&1 | node test/support/update-readme.ts`.
 * Only what a reader of the README sees first is kept: the steps, the table, the searches.
 */
const output = readFileSync(0, 'utf8');
const start = output.indexOf('newsmill demo:');
if (start === -1) throw new Error('standard input is not the output of `pnpm demo --exit`');
const lines = output
  .slice(start)
  .replaceAll(/\/\S*\/(?:redis|elasticsearch)[^\s,)]*/g, '…')
  .trimEnd()
  .split('\n')
  .map((line) => `    ${line}`.trimEnd());
const path = new URL('../../README.md', import.meta.url);
const page = readFileSync(path, 'utf8');
const made = page.replace(
  /(<!-- demo -->\n)[\s\S]*?(<!-- \/demo -->)/,
  (_all, open: string, close: string) => `${open}\n${lines.join('\n')}\n\n${close}`,
);
writeFileSync(path, made);
