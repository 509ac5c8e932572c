import { OUTLET_BEFORE_NAMES } from './byline.ts';
import { parseDateline } from './dateline.ts';
import { type Evidence, metaOf } from './evidence.ts';
import { segmentsOf } from './labels.ts';
import type { Layout } from './layout.ts';
import { readSource } from './meta-line.ts';
import { isHanPerson, nameKind } from './names.ts';
import { OTHER_STORIES, REPORTED_FROM, SIGNED_WITH_OUTLET } from './people-han.ts';
import { creditedOutlet, outletsAtEnd, parseSourceChain } from './source-chain.ts';
import { fold, hasHan, textOf } from './text.ts';
import { titlePieces } from './title-parts.ts';
import type { Line, Mark } from './walk.ts';

export interface SourceChain {
  readonly chain: readonly string[];
  readonly from: string;
}

const OUTLET =
  /(?:社|网|網|报|報|台|臺|刊|新闻|新聞|频道|客户端|时报|财经|在线|科技|娱乐|家|号|局|部|院|会|雲|融媒|融媒体|发布|观察|頻道|快讯|头条|之声|周刊|视频|综合|[A-Za-z]+)$/;

/** A cheap test before the work. */
const MAY_NAME_SOURCE = /源|处|處|[来來转轉摘载載合理编編选選]自|授权|授權|原创|[刊載载發发][于於]|ource|uelle|uente/;

