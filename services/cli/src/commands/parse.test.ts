import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProgram } from '../program.ts';

let folder = '';
const texts = [
  'opened the new bridge',
  'closed the old ferry',
  'thanked all the workers',
  'named the two engineers',
].map((what) => `The mayor ${what} on Friday, before hundreds of people who had waited since the morning in the rain.`);
const page = (paragraphs: readonly string[]) =>
  `<html lang="en"><title>Bridge opens</title><h1>Bridge opens</h1><div class="story">${paragraphs.map((text) => `<p>${text}</p>`).join('')}</div></html>`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'newsmill-parse-'));
  await writeFile(join(folder, '1.html'), page(texts.slice(0, 2)));
  await writeFile(join(folder, '2.html'), page(texts.slice(1)));
  await writeFile(join(folder, 'rules.yaml'), 'rules:\n  - site: a.test\n    remove: .story p:last-child\n');
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs `newsmill parse …` and gives what it printed and its exit code. */
async function run(...args: string[]) {
  const lines: string[] = [];
  let code = 0;
  const output = { out: (text: string) => lines.push(text), err: () => undefined, live: () => undefined, color: false };
  const program = createProgram(output, new AbortController().signal, (given) => {
    code = given;
  });
  await program.parseAsync(['parse', ...args], { from: 'user' });
  return { code, article: JSON.parse(lines.join('\n')) as { body?: string; url?: string } };
}

describe('newsmill parse', () => {
  it('joins the pages of an article', async () => {
    const { code, article } = await run(
      join(folder, '1.html'),
      '--page',
      join(folder, '2.html'),
      '--url',
      'http://a.test/1',
    );
    expect(code).toBe(0);
    expect(article).toMatchObject({ url: 'http://a.test/1', body: texts.join('\n\n') });
  });

  it('tries rules', async () => {
    const { article } = await run(
      join(folder, '1.html'),
      '--url',
      'http://a.test/1',
      '--rules',
      join(folder, 'rules.yaml'),
    );
    expect(article.body).toBe(texts[0]);
  });
});
