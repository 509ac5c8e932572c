import { readAnyRecord } from '@newsmill/archive';

/**
 * The line of a record in a CDXJ index, as pywb and other players of WARC files look pages up: key, time, and where the
 * record is. Undefined for what is no page: requests, conversions, warcinfo.
 * @param ref `<file>#<offset>+<length>`
 */
export function cdxjLine(record: Buffer, ref: string): string | undefined {
  const read = readAnyRecord(record);
  if (read === undefined || (read.type !== 'response' && read.type !== 'revisit') || read.url === undefined)
    return undefined;
  const key = sortKeyOf(read.url);
  const at = Date.parse(read.date);
  const [, filename = '', offset = '', length = ''] = /^(.*)#(\d+)\+(\d+)$/.exec(ref) ?? [];
  if (key === undefined || Number.isNaN(at) || filename === '') return undefined;
  const head = read.block.toString('latin1', 0, Math.min(read.block.byteLength, 65_536)).split('\r\n\r\n', 1)[0] ?? '';
  const status = /^HTTP\/\S{1,8} (\d{3})/.exec(head)?.[1];
  const type = /\r\ncontent-type:[ \t]{0,8}([^;\s]{1,100})/i.exec(head)?.[1]?.toLowerCase();
  const mime = read.type === 'revisit' ? 'warc/revisit' : type;
  const digest = read.field('warc-payload-digest');
  const time = new Date(at).toISOString().slice(0, 19).replace(/[-T:]/g, '');
  return `${key} ${time} ${JSON.stringify({ url: read.url, mime, status, digest, length, offset, filename })}`;
}

/** Names of session ids, which the key leaves out as players do. */
const sessionIds = /^(?:phpsessid|jsessionid|sid|cfid|cftoken)=[0-9a-z]{0,64}$/i;

/**
 * SURT (Sort-friendly URI Reordering Transform): `http://www.example.com/A?b=2&a` is `com,example)/a?a&b=2`, so that a host's
 * pages lie together. Written so that the keys are those of the `surt` library that players use.
 */
export function sortKeyOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname, port, pathname, search } = new URL(url);
  const host = hostname
    .replace(/^www\d{0,3}\./, '')
    .split('.')
    .toReversed()
    .join(',');
  const path = pathname.replace(/\/{2,}/g, '/').replace(/\/$/, '');
  const query = search
    .slice(1)
    .split('&')
    .filter((part) => part !== '' && !sessionIds.test(part))
    .toSorted()
    .join('&');
  const tail = `${path === '' ? '/' : path}${query === '' ? '' : `?${query}`}`;
  return `${host}${port === '' ? '' : `:${port}`})${unescapePlain(tail).toLowerCase()}`;
}

/** Letters, digits and `-._~` need no escape. */
const unescapePlain = (text: string): string =>
  text.replace(/%(2[de]|5f|7e|3\d|[46][1-9a-f]|[57][0-9a])/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
