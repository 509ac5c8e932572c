import { hasHan, plainText } from './text.ts';

/** Buttons and counters that layouts glue to the source. */
const GLUED =
  /(?:参与互动|我要评论|分享到|分享|字号|字体|大\s?中\s?小|打印|收藏|订阅|已订阅|关注|评论|浏览|瀏覽|点击|阅读|发布时间|发布日期|时间|日期|责任编辑|责编|编辑|作者|记者|通讯员|手机看|扫码|扫一扫|原标题|用微信|查看|下载|说两句|语音播报|我有话说|[(（]责|\d{4}[-年/.]|[-—\s]\d{1,2}月|\d{1,2}:\d{2}|http|www\.).*$/u;
const BRACKETS = /^[\s[【(（《“"'「『:：]+|[\s\]】)）》”"'」』:：。，,;；[【(（《“「『]+$/g;
/** What parts the republisher from the origin. A middle dot mostly joins an outlet and its own channel and stays. */
const SEPARATOR = /\s*(?:--|——|－－|[-—－–|｜丨>＞]|→)\s*|\s*[;；、]\s*/u;
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
      /^(?:稿件|文章|新闻|信息|本文|资料|消息|内容)?(?:来源|來源|稿源|出处|出處|转自|轉自|来自|摘自|原载)\s?[:：]?\s?/,
      '',
    )
    .replace(/^(?:source|quelle|fuente|источник)\s?:\s?/i, '')
    .replace(GLUED, '')
    .replace(/(?<=\p{Script=Han}{2})[（(][^（()）]{1,10}[)）]?$/u, '')
    .trim();
  if (value === '' || value.length > 60) return [];
  const chain: string[] = [];
  for (const piece of value.split(SEPARATOR)) {
    const name = piece.replace(BRACKETS, '').trim();
    const first = hasHan(name) && !/[A-Za-z]/.test(name) ? (name.split(/\s/)[0] ?? '') : name;
    const bare = first.replace(BRACKETS, '');
    if (bare.length < 2 || bare.length > 40 || !/\p{L}/u.test(bare)) continue;
    if (NOT_A_SOURCE.test(bare) && !(keepPlaceholders && /原创|互联网|网络/.test(bare))) continue;
    if (/[。！？]/.test(bare)) continue;
    if (!chain.includes(bare)) chain.push(bare);
  }
  return chain.slice(0, 5);
}

const CREDITED =
  /[据據]\s?[“《「]?(?!记者|記者|悉|了解|介绍|介紹|统计|統計|报道|報道|報導)([\p{L}\p{N}·]{1,14}?(?:社|网|網|报|報|台|臺|新闻|新聞|频道|客户端|周刊|在线|财经|[A-Za-z]))[”》」]?(?:\p{Script=Han}{2,5}?)?\s?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:消息|报道|報道|報導|电|電)/u;

/** `据兰州日报报道`, `据新华社电`, `（新华社）` at the head of a text: the outlet that is credited there. */
export function creditedOutlet(lead: string): string | undefined {
  const text = lead.length > 120 ? lead.slice(0, 120) : lead;
  const match = CREDITED.exec(text);
  const name = match?.[1];
  if (!name) return undefined;
  return name;
}
