import { randomUUID } from 'node:crypto';
import type { Capture, Derived, HeaderPair } from '../capture.ts';
import { digest } from './digest.ts';

/**
 * WARC 1.1 records (https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/), uncompressed.
 * The transfer coding of the response is undone before it is stored, so its header is renamed: a reader that believed
 * `Transfer-Encoding: chunked` would look for chunks in a body that has none.
 */
export const STORED_TRANSFER_ENCODING = 'X-Crawl-Transfer-Encoding';

/** The first record of every segment: who wrote it. `fields` become lines of `application/warc-fields`. */
export function warcinfoRecord(segment: string, date: string, fields: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${singleLine(value)}\r\n`);
  return record(
    [
      ['WARC-Type', 'warcinfo'],
      ['WARC-Record-ID', recordId()],
      ['WARC-Date', date],
      ['WARC-Filename', segment],
      ['Content-Type', 'application/warc-fields'],
    ],
    [Buffer.from(lines.join(''))],
  );
}

/** The response, and the request that asked for it where the capture knows it. */
export function captureRecords(capture: Capture): { response: Buffer; request?: Buffer } {
  const id = recordId();
  const head = Buffer.from(responseHead(capture), 'latin1');
  const response = record(
    [
      ['WARC-Type', 'response'],
      ['WARC-Record-ID', id],
      ['WARC-Date', capture.fetchedAt],
      ['WARC-Target-URI', singleLine(capture.url)],
      ...optional('WARC-IP-Address', capture.ip),
      ['Content-Type', 'application/http; msgtype=response'],
      ['WARC-Payload-Digest', digest([capture.body])],
      ['WARC-Block-Digest', digest([head, capture.body])],
      ...optional('WARC-Truncated', capture.truncated),
    ],
    [head, capture.body],
  );
  if (capture.requestHeaders === undefined) return { response };
  const block = Buffer.from(requestHead(capture.url, capture.requestHeaders), 'latin1');
  const request = record(
    [
      ['WARC-Type', 'request'],
      ['WARC-Record-ID', recordId()],
      ['WARC-Date', capture.fetchedAt],
      ['WARC-Target-URI', singleLine(capture.url)],
      ['WARC-Concurrent-To', id],
      ['Content-Type', 'application/http; msgtype=request'],
      ['WARC-Block-Digest', digest([block])],
    ],
    [block],
  );
  return { response, request };
}

const REVISIT = 'http://netpreserve.org/warc/1.1/revisit';

/**
 * WARC 1.1 §6.7: the same address gave the same payload again (its body is not stored), or the server said that nothing
 * has changed (304). Which capture is meant is told by address and date.
 */
export function revisitRecord(capture: Capture, of: { readonly fetchedAt: string }): Buffer {
  const notModified = capture.status === 304;
  const head = Buffer.from(responseHead(capture), 'latin1');
  return record(
    [
      ['WARC-Type', 'revisit'],
      ['WARC-Record-ID', recordId()],
      ['WARC-Date', capture.fetchedAt],
      ['WARC-Target-URI', singleLine(capture.url)],
      ...optional('WARC-IP-Address', capture.ip),
      ['Content-Type', 'application/http; msgtype=response'],
      ['WARC-Profile', `${REVISIT}/${notModified ? 'server-not-modified' : 'identical-payload-digest'}`],
      ['WARC-Refers-To-Target-URI', singleLine(capture.url)],
      ['WARC-Refers-To-Date', of.fetchedAt],
      ...optional('WARC-Payload-Digest', notModified ? undefined : digest([capture.body])),
      ['WARC-Block-Digest', digest([head])],
      // The payload is left out for its length; a 304 has none.
      ...optional('WARC-Truncated', notModified ? undefined : 'length'),
    ],
    [head],
  );
}

/** WARC 1.1 §6.8: another form of what a capture holds. */
export function conversionRecord({ url, madeAt, contentType, body }: Derived): Buffer {
  return record(
    [
      ['WARC-Type', 'conversion'],
      ['WARC-Record-ID', recordId()],
      ['WARC-Date', madeAt],
      ['WARC-Target-URI', singleLine(url)],
      ['Content-Type', singleLine(contentType)],
      ['WARC-Block-Digest', digest([body])],
    ],
    [body],
  );
}

function record(fields: readonly HeaderPair[], block: readonly Uint8Array[]): Buffer {
  const length = block.reduce((sum, part) => sum + part.byteLength, 0);
  const lines = [...fields, ['Content-Length', String(length)] as const];
  const head = `WARC/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  return Buffer.concat([Buffer.from(head), ...block, Buffer.from('\r\n\r\n')]);
}

function responseHead(capture: Capture): string {
  const reason = capture.reasonPhrase === undefined ? '' : singleLine(capture.reasonPhrase);
  const headers = capture.headers.map(
    ([name, value]): HeaderPair => [
      name.toLowerCase() === 'transfer-encoding' ? STORED_TRANSFER_ENCODING : name,
      value,
    ],
  );
  return `HTTP/${capture.httpVersion} ${capture.status} ${reason}\r\n${headerLines(headers)}\r\n`;
}

function requestHead(url: string, headers: readonly HeaderPair[]): string {
  const { pathname, search } = new URL(url);
  return `GET ${pathname}${search} HTTP/1.1\r\n${headerLines(headers)}\r\n`;
}

function headerLines(headers: readonly HeaderPair[]): string {
  return headers.map(([name, value]) => `${singleLine(name)}: ${singleLine(value)}\r\n`).join('');
}

/** A line break in a field would end the field: the HTTP parser lets none through, and neither do we. */
function singleLine(text: string): string {
  return text.replace(/[\r\n\0]+/g, ' ');
}

function optional(name: string, value: string | undefined): HeaderPair[] {
  return value === undefined ? [] : [[name, value]];
}

function recordId(): string {
  return `<urn:uuid:${randomUUID()}>`;
}
