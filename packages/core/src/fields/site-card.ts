import type { SiteCard } from '@newsmill/contracts';
import { getDomain, parse } from 'tldts';
import type { Evidence } from './evidence.ts';
import type { Line } from './walk.ts';

type Licences = NonNullable<SiteCard['licences']>;

/** Licences as Chinese sites must print them, each up to the next word or bar. */
const LICENCES: readonly (readonly [keyof Licences, RegExp])[] = [
  [
    'newsService',
    /互联网新闻信息服务(?:备案)?许可证(?:编号|号)?\s?[:：]?\s?([(（]?[\p{L}\p{N}][\p{L}\p{N}()（）_-]{4,29})/u,
  ],
  ['icp', /([\p{Script=Han}]?ICP[备证]\s?\d{6,14}号?(?:-\d{1,3})?)/u],
  [
    'business',
    /(?<!制作)(?<!业务)(?<!电信)经营许可证(?:编号|号)?\s?[:：]?\s?(\p{Script=Han}?[AB]\d?[-_—.]{1,3}\d{4,12})/u,
  ],
  [
    'broadcastProduction',
    /广播电视节目制作经营许可证(?:编号|号)?\s?[:：]?\s?([(（]?\p{Script=Han}[)）]?字第\s?\d{1,8}号)/u,
  ],
  [
    'valueAddedTelecom',
    /增值电信业务(?:经营)?许可证(?:编号|号)?\s?[:：]?\s?(\p{Script=Han}?[AB]\d?[-_—.]{1,3}\d{4,12})/u,
  ],
];
const OPERATOR =
  /(?:主办单位|主办|主管主办|运营单位|版权所有)\s?[:：]\s?(\p{L}[\p{L}\p{N}()（）]{2,39}?)(?=\s|[|｜,，;；、]|$|(?:承办|协办|技术支持|地址|电话))/u;
const COUNSEL = /法律顾问[^:：]{0,8}[:：]\s?(.{2,200})/u;
const LAW_FIRM =
  /(\p{Script=Han}[\p{Script=Han}]{1,30}?(?:律师事务所|律師事務所|律师))(?:\s?[\p{Script=Han}]{0,8})?\s?[(（]?\s?((?:\d{3,4}-)?\d{7,11})?/gu;
const PHONES = /举报(?:电话|热线)\s?[:：]\s?([\d\s\-—、,，/()（）传真]{5,120})/u;
const PHONE = /(?<!\d)(?:0\d{2,3}[-—]\d{7,8}|1[0-9]{4}|[48]00[-—]?\d{3,4}[-—]?\d{3,4}|1\d{10}|\d{7,8})(?!\d)/gu;
/** A cheap test before all others. */
const TELLING = /©|opyright|OPYRIGHT|\(c\)|\(C\)|版权所有|许可证|ICP|主办|运营单位|法律顾问|举报/;
const COPYRIGHT = /(?:copyright|©|\(c\)|版权所有)/i;
const YEARS = /((?:19|20)\d{2})\s?(?:[-–—~至,]|-{2})\s?((?:19|20)\d{2})/;
const YEAR = /(?:©|copyright|\(c\))[^\d]{0,12}((?:19|20)\d{2})(?!\d)/i;
/** Footers are at the end; this many lines from there are looked at. */
const FOOTER_LINES = 120;

/** The registrable domain, or the address itself when the host is an IP. */
export function siteDomain(url: string): string {
  const info = parse(url);
  if (info.isIp && info.hostname) return info.hostname.replace(/^\[|\]$/g, '');
  return getDomain(url) ?? info.hostname ?? '';
}

function copyrightName(text: string): string | undefined {
  const match =
    /(?:copyright|©|\(c\))[\s©\d(c)–—~-]{1,40}(?:by\s)?(\p{Script=Han}[\p{Script=Han}\p{N}A-Za-z·]{1,19})/iu.exec(text);
  return match?.[1]?.replace(/(?:版权|版權)所有$/u, '');
}

/**
 * The site's own card as far as this page shows it. Figures stay as printed.
 * @param publisher the publisher's name, the last resort for the site's.
 * @param breadcrumbRoot first entry of the breadcrumb, a name readers know when it is not just "home".
 */
export function findSiteCard(
  evidence: Evidence,
  url: string,
  breadcrumbRoot: string | undefined,
  publisher: string | undefined,
): { readonly card: SiteCard; readonly nameFrom: string | undefined } {
  const lines: readonly Line[] = evidence.lines.slice(-FOOTER_LINES);
  const licences: Licences = {};
  let operator: string | undefined;
  let legalCounsel: SiteCard['legalCounsel'];
  const phones: string[] = [];
  let years: [number, number] | undefined;
  let footerName: string | undefined;
  for (const { text } of lines) {
    if (!TELLING.test(text)) continue;
    if (COPYRIGHT.test(text)) {
      const range = YEARS.exec(text);
      const single = YEAR.exec(text);
      if (range) years ??= [Number(range[1]), Number(range[2])];
      else if (single) years ??= [Number(single[1]), Number(single[1])];
      footerName ??= copyrightName(text);
    }
    if (!/许可证|ICP|主办|运营单位|法律顾问|举报/.test(text)) continue;
    for (const [field, pattern] of LICENCES) {
      const value = pattern.exec(text)?.[1];
      if (value) licences[field] ??= value;
    }
    operator ??= OPERATOR.exec(text)?.[1];
    const counsel = COUNSEL.exec(text)?.[1];
    if (counsel && !legalCounsel) {
      const firms = [...counsel.matchAll(LAW_FIRM)].map((match) => ({
        name: match[1] ?? '',
        ...(match[2] ? { phone: match[2] } : {}),
      }));
      if (firms.length > 0) legalCounsel = firms;
    }
    for (const part of text.split(/(?=举报(?:电话|热线))/)) {
      const list = PHONES.exec(part)?.[1];
      for (const phone of list?.match(PHONE) ?? []) if (!phones.includes(phone)) phones.push(phone);
    }
  }
  const declared = evidence.siteNames[0];
  const root =
    breadcrumbRoot &&
    !/^(?:首页|首頁|主页|home|start|startseite|accueil|inicio|главная|αρχική|strona główna)$/i.test(breadcrumbRoot) &&
    /(?:网|網|报|報|台|社|在线|新闻|\.\w{2,3})$/.test(breadcrumbRoot)
      ? breadcrumbRoot
      : undefined;
  const name = declared ?? footerName ?? root ?? publisher;
  return {
    card: {
      ...(name ? { name } : {}),
      domain: siteDomain(url),
      ...(operator ? { operator } : {}),
      ...(Object.keys(licences).length > 0 ? { licences } : {}),
      ...(legalCounsel ? { legalCounsel } : {}),
      ...(phones.length > 0 ? { reportPhones: phones } : {}),
      ...(years ? { copyrightYears: years } : {}),
    },
    nameFrom: declared
      ? 'site-name'
      : footerName
        ? 'footer'
        : root
          ? 'breadcrumb'
          : publisher
            ? 'publisher'
            : undefined,
  };
}
