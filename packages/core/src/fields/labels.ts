import { isHanPerson } from './names.ts';
import { hasHan } from './text.ts';

/** Labels in front of names, sources and dates, as Chinese pages and some others print them, and cutting a line at them. */

export type LabelKind =
  | 'source'
  | 'reporter'
  | 'correspondent'
  | 'author'
  | 'photographer'
  | 'author+photographer'
  | 'translator'
  | 'editor'
  | 'published'
  | 'modified'
  | 'title'
  | 'other';

export interface Segment {
  readonly kind: LabelKind;
  readonly label: string;
  /** Tidied text up to the next label or the end. */
  readonly value: string;
  /** Where the label starts in the text. */
  readonly start: number;
}

const WORDS: readonly (readonly [LabelKind, string])[] = [
  ['title', '原标题|原標題|原题|原題|原文标题|副标题|副標題|副題|副题|引题|引題|肩题'],
  [
    'source',
    '稿件来源于|稿件来源|文章来源于|文章来源|来源于|来源自|新闻来源|信息来源|本文来源|资料来源|消息来源|内容来源|稿源|来源|來源|出处|出處|转自|轉自|来自|來自|文章來源|摘自|轉載自|原载于|原载|转载自|稿件來源|新聞來源|文章出处|原创|素材来源|来源网站|来源媒体|来源单位|来源部门|原文来源|原文出處|原文出处|新闻源|综合自|整理自|摘编自|编译自|編譯自|綜合自',
  ],
  [
    'author+photographer',
    '文/图|文／图|图/文|图／文|文·图|文图|图文|文/圖|文／圖|圖／文|圖/文|文、图|文并摄|文/摄影|文、摄影|撰文/摄影|文字/摄影|文・圖|文‧圖|文·圖|圖・文|圖‧文|圖·文|圖文|文、圖|圖、文|图、文',
  ],
  ['photographer', '摄影记者|摄影|攝影|摄像|攝像|拍摄|图片|图|圖|摄|攝|视觉|影像'],
  [
    'reporter',
    '记者|記者|采写|採寫|採訪|采访|采访人员|报道员|实习生|實習生|报道|報道|報導|採訪撰文|采访撰文|图文报道|现场报道|独家报道|獨家報導|参与采写|参与记者|采编',
  ],
  ['correspondent', '通讯员|通訊員'],
  ['translator', '译者|譯者|翻译|翻譯|编译|編譯|译|譯|校译'],
  [
    'editor',
    '责任编辑|責任編輯|责编|責編|值班编辑|值班编委|编辑|編輯|主编|主編|总编辑|执行主编|审核|审校|编审|編審|监制|校对|校對|终审|初审|复审|复核|签发|核稿編輯|核稿|统筹|排版|运营编辑|新媒体编辑|责任校对|值班主任|审签人|审签|签审|值班总编|总值班|值班领导|总编|副总编|总监制|总策划|轮值|责编人|审读|审稿|审定|把关|一审|二审|三审|審稿|監製|責任主編|網站編輯|编 辑|核审|核校|责校|编校|总监|一读|二读|三读|初读|审核人|签发人|审发|核发|执行编辑|实习编辑|見習編輯|实习責编|版面编辑|图片编辑|视频编辑|网络编辑|主任编辑|特约编辑|值班主编|值班编审|值班副总编|初審|複審|終審|複核',
  ],
  [
    'author',
    '原作者|作者|撰文|撰稿人|撰稿|执笔|執筆|文字|署名|评论员|評論員|口述|整理|供稿|供稿人|投稿|专栏作家|专栏作者|專欄作家|專欄作者|文稿|撰写|编写|文',
  ],
  [
    'modified',
    '最新更新|最后更新时间|最後更新時間|最后更新|更改时间|更新|更新时间|更新時間|更新于|更新日期|修改时间|最後更新',
  ],
  [
    'published',
    '发稿时间|出版时间|出版|發稿時間|刊登时间|刊登日期|见报日期|發佈|發布|发布|上传时间|录入时间|添加时间|创建时间|发布时间|發布時間|發佈時間|发表时间|發表時間|发布日期|发表日期|發布日期|發佈日期|刊发时间|成文日期|发文日期|信息时间|生成日期|公开日期|发表于|发布于|發表於|發佈於|日期|时间|時間',
  ],
  [
    'other',
    '浏览次数|浏览量|浏览|瀏覽|阅读次数|阅读量|阅读|閱讀|点击数|点击量|点击|點擊|人气|评论|評論|字体|字号|字號|分享到|分享|打印|收藏|关键词|關鍵字|标签|標籤|订阅|栏目|分类|访问量|访问|字数|作者单位|责任单位|单位|投稿邮箱|邮箱|电话|手机看新闻|手机查看|举报|我要评论|参与互动|制图|制作|策划|出品|设计|海报|剪辑|配音|视频|后期|后期制作|後製|出镜|美编|美术编辑|版式|关键字|发布人|发布者|發布人|索引号|数据来源|數據來源|图片来源|圖片來源|图片来自|圖片來自|图源|圖源|来源地址|来源链接|题图来自|题图来源|题图|头图来自|头图来源|封面来源|配图来源|照片来源|视频来源|影片來源',
  ],
];

