import { wordScan } from '../html/word-scan.ts';

/**
 * What a short line evidently is, by its words alone: 0 nothing special, 1 copyright, 2 share, 3 picture credit,
 * 4 "read more", 5 source or byline, 6 tags, 7 subscribe or log in, 8 date, 9 comments, 10 advertisement, 11 cookies.
 * The numbers are a feature of the block model: append, never reorder.
 */
const patterns: readonly (readonly [RegExp, number])[] = [
  [
    /©|\(c\) ?\d{4}|copyright|all rights reserved|tous droits|alle rechte|版权(?:所有|声明)|版權|转载请|未经.{0,12}(?:授权|许可|允许)|免责声明|may not be (?:published|reproduced)|derechos reservados|wszelkie prawa/i,
    1,
  ],
  [
    /^(?:share|tweet|email|print|facebook|twitter|whatsapp|linkedin|pinterest|reddit|分享|打印|收藏|点赞|微信|微博|推荐|teilen|partager|compartir|imprimer|drucken)\b.{0,60}$|分享(?:到|至)|扫(?:一扫|码)|扫描.{0,10}二维码|关注.{0,12}(?:公众号|微信|微博)|(?:字号|字体)[:：]?.{0,10}(?:大|小)|share (?:this|on)|follow us/i,
    2,
  ],
  [
    /^(?:photo(?:graph)?s?|image|picture|foto|bild|credit|photo credit|file photo|图|图片|摄影|圖)\s?(?:by|:|：|\/|来源|來源)|getty images|\/(?:ap|afp|reuters|epa)\b|(?:图片来源|图源|圖片來源|资料图|資料照)|[（(](?:image|photo|picture|pic|credit|foto|bild)s?(?: credit)?\s?(?:[:：]|by |courtesy )[^()（）]{1,60}[)）]$/i,
    3,
  ],
  [
    /^(?:read (?:more|also|next)|see also|also read|more (?:on|from|stories)|related|recommended|most (?:read|popular)|you may (?:also )?like|don['’]t miss|click here|watch:|lesen sie|mehr zum thema|lire aussi|a lire|lee también|leer más|leggi anche|czytaj (?:też|także|więcej)|zobacz|читайте|相关(?:阅读|新闻|链接|报道)|相關|推荐阅读|延伸(?:阅读|閱讀)|更多|点击(?:进入|查看)|热门|猜你喜欢|上一篇|下一篇|精彩推荐|阅读原文|查看(?:原文|更多)|διαβάστε)/i,
    4,
  ],
  [
    /^(?:来源|來源|稿源|出处|转自|来自|作者|记者|記者|编辑|編輯|责任编辑|責任編輯|责编|原标题|原標題|文章来源|本文来源|source|by|von|par|por|autor|author|written by|reporting by|editing by)\s?[:：\s]|^[【[（(]?\s?(?:责任编辑|责编|编辑|来源|原标题|原题为)|(?:责任编辑|責任編輯|责编)[:：]/i,
    5,
  ],
  [
    /^(?:tags?|topics?|keywords?|filed under|categor(?:y|ies)|labels?|标签|關鍵字|关键词|关键字|schlagw|mots-clés|etiquetas|posted in|tagged)(?:\b|[:：])/i,
    6,
  ],
  [
    /newsletter|subscribe|sign up|inscri|abonn|suscr|sign in|log in|register|登录|注册|订阅|下载.{0,10}(?:app|客户端)|get the app|daily briefing|inbox/i,
    7,
  ],
  [
    /^.{0,25}(?:\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,7}\.? \d{1,2},? \d{4}|\d{1,2}\.? (?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-zé]{0,7}\.? \d{4}).{0,40}$|^(?:published|updated|posted|last (?:updated|modified))\b/i,
    8,
  ],
  [
    /comments?\b.{0,20}$|^\d{1,6} comments|leave a (?:comment|reply)|评论|評論|跟贴|网友|commentaires?|kommentare?|comentarios/i,
    9,
  ],
  [
    /^(?:advert|sponsored|anzeige|publicité|publicidad|reklama|广告|廣告|article continues|story continues|continue reading|ad$)/i,
    10,
  ],
  [
    /cookies?\b.{0,120}(?:accept|use|polic|consent|setting)|privacy (?:policy|notice)|terms (?:of (?:use|service)|and conditions)|隐私(?:政策|条款)|datenschutz/i,
    11,
  ],
];

/**
 * Words of which an English (or any unaccented) line must have one to fit the pattern of the same place: a cheap test,
 * since most lines fit none.
 */
const mayFit = wordScan([
  'copyright rights droits rechte published reproduced derechos wszelkie',
  'share tweet email print facebook twitter whatsapp linkedin pinterest reddit teilen partager compartir imprimer drucken follow',
  'photo image pic foto bild credit getty /ap /afp /reuters /epa',
  'read see also more related recommended most you don click watch lesen mehr lire lee leggi czytaj zobacz',
  'source by von par por autor author written reporting editing',
  'tag topic keyword filed categor label schlagw mots etiquetas posted',
  'newsletter subscribe sign inscri abonn suscr log register get daily inbox',
  '0 1 2 3 4 5 6 7 8 9 published updated posted last',
  'comment leave kommentar comentario',
  'advert sponsored anzeige publicidad reklama article story continue',
  'cookie privacy terms datenschutz',
]);
const beyondAscii = /[^\0-\x7f]/;
const everything = (1 << patterns.length) - 1;

/** Kind of one line; the first that fits. `text` is at most a few hundred characters. */
export function lineKind(text: string): number {
  const head = text.length > 160 ? text.slice(0, 160) : text;
  let bits = everything;
  if (!beyondAscii.test(head)) {
    bits = mayFit(head);
    // What has no letters to look for: `(c) 2026` and a line that is `Ad`.
    if (head.includes('(')) bits |= 1 << 0;
    if (head.length === 2) bits |= 1 << 9;
  }
  for (let place = 0; bits !== 0 && place < patterns.length; place += 1) {
    const entry = patterns[place];
    if (entry && (bits >> place) & 1 && entry[0].test(head)) return entry[1];
  }
  return 0;
}
