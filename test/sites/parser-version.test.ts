import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { parsePage, parserVersion } from '../../packages/core/src/index.ts';
import { sites } from './expected.ts';

/** What the parser of which version makes of the fixture pages: `{version, output}`. */
const recordFile = new URL('./parser-output.json', import.meta.url);
const versionFile = new URL('../../packages/core/src/extract/parser-version.ts', import.meta.url);

/** A hash over all that the parser says of all fixture pages, except for its version. */
function outputNow(): string {
  const hash = createHash('sha256');
  for (const site of sites) {
    for (const page of site.pages) {
      if ((page.status ?? 200) !== 200) continue;
      const body = page.body();
      const bytes = body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body;
      const url = `http://${site.host}${page.path}`;
      const fetchedAt = '2026-11-24T00:00:00.000Z';
      const { verdict } = parsePage({ url, bytes, contentType: page.contentType, fetchedAt });
      const said = verdict.type === 'article' ? { ...verdict.article, parserVersion: undefined } : verdict;
      hash.update(JSON.stringify([url, said]));
    }
  }
  return hash.digest('base64url').slice(0, 22);
}

it('the parser has another version when it says something else', () => {
  const recorded: { readonly version: string; readonly output: string } = JSON.parse(readFileSync(recordFile, 'utf8'));
  const output = outputNow();
  if (process.env.UPDATE_PARSER_VERSION && output !== recorded.output) {
    const [major = '0', minor = '0'] = parserVersion.split('.');
    // One that was raised by hand is new enough.
    const version = parserVersion === recorded.version ? `${major}.${Number(minor) + 1}` : parserVersion;
    const code = readFileSync(versionFile, 'utf8');
    writeFileSync(versionFile, code.replace(`parserVersion = '${parserVersion}'`, `parserVersion = '${version}'`));
    writeFileSync(recordFile, `${JSON.stringify({ version, output }, undefined, 2)}\n`);
    return;
  }
  expect(
    { version: parserVersion, output },
    'The parser makes something else of the fixture pages. So that a replay can tell: UPDATE_PARSER_VERSION=1 vitest run --project unit test/sites/parser-version.test.ts',
  ).toEqual(recorded);
});
