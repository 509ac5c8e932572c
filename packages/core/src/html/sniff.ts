/** What the bytes of a response really are, whatever its headers say. */
export type PageKind = 'html' | 'feed' | 'sitemap' | 'other';

/** First bytes of formats that a news crawl meets and cannot read. */
const signatures: readonly string[] = [
  '%PDF-',
  '\x89PNG',
  '\xff\xd8\xff',
  'GIF8',
  'PK\x03\x04',
  'PK\x05\x06',
  '\x1f\x8b',
  'RIFF',
  'BM',
  'II*\x00',
  'MM\x00*',
  '\x00\x00\x00\x18ftyp',
  '\x00\x00\x00\x1cftyp',
  '\x00\x00\x00\x20ftyp',
  '\x00\x00\x01\x00',
  'ID3',
  'OggS',
  '\x1aE\xdf\xa3',
  'wOFF',
  'wOF2',
  '\x00asm',
  'Rar!',
  '7z\xbc\xaf',
  'CWS',
  'FWS',
  '\xd0\xcf\x11\xe0',
  '{\\rtf',
];
const headLength = 4096;

/** True when the bytes are of a format that is not text. */
export function isBinary(bytes: Uint8Array): boolean {
  const head = String.fromCharCode(...bytes.subarray(0, 32));
  if (signatures.some((signature) => head.startsWith(signature)))
    return !/^(?:BM|RIFF)[\x20-\x7e]{8}/.test(head) || head.startsWith('RIFF');
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return false;
  // UTF-16 without a mark has a zero in nearly every other byte; anything else with many zeros is no text.
  let zeros = 0;
  const end = Math.min(bytes.length, 512);
  for (let at = 0; at < end; at += 1) if (bytes[at] === 0) zeros += 1;
  return zeros > 16 && (zeros < end * 0.35 || zeros > end * 0.6);
}

/**
 * Kind of a decoded text. The content decides: feeds are served as `text/html` and pages as `text/xml` too often.
 * `contentType` only decides for text that has no markup.
 */
export function sniffText(text: string, contentType?: string): PageKind {
  const head = text.slice(0, headLength).trimStart();
  const root = rootName(head);
  if (root !== undefined) {
    const name = root.toLowerCase();
    if (name === 'rss' || name === 'feed' || name === 'rdf:rdf' || name === 'channel') return 'feed';
    if (name === 'urlset' || name === 'sitemapindex') return 'sitemap';
    if (name === 'svg') return 'other';
    return /xml/i.test(contentType ?? '') && !/xhtml|html/i.test(`${contentType} ${head.slice(0, 1000)}`)
      ? 'other'
      : 'html';
  }
  if (/^[{[]/.test(head)) return /"version"\s{0,4}:\s{0,4}"https?:\/\/jsonfeed\.org/.test(head) ? 'feed' : 'other';
  if (/^https?:\/\/\S+(?:\r?\n|$)/.test(head) && /^(?:text\/plain)/i.test(contentType ?? '')) return 'sitemap';
  if (/<[a-z!/]/i.test(head)) return 'html';
  return /html/i.test(contentType ?? 'html') ? 'html' : 'other';
}

/** Name of the first element, after declarations, comments and processing instructions. */
function rootName(head: string): string | undefined {
  let at = head.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (let step = 0; step < 50; step += 1) {
    while (at < head.length && head.charCodeAt(at) <= 32) at += 1;
    if (head.startsWith('<!--', at)) {
      const end = head.indexOf('-->', at);
      if (end < 0) return undefined;
      at = end + 3;
    } else if (head.startsWith('<?', at) || head.startsWith('<!', at)) {
      const end = head.indexOf('>', at);
      if (end < 0) return undefined;
      at = end + 1;
    } else break;
  }
  return /^<([a-zA-Z][\w:.-]*)/.exec(head.slice(at, at + 100))?.[1];
}
