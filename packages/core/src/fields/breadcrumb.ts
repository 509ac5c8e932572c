import type { AnyNode, Element } from 'domhandler';
import type { Evidence } from './evidence.ts';
import { type LdNode, textValue, typesOf } from './json-ld.ts';
import { fold, isElement, plainText, textOf } from './text.ts';

export interface Breadcrumb {
  readonly path: readonly string[];
  readonly from: string;
}

const DEPTH_MAX = 10;
const NODES_MAX = 600;
const INTRO =
  /^(?:您?(?:当前|现在|當前|目前)?(?:的|所在)?(?:位置|所在位置)|您(?:当前|现在)?(?:的|所在)?(?:的)?(?:位置|所在)?|当前位置|所在位置|you are here|sie sind hier|vous êtes ici|jesteś tutaj|вы здесь|βρίσκεστε εδώ)\s?(?:是|在)?\s?[:：>＞»›]?\s?/iu;
/** A cheap test before, which ends at a line's first letters. */
const MAY_BE_INTRO =
  /^(?:您|当前|现在|當前|目前|的|位置|所在|you are here|sie sind hier|vous êtes ici|jesteś tutaj|вы здесь|βρίσκεστε εδώ)/i;
const SEPARATORS = /\s*(?:>>|》|[>＞»›→▸▶/／|｜]|::|--)\s*/u;
/** The last crumb of many portals is not a section but says "the text". */
const NOT_A_SECTION =
  /^(?:正文|文章|内容|详细内容|文章详情|资讯正文|文章内容|正文页|新闻内容|内容页|详情|浏览文章|文章正文|阅读|打印|收藏|返回|分享|home ?page|you are here)$/iu;

function finish(names: readonly string[], headline: string): string[] {
  const title = fold(headline);
  const path: string[] = [];
  for (const raw of names) {
    const name = plainText(raw, 80)
      .replace(INTRO, '')
      .replace(/^[\s>＞»›:：|/·-]+|[\s>＞»›:：|/·-]+$/g, '');
    if (/^正文(?:\s|$)/.test(name)) break;
    if (!name || name.length > 40 || /[:：]|^(?:地址|电话)/.test(name) || NOT_A_SECTION.test(name)) continue;
    const folded = fold(name);
    if (
      folded === '' ||
      (title !== '' && (folded === title || (folded.length > 12 && title.startsWith(folded.slice(0, 12)))))
    )
      continue;
    if (path.at(-1) !== name) path.push(name);
  }
  return path.slice(0, DEPTH_MAX);
}

function fromJsonLd(evidence: Evidence, headline: string): string[] {
  for (const node of evidence.graph.nodes) {
    if (!typesOf(node).includes('BreadcrumbList') || !Array.isArray(node.itemListElement)) continue;
    const items = node.itemListElement
      .filter((item): item is LdNode => typeof item === 'object' && item !== null && !Array.isArray(item))
      .toSorted((a, b) => Number(textValue(a.position) ?? 0) - Number(textValue(b.position) ?? 0));
    const names = items.map((item) => {
      const inner = item.item;
      return (
        textValue(item.name) ??
        (typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? textValue(inner.name) : undefined) ??
        ''
      );
    });
    const path = finish(names, headline);
    if (path.length > 0) return path;
  }
  return [];
}

/** Link texts and the bare text between them, in order. */
function crumbsIn(root: Element): string[] {
  const links: string[] = [];
  let plain = '';
  let visited = 0;
  const visit = (node: AnyNode, depth: number): void => {
    visited += 1;
    if (depth > 8 || links.length > 20 || visited > NODES_MAX) return;
    if (node.type === 'text') plain += node.data;
    else if (isElement(node)) {
      if (node.name === 'a') {
        const text = textOf(node, 80);
        plain += `>${text}>`;
        if (text) links.push(text);
      } else if (node.name !== 'script' && node.name !== 'style') {
        if (node.name === 'li') plain += '>';
        for (const child of node.children) visit(child, depth + 1);
      }
    }
  };
  visit(root, 0);
  if (links.length === 0 && !SEPARATORS.test(textOf(root, 300))) return [];
  return plain
    .replace(/\s+/g, ' ')
    .replace(INTRO, '')
    .split(/\s*(?:>>|[>＞»›→▸▶|｜]|::)\s*/u)
    .filter((part) => part.trim() !== '');
}

/**
 * The way from the site down to the page's section: schema.org first, then a marked breadcrumb, then a line
 * `您当前的位置 : 站 >> 栏 >> 目`. The story's own title and `正文` are not sections.
 */
export function findBreadcrumb(evidence: Evidence, headline: string): Breadcrumb | undefined {
  const structured = fromJsonLd(evidence, headline);
  const marked: { path: string[]; from: string }[] = [];
  for (const line of evidence.lines.slice(0, 250)) {
    if (line.length > 160 || !MAY_BE_INTRO.test(line.text) || !INTRO.test(line.text)) continue;
    const path = finish(line.text.replace(INTRO, '').split(SEPARATORS), headline);
    if (path.length >= 1) marked.push({ path, from: 'position-line' });
  }
  for (const mark of evidence.marks) {
    if (mark.kind !== 'breadcrumb' || mark.line > 400) continue;
    const text = textOf(mark.element, 300);
    if (text.length < 2 || text.length > 250) continue;
    const crumbs = crumbsIn(mark.element);
    const path = finish(crumbs, headline);
    // `location`, `path` and `position` name many other things.
    const sure = /bread|crumb|dqwz|weizhi|mbx|ariane/i.test(
      `${mark.element.attribs.class ?? ''} ${mark.element.attribs.id ?? ''}`,
    );
    if (path.length >= 1 && (sure || crumbs.length >= 2)) marked.push({ path, from: `${mark.by}:breadcrumb` });
  }
  const best = marked.find((found) => found.path.length >= 2) ?? marked[0];
  if (best && (best.path.length >= structured.length || structured.length === 0)) return best;
  return structured.length > 0 ? { path: structured, from: 'json-ld:BreadcrumbList' } : best;
}
