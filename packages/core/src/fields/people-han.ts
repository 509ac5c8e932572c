import type { Contributor, ContributorRole } from '@newsmill/contracts';
import { addContributor, DESK_BEFORE_NAMES, labelledContributors, OUTLET_BEFORE_NAMES, parseByline } from './byline.ts';
import { parseDateline } from './dateline.ts';
import { type Evidence, metaOf } from './evidence.ts';
import { isCommonWord } from './han-words.ts';
import { agentsOf } from './json-ld.ts';
import { segmentsOf } from './labels.ts';
import type { Layout } from './layout.ts';
import { recognizeLine } from './lines.ts';
import { isHanPerson, nameKind, splitNames } from './names.ts';
import type { People } from './people.ts';
import { hasHan, textOf } from './text.ts';
import type { Line } from './walk.ts';

const WRITES: ReadonlySet<ContributorRole> = new Set(['author', 'reporter', 'correspondent', 'translator']);

/** `…。（钟才文）`, `…？”（姚峰 上海报道）`: nothing but names. */
const SIGNATURE =
  /[（(]\s?(\p{Script=Han}{2,4}(?:[、，\s]\p{Script=Han}{2,4}){0,4}?)(?:\s\p{Script=Han}{2,4}报道)?\s?[)）]\s?(?:\d{7})?$/u;
/** A name and its outlet, nothing else. */
export const SIGNED_WITH_OUTLET =
  /^(\p{Script=Han}{2,4})(?:\s?[/／]\s?|\s(?=\p{Script=Han}{3,14}(?:记者|記者)$))(\p{Script=Han}{2,12}(?:报|報|网|網|社|台|刊|新闻|新聞))(?:记者|記者)?$/u;
/** `【潘欣／台北報導】`, with the outlet in front of it or not. */
export const REPORTED_FROM =
  /[【〔［[(（]\s?(\p{Script=Han}{2,4}(?:[、\s]\p{Script=Han}{2,4}){0,3})\s?[/／]\s?\p{Script=Han}{2,6}(?:報導|报道|報道)\s?[】〕］\])）]/u;
/** `新华社北京5月19日电（刘艺、杨吉）`: who filed it. */
const FILED_BY =
  /^\s?[（(]\s?(?:记者|記者)?\s?(\p{Script=Han}{2,4}(?:[、，\s]\p{Script=Han}{2,4}){0,5}?)\s?(?:[)）]|(?<=[\s、，])(?:记者|記者|通讯员|通訊員))/u;
/** `ggjj 发表于 2005-9-15`, `2005/03/15 22:36 by duscha`: the login name of a post's writer. */
const POSTED_BY =
  /^([\p{L}\p{N}_·-]{2,20})\s(?:发表于|發表於|发布于|發佈於|于)\s?\d{4}|\d{1,2}:\d{2}(?::\d{2})? by ([\p{L}\p{N}_-]{2,20})(?!\p{L})/u;
/** A short line amid the text may be a credit. */
const CREDIT_WORD = /记者|記者|通讯员|作者|编辑|編輯|撰文|采写|文[/／|｜:：]|[摄攝]|^[（(]\p{Script=Han}{2,4}[)）]$/u;

/** `…。（记者 甲 乙）`, `…（編輯：甲）1090325`, `…。新京报记者 甲 校对 乙`: credits behind the last full stop. */
function creditAtEnd(text: string): Contributor[] {
  const stop = Math.max(text.lastIndexOf('。'), text.lastIndexOf('！'), text.lastIndexOf('？'));
  const end = /。?[」”）)\d\s]*$/.exec(text.slice(stop + 1));
  const rest = text.slice(stop + 1);
  if (end && rest.length <= 2) return [];
  const signed = SIGNATURE.exec(text)?.[1];
  const names = signed ? splitNames(signed) : [];
  if (names.length > 0 && names.every(isHanPerson)) return names.map((name) => ({ name, role: 'author' }));
  return rest.length <= 60 ? labelledContributors(rest, true) : [];
}

