/** Parameters that tell how a reader came, not which page it is. Matched on the lower-cased name. */
const TRACKING_NAMES: ReadonlySet<string> = new Set([
  // Click ids of ad networks and mailers.
  ...['fbclid', 'gclid', 'gclsrc', 'dclid', 'gbraid', 'wbraid', 'msclkid', 'yclid', 'ysclid', 'twclid', 'ttclid'],
  ...['igshid', 'igsh', 'li_fat_id', 'mc_cid', 'mc_eid', 'mkt_tok', '_hsenc', '_hsmi', 'vero_id', 'wickedid'],
  ...['oly_anon_id', 'oly_enc_id', '_openstat', 'ref_src', 'ref_url', 's_cid', 'cmpid', 'ncid', 'smid', 'ocid'],
  ...['_ga', '_gl', 'srsltid', 'ns_mchannel', 'ns_source', 'ns_campaign', 'ns_linkname', 'ns_fee'],
  // Alibaba, Baidu Tongji, Tencent, WeChat, Weibo.
  ...['spm', 'scm', 'hmsr', 'hmpl', 'hmcu', 'hmkw', 'hmci', 'tdsourcetag', 'bsh_bid', 'bdchannel', 'isappinstalled'],
  ...['nsukey', 'wxfid', 'sharer_shareid', 'sharer_sharetime', 'sharer_shareinfo', 'share_token', 'wfr'],
]);

const TRACKING_PREFIXES: readonly string[] = ['utm_', 'pk_', 'mtm_', 'at_', 'hsa_', 'sc_'];

/** `from` names a section on some sites; only values that a share button writes are dropped. */
const SHARED_FROM: ReadonlySet<string> = new Set([
  ...['singlemessage', 'groupmessage', 'timeline', 'weixin', 'wechat', 'wx', 'weibo', 'qq', 'qzone'],
  ...['rss', 'feed', 'facebook', 'twitter', 'whatsapp', 'telegram', 'line', 'email', 'share'],
]);

const SESSION_NAMES: ReadonlySet<string> = new Set([
  ...['phpsessid', 'jsessionid', 'sessionid', 'session_id', 'cfid', 'cftoken', 'zenid', 'oscsid', 'sessid'],
]);

/** `pk_`, `at_` and `sc_` are tracking only with the words that Matomo, BBC and Adobe put behind them. */
const PREFIX_WORDS =
  /^(?:pk|mtm|at|sc)_(?:campaign|medium|source|src|kwd|keyword|content|term|channel|cid|placement|group|creation|link|format|ptr|custom|bbc|variant|lid|uid|llid|eh)/;

/** True if the query parameter says nothing about which page is meant. `value` is as written, percent-encoded. */
export function isTrackingParameter(name: string, value: string): boolean {
  const key = name.toLowerCase();
  if (TRACKING_NAMES.has(key) || SESSION_NAMES.has(key)) return true;
  if (key === 'from') return SHARED_FROM.has(value.toLowerCase());
  // Discuz and others call their session `sid`; a short one is an id of content.
  if (key === 'sid') return /^[0-9a-f]{24,}$/i.test(value);
  if (key.startsWith('aspsessionid')) return true;
  if (!TRACKING_PREFIXES.some((prefix) => key.startsWith(prefix))) return false;
  return key.startsWith('utm_') || key.startsWith('hsa_') || PREFIX_WORDS.test(key);
}

/** Removes the session ids that servlet containers and ASP.NET write into the path. */
export function withoutPathSession(path: string): string {
  return path.replace(/;(?:jsessionid|phpsessid|sid)=[^/;]*/gi, '').replace(/\/\(S\([0-9a-z]{24}\)\)(?=\/)/gi, '');
}