/** What begins so is the story's own source, whatever rights are claimed behind it. */
const OWN_SOURCE = /^[（(【]?(?:本文|文章|稿件|信息|内容)?(?:来源|來源)\s?[:：]/;

/** Says something about the story, but names nobody. */
const PLACEHOLDER = /^(?:本站|本网)?原创$|^(?:来自|综合)?(?:互联网|网络|網路|網絡)(?:整理|综合|来源|转载)?$/;

/**
 * The outlets the story came through. Order of trust: a labelled value (`来源：`) near the headline, `#source_baidu` and
 * elements of that class, a label behind the text, metadata (`ContentSource`), an outlet beside the date, then who the text's head
 * credits.
 * @param publisher given for Chinese pages, where a story without any credit is the site's own.
 */
export function findSources(evidence: Evidence, layout: Layout, publisher?: string): SourceChain | undefined {
  const placeholders: SourceChain[] = [];
  const accept = (chain: readonly string[], from: string): SourceChain | undefined => {
    // `来源: 尹娟` names the writer.
    if (chain.length === 0 || (chain.length === 1 && isHanPerson(chain[0] ?? ''))) return undefined;
    if (PLACEHOLDER.test(chain[0] ?? '')) {
      placeholders.push({ chain, from });
      return undefined;
    }
    return { chain, from };
  };
  for (const [lines, from] of [
    [layout.head, 'meta-line'],
    [layout.tail, 'tail-line'],
  ] as const) {
    if (from === 'tail-line') {
      for (const mark of evidence.marks) {
        if (mark.kind !== 'source' || mark.off || (layout.bodyLast >= 0 && mark.line > layout.bodyLast + 10)) continue;
        const text = textOf(mark.element, 81);
        if (text.length < 2 || text.length > 30) continue;
        // A box around title and outlet.
        if (evidence.title && text.length > 12 && fold(evidence.title).includes(fold(text).slice(0, 10))) continue;
        const labelled = readSource(text);
        const chain = labelled.length > 0 ? labelled : segmentsOf(text).length === 0 ? parseSourceChain(text) : [];
        const found =
          labelled.length > 0 || OUTLET.test(chain[0] ?? '') || isBySource(mark, text, layout)
            ? accept(chain, `${mark.by}:source`)
            : undefined;
        if (found) return found;
      }
    }
    for (const line of lines) {
      if (from === 'tail-line' && OTHER_STORIES.test(line.text)) break;
      if (line.length > (from === 'tail-line' ? 120 : 200) || !MAY_NAME_SOURCE.test(line.text)) continue;
      const stated = accept(statedSource(line.text), from);
      if (stated) return stated;
      if (
        (from === 'tail-line' && (line.length > 80 || isOtherStory(line))) ||
        (NOTICE.test(line.text) && !OWN_SOURCE.test(line.text))
      )
        continue;
      const found = accept(readSource(line.text), from);
      if (found) return found;
    }
  }
  const meta = metaOf(
    evidence.metas,
    'contentsource',
    'source',
    'mediaid',
    'article:source',
    'dc.source',
    'news_source',
    'og:article:source',
    'founder:sourcename',
  );
  if (meta && !/^https?:|^\d+$/.test(meta)) {
    const found = accept(parseSourceChain(meta), 'meta:source');
    if (found) return found;
  }
  for (const line of layout.headlineAt < 0 ? [] : layout.head.slice(layout.headlineAt + 1, layout.headlineAt + 13)) {
    const outlet = SIGNED_WITH_OUTLET.exec(line.text)?.[2];
    const before = OUTLET_BEFORE_NAMES.exec(line.text)?.[1];
    if (outlet ?? before) return { chain: [outlet ?? before ?? ''], from: 'byline' };
    const chain = parseSourceChain(besideDate(line) ?? '');
    if (chain.length > 0) return { chain, from: 'meta-line' };
  }
  // A newspaper's page says above the headline which paper it is.
  for (const line of layout.head.slice(0, Math.max(0, layout.headlineAt))) {
    const paper = EDITION.test(line.text) ? besideDate(line) : undefined;
    if (paper) return { chain: [paper], from: 'edition-line' };
  }
  // The first block may be a subtitle.
  const credited =
    layout.lead.map(creditedOutlet).find((name) => name !== undefined) ??
    layout.lead.map(agencyOf).find((name) => name !== undefined) ??
    layout.lead.map(outletAtHead).find((name) => name !== undefined);
  if (credited) return { chain: [credited], from: 'body-lead' };
  for (const line of [...layout.tail, ...layout.head.slice(Math.max(0, layout.headlineAt))]) {
    const outlet = line.length <= 60 ? REPORTER_OF.exec(line.text)?.[1] : undefined;
    if (outlet && !/^(?:本|我)/.test(outlet)) return { chain: [outlet], from: 'byline' };
  }
  for (const line of layout.tail) {
    const chain = line.off ? [] : outletsAtEnd(line.ending || line.text);
    if (chain.length > 0) return { chain, from: 'body-end' };
  }
  // Portals that build the page in the browser keep it in their data.
  if (publisher !== undefined || evidence.declaredLanguage?.startsWith('zh') || evidence.siteNames.length === 0) {
    for (const script of evidence.scripts) {
      const media = SCRIPT_MEDIA.exec(script)?.[1];
      if (media && hasHan(media)) return { chain: [media], from: 'script' };
    }
  }
  return (
    placeholders[0] ??
    accountOf(evidence, layout) ??
    (publisher ? { chain: [ownName(evidence, publisher)], from: 'publisher' } : undefined)
  );
}

/** An element of that class between headline and text that holds a short name and nothing else: `<div class="source">工商</div>`. */
function isBySource(mark: Mark, text: string, { bodyFirst }: Layout): boolean {
  return bodyFirst >= 0 && mark.line <= bodyFirst && mark.line >= bodyFirst - 30 && SHORT_NAME.test(text);
}
const SHORT_NAME = /^[\p{Script=Han}A-Za-z\d·]{2,10}$/u;

/** On platforms the account is the outlet: `<p class="author-name">山谷观察家</p>`. */
function accountOf(evidence: Evidence, { bodyFirst }: Layout): SourceChain | undefined {
  for (const mark of evidence.marks) {
    if (mark.kind !== 'author' || mark.by !== 'class' || mark.off) continue;
    if (mark.line < bodyFirst - 15 || mark.line > bodyFirst) continue;
    const text = textOf(mark.element, 30);
    if (SHORT_NAME.test(text) && hasHan(text) && nameKind(text) !== 'none' && !isHanPerson(text))
      return { chain: [text], from: 'class:author' };
  }
  return undefined;
}

/** The desk that the title ends with says more than the house: `… - 自由財經` of 自由時報. */
function ownName(evidence: Evidence, publisher: string): string {
  const last = titlePieces(evidence.title ?? '').at(-1)?.text ?? '';
  if (last !== publisher && /^\p{Script=Han}{3,10}$/u.test(last) && DESK.test(last)) return last;
  return publisher.replace(/^(\p{Script=Han}{2,12}) [A-Za-z ]{2,30}$/u, '$1');
}
const DESK = /(?:网|網|报|報|社|台|臺|刊|新闻|新聞|财经|財經|体育|體育|娱乐|娛樂|科技|在线|汽车|健康|房产)$/;

/** `新华日报·交汇点记者 甲`: the outlet in front of a reporter's label. */
const REPORTER_OF =
  /(?:^|[\s（(【□■：:])([\p{Script=Han}·]{2,12}?(?:社|网|網|报|報|台|臺|新闻|新聞|客户端|周刊|财经|交汇点|融媒|融媒体|全媒体))\s?[／/]?\s?(?:特派|特约|首席|全媒体?|融媒体?|实习|见习)?(?:记者|記者)/u;
const OUTLET_NAME = String.raw`([\p{Script=Han}·]{1,10}?(?:社|网|網|报|報|台|臺|新闻|新聞|快报|客户端|周刊|週刊|财经|融媒|融媒体|全媒体))`;
/**
 * `【山谷快报驻台北特约记者 甲】`, `〔山谷時報記者甲／台北報導〕`, `[山谷新聞網]記者甲`, `山谷時報【甲／台北報導】` at the head of a text.
 */
const AT_HEAD: readonly RegExp[] = [
  new RegExp(
    String.raw`^[【〔［\[(（]\s?${OUTLET_NAME}\s?(?:驻\p{Script=Han}{2,6}?|駐\p{Script=Han}{2,6}?)?(?:特派|特约|特約|首席|全媒体|实习|见习)?(?:记者|記者)`,
    'u',
  ),
  new RegExp(String.raw`^[【〔［\[(（]\s?${OUTLET_NAME}\s?[】〕］\])）]\s?(?=记者|記者)`, 'u'),
  new RegExp(String.raw`^${OUTLET_NAME}\s?${REPORTED_FROM.source}`, 'u'),
];

function outletAtHead(lead: string): string | undefined {
  const head = lead.slice(0, 60).trim();
  for (const form of AT_HEAD) {
    const outlet = form.exec(head)?.[1];
    if (outlet) return /^[本我据據]/.test(outlet) ? undefined : outlet;
  }
  return undefined;
}

/** `本文转载自微信公众号“山谷札记”`, `以下文章来源于山谷札记 ，作者甲`: told in a sentence, without a colon. */
const STATED =
  /(?:[本此]文|文章|[本此]稿)(?:系|为|由)?(?:转载自|轉載自|转自|轉自|来自|來自|来源于|來源於|来源自|摘自|摘编自|编译自|編譯自|首发于|首發於|选自|源自|原载于?|原載於?|刊载于|刊于|载于|原?刊登于|原?刊登於|原刊於)\s?[:：]?\s?(.{2,50})/u;
/** `本文由山谷日报授权转载` */
const LICENSED = /本文(?:由|经|經|获|獲)\s?[“「『《]?([\p{Script=Han}A-Za-z\d·]{2,16}?)[”」』》]?\s?(?:授权|授權)/u;

/** `发于2024.3.11总第1131期《山谷周刊》杂志` */
const ISSUE_OF = /(?:发于|發於|刊于|載於|载于|刊发于)[^《》]{0,24}《([^《》]{2,16})》/u;

/** The outlet of such a sentence. */
function statedSource(text: string): string[] {
  const rest = STATED.exec(text)?.[1];
  if (rest === undefined) {
    const named = text.length <= 60 ? (ISSUE_OF.exec(text)?.[1] ?? LICENSED.exec(text)?.[1]) : undefined;
    return named && !/作者/.test(named) ? [named] : [];
  }
  const [, quoted, bare] =
    /^[^“"「『《，,。]{0,8}[“"「『《]([^”"」』》]{2,20})[”"」』》]|^([^，,。；;（(【\s]{2,24})/u.exec(rest) ?? [];
  const name = quoted ?? bare ?? '';
  return /自媒体|自媒體|作者|投稿|网友|網友|用户|读者|讀者|的|https?:/.test(name) ? [] : parseSourceChain(name, true);
}

/** An entry in a list of other stories: a link to one, and its source behind it. */
function isOtherStory(line: Line): boolean {
  if (line.linkLength < 8) return false;
  const [first] = segmentsOf(line.text);
  return first !== undefined && first.start >= line.linkLength;
}

/** The number of a newspaper's page. */
const EDITION = /第\s?[A-Z\d零一二三四五六七八九十]{1,4}\s?版/u;

function agencyOf(lead: string): string | undefined {
  const agency = parseDateline(lead)?.agency;
  return agency && !/^本/.test(agency) ? agency : undefined;
}

const SCRIPT_MEDIA = /["'](?:media|media_name|source_name|copyfrom)["']\s{0,2}:\s{0,2}["']([^"'\\]{2,20})["']/;

const DATE_AND_TIME = /(?:\d{4}|\d{2})[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s{0,3}\d{1,2}[:：]\d{2}(?::\d{2})?)?/u;
const FURNITURE =
  /\d版|第.{1,4}版|^来自|^來自|发表|發表|专栏|記者|记者|摄影|攝影|评论|評論|阅读|閱讀|分享|字体|字號|字号|浏览|点击|参与|更新|发布|發布|打印|收藏|关注|人气|次|查看|编辑|下载|首页|频道|新闻中心|正文|转发|听新闻|朗读|收听|播放|语音|客户端下载|综合报道|综合消息/;

/** Terms of use name sources too (`凡本网注明“来源：…”的作品`). */
const NOTICE = /注明|未经|未經|版权|版權|免责|转载请|轉載請|侵权/;

/** The outlet beside a date without any label: `2024-05-20 14:33·新华社`, `中国网 2019-11-25 10:37`, `2019-09-05 11:10 游民星空[整理]`. */
function besideDate(line: Line): string | undefined {
  if (line.length > 80) return undefined;
  const text = line.text.replace(/https?:\/\/\S{1,60}/g, ' ').trim();
  const match = DATE_AND_TIME.exec(text);
  if (!match) return undefined;
  const after = text.slice(match.index + match[0].length).replace(/^[\s·|｜,，:：\-[【(（「『“]+/u, '');
  const name = /^《?([\p{Script=Han}A-Za-z\d·—-]{2,16})》?(?=$|[\s[【(（|｜\]】)）」』”])/u.exec(after)?.[1];
  if (name && !FURNITURE.test(name) && !isHanPerson(name) && hasHan(name) && (OUTLET.test(name) || name.length >= 4))
    return name;
  // `《山谷日报》（2024年03月12日 第03版）`, as newspapers date their pages.
  const before = text
    .slice(0, match.index)
    // `原创 甲 山谷札记 2024-03-12`, as copies of public accounts' pages say it.
    .replace(/^原创\s(?:\p{Script=Han}{2,4}\s)?(?=\S{2,20}\s?$)/u, '')
    .replace(/[《》（(【\s]+/g, ' ')
    .trim();
  return /^\p{Script=Han}{2,10}$/u.test(before) &&
    (OUTLET.test(before) || text.startsWith('原创 ')) &&
    !FURNITURE.test(before) &&
    !isHanPerson(before)
    ? before
    : undefined;
}

/** Adds the origin that the text credits (`据新华社报道`) behind a republisher, when the chain does not have it. */
export function withCredit(found: SourceChain, lead: string | undefined): SourceChain {
  const credited = lead ? creditedOutlet(lead) : undefined;
  if (
    !credited ||
    found.chain.some((name) => fold(name).includes(fold(credited)) || fold(credited).includes(fold(name)))
  )
    return found;
  return { chain: [...found.chain, credited], from: `${found.from}, body-lead` };
}
