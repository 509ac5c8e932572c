import { isDataFile } from './data-file.ts';
import { splitCanonical, type UrlParts } from './split.ts';

/** Why a link is not worth a request, by its address alone. */
export type UnwantedReason = 'asset' | 'service-page';

const ASSET =
  /\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|css|m?js|json|woff2?|ttf|eot|mp[34]|m4[av]|mov|avi|wmv|flv|webm|ogg|wav|m3u8|ts|pdf|docx?|xlsx?|pptx?|zip|rar|7z|gz|tgz|tar|exe|apk|dmg|iso|swf|epub)$/i;

/** Where a site keeps its services: as the first or the last part of a path. */
const SERVICE_SEGMENTS: ReadonlySet<string> = new Set([
  ...['login', 'logout', 'signin', 'sign-in', 'signup', 'sign-up', 'register', 'account', 'cart', 'checkout'],
  ...['wp-admin', 'wp-login.php', 'wp-json', 'xmlrpc.php', 'cgi-bin', 'share', 'search', 'unsubscribe'],
  ...['passport', 'sso', 'oauth'],
]);
/** These name a section on some sites (`/comment/` is the Guardian's opinion), but at the end of a path they are services. */
const SERVICE_ENDINGS: ReadonlySet<string> = new Set([
  'comments',
  'reply',
  'print',
  'feedback',
  'subscribe',
  'download',
]);
const SERVICE_QUERY = /[?&](?:replytocom|action=(?:login|edit|history|print)|share=|print=|printable=)/i;

/** `asset` for images, scripts, documents; `service-page` for log-in, share, search and the like. Feeds and sitemaps are neither. */
export function unwantedReason(url: string): UnwantedReason | undefined {
  return unwantedPath(splitCanonical(url));
}

/** `unwantedReason` for an address that is cut already. */
export function unwantedPath({ pathname, search }: UrlParts): UnwantedReason | undefined {
  // Endings of files are at most five characters long.
  if (pathname.lastIndexOf('.') >= pathname.length - 6 && ASSET.test(pathname.slice(-6)))
    return isDataFile(pathname) ? undefined : 'asset';
  const reason = (search !== '' && SERVICE_QUERY.test(search)) || isServicePath(pathname) ? 'service-page' : undefined;
  return reason === undefined || isDataFile(pathname) ? undefined : reason;
}

function isServicePath(pathname: string): boolean {
  let start = 0;
  while (pathname.charCodeAt(start) === slash) start += 1;
  let end = pathname.length;
  while (end > start && pathname.charCodeAt(end - 1) === slash) end -= 1;
  if (start >= end) return false;
  const behind = pathname.indexOf('/', start);
  const first = pathname.slice(start, behind < 0 ? end : behind).toLowerCase();
  const last = pathname.slice(pathname.lastIndexOf('/', end - 1) + 1, end).toLowerCase();
  return SERVICE_SEGMENTS.has(first) || SERVICE_SEGMENTS.has(last) || SERVICE_ENDINGS.has(last);
}

const slash = 47;
