import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** WARC files as news-crawl (CC-NEWS) writes them, made here: WARC/1.0, a request beside each response, metadata behind it. */
const base32 = (bytes: Uint8Array): string => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.replace(/.{5}/g, (five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five, 2)] ?? '');
};
const sha1 = (bytes: Uint8Array): string => `sha1:${base32(createHash('sha1').update(bytes).digest())}`;

export interface ForeignPage {
  readonly url: string;
  /** `2019-05-01T10:00:00Z`. */
  readonly date: string;
  readonly body: string;
  readonly status?: number;
  readonly type?: string;
  readonly headers?: readonly string[];
}

export function foreignRecord(type: string, block: Buffer, ...fields: readonly string[]): Buffer {
  const head = ['WARC/1.0', `WARC-Type: ${type}`, ...fields, `Content-Length: ${block.byteLength}`];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), block, Buffer.from('\r\n\r\n')]);
}

/** The three records of one page. */
export function foreignRecords(page: ForeignPage): Buffer[] {
  const { url, date, status = 200, type = 'text/html; charset=utf-8', headers = [] } = page;
  const id = `<urn:uuid:${createHash('md5').update(`${url} ${date}`).digest('hex')}>`;
  const body = Buffer.from(page.body);
  const head = [
    `HTTP/1.1 ${status} ${status === 200 ? 'OK' : 'Other'}`,
    `Content-Type: ${type}`,
    // What news-crawl does to headers that do not hold for what it stores.
    'X-Crawler-Content-Encoding: gzip',
    'X-Crawler-Transfer-Encoding: chunked',
    `Content-Length: ${body.byteLength}`,
    ...headers,
  ];
  const block = Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
  const common = [`WARC-Date: ${date}`, `WARC-Target-URI: ${url}`];
  const response = foreignRecord(
    'response',
    block,
    ...common,
    `WARC-Record-ID: ${id}`,
    'WARC-IP-Address: 203.0.113.7',
    'Content-Type: application/http; msgtype=response',
    `WARC-Payload-Digest: ${sha1(body)}`,
    `WARC-Block-Digest: ${sha1(block)}`,
  );
  const request = Buffer.from(`GET ${new URL(url).pathname} HTTP/1.1\r\nUser-Agent: CCBot/2.0\r\n\r\n`);
  return [
    foreignRecord('request', request, ...common, 'Content-Type: application/http; msgtype=request'),
    response,
    foreignRecord('metadata', Buffer.from('fetchTimeMs: 12\r\n'), ...common, 'Content-Type: application/warc-fields'),
  ];
}

/** Each record a gzip member. */
export function foreignFile(pages: readonly ForeignPage[]): Buffer {
  const info = foreignRecord(
    'warcinfo',
    Buffer.from('software: StormCrawler\r\nformat: WARC File Format 1.0\r\n'),
    'WARC-Date: 2019-05-01T09:59:00Z',
  );
  return Buffer.concat([info, ...pages.flatMap(foreignRecords)].map((record) => gzipSync(record)));
}
