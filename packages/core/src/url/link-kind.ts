import type { LinkKind } from '../page.ts';

/** Why a link is not worth a request, by its address alone. */
export type UnwantedReason = 'asset' | 'service-page';

const ASSET =
  /\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|css|m?js|json|woff2?|ttf|eot|mp[34]|m4[av]|mov|avi|wmv|flv|webm|ogg|wav|m3u8|ts|pdf|docx?|xlsx?|pptx?|zip|rar|7z|gz|tgz|tar|exe|apk|dmg|iso|swf|epub)$/i;
/** A gzipped sitemap is no download. */
const SITEMAP =
  /(?:^|[/_.-])sitemap[\w.-]*\.(?:xml|txt)(?:\.gz)?$|\/(?:google-?)?news-?sitemap[\w.-]*\.xml(?:\.gz)?$|\/sitemap(?:[_-]?index)?\/?$/i;
const FEED =
  /\.(?:rss|atom|rdf)$|\/(?:feeds?|rss2?|atom)(?:\/(?:rss2?|atom|rdf|all|news)?)?$|\/(?:rss|feed|atom|index)\w{0,20}\.xml$|\/feed\.json$/i;
const FEED_QUERY = /[?&](?:feed=(?:rss2?|atom|rdf)|format=(?:rss|atom|feed)|alt=rss|type=rss)(?:&|$)/i;

const SERVICE_SEGMENTS: ReadonlySet<string> = new Set([
  ...['login', 'logout', 'signin', 'sign-in', 'signup', 'sign-up', 'register', 'account', 'cart', 'checkout'],
  ...['wp-admin', 'wp-login.php', 'wp-json', 'xmlrpc.php', 'cgi-bin', 'share', 'print', 'search', 'subscribe'],
  ...['unsubscribe', 'passport', 'sso', 'oauth', 'comment', 'comments', 'reply', 'feedback', 'download'],
]);
const SERVICE_QUERY = /[?&](?:replytocom|action=(?:login|edit|history|print)|share=|print=|printable=)/i;

/** `asset` for images, scripts, documents; `service-page` for log-in, share, search and the like. */
export function unwantedReason(url: string): UnwantedReason | undefined {
  const { pathname, search } = new URL(url);
  if (SITEMAP.test(pathname) || FEED.test(pathname)) return undefined;
  if (ASSET.test(pathname)) return 'asset';
  const last = pathname.toLowerCase().split('/').filter(Boolean);
  if (SERVICE_QUERY.test(search)) return 'service-page';
  const edges = [last[0], last.at(-1)];
  return edges.some((segment) => segment !== undefined && SERVICE_SEGMENTS.has(segment)) ? 'service-page' : undefined;
}

/**
 * Guesses from the address (and the anchor text, where the address says nothing) what a link leads to. It only decides how
 * early and how often the URL is fetched: the parser judges the page itself.
 */
export function guessLinkKind(url: string, text?: string): LinkKind {
  const { pathname, search } = new URL(url);
  if (SITEMAP.test(pathname)) return 'sitemap';
  if (FEED.test(pathname) || FEED_QUERY.test(search)) return 'feed';
  const segments = pathname.split('/').filter((segment) => segment !== '');
  const byQuery = kindByQuery(segments, search);
  if (byQuery !== undefined) return byQuery;
  const last = segments.at(-1);
  if (last === undefined) return 'section';
  return kindByPath(segments, last) ?? kindByText(text);
}

const LIST_QUERY = /[?&](?:page|pageno|pagenum|pn|offset|start|cat|category|tag|keyword|q|s|sort)=/i;
const ID_QUERY =
  /[?&](?:id|aid|nid|newsid|news_id|articleid|article_id|contentid|docid|p|story|storyid|infoid)=[\w-]*\d{2,}/i;

function kindByQuery(segments: readonly string[], search: string): LinkKind | undefined {
  if (search === '') return undefined;
  if (ID_QUERY.test(search)) return 'article';
  if (LIST_QUERY.test(search) && !/\d{6,}/.test(segments.at(-1) ?? '')) return 'section';
  return undefined;
}

/** Names of list pages: `index_2.shtml`, `list-3.html`, `node_7188.htm`, `col123`. */
const LIST_FILE =
  /^(?:index|default|list|node|home|main|more|channel|columns?|col|category|roll|latest|archives?|page)(?:[_-]?\d+){0,3}(?:\.\w{2,5})?$/i;
const LIST_SEGMENTS: ReadonlySet<string> = new Set([
  ...['tag', 'tags', 'category', 'categories', 'topic', 'topics', 'author', 'authors', 'section', 'channel'],
  ...['page', 'list', 'node', 'column', 'columns', 'archive', 'archives', 'keyword', 'profile', 'people'],
]);
const ARTICLE_SEGMENTS: ReadonlySet<string> = new Set([
  ...['article', 'articles', 'story', 'stories', 'content', 'detail', 'details', 'doc', 'newsdetail', 'view', 'a'],
]);
const PAGE_EXTENSION = /\.(?:s?html?|php|aspx?|jsp|do|jhtml|xhtml|cms)$/i;
/** `2026/11/24`, `2026-11/24`, `202611/24`, `20261124`, `2026-11-24`, `t20261124_1.html`. */
const DATED =
  /(?:^|[/_t-])(?:19|20)\d{2}(?:[/_-]?(?:0[1-9]|1[0-2])[/_-]?(?:0[1-9]|[12]\d|3[01])|[/_-]\d{1,2}[/_-]\d{1,2}(?!\d))/;

function kindByPath(segments: readonly string[], last: string): LinkKind | undefined {
  if (LIST_FILE.test(last)) return 'section';
  const name = last.replace(PAGE_EXTENSION, '');
  const parent = segments.at(-2)?.toLowerCase();
  const path = segments.join('/');
  const dated = DATED.exec(path);
  if (dated !== null) {
    // A date with nothing behind it is the list of that day.
    const behind = path.slice(dated.index + dated[0].length).replace(PAGE_EXTENSION, '');
    return /[\w%]/.test(behind) || name !== last ? 'article' : 'section';
  }
  if (parent !== undefined && LIST_SEGMENTS.has(parent)) return 'section';
  if (/\d{5,}/.test(name)) return 'article';
  if (parent !== undefined && ARTICLE_SEGMENTS.has(parent)) return 'article';
  const words = name.split('-').filter((word) => word !== '').length;
  if (words >= 4 || (words >= 3 && name.length >= 25)) return 'article';
  // `/news/article/KH2A9B1C0001899N.html`: an id of letters and digits.
  if (name !== last && name.length >= 12 && /\d/.test(name) && /[a-z]/i.test(name)) return 'article';
  return undefined;
}

/** A headline is a sentence; the name of a section is a word. */
function kindByText(text: string | undefined): LinkKind {
  const label = text?.trim() ?? '';
  const han = label.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = label.split(/\s+/).length;
  return han >= 10 || (han === 0 && words >= 5 && label.length >= 28) ? 'article' : 'section';
}
