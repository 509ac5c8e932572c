import type { Contributor, ContributorRole } from '@newsmill/contracts';
import { isPlace } from './han-words.ts';
import { type LabelKind, segmentsOf } from './labels.ts';
import { cleanName, isHanPerson, nameKind, splitNames } from './names.ts';
import { hasHan, tidy } from './text.ts';

const ROLES: Partial<Record<LabelKind, readonly ContributorRole[]>> = {
  reporter: ['reporter'],
  correspondent: ['correspondent'],
  author: ['author'],
  'author+photographer': ['author'],
  photographer: ['photographer'],
  translator: ['translator'],
  editor: ['editor'],
};

/** What ends a list of names behind a Chinese label. */
const VALUE_END =
  /[。；;)）】\]〕>＞|｜丨!！?？“”"]|[，,]\s?(?:系|为|是|现任|来自|供职|\p{Script=Han}{1,8}经授权)|(?<=^\s?\p{Script=Han}{2,4})系(?=\p{Script=Han}{3})|\d|(?:综合|綜合|即時|即时)?(?:报道|报导|報導|報道)|参与互动|我要|分享|打印|摄\s|大\s中\s小|\s{2}|发自|發自|经?授权|TEL\b|Tel\b|阅读|已有|责任|返回|查看|关注|来源|發佈|发布|更新|原标题|点击|本文|转载|版权|以上|（|\(|【/u;
/** `記者林悅／南市報導`: what stands behind the slash is a place. */
const PLACE_TAIL =
  /[／/]\s?\p{Script=Han}{1,6}(?:[、／/]\p{Script=Han}{1,6})?(?:即時|即时|综合|綜合)?(?:報導|报道|報道|電|电|專電|直擊|特稿|攝影|外電|外电|整理|編譯)/u;

const TITLED_NAME =
  /(?:研究员|研究員|教授|主任|部长|部長|院长|院長|所长|所長|会长|會長|博士|主席|院士|总编辑|作家|评论员|分析师|律师)(\p{Script=Han}{2,4})\s?(?:[)）】\]]|$)/u;

/** Name parts of a value: `罗博、萧海川`. A list stops where names stop. */
function hanNames(value: string, strict: boolean, outletFirst: boolean): string[] {
  // Some desks sign with a code and nothing else.
  if (/^[A-Za-z]{1,4}\d{2,6}[)）】\]]?$/.test(value.trim()))
    return strict ? [] : [value.trim().replace(/[)）】\]]$/, '')];
  // `（英）马丁·雅克`: where the author is from.
  const staffless = value
    .replace(/^[（([〔【［]\s?\p{Script=Han}{1,4}\s?[）)\]〕】］]\s?(?=\p{Script=Han})/u, '')
    .replace(/[_\s]{0,2}[(（][A-Z]{1,4}\d{2,6}[)）]/g, ' ');
  const placed = PLACE_TAIL.exec(staffless);
  const whole = placed ? staffless.slice(0, placed.index) : staffless;
  const end = VALUE_END.exec(
    whole.replace(/[_ ][A-Za-z]{1,3}\d{2,6}/g, (code) => ' '.repeat(Math.min(code.length, 1))),
  );
  const coded = whole.replace(/[_ ][A-Za-z]{1,3}\d{2,6}/g, ' ');
  const names: string[] = [];
  for (const printed of splitNames(end ? coded.slice(0, end.index) : coded.slice(0, 80))) {
    const name = withoutPlace(printed);
    if (nameKind(name) === 'none' || (strict && !isHanPerson(name))) {
      if (names.length > 0) break;
      if (strict) break;
      continue;
    }
    // `财新 余聪`: the outlet stands before the name.
    if (outletFirst && names.length === 1 && !isHanPerson(names[0] ?? '') && isHanPerson(name)) names.pop();
    // `山谷所特约评论员寇健`: a post and the name run together.
    const posted = name.length > 5 ? TITLED_NAME.exec(name)?.[1] : undefined;
    if (posted && isHanPerson(posted)) {
      names.push(posted);
      continue;
    }
    // `方敏北京大学经济学院教授`: an affiliation behind the name.
    const before =
      /^(\p{Script=Han}{2,3}?)(?:北京|上海|中国|国家|全国|中央|清华|复旦|南京|武汉|浙江|中共|首都)\p{Script=Han}{2,20}$/u.exec(
        name,
      )?.[1];
    if (before && isHanPerson(before)) {
      names.push(before);
      continue;
    }
    // `武汉大学历史学院郭伦`: an affiliation stands before the name.
    const behind =
      /(?:大学|大學|学院|學院|研究院|日报|晚报|时报|新闻|新聞|社|报|網|网|台|局|厅|中心)(\p{Script=Han}{2,4})$/u.exec(
        name,
      )?.[1];
    names.push(behind && isHanPerson(behind) && !isHanPerson(name) ? behind : name);
    if (names.length >= 12) break;
  }
  // `作者：某中心某部部长、研究员徐占忱`: posts and then the name.
  const titled = names.length === 0 ? TITLED_NAME.exec(value.slice(0, 100))?.[1] : undefined;
  return titled && isHanPerson(titled) ? [titled] : names;
}

