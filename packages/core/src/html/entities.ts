import { Tokenizer } from 'htmlparser2';

/** A character reference that was read: what it stands for, and its length in the source, its `&` included. */
export interface EntityRead {
  readonly text: string;
  readonly length: number;
}

/** Nearly all references on real pages are one of few; each is looked up once in the life of the process. */
const known = new Map<string, EntityRead | null>();
const knownMax = 4_000;
const knownLengthMax = 24;

/**
 * The character reference at `at`, where the source has an `&`, after the rules of the HTML standard; null when there is
 * none. In an attribute `&copy=1` is an address and not a sign.
 */
export function readEntity(html: string, at: number, inAttribute: boolean): EntityRead | null {
  let end = at + 1;
  while (end < html.length && isWord(html.charCodeAt(end))) end += 1;
  if (end === at + 1) return null;
  // The character behind decides whether a name without its semicolon counts.
  const next = html.charAt(end);
  const source = html.slice(at, end) + (next === '&' ? ' ' : next);
  if (source.length > knownLengthMax) return decode(source, inAttribute);
  const key = inAttribute ? `a${source}` : source;
  const found = known.get(key);
  if (found !== undefined) return found;
  const read = decode(source, inAttribute);
  if (known.size < knownMax) known.set(key, read);
  return read;
}

function isWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 35;
}

/** htmlparser2 knows the table of names: it gets a page with nothing else on it. */
function decode(source: string, inAttribute: boolean): EntityRead | null {
  const before = inAttribute ? '<a b="' : '';
  let text = '';
  let end = before.length + source.length;
  let seen = false;
  const point = (code: number) => {
    text += String.fromCodePoint(code);
    seen = true;
  };
  const data = (start: number) => {
    if (seen && start < end) end = start;
  };
  const nothing = () => {};
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: true },
    {
      ontext: data,
      ontextentity: point,
      onattribdata: data,
      onattribentity: point,
      onattribname: nothing,
      onattribend: nothing,
      oncdata: nothing,
      onclosetag: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onend: nothing,
      onopentagend: nothing,
      onopentagname: nothing,
      onprocessinginstruction: nothing,
      onselfclosingtag: nothing,
    },
  );
  tokenizer.write(before + source);
  tokenizer.end();
  return seen ? { text, length: end - before.length } : null;
}
