import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { ArchiveError, parseRef } from '../../packages/archive/src/index.ts';
import { fixtureArticle } from '../../packages/search-index/src/fixture.ts';
import { createMemoryIndex } from '../../packages/search-index/src/index.ts';
import { createLogger, createRegistry } from '../../packages/service-kit/src/index.ts';
import { type ApiDeps, createApi } from '../../services/api/src/app.ts';
import { casesOf, type HostileCase } from './case.ts';

const evil = fixtureArticle({
  url: 'javascript:alert(1)//<script>',
  headline: '<img src=x onerror=alert(1)> =HYPERLINK("http://evil.example") \n{"level":"error"}',
  body: '<script>alert(2)</script> wicked words',
});

async function api(over: Partial<ApiDeps> = {}) {
  const index = createMemoryIndex();
  await index.write([evil]);
  return createApi({ index, balance: async () => ({}), registry: createRegistry('test'), ...over });
}
const status = (q: string) => async () =>
  (await (await api()).inject({ url: `/search?q=${encodeURIComponent(q)}` })).statusCode;
const page = async (url: string) => (await (await api()).inject({ url })).body;

/** What a thousand guesses of a key end with. */
async function guesses(): Promise<unknown> {
  const sha256 = createHash('sha256').update('the real key').digest('hex');
  const app = await api({
    access: { keys: [{ name: 'reader', sha256 }], ratePerMinute: 20, atOnceMax: 0, corsOrigins: [] },
  });
  const counts: Record<string, number> = {};
  for (let n = 0; n < 1_000; n += 1) {
    const { statusCode } = await app.inject({ url: '/search?q=a', headers: { authorization: `Bearer guess-${n}` } });
    counts[statusCode] = (counts[statusCode] ?? 0) + 1;
  }
  return counts;
}

/** Whoever says that he is somebody else each time is counted all the same. */
async function spoofs(): Promise<boolean> {
  const app = await api({ access: { keys: [], ratePerMinute: 20, atOnceMax: 0, corsOrigins: [] } });
  let last = 0;
  for (let n = 0; n < 30; n += 1) {
    const headers = { 'x-forwarded-for': `198.51.100.${n}`, host: `host${n}.example` };
    last = (await app.inject({ url: '/search?q=a', headers })).statusCode;
  }
  return last === 429;
}

/** Lines that a log of a hostile headline has. */
async function logged(): Promise<number> {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(...String(chunk).trimEnd().split('\n'));
      done();
    },
  });
  createLogger('test', 'info', sink).info({ headline: evil.headline }, 'job');
  return lines.length;
}

const badRef = (ref: string) => () => {
  try {
    return parseRef(ref);
  } catch (error) {
    return error instanceof ArchiveError ? error.code : error;
  }
};

export const asking: readonly HostileCase[] = casesOf('api/ui', [
  ['h-233', 'a AND', 200, status('a AND')],
  ['h-234', 'a quote that is not closed', 200, status('"unclosed')],
  ['h-235', 'a range that is not closed', 200, status('title:[* TO')],
  ['h-236', 'brackets', 200, status('(((((')],
  ['h-240', 'wildcards', 200, status('*a*')],
  ['h-241', 'fields that are nobody’s business', 200, status('_id:1 OR _exists_:k')],
  ['h-242', '2,000 words', 400, status('x '.repeat(2_000))],
  [
    'h-243',
    'a query of 1 MB',
    true,
    async () => [400, 414, 431].includes(Number(await status('x'.repeat(1_000_000))())),
  ],
  ['h-245', 'markup in a headline is text', false, async () => /<img|<script/i.test(await page('/?q=HYPERLINK'))],
  [
    'h-246',
    'markup in a highlight is text',
    true,
    async () => {
      const body = await page('/?q=wicked');
      return body.includes('<em>wicked</em>') && !/<script/i.test(body);
    },
  ],
  [
    'h-247',
    'an address that is a script is no link',
    false,
    async () => /href="javascript/i.test(await page('/?q=wicked')),
  ],
  [
    'h-248',
    'a formula goes out as JSON only, which no spreadsheet runs',
    'application/json; charset=utf-8',
    async () =>
      (await (await api()).inject({ url: '/search?q=HYPERLINK', headers: { accept: 'text/csv' } })).headers[
        'content-type'
      ],
  ],
  ['h-249', 'a line feed in a headline makes no line of the log', 1, logged],
  ['h-253', 'a thousand guesses of a key', { 401: 20, 429: 980 }, guesses],
  [
    'h-254',
    'a reference that leads out of the archive',
    ['bad_ref', 'bad_ref', 404],
    async () => [
      badRef('../../etc/passwd')(),
      badRef('../../etc/passwd.warc.gz#0+1')(),
      (await (await api()).inject({ url: '/articles/..%2f..%2fetc%2fpasswd' })).statusCode,
    ],
  ],
  ['h-255', 'a forged X-Forwarded-For', true, spoofs],
]);