const DAY_AND_CLOCK = /\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s{0,3}\d{1,2}[:：]\d{2}(?::\d{2})?)?/u;

/** `葛翎山 · 2024-03-12 · 33 次阅读`: a full name without a label among the pieces of the line with the date. */
function nameBesideDate({ head, headlineAt }: Layout): string | undefined {
  if (headlineAt < 0) return undefined;
  for (const line of head.slice(headlineAt + 1, headlineAt + 5)) {
    if (line.length > 60 || !DAY_AND_CLOCK.test(line.text)) continue;
    const pieces = line.text.replace(DAY_AND_CLOCK, ' | ').split(/[\s·•|｜,，]+/u);
    // Two characters are as often a section (`时政`) as a name.
    const name = pieces.slice(0, 5).find((piece) => piece.length >= 3 && isHanPerson(piece));
    if (name) return name;
  }
  return undefined;
}

/** Behind it other stories follow, with writers of their own; the page's editor may stand below them. */
export const OTHER_STORIES =
  /^[【[]?(?:[上下]一?[篇条條则則]|相关(?:阅读|新闻|文章|推荐|报道)|推荐阅读|延伸阅读|延伸閱讀|相關(?:新聞|閱讀|文章)|猜你喜欢)/u;

/** Two to four characters that are no word: a name, were it only sure. */
const mayBeHanPerson = (name: string): boolean => /^\p{Script=Han}{2,4}$/u.test(name) && mayBeWriter(name);
const mayBeWriter = (name: string): boolean => nameKind(name) === 'person' && !isCommonWord(name);

/** Chinese pages: credits have labels, so all that are found hold; unlabelled metadata only fills a gap. */
export function hanPeople(evidence: Evidence, layout: Layout): People | undefined {
  const contributors: Contributor[] = [];
  const captioned = new Set<string>();
  const from = new Set<string>();
  const take = (found: readonly Contributor[], where: string): void => {
    for (const one of found) {
      const before = contributors.length;
      addContributor(contributors, one.name, one.role);
      if (contributors.length > before) from.add(where);
    }
  };
  for (const line of layout.head) {
    const kind = line.length > 200 ? undefined : recognizeLine(line.text, 'head');
    if (line.length > 200 || kind === 'breadcrumb') continue;
    const isByline = kind === 'byline' || OUTLET_BEFORE_NAMES.test(line.text);
    take(isByline ? parseByline(line.text) : labelledContributors(line.text, line.length > 60), 'meta-line');
  }
  // `石佳/中国青年报`.
  for (const line of layout.headlineAt < 0 ? [] : layout.head.slice(layout.headlineAt + 1, layout.headlineAt + 4)) {
    const name = SIGNED_WITH_OUTLET.exec(line.text)?.[1];
    if (name && isHanPerson(name)) take([{ name, role: 'author' }], 'meta-line');
  }
  // Between headline and text: a line that is nothing but names, or a name in brackets beside the date.
  for (const line of layout.headlineAt < 0 ? [] : layout.head.slice(layout.headlineAt + 1, layout.headlineAt + 4)) {
    if (line.length > 80 || line.linkLength > line.length / 2) continue;
    const names =
      line.length <= 24
        ? splitNames(line.text)
        : splitNames(/[[【(（]\s?([\p{Script=Han}、 ]{2,16})\s?[\]】)）]/u.exec(line.text)?.[1] ?? '');
    // `赵延、风笑`: beside a name, what a mark parts from it is one too, of whatever family.
    const isList = names.length > 1 && line.length <= 24 && /^[\p{Script=Han}、]+$/u.test(line.text);
    if (
      names.length > 0 &&
      (isList ? names.some(isHanPerson) && names.every(mayBeHanPerson) : names.every(isHanPerson))
    )
      take(
        names.map((name) => ({ name, role: 'author' as const })),
        'meta-line',
      );
  }
  // Where no headline is known, the writer's line may have been taken for the first of the text.
  for (const text of layout.lead) {
    const names = text.length <= 16 ? splitNames(text) : [];
    if (names.length > 0 && names.every(isHanPerson))
      take(
        names.map((name) => ({ name, role: 'author' as const })),
        'body-lead',
      );
  }
  const [first] = layout.lead;
  for (const text of layout.lead) {
    const filed = FILED_BY.exec(text.slice(parseDateline(text)?.length ?? text.length))?.[1];
    const filers = filed ? splitNames(filed) : [];
    if (filers.every(isHanPerson))
      take(
        filers.map((name) => ({ name, role: 'reporter' as const })),
        'dateline',
      );
    const reported = REPORTED_FROM.exec(text.slice(0, 60))?.[1];
    const reporters = reported ? splitNames(reported) : [];
    if (reporters.every(isHanPerson))
      take(
        reporters.map((name) => ({ name, role: 'reporter' as const })),
        'body-lead',
      );
    if (text.length <= 30 && DESK_BEFORE_NAMES.test(text)) take(parseByline(text), 'body-lead');
    const signed = /^[【（([]?\s?(?:文|撰文|作者)\s?[/／|｜丨:：][^】）)\]]{2,30}[】）)\]]?/u.exec(text)?.[0];
    if (signed) take(parseByline(signed), 'body-lead');
  }
  for (const text of layout.lead)
    take(
      labelledContributors(text.slice(0, text === first ? 160 : 60), true).filter((one) => one.role !== 'editor'),
      'body-lead',
    );
  for (const line of layout.body) {
    if (line.length > 40 || line.off || !CREDIT_WORD.test(line.text)) continue;
    const found = labelledContributors(line.text, true);
    for (const one of found) if (one.role === 'photographer') captioned.add(one.name);
    take(found.length > 0 ? found : creditAtEnd(line.text), 'body-line');
  }
  let isBehind = false;
  for (const line of layout.tail) {
    isBehind ||= OTHER_STORIES.test(line.text);
    // The end of the last paragraph may carry the credit: `…。（记者 甲 乙）`; a whole line is a credit of its own.
    // A short last sentence (`記者試乘所見，…。`) is text, not a credit.
    const isText = line.length > 60 || /^(?:记者|記者)\p{Script=Han}{4,20}，[^）)】]*[。！？]$/u.test(line.text);
    if (line.length <= 120)
      take(
        labelledContributors(line.text, isText).filter((one) => !isBehind || one.role === 'editor'),
        'tail-line',
      );
    if (!line.off && !isBehind) take(creditAtEnd(line.ending || line.text.slice(-120)), 'body-end');
  }
  let named: string | undefined;
  for (const mark of evidence.marks) {
    if (mark.kind !== 'author' && mark.kind !== 'editor') continue;
    if (mark.off && mark.kind === 'author') continue;
    const text = textOf(mark.element, 81).replace(/^(?:文|图|撰文|报道|報道)[\s,，]+(?=\p{Script=Han}{2})/u, '');
    if (text.length > 80 || text.length < 2) continue;
    const labelled = labelledContributors(text);
    if (labelled.length > 0) take(labelled, `${mark.by}:${mark.kind}`);
    else if (segmentsOf(text).length > 0) continue;
    else if (mark.kind === 'author' && mark.line >= layout.bodyFirst - 15 && mark.line <= layout.bodyFirst) {
      if (text.length <= 12 && nameKind(text) !== 'none') named ??= text;
      take(
        splitNames(text.replace(/\d.*$/, ''))
          .slice(0, 1)
          .filter(isHanPerson)
          .map((name) => ({ name, role: 'author' })),
        `${mark.by}:author`,
      );
    } else if (mark.kind === 'editor')
      take(
        splitNames(text)
          .filter(isHanPerson)
          .map((name) => ({ name, role: 'editor' })),
        `${mark.by}:editor`,
      );
  }
  if (!contributors.some((one) => one.role !== 'editor' && one.role !== 'photographer')) {
    const values = [
      ...agentsOf(evidence.ld?.author, evidence.graph).map((agent) => agent.name),
      metaOf(evidence.metas, 'author', 'article:author', 'dable:author') ?? '',
      metaOf(evidence.metas, 'founder:author', 'founder:journalist') ?? '',
    ];
    for (const value of values) {
      const names = splitNames(value.replace(/^(?:作者|记者|記者)[:：]/, ''))
        .filter((name) => !contributors.some((one) => one.name === name))
        .filter((name) => isHanPerson(name) || (!hasHan(name) && nameKind(name) === 'person' && name.includes(' ')));
      take(
        names.map((name) => ({ name, role: 'author' as const })),
        'meta:author',
      );
      if (names.length > 0) break;
    }
    // A pen name that the metadata and the place under the headline agree on.
    const pen = metaOf(evidence.metas, 'author') ?? '';
    const isShown = (line: Line): boolean => line.length <= 80 && line.text.includes(pen);
    if (
      /^\p{Script=Han}{2,6}$/u.test(pen) &&
      mayBeWriter(pen) &&
      layout.head.slice(layout.headlineAt + 1).some(isShown)
    )
      take([{ name: pen, role: 'author' }], 'meta:author');
  }
  const liable = metaOf(evidence.metas, 'founder:liability');
  if (liable && !contributors.some((one) => one.role === 'editor'))
    take(
      splitNames(liable)
        .filter(isHanPerson)
        .map((name) => ({ name, role: 'editor' as const })),
      'meta:editor',
    );
  // A byline's element holds the name of whoever posted it, a person's or an account's.
  if (named !== undefined && !contributors.some((one) => one.role !== 'editor' && one.role !== 'photographer'))
    take([{ name: named, role: 'author' }], 'class:author');
  // `来源: 尹娟` names the writer.
  if (!contributors.some((one) => WRITES.has(one.role))) {
    for (const line of layout.head) {
      const value = segmentsOf(line.text).find((one) => one.kind === 'source')?.value ?? '';
      // `来源：山谷之家（汪漾）`: who wrote it there.
      const name = isHanPerson(value) ? value : /[（(](\p{Script=Han}{2,4})[)）]/u.exec(value)?.[1];
      if (line.length <= 100 && name && isHanPerson(name)) take([{ name, role: 'author' }], 'meta-line');
    }
  }
  if (!contributors.some((one) => WRITES.has(one.role))) {
    const name = nameBesideDate(layout);
    if (name) take([{ name, role: 'author' }], 'meta-line');
  }
  if (contributors.length === 0) {
    for (const line of [...layout.head, ...layout.tail]) {
      const name = line.length <= 120 ? POSTED_BY.exec(line.text)?.slice(1).find(Boolean) : undefined;
      if (name && nameKind(name) !== 'none') {
        take([{ name, role: 'author' }], 'post-line');
        break;
      }
    }
  }
  // Who wrote it comes before who edited it, wherever the page prints them.
  const writers = contributors.some((one) => WRITES.has(one.role));
  // Captions credit their pictures; with a writer known these are not the story's makers.
  const people = contributors.filter(
    (one) =>
      one.role !== 'editor' &&
      one.role !== 'source' &&
      !(writers && captioned.has(one.name) && one.role === 'photographer'),
  );
  // An outlet beside a person is where the person works; the source chain has it.
  const signers = contributors.filter((one) => one.role === 'source');
  const authors = people.some((one) => WRITES.has(one.role)) ? people : [...signers, ...people];
  const ordered = [...authors, ...contributors.filter((one) => one.role === 'editor')];
  return ordered.length > 0 ? { contributors: ordered, from: [...from].join(', ') } : undefined;
}