/** `記者王逸晴台北報導`: the place of the report is glued to the name. */
function withoutPlace(name: string): string {
  for (const length of name.length >= 4 && name.length <= 6 ? [2, 3] : []) {
    const person = name.slice(0, -length);
    if (isPlace(name.slice(-length)) && isHanPerson(person)) return person;
  }
  return name;
}

/** `記者戴雅真倫敦25日專電`: name and place run together; places are mostly two characters. */
const GLUED = /^(\p{Script=Han}{4,7}?)\s?\d{1,2}(?:月\d{1,2})?日(?:專電|专电|電|电|報導|报道|訊|讯)/u;
function gluedName(value: string): string | undefined {
  const run = GLUED.exec(value)?.[1];
  if (!run) return undefined;
  const name = run.slice(0, run.length >= 5 ? Math.min(3, run.length - 2) : 2);
  return isHanPerson(name) ? name : undefined;
}

/**
 * People in a line of credits that has labels (`记者 孙亚斐 通讯员 李明 编辑:马瑞芝`, `文／图 刘玺东`, `Foto: …`).
 * @param strict only names that look like Chinese personal names count: for running text, where a label may be a word of a sentence.
 */
export function labelledContributors(text: string, strict = false): Contributor[] {
  const contributors: Contributor[] = [];
  for (const segment of segmentsOf(text)) {
    const roles = ROLES[segment.kind];
    if (!roles || segment.value === '') continue;
    const glued = gluedName(segment.value);
    // `（记者 格桑边觉）`: brackets make any name certain.
    const bracketed = /[（(【[〔]\s?[\p{Script=Han}、，,\s]{0,28}$/u.test(
      text.slice(Math.max(0, segment.start - 30), segment.start),
    );
    const names = glued
      ? [glued]
      : hasHan(segment.value) || hasHan(segment.label)
        ? hanNames(segment.value, strict && !bracketed, segment.label === '文')
        : splitNames(segment.value.slice(0, 120));
    // `记者 刘关关 摄` credits a picture.
    const pictured = /[\s\p{Script=Han}][摄攝](?:[)）。\s]|$)/u.test(segment.value.slice(0, 40));
    for (const name of names)
      for (const role of roles)
        addContributor(contributors, name, pictured && role === 'reporter' ? 'photographer' : role);
  }
  return contributors;
}

/** Some desks sign with a code and nothing else. */
const STAFF_CODE = /^[A-Za-z]{1,4}\d{2,6}$/;

/** Adds a name in its role unless it is there; agencies become `source` (an editor's team stays an editor). */
export function addContributor(into: Contributor[], name: string, role: ContributorRole): void {
  const kind = role === 'editor' && STAFF_CODE.test(name) ? 'person' : nameKind(name);
  if (kind === 'none') return;
  const final = kind === 'organization' && role !== 'editor' ? 'source' : role;
  const rank = (known: ContributorRole): boolean => (known === 'editor') === (final === 'editor');
  const folded = name.toLowerCase();
  const known = into.findIndex((one) => one.name.toLowerCase() === folded && rank(one.role));
  if (known >= 0) {
    // Who wrote it may have taken a picture too; writing counts.
    if (into[known]?.role === 'photographer' && final !== 'photographer') into[known] = { name, role: final };
    return;
  }
  into.push({ name, role: final });
}

/** `民視新聞／韋玉齡、藍諾 台北報導`: the outlet, a slash, who. */
export const OUTLET_BEFORE_NAMES =
  /^(\p{Script=Han}{2,8}(?:新闻|新聞|日报|日報|报|報|网|網|社|台|周刊|週刊|电视|電視))(?:\s?[/／|｜]\s?|\s(?=[^/／|｜]{2,24}(?:報導|报道|報道)))(\p{Script=Han}{2,4}(?:[、\s]\p{Script=Han}{2,4}){0,3}?)(?:\s\p{Script=Han}{2,6}?)?(?:報導|报道|報道)?(?:\s\d[\d/:.-]{7,10}(?:\s\d{1,2}:\d{2}(?::\d{2})?)?)?$/u;

/** `國際中心／林瑜報導`, `國際中心／記者林瑜／台北報導`: the desk stands first. */
export const DESK_BEFORE_NAMES =
  /^\p{Script=Han}{2,4}(?:中心|組|组|部)\s?[／/]\s?(?:實習|实习)?(?:記者|记者|編輯|编辑)?\s?(\p{Script=Han}{2,4}?(?:、\p{Script=Han}{2,4}?){0,3})\s?(?:[／/]\s?\p{Script=Han}{2,4}?)?(?:綜合|综合|即時|整理)?(?:報導|报道|報道)$/u;

/** Chinese bylines without a label before the name. */
const HAN_FORMS: readonly RegExp[] = [
  // 卓琦 / 綜合報導
  /^(?!记者|記者|编译|編譯|撰文|作者|文字)(\p{Script=Han}{2,4}(?:[、\s]\p{Script=Han}{2,4}){0,3})\s?[/／]\s?(?!记者|記者)\p{Script=Han}{0,6}(?:報導|报道|報道|整理|編譯|特稿|專訪|編輯)$/u,
  // （记者 甲 乙） is labelled; 【文/观察者网专栏作者 王文】 and 文｜财新 余聪 name the outlet first.
  /^[【[(（]?\s?(?:文|作者|撰文)\s?[/／|｜丨]\s?(?!\p{Script=Han}{2,4}[、\s]\p{Script=Han}{2,4}[、\s)）])\p{Script=Han}{2,8}?(?:专栏作者|专栏作家|特约撰稿人|特约作者|记者|作者)?\s(\p{Script=Han}{2,4}(?:[、\s]\p{Script=Han}{2,4}){0,4})\s?[】\])）]?$/u,
];

