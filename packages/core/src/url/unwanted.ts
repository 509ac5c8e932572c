import { isDataFile } from './data-file.ts';

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
  const { pathname, search } = new URL(url);
  if (isDataFile(pathname)) return undefined;
  if (ASSET.test(pathname)) return 'asset';
  if (SERVICE_QUERY.test(search)) return 'service-page';
  const segments = pathname.toLowerCase().split('/').filter(Boolean);
  const [first = ''] = segments;
  const last = segments.at(-1) ?? '';
  const isService = SERVICE_SEGMENTS.has(first) || SERVICE_SEGMENTS.has(last) || SERVICE_ENDINGS.has(last);
  return isService ? 'service-page' : undefined;
}
