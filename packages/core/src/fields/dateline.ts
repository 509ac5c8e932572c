import type { Dateline } from '@newsmill/contracts';
import { isRealDate } from '../dates/calendar.ts';
import { monthNumber } from '../dates/month-names.ts';

export interface FoundDateline extends Dateline {
  /** Characters of the text that belong to it, its sign (`电`, `讯`, `—`) included. */
  readonly length: number;
}

const DAY_MS = 86_400_000;
/** Chinese outlets whose names do not end in a telling character, or end too early for the general form. */
const AGENCIES =
  '明報|星島|信報|成報|新华社|新華社|新华网|新華網|中新社|中新网|中新網|中央社|中通社|央广网|央视网|人民网|光明网|国际在线|本报|本報|本网|本網|本刊|本台|本社|路透社|法新社|美联社|共同社|韩联社|塔斯社|IT之家|香港中通社|大公报|文匯報|澎湃新闻|海外网|环球网|每日甘肃网';
const OUTLET = String.raw`(?:${AGENCIES}|(?!据|在|从|由)[\p{Script=Han}A-Za-z]{1,10}?(?:社|网|網|日报|晚报|晨报|时报|早报|商报|报|報|电视台|广播|之家|新闻|客户端|在线|财经|台)(?:客户端|全媒体|融媒体|融媒)?)`;
const SIGN = '(?:綜合外電報導|外電報導|綜合報導|综合报道|专电|專電|电|電|讯|訊|消息|报道|報道|報導|综合消息)';
const SIGNED = new RegExp(`${SIGN}[】)）〕\\]]?$`, 'u');
const MONTH_DAY = String.raw`(?:(?<year>\d{4})年)?(?:(?<month>\d{1,2})月)?(?<day>\d{1,2})日`;
const PLACE = String.raw`(?<place>\p{Script=Han}{2,10}?)`;
const HAN_FORMS: readonly RegExp[] = [
  // （中央社記者戴雅真倫敦25日專電）
  new RegExp(
    String.raw`^[(（〔]\s?(?<agency>${OUTLET})[記记]者\p{Script=Han}{2,3}(?<place>\p{Script=Han}{2,3})(?<month>)(?<year>)(?<day>\d{1,2})日${SIGN}[)）〕]`,
    'u',
  ),
  // 新华社巴黎12月9日电 · 中国甘肃网1月26日讯 · 东方网记者曹磊5月13日报道
  new RegExp(
    String.raw`^[【(（〔\[　\s]{0,3}(?:综合)?(?<agency>${OUTLET})(?:[、／/]?${OUTLET})?(?:[记記]者\p{Script=Han}{2,4}(?=\d))?${PLACE}?\s?${MONTH_DAY}(?:${SIGN}(?![了称稱说說的过過]))?[】)）〕\]]?`,
    'u',
  ),
  // 【大公报讯】 【本報訊】 本报讯（记者… 本报综合消息
  new RegExp(
    String.raw`^[【(（〔\[]?(?<agency>${OUTLET})(?:综合|綜合|專|专|快|特)?(?:[讯訊]息?|消息(?=[\s（(：:]))(?:[】)）〕\]]|(?=[\s（(：:　，]))`,
    'u',
  ),
  // 【山谷紀元2024年03月12日訊】: in brackets with the full date any name is an outlet's.
  /^[【〔](?<agency>\p{Script=Han}{2,8}?)(?<place>)(?<year>\d{4})年(?<month>\d{1,2})月(?<day>\d{1,2})日[讯訊][】〕]/u,
  // （吉隆坡12日讯）
  new RegExp(
    String.raw`^[(（【〔]\s?(?<place>\p{Script=Han}{2,6}?)\s?${MONTH_DAY}(?:综合|綜合|专|專)?[讯訊电電][)）】〕]`,
    'u',
  ),
  // 〔記者巫其倫／台北報導〕
  /^[〔(（【[]?(?:記者|记者)(?:\p{Script=Han}{2,4}[、\s]?){1,4}[／/](?<place>\p{Script=Han}{2,6}?)(?:即時|综合|綜合)?(?:報導|报道|電)[〕)）】\]]?/u,
];