/** `By JANE DOE and John Roe, Staff Writer` and its kin in other languages; `□ 本报记者 葛灵丹`; several names, roles apart. */
export function parseByline(source: string): Contributor[] {
  const text = tidy(source.length > 500 ? source.slice(0, 500) : source);
  const contributors: Contributor[] = [];
  if (hasHan(text)) {
    const affiliated = OUTLET_BEFORE_NAMES.exec(text)?.[2] ?? DESK_BEFORE_NAMES.exec(text)?.[1];
    if (affiliated) {
      for (const name of splitNames(affiliated).filter(isHanPerson)) addContributor(contributors, name, 'author');
      return contributors;
    }
    for (const form of HAN_FORMS) {
      const match = form.exec(text);
      if (!match?.[1]) continue;
      for (const name of splitNames(match[1])) addContributor(contributors, name, 'author');
      return contributors;
    }
    for (const found of labelledContributors(text)) addContributor(contributors, found.name, found.role);
    if (contributors.length === 0 && text.length <= 30) {
      const names = splitNames(text);
      if (names.length <= 6 && names.every(isHanPerson))
        for (const name of names) addContributor(contributors, name, 'author');
    }
    return contributors;
  }
  const role: ContributorRole = /^(?:photos?|foto|fotos|images?|picture|bild)\b/i.test(text)
    ? 'photographer'
    : /^(?:edited|editor)\b/i.test(text)
      ? 'editor'
      : /^translat/i.test(text)
        ? 'translator'
        : 'author';
  const labelled = labelledContributors(text);
  if (labelled.length > 0) return labelled;
  // `Reporting by …; Editing by …`: editors are told apart elsewhere.
  const writers = text
    .replace(/[;,.]?\s(?:edit(?:ed|ing)|writing|compil(?:ed|ing)) by .*$/iu, '')
    .replace(/[;,.]?\s(?:with )?additional reporting by /iu, ', ');
  for (const part of splitNames(writers)) {
    const name = cleanName(part);
    addContributor(contributors, name, role);
  }
  return contributors;
}
