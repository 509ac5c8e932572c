import type { Contributor } from '@newsmill/contracts';
import type { AnyNode, Element } from 'domhandler';
import { tagBitsOf } from '../html/page-element.ts';
import { tagBit } from '../html/tags.ts';
import { addContributor } from './byline.ts';
import { cleanName, isLatinPerson, isPageWord, nameKind, splitNames } from './names.ts';
import { isElement, tidy } from './text.ts';
import { AUTHOR_HREF } from './walk.ts';

/** Names in an element that is marked as a byline, on pages that are not Chinese. */

interface Piece {
  text: string;
  /** Inside a link to a person's page or an element marked as the name. */
  readonly named: boolean;
}

const PIECES_MAX = 60;
const NODES_MAX = 600;

function isNameElement(element: Element): boolean {
  const { attribs } = element;
  if (element.name === 'a')
    return (
      attribs.rel === 'author' ||
      (attribs.href !== undefined &&
        (AUTHOR_HREF.test(attribs.href) || /\/(?:users?|members?|team|u|profile\.php)\//.test(attribs.href)))
    );
  return (
    attribs.itemprop === 'name' ||
    /(?:^|[\s_-])(?:author-?name|fn|byline-?name|name)(?:$|[\s_-])/i.test(attribs.class ?? '')
  );
}

/** The texts of an element, one by one: elements part them even where no blank does (`Jane Doe<span>City Columnist</span>`). */
function piecesOf(root: Element): Piece[] {
  const pieces: Piece[] = [];
  let visited = 0;
  const visit = (node: AnyNode, named: boolean, depth: number): void => {
    visited += 1;
    if (pieces.length >= PIECES_MAX || depth > 12 || visited > NODES_MAX) return;
    if (node.type === 'text') {
      const text = tidy(node.data);
      if (text !== '') pieces.push({ text, named });
    } else if (isElement(node) && (tagBitsOf(node) & tagBit.silent) === 0) {
      const inside = named || isNameElement(node);
      const before = pieces.length;
      for (const child of node.children) visit(child, inside, depth + 1);
      // A name whose parts are elements of their own: `<a><span>Jane</span> <span>Doe</span></a>`.
      if (inside && !named && pieces.length - before > 1) {
        const joined = pieces
          .splice(before)
          .map((piece) => piece.text)
          .join(' ');
        pieces.push({ text: joined, named: true });
      }
    }
  };
  visit(root, isNameElement(root), 0);
  return pieces;
}

const JAPANESE_NAME = /^\p{Script=Han}{1,4}[ 　][\p{Script=Han}\p{Script=Hiragana}]{1,4}$/u;

const STOP =
  /^(?:published|posted|updated?|last updated|on |date|\d|veröffentlicht|aktualisiert|stand|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|опубликовано)/i;

/** The people (or, failing them, the agency) that a byline element names. Empty when it names nobody for certain. */
export function visibleNames(root: Element): Contributor[] {
  const pieces = piecesOf(root);
  const people: Contributor[] = [];
  const others: Contributor[] = [];
  const take = (text: string, named: boolean): void => {
    // Family and given name, as Japanese pages part them.
    if (JAPANESE_NAME.test(text) && nameKind(text) === 'person') {
      addContributor(people, text, 'author');
      return;
    }
    for (const part of splitNames(text)) {
      const name = cleanName(part);
      const kind = nameKind(name);
      if (kind === 'organization') addContributor(others, name, 'author');
      else if (
        kind === 'person' &&
        (isLatinPerson(name, named) || (named && /^[\p{L}\d._-]{3,24}$/u.test(name) && !isPageWord(name)))
      )
        addContributor(people, name, 'author');
    }
  };
  const named = pieces.filter((piece) => piece.named);
  if (named.length > 0) for (const piece of named.slice(0, 10)) take(piece.text, true);
  if (people.length > 0) return people;
  let run = '';
  const texts: string[] = [];
  for (const { text } of pieces) {
    if (STOP.test(text) && (run !== '' || texts.length > 0)) break;
    // Single words in elements of their own are the parts of one name.
    if (/^\p{Lu}[\p{L}'’.-]+$/u.test(text) && (run === '' || /^\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]+)?$/u.test(run)))
      run = run === '' ? text : `${run} ${text}`;
    else {
      if (run !== '') texts.push(run);
      run = '';
      texts.push(text);
    }
  }
  if (run !== '') texts.push(run);
  const lone = texts.length === 1 || (texts.length === 2 && /^by:?$/i.test(texts[0] ?? ''));
  for (const text of texts) take(text, lone);
  return people.length > 0 ? people : others.slice(0, 1);
}
