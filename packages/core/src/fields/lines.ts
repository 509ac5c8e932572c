import { monthNumber } from '../dates/month-names.ts';
import { segmentsOf } from './labels.ts';
import { isLatinPerson, nameKind, splitNames } from './names.ts';
import { hasHan } from './text.ts';

/** What a line that is not the story is for. */
export type LineKind =
  | 'original-title'
  | 'meta'
  | 'editor'
  | 'byline'
  | 'source'
  | 'copyright'
  | 'share'
  | 'topic-link'
  | 'promotion'
  | 'related'
  | 'read-more'
  | 'newsletter'
  | 'photo-credit'
  | 'disclaimer'
  | 'breadcrumb'
  | 'comments'
  | 'date';

/** Where the line stands: before the first paragraph, near the head of the text, after the last. */
export type LinePosition = 'head' | 'lead' | 'tail';

/** A line without what it `needs` is spared a pattern that looks at many places. */
type Rule = readonly [kind: LineKind, lengthMax: number, pattern: RegExp, needs?: RegExp];

/** Whole-line patterns; a line longer than `lengthMax` characters is a sentence and stays. */
const HAN: readonly Rule[] = [
  ['original-title', 120, /^[（(【[]?\s?(?:原标题|原標題|原题为?|原題|副标题|引题|原文标题)\s?[:：为為]/u],
  ['original-title', 120, /^[（(]原题为?[《“]/u],
  [
    'editor',
    60,
    /^[【（([〔]?\s?(?:(?:本文)?责任编辑|責任編輯|责编|責編|编辑|編輯|值班编辑|值班编委|主编|主編|核稿編輯|审核|编审|监制|校对|責任主編|美编|统筹|新媒体编辑|网编|终审|初审|复审)\s?[:：／/|]/u,
  ],
  ['editor', 40, /^[（(]\s?(?:责任编辑|責任編輯|责编|编辑|編輯)\s?[:：]?\s?[\p{L}\p{N}_、\s]{1,30}[)）]$/u],
  [
    'source',
    60,
    /^[（(【[]?\s?(?:本文|稿件|文章|新闻|信息|资料|消息|内容)?(?:来源|來源|稿源|出处|出處|转自|轉自|摘自|来自)\s?[:：]/u,
  ],
  [
    'byline',
    60,
    /^[□■◎●▲（(【[〔]?\s?(?:文|图|文\/图|文图|图文|撰文|采写|撰稿|作者|记者|記者|通讯员|摄影|编译|整理|翻译|译者)\s?[/／|｜丨:：]\s?[^。，]{1,50}$/u,
  ],
  [
    'byline',
    40,
    /^[□■◎●▲]\s?(?:本报|本报评论员|新华社|特约)?(?:记者|评论员|通讯员|特约评论员)?\s?[\p{Script=Han}\s、]{2,24}$/u,
  ],
  [
    'byline',
    40,
    /^[〔（(【[]?(?:記者|记者)[\p{Script=Han}、\s]{2,16}[／/][\p{Script=Han}、／/]{1,10}(?:報導|报道|報道)[〕)）】\]]?$/u,
  ],
  [
    'byline',
    30,
    /^\p{Script=Han}{2,4}(?:[、\s]\p{Script=Han}{2,4}){0,3}\s?[/／]\s?\p{Script=Han}{0,6}(?:報導|报道|報道)$/u,
  ],
  [
    'byline',
    40,
    /^[【〖［[]\s?(?:记者|記者|作者|通讯员|通訊員|摄影|撰文|文字|图片|实习生|来源|稿源|编辑|責任編輯|责任编辑|校对)\s?[】〗］\]]/u,
  ],
  [
    'byline',
    40,
    /^\p{Script=Han}{2,8}(?:新聞|新闻|[报報網网社台])\s?[/／]\s?\p{Script=Han}{2,4}(?:[、\s]\p{Script=Han}{2,6}){0,4}(?:報導|报道|報道)$/u,
  ],
  ['byline', 20, /^(?:綜合報導|综合报道|文\/.{1,10})$/u],
  [
    'copyright',
    240,
    /^[（(【[*※]?\s?(?:版权声明|版權聲明|著作权声明|版权所有|版權所有|版权归|本文版权|本网版权|转载声明|轉載聲明|著作權所有)/u,
  ],
  ['copyright', 200, /^(?:Copyright|©|\(c\)|&copy;)/iu],
  [
    'disclaimer',
    300,
    /^[（(【[*※▲]?\s?(?:免责声明|免責聲明|免责条款|郑重声明|特别声明|特別聲明|声明[:：]|风险提示[:：]|本文仅代表|本文仅供|以上(?:内容|文章)?(?:仅|只)(?:代表|供)|文章内容仅供|本内容|凡本网注明|凡注明|凡注有|本网站所刊|未经授权|未經授權|未经许可|转载请注明|轉載請註明|转载请|侵权|如有侵权|如需转载|欢迎转载)/u,
  ],
  [
    'share',
    60,
    /^(?:分享到?|分享至|分享给|分享文章|分享让更多人|转发|轉發|推荐给好友|一键分享|微信扫一扫分享)(?:[:：][^。]{0,50}|[^，。：:]{0,16})$/u,
  ],
  [
    'topic-link',
    60,
    /^[（(【[>＞→►]*\s?(?:点击进入|點擊進入|进入专题|点击查看|点击下载|更多.{0,12}(?:请点击|点击|关注)|查看更多|阅读全文|閱讀全文|查看全文|展开全文|返回首页|返回列表|下一页|上一页|上一篇|下一篇|专题[:：]|点此)/u,
  ],
  [
    'promotion',
    120,
    /^[^，。]{0,14}(?:扫码(?:下载|关注|查看|阅读|观看|进群|入群|加入|领取|收听|$)|掃碼|扫一扫|掃一掃|扫描(?:上方|下方|左侧|右侧)?二维码|长按(?:识别|上方|下方|图片|二维码)|识别二维码|打开.{0,10}(?:APP|客户端)|點我下載|下載.{0,10}APP|按讚|追蹤我們)|^[^，。]{0,8}(?:下载|关注).{0,14}(?:客户端|APP|App|app|公众号|微信公众|官微)|^(?:微信)?公众号[:：]|^(?:新闻热线|爆料热线|报料热线|热线电话|新闻爆料|投稿邮箱)|^(?:点击这里|加入.{0,8}群)|訂閱.{0,12}(?:頻道|電子報)/u,
  ],
  [
    'related',
    40,
    /^[【[（(>＞■◆●·]*\s?(?:相关(?:新闻|阅读|报道|链接|文章|推荐|专题|评论|图片|资讯|内容)|相關(?:新聞|閱讀|報導|連結|文章)|延伸阅读|延伸閱讀|推荐阅读|推薦閱讀|热门推荐|热点推荐|精彩推荐|猜你喜欢|更多新闻|更多新聞|更多相关|你可能(?:也)?(?:喜欢|想看)|看更多|看了又看|最新新闻|热门新闻|熱門新聞|今日热点|24小时热文|为您推荐|编辑推荐|大家都在看|往期回顾|往期推荐|新闻排行)[\]】）):：]?$/u,
  ],
  [
    'related',
    90,
    /^[【[（(>＞■◆●·►]*\s?(?:相关(?:新闻|阅读|报道|链接|文章)|相關(?:新聞|閱讀|報導)|延伸阅读|延伸閱讀|推荐阅读|更多新聞|看更多|更多.{0,6}報導|加碼重播|點我看)\s?[:：】]/u,
  ],
  [
    'comments',
    40,
    /^(?:网友评论|我要评论|发表评论|評論|评论|已有\s?\d+\s?条评论|最新评论|热门评论|跟帖|参与评论|\d+\s?(?:条|則)?评论)/u,
  ],
  [
    'breadcrumb',
    80,
    /^(?:您?(?:当前|现在|所在|當前|目前)?的?(?:位置|所在位置)(?:是|：|:|\s)|(?:您|你)(?:现在)?的?(?:当前|當前)?位置|当前位置|當前位置|首页\s?[>＞»›]|首頁\s?[>＞»›])/u,
  ],
  [
    'photo-credit',
    40,
    /^[（(]?(?:图片来源|圖片來源|图源|资料图片?|資料照片?|图为资料图|图片(?:来自)?[:：]|图\/|圖\/|摄影[:：]|視覺中國|视觉中国).{0,26}$/u,
  ],
];
const LATIN: readonly Rule[] = [
  [
    'copyright',
    240,
    /^(?:(?:all content )?copyright\b|©|\(c\)\s|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos)/iu,
  ],
  ['copyright', 200, /^(?:this )?material may not be published/iu],
  ['copyright', 200, /^.{0,60}all rights reserved\.?.{0,60}$/iu, /reserved/i],
  [
    'share',
    60,
    /^(?:share(?: (?:this|on|via|article|story|with).{0,40})?|tweet|pin it|email(?: this)?|print(?: this)?|facebook|twitter|whatsapp|linkedin|teilen|partager|compartir|condividi|udostępnij|поделиться|κοινοποίηση)\s?:?$/iu,
  ],
  [
    'read-more',
    140,
    /^[[(►>→•*]*\s?(?:read more|read also|also read|read next|more on this|see also|related|recommended|lesen sie auch|lesen sie mehr|mehr zum thema|lire aussi|à lire aussi|lea también|lee también|leggi anche|lees ook|czytaj (?:też|także|więcej)|zobacz (?:też|także)|читайте также|читать также|διαβάστε (?:επίσης|ακόμα)|učtěte si také|leia (?:também|mais))\s?(?:[:：|>»–—-].{0,110})?$/iu,
  ],
  [
    'related',
    60,
    /^(?:related (?:stories|articles|content|posts|news|links|topics|coverage|video)|more (?:stories|news|from .{2,30}|like this|headlines|coverage)|you (?:may|might) (?:also )?(?:like|be interested).{0,20}|recommended (?:for you|stories|reading)|most (?:read|popular|viewed)|trending(?: now)?|top stories|latest news|around the web|from around the web|popular (?:posts|stories)|sponsored(?: content| links)?|advertisement|story continues below(?: advertisement)?|article continues below.{0,20}|continue reading(?: below)?|scroll (?:down )?to continue.{0,20}|anzeige|werbung|publicité|publicidad|реклама|reklama)\s?:?$/iu,
  ],
  [
    'newsletter',
    200,
    /^(?:sign up (?:here |now |today )?(?:for|to)\b.{0,120}(?:newsletter|emails?|inbox|updates|alerts|briefing)|subscribe (?:to|for|now|today|here)\b.{0,120}|get .{1,80}(?:in your inbox|newsletter|delivered).{0,60}|join our .{0,60}(?:newsletter|mailing list|whatsapp|telegram).{0,60}|enter your email.{0,60}|newsletter)\.?$/iu,
  ],
  [
    'promotion',
    160,
    /^(?:follow (?:us|@|.{2,40} on (?:twitter|facebook|x|instagram|linkedin|google news|telegram))\b.{0,100}|like us on facebook.{0,60}|find us on .{0,60}|connect with us.{0,60}|download (?:the|our) .{0,40}app\b.{0,60}|click here (?:to|for)\b.{0,100}|for (?:more|all the latest) .{2,80}(?:click|visit|follow|download)\b.{0,80}|watch (?:now|live|video)\s?:?.{0,60}|listen to this (?:article|story).{0,40})$/iu,
  ],
  [
    'comments',
    60,
    /^(?:\d{1,6} comments?|(?:leave|post|add|write) (?:a |your )?(?:comment|reply).{0,20}|comments?(?: \(\d{1,6}\))?|view comments|show comments|join the (?:conversation|discussion).{0,20}|kommentare?(?: \(\d+\))?|комментарии|σχόλια)\s?:?$/iu,
  ],
  [
    'photo-credit',
    120,
    /^[[(]?(?:photo|image|picture|credit|photograph|foto|bild|photos|crédit photo|zdjęcie|fot\.?|фото)(?:\s?(?:credit|courtesy|source|by))?\s?[:/|].{1,90}$/iu,
  ],
  [
    'date',
    60,
    /^(?:(?:published|posted|updated|last updated|last modified|created|first published|veröffentlicht|aktualisiert|stand|publié le|publicado|pubblicato|opublikowano|опубликовано|δημοσίευση)\s?:?\s?(?:on\s)?)(?=.{0,40}\d).{4,50}$/iu,
  ],
];

const DATE_ONLY =
  /^[\s|·,()（）[\]]*(?:\d{2,4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[./-]\d{1,2}[./-]\d{4})(?:[\sT日,|·-]{0,4}\d{1,2}[:：]\d{2}(?::\d{2})?)?[\s|·,()（）[\]]*$/u;

/** A cheap test before the work. */
const MAY_BE_BYLINE =
  /^(?:by|contributor|words|story|interview|ein|eine|von|par|por|di |door|av |af |aut|text|από|report|edit|additional|writ|compil|transl)/i;
const REPORTING =
  /^(?:reporting|editing|additional reporting|edited|writing|compiled|translated|reported)\s(?:and \w+ )?by\s\p{Lu}.{2,90}$/iu;
const BY =
  /^(?:(?:by|(?:words|story|interview|text|written|article|report)(?: and photos| and pictures)? by|contributors?|autor(?:en|innen)|ein (?:gast)?(?:beitrag|kommentar|artikel|bericht|interview) von|eine (?:kolumne|analyse|reportage|rezension) von|von|par|por|di|door|av|af|autor|autore|автор|text|από)\s?:?\s|[Bb]y(?=\p{Lu}\p{Ll}))(.{3,90})$/iu;

/** `By Jane Doe on December 13, 2016`. */
const ON_A_DAY = /[\s,]+(?:on|published|posted|updated|am|vom|le)\s[^,]{0,20},?\s?.{0,20}\d{4}.{0,20}$/iu;

/** `By Jane Doe and John Roe, Staff Writer`: every part is a person, an outlet or a job, and one is somebody. */
export function isByline(line: string): boolean {
  // `(By Jane Doe and John Roe)` stands behind the text.
  const text = line.startsWith('(') && line.endsWith(')') ? line.slice(1, -1).trim() : line;
  if (!MAY_BE_BYLINE.test(text)) return false;
  if (REPORTING.test(text)) return true;
  const list = text.length <= 110 ? BY.exec(text)?.[1] : undefined;
  if (list === undefined || !/^\p{Lu}/u.test(list) || /[.!?]$/.test(list.replace(/\b(?:\p{L}|Jr|Sr|Inc)\.$/u, '')))
    return false;
  const names = splitNames(list.replace(/\s[|–—-]\s.*$/u, '').replace(ON_A_DAY, ''));
  return (
    names.some((name) => isLatinPerson(name)) &&
    names.every((name) => isLatinPerson(name, true) || nameKind(name) !== 'person')
  );
}

const DATE_WORDS =
  /^(?:at|on|am|pm|a|p|m|h|t|z|et|ct|pt|est|edt|pst|pdt|cst|gmt|utc|bst|cet|cest|ist|uhr|um|de|del|le|à|st|nd|rd|th|first|published|posted|updated?|last|modified|created|and|by|ago|hours?|minutes?|days?|mins?|veröffentlicht|aktualisiert|stand|publié|publicado|pubblicato|opublikowano|опубликовано|δημοσίευση|\p{L}{2,9}day|mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|der|den|dem|les?)$/iu;

/** Nothing but a date, its labels and its zone: `Published: 26 January 2022, 10:15 GMT`. */
function onlyDateWords(text: string): boolean {
  return (text.match(/\p{L}+/gu) ?? []).every((word) => monthNumber(word) !== undefined || DATE_WORDS.test(word));
}

/**
 * Tells what a line is for when it is not part of the story, so that it can be left out of the body; undefined for a
 * line that may be part of it. Strict: a sentence that merely begins like such a line stays.
 * @param text one tidied line.
 * @param position narrows it: a meta line (date, source, editor together) is believed in head and tail, not amid the text.
 */
export function recognizeLine(text: string, position?: LinePosition): LineKind | undefined {
  const { length } = text;
  if (length < 2 || length > 300) return undefined;
  const han = hasHan(text);
  for (const [kind, lengthMax, pattern, needs] of han ? HAN : LATIN) {
    if (length > lengthMax || (needs && !needs.test(text)) || !pattern.test(text)) continue;
    // What ends in a full stop and is long enough to say something is a sentence that happens to start so.
    if (han && length > 40 && /[。！？]$/.test(text) && !['copyright', 'disclaimer', 'original-title'].includes(kind))
      continue;
    if (kind === 'date' && !han && !onlyDateWords(text)) continue;
    if (kind === 'promotion' && position === 'lead' && length > 60) continue;
    return kind;
  }
  if (han && /^(?:Copyright|©)/i.test(text)) return 'copyright';
  if (!han && isByline(text)) return 'byline';
  if (length <= 40 && DATE_ONLY.test(text)) return 'date';
  if (!han || length > 120 || /[。！？]/.test(text)) return undefined;
  if (position === 'lead' && !/^[\d【（(]/.test(text)) return undefined;
  const segments = segmentsOf(text);
  const dated = /\d{2,4}[-/.年]\d{1,2}[-/.月]\d{1,2}/.test(text);
  const kinds = new Set(segments.map((segment) => segment.kind));
  if (kinds.has('source') && (dated || kinds.size >= 2) && /[:：]/.test(text)) return 'meta';
  if (
    dated &&
    length < 80 &&
    (kinds.has('published') || kinds.has('other') || kinds.has('editor')) &&
    /[:：|]/.test(text)
  )
    return 'meta';
  return undefined;
}
