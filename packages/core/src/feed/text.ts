import { Parser } from 'htmlparser2';

const LABEL_LENGTH_MAX = 500;

/** A title as one line of plain text: tags and entities that a feed wrote into it are undone. Undefined if nothing is left. */
export function plainLine(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const plain = /[<&]/.test(text) ? withoutMarkup(text) : text;
  const line = plain.replace(/\s+/g, ' ').trim().slice(0, LABEL_LENGTH_MAX);
  return line === '' ? undefined : line.toWellFormed();
}

function withoutMarkup(html: string): string {
  let plain = '';
  const parser = new Parser({
    ontext(data) {
      plain += data;
    },
  });
  parser.end(html);
  return plain;
}
