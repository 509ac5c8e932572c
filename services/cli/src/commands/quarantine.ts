import { openArchive } from '@newsmill/archive';
import {
  article as articleSchema,
  type QuarantineReason,
  quarantineReasons,
  type StageName,
  stageNames,
  UsageError,
} from '@newsmill/contracts';
import { hostIdOf, hostKeyOf } from '@newsmill/core/url';
import {
  dropQuarantined,
  type Quarantine,
  type QuarantineEntry,
  type QuarantineFilter,
  quarantineSubject,
  type RetryResult,
  retryQuarantined,
} from '@newsmill/queue';
import { withoutControls } from '@newsmill/search-index';
import { archivePlace, type CliConfig } from '../config.ts';
import { findServers, openPipeline, type Pipeline } from '../connect.ts';
import { typedAddress } from '../make-source.ts';
import { type Output, styled } from '../output.ts';
import { span } from '../progress.ts';
import { displayWidth, textTable } from '../text-table.ts';

/** Which entries, as typed. */
export interface QuarantineOptions {
  readonly reason?: string;
  readonly host?: string;
  readonly stage?: string;
  readonly olderThan?: string;
  readonly limit?: number;
  readonly all?: boolean;
  readonly json?: boolean;
}

const unitsMs = { s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** @throws UsageError for a reason, stage or age that is none */
export function filterOf(options: QuarantineOptions, now: number): QuarantineFilter {
  const { reason, stage, host, olderThan } = options;
  return {
    ...(reason === undefined
      ? {}
      : { reason: oneOf<QuarantineReason>('reason', reason, Object.keys(quarantineReasons)) }),
    ...(stage === undefined ? {} : { stage: oneOf<StageName>('stage', stage, stageNames) }),
    ...(host === undefined ? {} : hostFilter(host)),
    ...(olderThan === undefined ? {} : { before: now - ageMs(olderThan) }),
  };
}

function oneOf<Word extends string>(name: string, given: string, words: readonly string[]): Word {
  if (words.includes(given)) return given as Word;
  throw new UsageError(`--${name}: "${given}" is none. Known: ${words.join(', ')}`);
}

function hostFilter(host: string): { host: string; hostId: string } {
  const address = typedAddress(host);
  if (!URL.canParse(address))
    throw new UsageError(`--host: "${host}" is no host. Write www.example.com or example.com:8080`);
  return { host: hostKeyOf(address), hostId: hostIdOf(address) };
}

function ageMs(text: string): number {
  const [, count, unit] = /^(\d{1,6})(s|min|h|d)$/.exec(text) ?? [];
  if (unit === undefined) throw new UsageError(`--older-than: "${text}" is no age. Write 30min, 6h or 7d`);
  return Number(count) * unitsMs[unit as keyof typeof unitsMs];
}

/** `newsmill quarantine list` */
export async function listQuarantine(config: CliConfig, output: Output, options: QuarantineOptions): Promise<void> {
  await using pipeline = await openQuarantine(config);
  const { quarantine } = pipeline;
  const now = Date.now();
  const entries = await quarantine.list({ ...filterOf(options, now), limit: options.limit ?? 50 });
  const { entries: total, evicted } = await quarantine.figures();
  if (options.json) {
    output.out(JSON.stringify({ total, evicted, entries: entries.map(withSubject) }, undefined, 2));
    return;
  }
  if (entries.length > 0) output.out(entriesTable(entries, now));
  output.out(`${entries.length === 0 ? '' : '\n'}${entries.length} shown of ${total} in quarantine`);
  if (evicted > 0) output.out(`${evicted} older entries had to go: newsmill replay works their captures through again`);
}

const messageWidth = 70;

export function entriesTable(entries: readonly QuarantineEntry[], now: number): string {
  return textTable(
    ['id', 'reason', 'host', 'age', 'retries', 'message'],
    entries.map((entry) => {
      const { host, hostId } = quarantineSubject(entry.payload);
      const age = span(Math.max(0, now - Date.parse(entry.quarantinedAt)));
      const message = cut(printable(entry.message), messageWidth);
      return [printable(entry.id), entry.reason, printable(host ?? hostId ?? '–'), age, entry.retries.length, message];
    }),
  );
}

/** As much of a text as fits into so many columns. */
function cut(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const kept: string[] = [];
  let left = width - 1;
  for (const character of text) {
    left -= displayWidth(character);
    if (left < 0) break;
    kept.push(character);
  }
  return `${kept.join('')}…`;
}

/** On one line, and unable to steer the terminal. */
const printable = (text: string): string => withoutControls(text).replaceAll(/\s+/g, ' ').trim();

const withSubject = (entry: QuarantineEntry) => ({ ...quarantineSubject(entry.payload), ...entry });

/** `newsmill quarantine show <id>`. Returns the exit code. */
export async function showQuarantine(config: CliConfig, output: Output, id: string, json: boolean): Promise<number> {
  await using pipeline = await openQuarantine(config);
  const entry = await pipeline.quarantine.get(id);
  if (entry === undefined) {
    output.err(notThere(id));
    return 1;
  }
  output.out(json ? JSON.stringify(withSubject(entry), undefined, 2) : entryText(output, entry));
  return 0;
}

const notThere = (id: string): string =>
  `nothing in quarantine is called ${printable(id)}; newsmill quarantine list shows the ids`;

export function entryText(output: Output, entry: QuarantineEntry): string {
  const { url, captureRef, articleRef } = quarantineSubject(entry.payload);
  const lines = [styled(output, 'bold', printable(entry.id))];
  const line = (name: string, text: string | undefined) => {
    if (text !== undefined) lines.push(`  ${name.padEnd(9)} ${text}`);
  };
  line('reason', `${entry.reason}: ${quarantineReasons[entry.reason] ?? ''}`);
  line('message', withoutControls(entry.message));
  line('since', `${entry.quarantinedAt}, after ${entry.attempts} attempt${entry.attempts === 1 ? '' : 's'}`);
  line('address', url && printable(url));
  line('capture', captureRef && printable(captureRef));
  line('article', articleRef && printable(articleRef));
  for (const retry of entry.retries) {
    line('before', `${retry.quarantinedAt} ${retry.reason}: ${printable(retry.message)}; put back ${retry.at}`);
  }
  if (entry.retriedAt !== undefined) line('state', `put back ${entry.retriedAt}, has not come back since`);
  const payload = JSON.stringify(entry.payload, undefined, 2);
  line('payload', payload === undefined ? 'is not kept' : `\n${withoutControls(payload)}`);
  return lines.join('\n');
}

/** `newsmill quarantine retry <id> | --reason … | --all`. Returns the exit code: 1 when something stays in quarantine. */
export async function retryQuarantine(
  config: CliConfig,
  output: Output,
  id: string | undefined,
  options: QuarantineOptions,
): Promise<number> {
  const chosen = choose(id, options, 'retry');
  await using pipeline = await openQuarantine(config);
  await using archive = openArchive(archivePlace(config));
  const readArticle = async (ref: string) => {
    const { body } = await archive.readDerived(ref);
    return articleSchema.parse(JSON.parse(Buffer.from(body).toString('utf8')));
  };
  const { quarantine, queue, frontier } = pipeline;
  const counts = { retried: 0, obsolete: 0, failed: 0 };
  const failures: { id: string; why: string }[] = [];
  for await (const entry of entriesOf(quarantine, chosen)) {
    const deps = { quarantine, queue, ledger: frontier, readArticle, now: Date.now() };
    // One that cannot be put back must not hold up the others.
    const result = await retryQuarantined(entry, deps).catch(
      (error: unknown): RetryResult => ({
        status: 'failed',
        why: error instanceof Error ? error.message : String(error),
      }),
    );
    counts[result.status] += 1;
    if (result.status === 'failed') {
      failures.push({ id: entry.id, why: result.why });
      if (!options.json) output.err(`${printable(entry.id)} stays: ${printable(result.why)}`);
    }
  }
  const found = counts.retried + counts.obsolete + counts.failed > 0;
  if (options.json) output.out(JSON.stringify({ ...counts, failures }, undefined, 2));
  else if (!found && id !== undefined) output.err(notThere(id));
  else {
    const { retried, obsolete } = counts;
    output.out(
      `${retried} put back${obsolete === 0 ? '' : ` · ${obsolete} dropped: done or fetched again since`}` +
        `${failures.length === 0 ? '' : ` · ${failures.length} not put back`}`,
    );
  }
  return failures.length > 0 || (!found && id !== undefined) ? 1 : 0;
}

/** `newsmill quarantine drop <id> | --reason …`. Returns the exit code. */
export async function dropQuarantine(
  config: CliConfig,
  output: Output,
  id: string | undefined,
  options: QuarantineOptions,
): Promise<number> {
  const chosen = choose(id, options, 'drop');
  await using pipeline = await openQuarantine(config);
  let dropped = 0;
  for await (const entry of entriesOf(pipeline.quarantine, chosen)) {
    const { quarantine, frontier } = pipeline;
    if (await dropQuarantined(entry, { quarantine, ledger: frontier, now: Date.now() })) dropped += 1;
  }
  if (options.json) output.out(JSON.stringify({ dropped }));
  else if (dropped === 0 && id !== undefined) output.err(notThere(id));
  else output.out(`${dropped} dropped; the ledger calls their pages skipped (dropped)`);
  return dropped === 0 && id !== undefined ? 1 : 0;
}

type Choice = { readonly id: string } | { readonly filter: QuarantineFilter; readonly limit: number };

/** What was named: one entry or a filter. Nothing is not everything. */
function choose(id: string | undefined, options: QuarantineOptions, verb: string): Choice {
  const filter = filterOf(options, Date.now());
  const filtered = Object.keys(filter).length > 0;
  const all = options.all ?? false;
  if (Number(id !== undefined) + Number(filtered || all) !== 1) {
    throw new UsageError(`quarantine ${verb}: give either an id or --all, --reason, --stage, --host, --older-than`);
  }
  return id === undefined ? { filter, limit: options.limit ?? Number.POSITIVE_INFINITY } : { id };
}

async function* entriesOf(quarantine: Quarantine, choice: Choice): AsyncGenerator<QuarantineEntry> {
  if ('id' in choice) {
    const entry = await quarantine.get(choice.id);
    if (entry !== undefined) yield entry;
    return;
  }
  let count = 0;
  for await (const entry of quarantine.scan(choice.filter)) {
    if (count >= choice.limit) return;
    count += 1;
    yield entry;
  }
}

async function openQuarantine(config: CliConfig): Promise<Pipeline> {
  const { redisUrl } = await findServers(config);
  return openPipeline(redisUrl, config.REDIS_PREFIX);
}
