import { ArchiveError, type Capture, type Derived, type HeaderPair } from '../capture.ts';
import { STORED_TRANSFER_ENCODING } from './record.ts';
import { unchunk } from './unchunk.ts';

const CRLF2 = Buffer.from('\r\n\r\n');

/** Reads one uncompressed WARC response record back into the capture. Throws ArchiveError `corrupt`. */
export function readResponseRecord(bytes: Buffer): Capture {
  const { fields, block, url, date } = readRecord(bytes, 'response');
  const httpEnd = block.indexOf(CRLF2);
  if (httpEnd === -1) throw corrupt('no HTTP head');
  const [statusLine = '', ...lines] = block.toString('latin1', 0, httpEnd).split('\r\n');
  const status = /^HTTP\/(\d(?:\.\d)?) (\d{3}) ?(.*)$/.exec(statusLine);
  if (status === null) throw corrupt('no HTTP status line');
  const [, httpVersion = '', code = '', reasonPhrase = ''] = status;
  const truncated = fields.get('warc-truncated');
  const ip = fields.get('warc-ip-address');
  return {
    url,
    fetchedAt: date,
    status: Number(code),
    httpVersion,
    ...(reasonPhrase === '' ? {} : { reasonPhrase }),
    headers: lines.filter((line) => line.includes(':')).map(headerPair),
    body: bodyOf(block.subarray(httpEnd + CRLF2.length), lines),
    ...(isTruncation(truncated) ? { truncated } : {}),
    ...(ip === undefined ? {} : { ip }),
  };
}

/** Ours are stored without chunks and say so; other tools store what was sent. */
function bodyOf(stored: Buffer, headerLines: readonly string[]): Buffer {
  const chunked = headerLines.some((line) => /^transfer-encoding:.{0,100}chunked/i.test(line));
  return chunked ? (unchunk(stored) ?? stored) : stored;
}

/** Head and block of a record of any kind. */
export interface WarcRecord {
  /** `response`, `request`, `revisit`, … */
  readonly type: string;
  /** ISO 8601, as written; '' if it is missing. */
  readonly date: string;
  readonly url: string | undefined;
  /** A field's value; names in lower case. */
  field(name: string): string | undefined;
  readonly block: Buffer;
}

/** Reads a record whatever its kind is; undefined if it is none. */
export function readAnyRecord(bytes: Buffer): WarcRecord | undefined {
  const headEnd = bytes.indexOf(CRLF2);
  const fields = headEnd === -1 ? undefined : warcFields(bytes.toString('utf8', 0, headEnd));
  if (fields === undefined) return undefined;
  const start = headEnd + CRLF2.length;
  return {
    type: fields.get('warc-type') ?? '',
    date: fields.get('warc-date') ?? '',
    url: fields.get('warc-target-uri')?.replace(/^<(.*)>$/, '$1'),
    field: (name) => fields.get(name),
    block: bytes.subarray(start, start + Number(fields.get('content-length'))),
  };
}

/** Reads one uncompressed WARC conversion record. Throws ArchiveError `corrupt`. */
export function readConversionRecord(bytes: Buffer): Derived {
  const { fields, block, url, date } = readRecord(bytes, 'conversion');
  return { url, madeAt: date, contentType: fields.get('content-type') ?? '', body: block };
}

function readRecord(bytes: Buffer, type: string) {
  const headEnd = bytes.indexOf(CRLF2);
  const fields = headEnd === -1 ? undefined : warcFields(bytes.toString('utf8', 0, headEnd));
  if (fields === undefined || fields.get('warc-type') !== type) throw corrupt(`no ${type} record`);
  const length = Number(fields.get('content-length'));
  const block = bytes.subarray(headEnd + CRLF2.length, headEnd + CRLF2.length + length);
  // WARC 1.0 wrote it in angle brackets.
  const url = fields.get('warc-target-uri')?.replace(/^<(.*)>$/, '$1');
  const date = fields.get('warc-date');
  if (block.byteLength !== length || url === undefined || date === undefined) throw corrupt('record is not whole');
  return { fields, block, url, date };
}

function warcFields(head: string): ReadonlyMap<string, string> | undefined {
  const [version, ...lines] = head.split('\r\n');
  if (version === undefined || !version.startsWith('WARC/1.')) return undefined;
  return new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}

function headerPair(line: string): HeaderPair {
  const colon = line.indexOf(':');
  const name = line.slice(0, colon);
  const value = line.slice(colon + 1).replace(/^ /, '');
  return [name === STORED_TRANSFER_ENCODING ? 'Transfer-Encoding' : name, value];
}

function isTruncation(value: string | undefined): value is 'length' | 'time' | 'disconnect' {
  return value === 'length' || value === 'time' || value === 'disconnect';
}

function corrupt(message: string): ArchiveError {
  return new ArchiveError('corrupt', `archive: ${message}`);
}
