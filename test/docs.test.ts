import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { quarantineReasons, skipReasons } from '../packages/contracts/src/outcomes.ts';

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
    new RegExp(`(<!-- ${name} -->\n)[sS]*?(<!-- /${name} -->)`),
    (_all, open: string, close: string) => `${open}\n${table}\n\n${close}`,
  );

it('docs/outcomes.md lists every reason, in the words of the code', () => {
  const page = readFileSync(path, 'utf8');
  const made = put(put(page, 'skipped', tableOf(skipReasons)), 'quarantined', tableOf(quarantineReasons));
  if (process.env.UPDATE_DOCS) writeFileSync(path, made);
  else expect(page).toBe(made);
});
