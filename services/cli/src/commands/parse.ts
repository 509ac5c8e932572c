import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { UsageError } from '@newsmill/contracts';
import { compileSiteRules, joinPages, type PageResult, parsePage, type SiteRules } from '@newsmill/core';
import { readSiteRules } from '@newsmill/service-kit';
import { z } from 'zod';
import { answerLines } from '../json-lines.ts';
import type { Output } from '../output.ts';

/** Pages are read whole: a file above this is no page. */
const bytesMax = 50_000_000;
const fallbackUrl = 'http://localhost/';

interface Read {
  readonly bytes: Uint8Array;
  readonly url: string;
  readonly contentType?: string;
}

/**
 * `newsmill parse <file|url|->`: what the parser makes of one page, or of all pages of one article, the first first. Exit
 * code 1 when the first is not an article.
 */
export async function parse(
  output: Output,
  pages: readonly string[],
  options: { url?: string; rules?: string },
): Promise<number> {
  const rules = options.rules === undefined ? undefined : await readRules(options.rules);
  const results: PageResult[] = [];
  for (const from of pages) {
    const read = await readPage(from, options.url);
    results.push(parsePage({ ...read, fetchedAt: new Date().toISOString(), obeysRobots: false, rules }));
  }
  const [result] = results;
  if (result === undefined) throw new UsageError('page: give a file, an address, or -');
  if (result.verdict.type === 'article') {
    output.out(JSON.stringify(joinPages(results), undefined, 2));
    return 0;
  }
  output.out(
    JSON.stringify({ article: null, kind: result.kind, reason: result.verdict.reason, links: result.links.length }),
  );
  return 1;
}

async function readRules(path: string): Promise<SiteRules> {
  const text = Buffer.from(await readBytes(path)).toString('utf8');
  return compileSiteRules(readSiteRules(text, path));
}

async function readPage(from: string, url: string | undefined): Promise<Read> {
  if (/^https?:\/\//i.test(from)) {
    const response = await fetch(from, { signal: AbortSignal.timeout(30_000) }).catch((error: unknown) => {
      throw new UsageError(`url: ${from} could not be fetched: ${reasonOf(error)}`);
    });
    const contentType = response.headers.get('content-type');
    return {
      bytes: new Uint8Array(await response.arrayBuffer()),
      url: url ?? response.url,
      ...(contentType === null ? {} : { contentType }),
    };
  }
  return { bytes: await readBytes(from), url: url ?? fallbackUrl };
}

/** A file, or standard input for `-`; unpacked when it is gzip. */
async function readBytes(path: string): Promise<Uint8Array> {
  let bytes: Buffer;
  if (path === '-') {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk);
    bytes = Buffer.concat(chunks);
  } else {
    bytes = await readFile(path).catch((error: unknown) => {
      throw new UsageError(
        `file: "${path}" cannot be read (${reasonOf(error)}). Give a file, an http(s) URL, or - for standard input.`,
      );
    });
  }
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return isGzip ? gunzipSync(bytes, { maxOutputLength: bytesMax }) : bytes;
}

/** Members that are not ours, or null, are passed over: such lines come from other people's exports. */
const line = z
  .object({
    id: z.union([z.string(), z.number()]),
    url: z.string().nullish(),
    path: z.string().nullish(),
    htmlBase64: z.string().nullish(),
    contentType: z.string().nullish(),
    /** ISO 8601: what relative dates count from; now unless given. */
    fetchedAt: z.iso.datetime({ offset: true }).nullish(),
  })
  .refine((value) => (value.path == null) !== (value.htmlBase64 == null), {
    message: 'give either path or htmlBase64',
  });

/**
 * `newsmill parse --jsonl`: lines `{"id","url","path"|"htmlBase64","contentType"?}` in, `{"id","article"|null,"reason"?}`
 * out, in the same order, one page at a time. A line that cannot be used is answered too, with `reason: bad_input: …`.
 */
export async function parseLines(input: AsyncIterable<Buffer | string>, output: Output): Promise<void> {
  await answerLines(input, output, line, answer, (reason) => ({ article: null, reason }));
}

async function answer({ url, path, htmlBase64, contentType, fetchedAt }: z.infer<typeof line>): Promise<object> {
  const bytes = path == null ? Buffer.from(htmlBase64 ?? '', 'base64') : await readBytes(path);
  return outcome(
    parsePage({
      url: url || fallbackUrl,
      bytes,
      contentType: contentType ?? undefined,
      fetchedAt: fetchedAt ?? new Date().toISOString(),
      obeysRobots: false,
    }),
  );
}

const outcome = ({ verdict }: PageResult) =>
  verdict.type === 'article' ? { article: verdict.article } : { article: null, reason: verdict.reason };

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
