import type { HeadFacts } from '../html/page-head.ts';
import type { NotArticleReason } from '../page.ts';
import { guessLinkKind } from '../url/index.ts';
import type { PageModel } from './page-model.ts';
import type { StoryHints } from './story-hints.ts';

/** What the verdict is made of. */
export interface VerdictInput {
  readonly url: string;
  readonly head: HeadFacts;
  readonly model: PageModel;
  readonly hints: StoryHints;
  /** False when the caller asked for this very page: then `noindex` does not matter. */
  readonly obeysRobots: boolean;
  /** Kept blocks. */
  readonly keep: Uint8Array;
  /** Words of the story when it stands in structured data only, else 0. */
  readonly toldWords: number;
  /** Title of the page as in `<title>`. */
  readonly title: string;
  /** `@type` values of the page's JSON-LD. */
  readonly ldTypes: ReadonlySet<string>;
  /** What the page's fields tell. Reading them costs more than a list of links is worth, so they are read when asked for. */
  readonly fields: () => FieldFacts;
}

export interface FieldFacts {
  readonly headline: string;
  readonly isAccessibleForFree: boolean | undefined;
  /** True when anything on the page dates it. */
  readonly hasDate: boolean;
}

const missing =
  /(?:^|\b)(?:404|410)(?:\b|$)|(?:page|article|story|content|file|document|url|site)[^.]{0,40}(?:n(?:o|['’])t (?:be )?found|no longer (?:available|exists?)|does(?:n['’]t| not) exist|has been (?:removed|deleted))|not found|nicht gefunden|existiert nicht|introuvable|n['’]existe (?:pas|plus)|no (?:se ha )?encontrad|no existe|non trovata|não (?:foi )?encontrad|niet gevonden|не найден|δεν βρέθηκε|nie znaleziono|页面没有找到|頁面沒有找到|(?:页面|頁面|网页|網頁|文章|内容|內容|信息|稿件|链接|新闻|新聞|文件|資料)[^。]{0,12}(?:不存在|已(?:被)?(?:删除|刪除|下线|下線|移除|失效|过期|過期)|找不到|未找到|没有找到|沒有找到|无法找到|走丢)|(?:找不到|未找到|没有找到|沒有找到|无法找到|抱歉[^。]{0,12}不存在)[^。]{0,20}(?:页面|頁面|网页|網頁|文章|内容|內容|网址)|ページが見つかりません|페이지를 찾을 수 없습니다/i;
const broken =
  /\b(?:500|502|503|504|403|429)\b[^.]{0,40}(?:error|server|gateway|unavailable|forbidden|denied|timeout|too many)|internal server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out|access denied|403 forbidden|forbidden|database (?:connection )?error|error establishing|server error|under maintenance|temporarily unavailable|服务器(?:错误|繁忙|开小差)|系统(?:错误|繁忙|维护)|访问(?:受限|被拒绝|过于频繁)|伺服器錯誤|系統維護|拒绝访问/i;
const robotCheck =
  /captcha|are you (?:a )?(?:human|robot)|not a robot|verify (?:that )?you(?:['’]re| are) (?:a )?human|human verification|checking (?:your browser|if the site connection)|just a moment|attention required|unusual traffic|ddos protection|enable javascript and cookies|security check|安全验证|安全驗證|人机验证|请输入验证码|請輸入驗證碼|滑动验证|访问验证|完成验证|异常访问|行为验证/i;
const logIn =
  /(?:please |you (?:must|need to) )?(?:log|sign) ?in(?: to| or|$)|(?:members?|subscribers?) only|create an account|请(?:先)?登录|請(?:先)?登(?:入|錄)|登录后(?:查看|继续|阅读)|用户登录|會員登入|需要登录|anmelden|se connecter|iniciar sesión/i;
const payWall =
  /subscribe (?:now )?to (?:continue|read|unlock)|to continue reading|for subscribers|subscriber[- ](?:only|exclusive)|already a subscriber|premium (?:content|article)|weiterlesen mit|abonnenten|réservé aux abonnés|付费(?:阅读|内容)|付費|订阅后(?:可|继续)|訂閱|会员专享|購買/i;

/** Fewer words than this in a body are no story of their own (Han characters count 0.6 words). */
const wordsMin = 15;
const flashWordsMin = 5;

/**
 * Why a page is no article, or undefined when it is one. Short pages are read for what they say; long ones are judged by
 * their shape: how much of the page is running text under one headline, and how much is links.
 */
export function notArticle(input: VerdictInput): NotArticleReason | undefined {
  const { model, keep, head, ldTypes } = input;
  const { blocks } = model.segments;
  let words = 0;
  let prose = 0;
  for (let index = 0; index < blocks.length; index += 1) {
    if (keep[index] !== 1) continue;
    words += model.stats[index]?.words ?? 0;
    if (model.paragraph[index] === 1) prose += model.stats[index]?.words ?? 0;
  }
  const pageWords = Math.max(input.toldWords, model.wordsBefore[blocks.length] ?? 0);
  if (input.toldWords > words) {
    words = input.toldWords;
    prose = words;
  }
  if (head.refresh && head.refresh.delaySeconds <= 10 && words < 60 && pageWords < 150) return 'redirect_page';
  if (words < 120) {
    const reason = shortPage(input, pageWords, words);
    if (reason) return reason;
  }
  if (head.noindex && input.obeysRobots) return 'noindex';
  if (ldTypes.has('LiveBlogPosting')) return 'live_blog';
  if (ldTypes.has('DiscussionForumPosting') || ldTypes.has('QAPage') || isThread(input)) return 'forum';
  const media = mediaPage(input, words);
  if (media) return media;
  if (input.toldWords === 0 && isSection(input, words, prose)) return 'section_page';
  if (words < 40 && input.fields().isAccessibleForFree === false) return 'paywall';
  if (words === 0) return pageWords < 20 ? 'empty' : 'too_short';
  // A flash may be one short sentence, when the page's own data say that it is a story and of which day.
  if (words < wordsMin && !(words >= flashWordsMin && hasStoryType(ldTypes) && input.fields().hasDate))
    return 'too_short';
  return undefined;
}

/** A page with hardly any text says in plain words what it is. */
function shortPage(
  { model, title, url, fields }: VerdictInput,
  pageWords: number,
  words: number,
): NotArticleReason | undefined {
  const { segments } = model;
  const { headline, isAccessibleForFree } = fields();
  const lead = `${title}\n${headline}`;
  const start = segments.blocks
    .slice(0, 60)
    .map((block) => (block.linkChars * 2 > block.text.length ? '' : block.text.slice(0, 200)))
    .join('\n');
  const text = `${lead}\n${start}`;
  const small = pageWords < 150;
  if (robotCheck.test(lead) || (small && robotCheck.test(start))) return 'captcha';
  if (missing.test(lead) || (small && missing.test(start)) || /\/404(?:\.\w+)?$/.test(url)) return 'soft_404';
  if (broken.test(lead) || (small && broken.test(start))) return 'error_page';
  if ((segments.head.hasPasswordInput && words < 60 && logIn.test(text)) || (small && logIn.test(lead)))
    return 'login_wall';
  if (words < 40 && (isAccessibleForFree === false || payWall.test(start))) return 'paywall';
  if (
    small &&
    segments.blocks.length < 10 &&
    /location(?:\.href)?\s{0,4}=|location\.replace\(/.test(segments.head.scriptSample)
  )
    return 'redirect_page';
  return undefined;
}

function mediaPage({ model, head, ldTypes, url }: VerdictInput, words: number): NotArticleReason | undefined {
  const { images, embedCount } = model.segments;
  if (words >= 80) return undefined;
  const ogType = head.metas.get('og:type') ?? '';
  if (ogType.startsWith('video') || ldTypes.has('VideoObject') || /\/videos?\/|\/\/(?:video|v|tv)\./i.test(url)) {
    if (words < 60 && (embedCount > 0 || ogType.startsWith('video') || ldTypes.has('VideoObject'))) return 'video';
  }
  if (
    ldTypes.has('ImageGallery') ||
    (/galler|slideshow|\/photos?\/|\/pic(?:s|ture)?s?\/|tuji|fotostrecke|diaporama/i.test(url) && images.length > 5)
  )
    return 'gallery';
  return undefined;
}

/** A stand-in for an address that nobody knows (RFC 2606), as for a page that was read from a file. */
const saysNothing = /(?:^localhost|\.example)$/;

/** A list of stories: its text is scattered over many frames, or is next to nothing beside the links. */
function isSection(
  { url, model, hints, keep, head, fields, ldTypes }: VerdictInput,
  words: number,
  prose: number,
): boolean {
  const { blocks } = model.segments;
  const address = URL.parse(url);
  const path = address?.pathname ?? '/';
  const kind = guessLinkKind(url);
  // `/?p=123` and `/index.php?id=123` are pages of their own.
  const isOwn = address?.search !== '' && kind === 'article';
  const front =
    !isOwn &&
    ((path === '/' && !saysNothing.test(address?.host ?? '')) || /^\/(?:index|default|home)\.\w+$/i.test(path));
  const listUrl = front || (path !== '/' && kind === 'section');
  const listLd = ldTypes.has('CollectionPage') || ldTypes.has('ItemList') || ldTypes.has('SearchResultsPage');
  const storyLd = hasStoryType(ldTypes);
  const ogArticle = (head.metas.get('og:type') ?? '').toLowerCase() === 'article';
  if (!front && (storyLd || (ogArticle && fields().hasDate))) return false;
  let headlineLinks = 0;
  for (let index = 0; index < blocks.length; index += 1) {
    if ((model.linkDensity[index] ?? 0) >= 0.6 && (model.stats[index]?.words ?? 0) >= 5) headlineLinks += 1;
  }
  if (words < wordsMin && headlineLinks >= (listUrl ? 1 : 4)) return true;
  const titled = isTitled(model, hints, keep);
  const teasers = countTeasers(model, hints, keep);
  if (!titled && teasers.share >= 0.6 && ((listUrl && !front) || listLd || teasers.count >= 4)) return true;
  if (titled && isListOfCards(teasers, model, keep)) return true;
  if (isRoll(model, keep)) return true;
  if (headlineLinks < 8) return false;
  const together = largestFrame(model, keep);
  // Text right under the page's own title is a story, however short and whatever the address.
  if (!listLd && titled && together >= wordsMin) return false;
  if (listUrl || listLd) return together < 80 || (prose < 150 && together < 0.5 * words);
  return together < 40 && headlineLinks >= 12 && !(words >= wordsMin && fields().hasDate);
}

function hasStoryType(ldTypes: ReadonlySet<string>): boolean {
  for (const type of ldTypes) if (storyTypes.has(type)) return true;
  return false;
}

interface Teasers {
  readonly count: number;
  /** Kept words before the first of them. */
  readonly before: number;
  readonly share: number;
}

/** Under a title of its own a list is one when nearly all of its text is short teasers. */
function isListOfCards({ count, share, before }: Teasers, model: PageModel, keep: Uint8Array): boolean {
  // Somebody who introduces what follows writes a round-up, which is a story.
  if (count < 6 || share < 0.85 || before >= 20) return false;
  let words = 0;
  for (let index = 0; index < keep.length; index += 1) if (keep[index] === 1) words += model.stats[index]?.words ?? 0;
  return words < teaserWordsMax * (count / share);
}
const teaserWordsMax = 45;

/** With so many words before its first link a list is a round-up, which is a story. */
const introductionMin = 40;

/** A roll of the latest: lines of a link and its time, and next to nothing else. */
function isRoll(model: PageModel, keep: Uint8Array): boolean {
  let lines = 0;
  let words = 0;
  let all = 0;
  let introduction = 0;
  for (let index = 0; index < keep.length; index += 1) {
    if (keep[index] !== 1) continue;
    const own = model.stats[index]?.words ?? 0;
    all += own;
    if ((model.linkDensity[index] ?? 0) < 0.45 || own < 4) {
      if (lines === 0 && model.paragraph[index] === 1) introduction += own;
      continue;
    }
    lines += 1;
    words += own;
  }
  return lines >= 10 && words >= 0.8 * all && introduction < introductionMin;
}

const forumAddress =
  /\/(?:viewtopic|showthread|viewthread|thread|topic)\.(?:php|aspx?)|\/thread-\d+-\d+-\d+\.|mod=viewthread|\/(?:threads?|topic)\/[^/]*\d{3,}/i;
const forumMaker = /phpbb|discuz|vbulletin|xenforo|phpwind|invision|mybb|vanilla|smf\b/i;
const postClass =
  /^(?:post|posts?-?body|post-?content|post_message|message-?body|messageText|t_msgfont|t_f|t_fsz|pcb|reply|floor|bbwrapper)(?:$|[\s_-]?\d*$)/i;

/** A thread of a forum: its address or maker says so, and several people post in it. */
function isThread({ url, head, model }: VerdictInput): boolean {
  if (!forumAddress.test(url) && !forumMaker.test(head.metas.get('generator') ?? '')) return false;
  const posts = new Map<string, number>();
  for (const { element } of model.segments.containers) {
    if (!('attribs' in element)) continue;
    for (const name of (element.attribs.class ?? '').split(/\s+/)) {
      if (!postClass.test(name)) continue;
      const count = (posts.get(name) ?? 0) + 1;
      if (count >= 3) return true;
      posts.set(name, count);
    }
  }
  return false;
}

/** Kept paragraphs that follow a headline which is a link: they announce another page. */
function countTeasers(model: PageModel, hints: StoryHints, keep: Uint8Array): Teasers {
  let count = 0;
  let all = 0;
  let before = 0;
  for (let index = 0; index < keep.length; index += 1) {
    if (keep[index] !== 1 || (model.stats[index]?.words ?? 0) < 6 || (model.linkDensity[index] ?? 0) > 0.5) continue;
    all += 1;
    for (let at = index - 1; at >= index - 3; at -= 1) {
      const isOwnTitle = (hints.title.match[at] ?? 0) >= 1;
      if (!isOwnTitle && (model.linkDensity[at] ?? 0) >= 0.8 && (model.stats[at]?.words ?? 0) >= 3) {
        count += 1;
        break;
      }
    }
    if (count === 0) before += model.stats[index]?.words ?? 0;
  }
  return { count, before, share: all === 0 ? 0 : count / all };
}

/** True when a block repeats the page's title and the body starts soon after it. */
function isTitled(model: PageModel, { title }: StoryHints, keep: Uint8Array): boolean {
  const { index, match } = title;
  if (index < 0 || (match[index] ?? 0) < 1) return false;
  // The site's name is in its title too: one or two words, most often a link.
  const isLink = (model.linkDensity[index] ?? 0) > 0.5;
  if ((model.stats[index]?.words ?? 0) < (isLink ? 4 : 3)) return false;
  const first = keep.indexOf(1, index);
  return first >= 0 && first - index <= 25;
}

/** Words of the kept paragraphs that stand side by side in one element: a story's do, a list's teasers do not. */
function largestFrame(model: PageModel, keep: Uint8Array): number {
  const { blocks, containers } = model.segments;
  const words = new Map<number, number>();
  let largest = 0;
  for (let index = 0; index < blocks.length; index += 1) {
    if (keep[index] !== 1 || (model.linkDensity[index] ?? 0) > 0.5) continue;
    const own = blocks[index]?.container ?? -1;
    const tag = containers[own]?.tag;
    const frame = tag === 'p' || tag === 'li' ? (containers[own]?.parent ?? -1) : own;
    const sum = (words.get(frame) ?? 0) + (model.stats[index]?.words ?? 0);
    words.set(frame, sum);
    largest = Math.max(largest, sum);
  }
  return largest;
}

/** schema.org types of a single story. */
export const storyTypes: ReadonlySet<string> = new Set([
  'Article',
  'NewsArticle',
  'ReportageNewsArticle',
  'AnalysisNewsArticle',
  'OpinionNewsArticle',
  'ReviewNewsArticle',
  'BackgroundNewsArticle',
  'AskPublicNewsArticle',
  'BlogPosting',
  'TechArticle',
  'ScholarlyArticle',
  'AdvertiserContentArticle',
  'SatiricalArticle',
  'Report',
]);

/** All `@type` values of JSON-LD texts, however broken. */
export function ldTypesOf(scripts: readonly string[]): ReadonlySet<string> {
  const types = new Set<string>();
  for (const script of scripts) {
    for (const match of script.matchAll(/"@type"\s{0,9}:\s{0,9}\[?\s{0,9}"([A-Za-z]{1,40})"/g))
      types.add(match[1] ?? '');
  }
  return types;
}
