import { hasHan, plainText } from './text.ts';

/** Buttons and counters that layouts glue to the source. */
const GLUED =
  /(?:参与互动|我要评论|发表评论|分享到|分享|[大中小]?字号|[大中小]号字|字体|大\s?中\s?小|打印|收藏|订阅|已订阅|(?<=[\s|])关注|关注$|评论(?=[\s\d(（:：|])|(?<=[\s|])评论|浏览|瀏覽|点击|阅读(?=[\s\d(（:：|数量次])|(?<=[\s|])阅读|发布时间|发布日期|(?:时间|時間|日期)(?=[\s:：\d])|责任编辑|責任編輯|责编|编辑|作者|记者|通讯员|手机看|扫码|扫一扫|我要投稿|收听|听新闻|(?:AI)?朗读|\sA[-－+＋]|[，,。]\s?(?:版权|版權|转载|轉載|如有|未经|仅供|图片|作者)|原标题|用微信|查看|下载|说两句|语音播报|我有话说|[(（]责|\d[\d.]{0,8}[万wWkK+]{0,2}\s?(?:次|阅读|浏览|评论|点击|閱讀|瀏覽)|\d{4}[-年/.]|[-—\s]\d{1,2}月|\d{1,2}:\d{2}|http|www\.).*$/u;
const BRACKETS = /^[\s[【(（《“"'「『:：]+|[\s\]】)）》”"'」』:：。，,;；[【(（《“「『]+$/g;
/** What parts the republisher from the origin. A middle dot mostly joins an outlet and its own channel and stays. */
const SEPARATOR =
  /\s*(?:--|——|－－|[-—－–|｜丨>＞]|→)\s*|\s*[;；、]\s*|(?<=\p{Script=Han}{2})[/／](?=\p{Script=Han}{2})/u;
/** `微信公众号“山谷发布”`, `山谷发布微信公众号`: the account's name is the outlet. */
const PLATFORM =
  /^(?:微信|官方)?(?:公众号|公眾號|订阅号|视频号|抖音号|百家号|头条号)\s?[:：]?\s?(?=[“"「『《\p{L}])|(?<=[\p{L}”"」』》])\s?(?:官方)?(?:微信公众号|微信公眾號|微信订阅号|公众号|公眾號|微信号|官方微信|官方微博|视频号|抖音号)$/gu;
const NOT_A_SOURCE =
  /^(?:未知|本站|原创|本站原创|网络|互联网|转载|不详|其他|其它|无|佚名|整理|本网|来源|unknown|other|n\/a)$/i;

/**
 * The outlets a story came through, the republisher first and the origin last: `来源:中国甘肃网-兰州日报` → both.
 * Takes the value with or without its label. Placeholders (`未知`) give nothing; `互联网`, `本站原创` are kept only when
 * `keepPlaceholders` is set, because they say something about the story though they name nobody.
 */
export function parseSourceChain(source: string, keepPlaceholders = false): string[] {
  const text = plainText(source, 200);
  const value = text
    .replace(
      /^(?:稿件|文章|新闻|信息|本文|资料|消息|内容)?(?:来源于|来源自|来源|來源|稿源|出处|出處|转载自|转自|轉自|来自|來自|摘自|综合自|原载于|原载)(?:\s?[:：/／|丨▏│]\s?|\s?)/,
      '',
    )
    .replace(/^(?:综合|綜合)?整理自?(?=\p{Script=Han}{2})/u, '')
    .replace(/^(?:综合|綜合)(?=\p{Script=Han}{1,9}(?:社|网|網|报|報|新闻|新聞|客户端|台))/u, '')
    // `【信息来源：…】【字号 …】`
    .replace(/[】\]]\s?[【[].*$/u, '')
    .replace(/^(?:source|quelle|fuente|источник)\s?:\s?/i, '')
    .replace(/[（(]\s?(?:ID|id|微信号)\s?[:：][^（()）]{1,30}[)）]/g, '')
    .replace(GLUED, '')
    .replace(/(?<=\p{Script=Han}{2})等(?:媒体)?(?:综合|報導|报道)?\s*$/u, '')
    .replace(/^@(?=\p{L})/u, '')
    // `《山谷日报》海外版`
    .replace(/^《([^《》]{2,20})》\p{Script=Han}{0,5}$/u, '$1')
    .replace(/(?<=\p{Script=Han}{2})[（(][^（()）]{1,10}[)）]?[\s|｜]*$/u, '')
    .trim();
  if (value === '' || value.length > 60) return [];
  const chain: string[] = [];
  for (const piece of value.split(SEPARATOR)) {
    const name = piece
      .trim()
      .replace(/(?<=\p{L}{3})《[^《》]{1,12}》?$/u, '')
      .replace(PLATFORM, '')
      .replace(BRACKETS, '')
      .trim();
    const first = hasHan(name) && !/[A-Za-z]/.test(name) ? (name.split(/\s/)[0] ?? '') : name;
    const bare = first.replace(BRACKETS, '');
    if (bare.length < 2 || bare.length > 40 || !/\p{L}/u.test(bare)) continue;
    if (NOT_A_SOURCE.test(bare) && !(keepPlaceholders && /原创|互联网|网络/.test(bare))) continue;
    if (/[。！？=<>{}]/.test(bare)) continue;
    if (!chain.includes(bare)) chain.push(bare);
  }
  return chain.slice(0, 5);
}

const CREDITED =
  /[据據]\s?[“《「]?(?!记者|記者|悉|了解|介绍|介紹|统计|統計|报道|報道|報導)([\p{L}\p{N}·]{1,14}?(?:社|网|網|报|報|台|臺|新闻|新聞|频道|客户端|周刊|在线|财经|[A-Za-z]))[”》」]?(?:\p{Script=Han}{2,5}?)?\s?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:消息|报道|報道|報導|电|電)/u;

/** `（综合新华社、央视新闻报道）`, `（新华社）` at the very end of a text: who it was taken from. */
const TAKEN_FROM =
  /[（(]\s?(?:综合整理自|综合自|整理自|编译自|編譯自|摘编自|摘自|转自|转载自|选自|原载|综合|綜合|据|據)\s?([^（）()。]{2,40}?)(?:等)?(?:媒体)?(?:综合|綜合)?(?:报道|報道|報導|消息|整理|电|電|讯|訊)?\s?[)）]$/u;
const AGENCY_AT_END =
  /[（(]\s?([\p{Script=Han}·]{2,14}?(?:社|网|網|日报|日報|晚报|晚報|时报|時報|早报|报|報|电视台|新闻|新聞|客户端))\s?(?:(?:特约|特派|首席|全媒体?|融媒体?)?(?:记者|記者|评论员|評論員)[^（）()]{2,30}|供(?:稿|本报专稿)|专稿|供图)?\s?[)）]$/u;

/** The outlets that the last words of a text name in brackets. */
export function outletsAtEnd(ending: string): string[] {
  const text = ending.slice(-60);
  const taken = TAKEN_FROM.exec(text)?.[1];
  if (taken) return parseSourceChain(taken).filter((name) => name.length <= 12);
  const agency = AGENCY_AT_END.exec(text)?.[1];
  return agency && !/^(?:本|我|据|来源)/.test(agency) ? [agency] : [];
}

/** `据兰州日报报道`, `据新华社电`, `（新华社）` at the head of a text: the outlet that is credited there. */
export function creditedOutlet(lead: string): string | undefined {
  const text = lead.length > 120 ? lead.slice(0, 120) : lead;
  const match = CREDITED.exec(text);
  const name = match?.[1];
  if (!name) return undefined;
  return name;
}
