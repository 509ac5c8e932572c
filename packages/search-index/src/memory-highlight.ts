import type { Article } from '@newsmill/contracts';
import { foldCharacter } from './folding.ts';
import { withoutControls } from './fragment.ts';
import type { Highlights } from './port.ts';
import type { SearchPlan } from './search-params.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
  '/': '&#x2F;',
};
const fragmentLength = 90;

/** Marks what was found, in the text as printed. Fragments are cut by length, not at sentences. */
export function highlightText(
  article: Article,
  needles: readonly string[],
  options: SearchPlan['highlight'],
): Highlights {
  if (options === undefined) return {};
  const encode =
    options.encode === 'html'
      ? (text: string) => text.replace(/[&<>"'/]/g, (found) => entities[found] ?? found)
      : withoutControls;
  const marked = (text: string | undefined) => {
    const spans = text === undefined ? [] : findAll(text, needles);
    return text === undefined || spans.length === 0 ? undefined : mark(text, spans);
  };
  const mark = (text: string, spans: readonly Span[]) => {
    const characters = [...text];
    let at = 0;
    let out = '';
    for (const { start, end } of spans) {
      out += encode(characters.slice(at, start).join(''));
      out += options.pre + encode(characters.slice(start, end).join('')) + options.post;
      at = end;
    }
    return out + encode(characters.slice(at).join(''));
  };
  const body = article.body
    .split('\n\n')
    .map(marked)
    .filter((text) => text !== undefined)
    .slice(0, 3);
  const whole = {
    headline: marked(article.headline),
    alternativeHeadline: marked(article.alternativeHeadline),
    description: marked(article.description),
  };
  return {
    ...Object.fromEntries(Object.entries(whole).filter(([, text]) => text !== undefined)),
    body: body.length > 0 ? body : [encode([...article.body].slice(0, fragmentLength).join(''))],
  };
}

/** In code points. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** All places of all needles (which are folded), sorted, overlapping ones joined. */
function findAll(text: string, needles: readonly string[]): Span[] {
  const folded = [...text].map(foldCharacter);
  const spans = needles
    .filter((needle) => needle !== '')
    .flatMap((needle) => {
      const wanted = [...needle];
      return folded.flatMap((_, start): Span[] =>
        wanted.every((character, at) => folded[start + at] === character)
          ? [{ start, end: start + wanted.length }]
          : [],
      );
    })
    .sort((a, b) => a.start - b.start);
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last !== undefined && span.start <= last.end)
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else joined.push(span);
  }
  return joined;
}
