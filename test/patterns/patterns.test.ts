import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { attacks } from './attack.ts';
import { regexLiterals } from './literals.ts';

/**
 * No pattern of ours may be drawn out by a text made for it. Each is run on texts of 2,500 characters that it nearly
 * matches, and is stopped by V8 when that takes longer than a second: what takes linear or quadratic time needs a hundredth of
 * that, what takes cubic or exponential time minutes or ages.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const length = 2_500;
const timeout = 1_000;
const files = execFileSync('git', ['ls-files', 'packages/*/src/**.ts', 'services/*/src/**.ts'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && !/\.test\.ts$|fixture|conformance/.test(file));

const context = createContext({ pattern: /x/, text: '' });
const test = new Script('pattern.lastIndex = 0; pattern.test(text)');

/** Whether a pattern comes to an end with a text in time. */
function ends(pattern: RegExp, text: string): boolean {
  Object.assign(context, { pattern, text });
  try {
    test.runInContext(context, { timeout });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
    throw error;
  }
}

function faults(source: string, flags: string): string[] {
  const pattern = new RegExp(source, flags);
  return attacks(source, flags, length)
    .filter((text) => !ends(pattern, text))
    .map((text) => `/${source}/${flags} on ${JSON.stringify(text.slice(0, 60))}…`);
}

it('every pattern of ours comes to an end on texts made to draw it out', { timeout: 120_000 }, () => {
  const literals = files.flatMap((file) => regexLiterals(readFileSync(join(root, file), 'utf8')));
  const distinct = new Map(literals.map(({ source, flags }) => [`${source}/${flags}`, { source, flags }]));
  expect(distinct.size).toBeGreaterThan(500);
  expect([...distinct.values()].flatMap(({ source, flags }) => faults(source, flags))).toEqual([]);
});

describe('the test itself', () => {
  it.each([
    ['^(a+)+$', ''],
    ['^(?:index|list)(?:[_-]?\\d+){0,3}(?:\\.\\w{2,5})?$', 'i'],
    ['(x+x+)+y', ''],
    ['^(?:\\w+\\s?)*$', ''],
  ])('finds /%s/%s', (source, flags) => {
    expect(attacks(source, flags, length).every((text) => ends(new RegExp(source, flags), text))).toBe(false);
  });

  it('reads patterns and nothing else', () => {
    const code = [
      'const a = x / 2 / y; // not /this/',
      `const b = '/nor/' + \`\${c.replace(/[/]\\/x/gu, '')} /nor/\`;`,
      'return /last$/i.test(a) || list.some((each) => /other/.test(each));',
    ].join('\n');
    expect(regexLiterals(code).map(({ source, flags, line }) => `${line} ${source} ${flags}`)).toEqual([
      '2 [/]\\/x gu',
      '3 last$ i',
      '3 other ',
    ]);
  });
});
