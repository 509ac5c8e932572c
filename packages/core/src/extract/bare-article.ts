import type { Element } from 'domhandler';
import { isElement } from '../html/text.ts';
import type { PageModel } from './page-model.ts';

const namedBy: readonly string[] = ['class', 'id', 'role', 'style', 'hidden', 'itemprop'];

/**
 * A page that is nothing but one `article` of plain, unnamed elements (a reader's print-out, our own `bodyHtml` in a
 * page) has nothing to leave out but its title, which may stand in it or before it. Undefined for any other page.
 */
export function bareArticle({ segments }: PageModel): Uint8Array | undefined {
  const { blocks, containers } = segments;
  const articles = containers.filter(({ tag }) => tag === 'article');
  const [article] = articles;
  if (!article || articles.length > 1 || article.end !== blocks.length) return undefined;
  const startsWithTitle = containers[blocks[0]?.container ?? -1]?.tag === 'h1';
  if (article.start !== 0 && !(article.start === 1 && startsWithTitle)) return undefined;
  for (const { element } of containers) {
    if (isElement(element) && isNamed(element)) return undefined;
  }
  const keep = new Uint8Array(blocks.length).fill(1);
  if (startsWithTitle) keep[0] = 0;
  return keep;
}

function isNamed({ attribs }: Element): boolean {
  return namedBy.some((name) => attribs[name] !== undefined);
}
