import { type Archive, packMember, readAnyRecord, type WarcRecord, warcinfoRecord } from '@newsmill/archive';
import { canonicalizeUrl } from '@newsmill/core';
import { hostKeyOf } from '@newsmill/core/url';

export interface ExportChoice {
  /** As addresses have it. */
  readonly host?: string | undefined;
  /** Requested at or after, epoch milliseconds. */
  readonly from?: number | undefined;
  /** Requested before. */
  readonly to?: number | undefined;
  /** Only pages of this source. */
  readonly sourceId?: string | undefined;
  /** Whom a URL belongs to; asked only if a source was named. */
  readonly sourceOf: (url: string) => Promise<string | undefined>;
}

export interface ExportRun extends ExportChoice {
  readonly archive: Pick<Archive, 'records'>;
  /** What the file says of itself, beside what wrote it. */
  readonly info: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly signal: AbortSignal;
  readonly onProgress?: (report: ExportReport) => void;
}

export interface ExportReport {
  /** Records that were looked at. */
  looked: number;
  /** Responses that were written; requests and revisits go with them. */
  captures: number;
  bytes: number;
}

const kinds: ReadonlySet<string> = new Set(['response', 'request', 'revisit']);
/** Sources of so many URLs are remembered: the records of one page often lie close together. */
const sourcesMax = 10_000;

/** A WARC file with the records of the archive that are asked for, each as it is there, a gzip member at a time. */
export async function* exportWarc(run: ExportRun, report: ExportReport): AsyncGenerator<Buffer> {
  const sourceOf = remembering(run.sourceOf);
  const date = run.now.toISOString();
  const name = `newsmill-${date.slice(0, 19).replace(/[-:]/g, '')}.warc.gz`;
  const info = { software: 'newsmill', format: 'WARC File Format 1.1', ...run.info };
  yield await packMember(warcinfoRecord(name, date, info), false);
  for await (const { record: bytes } of run.archive.records()) {
    if (run.signal.aborted) return;
    report.looked += 1;
    if (report.looked % 100 === 0) run.onProgress?.(report);
    const record = readAnyRecord(bytes);
    if (record === undefined || !kinds.has(record.type) || !(await isWanted(record, run, sourceOf))) continue;
    const member = await packMember(bytes, record.type === 'response' && isCompressed(record));
    report.captures += Number(record.type === 'response');
    report.bytes += member.byteLength;
    yield member;
  }
  run.onProgress?.(report);
}

async function isWanted(
  { url, date }: WarcRecord,
  choice: ExportChoice,
  sourceOf: ExportChoice['sourceOf'],
): Promise<boolean> {
  if (url === undefined || !URL.canParse(url)) return false;
  if (choice.host !== undefined && hostKeyOf(url) !== choice.host) return false;
  const at = Date.parse(date);
  if (choice.from !== undefined && !(at >= choice.from)) return false;
  if (choice.to !== undefined && !(at < choice.to)) return false;
  return choice.sourceId === undefined || (await sourceOf(url)) === choice.sourceId;
}

function remembering(sourceOf: ExportChoice['sourceOf']): ExportChoice['sourceOf'] {
  const known = new Map<string, string | undefined>();
  return async (given) => {
    const canonical = canonicalizeUrl(given);
    const url = 'url' in canonical ? canonical.url : given;
    if (!known.has(url)) {
      if (known.size >= sourcesMax) known.clear();
      known.set(url, await sourceOf(url));
    }
    return known.get(url);
  };
}

/** A body that is compressed already is stored as it is. */
const isCompressed = ({ block }: WarcRecord): boolean =>
  /\r\ncontent-encoding:/i.test(
    block.toString('latin1', 0, Math.min(block.byteLength, 8_192)).split('\r\n\r\n', 1)[0] ?? '',
  );