const WIRES = String.raw`AP|Associated Press|Reuters|AFP|Xinhua|dpa|PTI|ANI|IANS|UPI|CNN|Bloomberg|CP|The Canadian Press|AAP|Kyodo(?: News)?|Yonhap|TASS|Tass|Interfax|EFE|ANSA|APA|SDA|sda|epd|KNA|kna|ots|SID|sid|ddp|AP/dpa|AFP/Reuters|[\w/ .-]{2,30}`;
const LATIN_FORMS: readonly RegExp[] = [
  // LANZHOU, Jan 26 (Xinhua) -- · WASHINGTON (AP) — · MONTGOMERY, Ala. (AP) - · Berlin (dpa) - · (Reuters) -
  new RegExp(
    String.raw`^(?<place>\p{Lu}[\p{L}.,'’/ -]{1,48}?)?,?\s?(?:(?<month>\p{L}{3,9})\.? (?<day>\d{1,2}),?\s)?[(（](?<agency>${WIRES})[)）]\s?(?:[-–—:]{1,2}|\.\s|(?=\p{Lu}))`,
    'u',
  ),
  // PARIS — · NEW YORK, Oct. 18 —
  /^(?<place>\p{Lu}{3,}(?:[\s'’.-]{1,2}\p{Lu}{2,}){0,3}(?:, \p{L}[\p{L}.]{1,12})?)(?:, (?<month>\p{L}{3,9})\.? (?<day>\d{1,2}))?\s?(?:[–—]|--?(?=\s))/u,
];

function dayOf(groups: Record<string, string | undefined>, published: string | undefined): string | undefined {
  const day = Number(groups.day);
  if (!day || !published) return undefined;
  const [year, month] = [Number(published.slice(0, 4)), Number(published.slice(5, 7))];
  const named = groups.month ? (/^\d/.test(groups.month) ? Number(groups.month) : monthNumber(groups.month)) : month;
  if (!named) return undefined;
  let parts = { year: groups.year ? Number(groups.year) : year, month: named, day };
  const publishedMs = Date.parse(`${published.slice(0, 10)}T00:00:00Z`);
  if (!groups.year && Date.UTC(parts.year, parts.month - 1, parts.day) > publishedMs + DAY_MS) {
    // The report is older than the page: last year's, or with only a day, last month's.
    parts = groups.month
      ? { ...parts, year: year - 1 }
      : month > 1
        ? { ...parts, month: month - 1 }
        : { year: year - 1, month: 12, day };
  }
  if (!isRealDate(parts)) return undefined;
  return `${parts.year}-${String(parts.month).padStart(2, '0')}-${String(parts.day).padStart(2, '0')}`;
}

/**
 * The dateline at the head of a text. Its year comes from the publication date; without that the date is left out.
 */
export function parseDateline(
  text: string,
  context: { readonly published?: string | undefined } = {},
): FoundDateline | undefined {
  const head = text.slice(0, 120).replace(/^[\s　]+/, '');
  const han = /^[【(（〔[]?[\p{Script=Han}A-Za-z]/u.test(head) && /\p{Script=Han}/u.test(head.slice(0, 30));
  // The first of the Latin forms tries out many lengths of a place, and has its agency in brackets.
  const latin = /[(（]/.test(head) ? LATIN_FORMS : LATIN_FORMS.slice(1);
  for (const form of han ? HAN_FORMS : latin) {
    const match = form.exec(head);
    const groups = match?.groups;
    if (!match || !groups) continue;
    // `兰州晚报1月26日` is a dateline only with its sign; a bare date after an outlet starts a sentence.
    if (han && groups.day && !SIGNED.test(match[0])) continue;
    const place = groups.place?.replace(/[,\s]+$/, '');
    if (!han && !groups.agency && (place?.length ?? 0) > 40) continue;
    const date = dayOf(groups, context.published);
    const agency = groups.agency?.trim();
    return {
      ...(agency ? { agency } : {}),
      ...(place ? { place } : {}),
      ...(date ? { date } : {}),
      length: match[0].length,
    };
  }
  return undefined;
}