const KIND_OF = new Map<string, LabelKind>();
for (const [kind, words] of WORDS) for (const word of words.split('|')) KIND_OF.set(word, kind);
/** Longest label, in characters. */
const LABEL_MAX = Math.max(...[...KIND_OF.keys()].map((word) => word.length));
const STAFF =
  '(?:(?:本报|本報|本刊|本网|本網|本社|全媒体|融媒体|全媒|融媒|特派|特约|特約|实习|實習|见习|首席|资深|驻地|摄影|文字|新媒体|新华社|新京报|南都|澎湃新闻|综合)){0,3}';
const STAFF_START = new RegExp(`^${STAFF}`, 'u');
const STAFF_BEFORE = new RegExp(`${STAFF}$`, 'u');
/** What stands between a label and its value. */
const MARK = /\s{0,2}[:：／/｜|丨︱▏│‧]\s{0,2}/g;
/** Labels that end other words and names (`全文：`, `山谷发布 | …`, `据新华社报道：`), so they must start one. */
const STARTING = new Set(
  '报道 報道 報導 图文报道 现场报道 独家报道 獨家報導 总编 总监 一读 二读 三读 初读 拍摄 制作 后期 文稿 撰写 编写 把关 轮值 原创 整理 文字 视频 设计 策划 制作 出品 单位'.split(
    ' ',
  ),
);
/** The same, unless a colon follows: `作者：俞树红时间：…` has no blank. */
const STARTING_OR_COLON = new Set('发布 發佈 發布 时间 時間 日期 出版 更新'.split(' '));
const WORD_START = /^$|[\s(（【〔[|·□■、，,。/]$/;

interface Mark {
  readonly start: number;
  readonly end: number;
  readonly kind: LabelKind;
  readonly label: string;
}

/** `每经编辑：`: the outlet's short name in front of a role. */
function outletLength(before: string, kind: LabelKind): number {
  if (!ROLE_KINDS.has(kind)) return 0;
  const outlet = /(?:^|[\s（(|｜])(\p{Script=Han}{2,6})$/u.exec(before)?.[1];
  return outlet === undefined || isHanPerson(outlet) || KIND_OF.has(outlet) ? 0 : outlet.length;
}
const ROLE_KINDS: ReadonlySet<LabelKind> = new Set(['reporter', 'editor', 'photographer', 'author']);

/** The longest label that ends where a colon, slash or bar begins. */
function labelBefore(text: string, markStart: number, markEnd: number): Mark | undefined {
  for (let length = Math.min(LABEL_MAX, markStart); length > 0; length -= 1) {
    const start = markStart - length;
    const label = text.slice(start, markStart);
    const kind = KIND_OF.get(label);
    const isLoose =
      length > 1 &&
      !STARTING.has(label) &&
      !(STARTING_OR_COLON.has(label) && !/[:：]/.test(text.slice(markStart, markEnd)));
    if (!kind || (!isLoose && !WORD_START.test(text.slice(Math.max(0, start - 1), start)))) continue;
    const before = text.slice(Math.max(0, start - 16), start);
    const staff = STAFF_BEFORE.exec(before)?.[0].length || outletLength(before, kind);
    return { start: start - staff, end: markEnd, kind, label };
  }
  return undefined;
}

/** Labels that are printed without a mark too, where a word can start. */
const BARE = new RegExp(
  `(?<=^|[\\s|｜丨／/(（【\\[〔】\\]〕□■◎●▲·,，；;）)讯訊电電道導\\d—–]|\\p{Script=Han}{2,6}(?=记者|記者|通讯员|通訊員|评论员|評論員)|(?<=^|\\s)\\p{Script=Han}{2,4}(?=编辑\\s\\p{Script=Han}{2,3}(?:\\s|$)))${STAFF}(记者|記者|实习生|實習生|撰稿人|专栏作家|专栏作者|專欄作家|通讯员|通訊員|评论员|責任編輯|责任编辑|責任編輯|责编|来源|來源|作者|编辑|編輯|撰文|摄影|攝影|编译|編譯|编辑整理|(?:审核|審核|校对|校對|监制|監製|审校|编审|主编|终审|初审|复审|签发|统筹|撰稿|采写|採訪|供稿|翻译|摄像|拍摄|制作|剪辑|后期|设计|编校|撰写)(?=[\\s　]{1,3}\\p{Script=Han}{2,4}(?:[\\s　)）】\\]]|$))|(?:转载自|转自|摘自|轉載自)(?=[\\s《“]))(?!部|简介|簡介|介绍|介紹|单位|單位|文章|观点|观點|本人|声明|授权|最近|其他|系|是|为|為|信息|推荐|所有|认为|手记|会|們|们|站|节|证|微信|处理|协会|从|了解|获悉|注意|看到|发现|采访|在|手記|會)\\s{0,2}`,
  'gu',
);

/** A cheap test before the pattern above. */
const MAY_BE_BARE =
  /记者|記者|实习生|實習生|撰稿人|专栏作|專欄作|通讯员|通訊員|评论员|责任|責任|责编|来源|來源|作者|编辑|編輯|撰文|摄影|攝影|编译|編譯|[审審][核校]|编审|校[对對]|监制|監製|主编|[终初复]审|签发|统筹|撰稿|采写|採訪|供稿|翻译|摄像|拍摄|制作|剪辑|后期|设计|编校|撰写|[转載载摘轉]自/;
/** `作 者：` is printed for `作者：`. */
const SPACED = /(?<=[作来來编編责責记記稿])[\s　]{1,4}(?=[者源辑輯编編][:：\s])/g;
/** `宁远(实习生)、柏青`: a note behind a name, no label of the next. */
const INTERN_NOTE = /(?<=\p{Script=Han})\s?[（(](?:实习生?|實習生?|见习|見習)[）)]/gu;
/** `【记者】肖文舸`, `[来源] 山谷日报`: the bracket is the mark. */
const BRACKETED = /[【〖［[]\s?(\p{Script=Han}{1,6})\s?[】〗］\]](?:\s?[:：])?\s{0,3}/gu;
/** A cheap test before the pattern below, for Chinese lines. */
const LATIN_LABEL = /[a-z]{4}\s?[:：]/i;
/** Latin labels, with a colon. */
const LATIN =
  /(?:^|(?<=[\s|•·(]))(sources?|quelle|fuente|fonte|источник|πηγή|źródło|authors?|autore?|autora?|auteur|автор|text|tekst|texte|editor|edited by|translat(?:ed by|or)|photos?(?: by)?|fotos?|bild(?:er)?|published|posted|updated|last updated|date|veröffentlicht|erstellt|aktualisiert)\s?[:：]\s?/giu;
const LATIN_KINDS: readonly (readonly [RegExp, LabelKind])[] = [
  [/^(?:source|quelle|fuente|fonte|источник|πηγή|źródło)/i, 'source'],
  [/^(?:aut|автор|text|tekst|texte)/i, 'author'],
  [/^edit/i, 'editor'],
  [/^transl/i, 'translator'],
  [/^(?:photo|foto|bild)/i, 'photographer'],
  [/^(?:updated|last|aktual)/i, 'modified'],
  [/^(?:publi|post|date|veröff|erst)/i, 'published'],
];

const LATIN_ALONE =
  /^(?:by|written by|posted by|authors?|autor(?:in|en|e)?|auteure?|autora|автор|text|tekst|texto|texte|von|par|por|szerző|penulis|συντάκτης|(?:date )?published(?: on)?|publication date|date|datum|data|fecha|posted(?: on)?|created|veröffentlicht|erstellt|publié le|publicado|pubblicato|opublikowano|опубликовано|дата|(?:last )?updated|last modified|aktualisiert|mis à jour le|actualizado)\s?[:：]?$/iu;

/** Nothing but a label, with or without its colon: `来源`, `责任编辑：`, `Author`. */
export function isLabel(line: string): boolean {
  if (LATIN_ALONE.test(line)) return true;
  const bare = line.replace(SPACED, '').replace(/[\s:：/／|丨▏│]+$/u, '');
  return KIND_OF.has(bare) && bare.length > 1;
}

/** `来源：`, `作者 …`: begins with a label, so that it is no value of another one. */
export function startsWithLabel(line: string): boolean {
  return segmentsOf(line.slice(0, 20))[0]?.start === 0 || isLabel(line);
}

/** Cuts a line at its labels, in reading order. Text before the first label is not in any segment. */
export function segmentsOf(source: string): Segment[] {
  const han = hasHan(source);
  const spaced = han ? source.replace(SPACED, '') : source;
  const text = /[习習]/.test(spaced) ? spaced.replace(INTERN_NOTE, '') : spaced;
  const marks: Mark[] = [];
  const add = (start: number, end: number, kind: LabelKind | undefined, label: string): void => {
    if (kind && !marks.some((mark) => start < mark.end && end > mark.start)) marks.push({ start, end, kind, label });
  };
  if (han) {
    for (const match of text.matchAll(MARK)) {
      const found = labelBefore(text, match.index, match.index + match[0].length);
      if (found) add(found.start, found.end, found.kind, found.label);
    }
    if (/[【〖［[]/.test(text)) {
      for (const match of text.matchAll(BRACKETED)) {
        const label = match[1] ?? '';
        add(
          match.index,
          match.index + match[0].length,
          KIND_OF.get(label) ?? KIND_OF.get(label.replace(STAFF_START, '')),
          label,
        );
      }
    }
    if (MAY_BE_BARE.test(text)) {
      for (const match of text.matchAll(BARE))
        add(match.index, match.index + match[0].length, KIND_OF.get(match[1] ?? ''), match[1] ?? '');
    }
  }
  if (han ? LATIN_LABEL.test(text) : text.includes(':')) {
    for (const match of text.matchAll(LATIN)) {
      const label = match[1] ?? '';
      add(match.index, match.index + match[0].length, LATIN_KINDS.find(([pattern]) => pattern.test(label))?.[1], label);
    }
  }
  marks.sort((a, b) => a.start - b.start);
  return marks.map((mark, index) => ({
    kind: mark.kind,
    label: mark.label,
    value: text.slice(mark.end, marks[index + 1]?.start ?? text.length).trim(),
    start: mark.start,
  }));
}
