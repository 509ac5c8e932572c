import {
  type AuditProgress,
  audit,
  balanceOf,
  type Finding,
  type FindingCode,
  findingCodes,
  isBalanced,
} from '@newsmill/audit';
import { UsageError } from '@newsmill/contracts';
import { withoutControls } from '@newsmill/search-index';
import type { CliConfig } from '../config.ts';
import { findServers } from '../connect.ts';
import { openAudit } from '../open-audit.ts';
import { type Output, styled } from '../output.ts';
import { span } from '../progress.ts';

export interface AuditFlags {
  readonly repair?: boolean;
  readonly resume?: boolean;
  readonly settle?: number;
  readonly json?: boolean;
}

/** Findings that `--json` gives one by one; all are counted. */
const findingsMax = 10_000;

/** `newsmill audit`. Exit code 0: all is accounted for, or was put back; 1: something is not; 130: interrupted. */
export async function auditPipeline(
  config: CliConfig,
  output: Output,
  flags: AuditFlags,
  signal: AbortSignal,
): Promise<number> {
  const servers = await findServers(config);
  await using opened = openAudit(servers, config);
  const { parts, store } = opened;
  const resume = flags.resume ? await store.load() : undefined;
  if (flags.resume && (resume === undefined || resume.phase === 'done')) {
    throw new UsageError('--resume: there is no interrupted audit of the last 7 days. Run: newsmill audit');
  }
  const findings: Finding[] = [];
  const began = performance.now();
  let progress: AuditProgress;
  try {
    progress = await audit(parts, {
      repair: flags.repair ?? false,
      ...(flags.settle === undefined ? {} : { settleMs: flags.settle * 1_000 }),
      ...{ resume, signal, save: (state) => store.save(state) },
      onFinding(finding) {
        if (findings.length < findingsMax) findings.push(finding);
        if (!flags.json) output.out(findingLine(finding));
      },
      onProgress(state) {
        if (!flags.json) output.live(progressText(state, performance.now() - began));
      },
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    output.err('Interrupted. newsmill audit --resume goes on where it was.');
    return 130;
  }
  const balanced = isBalanced(progress);
  if (flags.json) {
    const { wanted: _wanted, position: _position, phase: _phase, startedAt: _startedAt, ...counts } = progress;
    output.out(JSON.stringify({ balanced, balance: balanceOf(progress), ...counts, findings }, undefined, 2));
  } else output.out(auditText(output, progress, { repair: flags.repair ?? false }));
  return balanced ? 0 : 1;
}

function progressText({ phase, hosts, documents, captures, found }: AuditProgress, elapsedMs: number): string {
  const wrong = Object.values(found).reduce((sum, count) => sum + count, 0);
  return `${phase}: ${documents} documents · ${hosts} hosts · ${captures} captures · ${wrong} found · ${span(elapsedMs)}`;
}

const repairs = { left: '', done: '  put back', failed: '  not put back: ' } as const;

export function findingLine({ code, url, host, shortId, subject, repair, why }: Finding): string {
  const what = url ?? [host, shortId].filter(Boolean).join(' ');
  const about = subject === undefined ? '' : `  (${subject})`;
  return `${code.padEnd(21)}  ${withoutControls(what)}${withoutControls(about)}${repairs[repair]}${why ?? ''}`;
}

/** The balance and what disturbs it. */
export function auditText(
  output: Pick<Output, 'color'>,
  progress: AuditProgress,
  { repair }: { repair: boolean },
): string {
  const { accepted, indexed, skipped, quarantined, inFlight } = balanceOf(progress);
  const { urls, hosts, documents, captures, jobs, found, repaired } = progress;
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .toSorted((a, b) => b[1] - a[1])
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  const some = (title: string, text: string): string[] => (text === '' ? [] : [`  ${title.padEnd(12)} ${text}`]);
  const waiting = { fetch: urls.accepted, parser: urls.captured, Elasticsearch: urls.parsed };
  const codes = Object.keys(found) as FindingCode[];
  const left = codes.filter((code) => (found[code] ?? 0) > (repaired[code] ?? 0));
  return [
    `${accepted} accepted = ${indexed} indexed + ${skipped} skipped + ${quarantined} quarantined + ${inFlight} in flight`,
    ...some('skipped', list(urls.skipped)),
    ...some('quarantined', list(urls.quarantined)),
    ...some('waiting for', inFlight === 0 ? '' : list(waiting)),
    ...some(
      'looked at',
      `${hosts} hosts, ${documents} documents, ${captures} captures, ${progress.quarantined} in quarantine, ${jobs} jobs`,
    ),
    ...codes.flatMap((code) => [
      '',
      `${styled(output as Output, 'bold', code)} ${found[code]}${repair ? `, of which ${repaired[code] ?? 0} put back` : ''}`,
      `  ${findingCodes[code]}`,
    ]),
    '',
    codes.length === 0
      ? 'Balanced: everything is where the ledger says.'
      : left.length === 0
        ? 'Put back: the pipeline goes on with all of it.'
        : repair
          ? 'Not balanced: see above for what could not be put back.'
          : 'Not balanced. newsmill audit --repair puts it back.',
  ].join('\n');
}
