import { Parser } from 'htmlparser2';

/** Why a document is given up. */
export type XmlFailure =
  /** Entities that are made of entities: the "billion laughs". We expand none, and read no such file. */
  | 'xml_entities'
  /** Deeper than any feed or sitemap is. */
  | 'xml_too_deep';

/** One element. Names are in lower case; `name` is without the prefix. */
export interface XmlElement {
  readonly prefix: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface XmlVisitor {
  /** `path` ends with the element itself. Return `text` to be given all text inside it when it closes. */
  open(path: readonly XmlElement[]): 'text' | undefined;
  /** `text` is undefined unless it was asked for; `whole` is false if the end tag is missing. Return `stop` to read no further. */
  close(path: readonly XmlElement[], text: string | undefined, whole: boolean): 'stop' | undefined;
}

const DEPTH_MAX = 100;
const TEXT_LENGTH_MAX = 4_096;
/** So that a stop does not come after all of a large document has been looked at. */
const CHUNK_LENGTH = 64 * 1024;

class Stop extends Error {
  readonly failure: XmlFailure | undefined;
  constructor(failure?: XmlFailure) {
    super(failure ?? 'stop');
    this.failure = failure;
  }
}

/**
 * Walks over XML as it is found: unescaped `&`, HTML entities, control characters, a missing end do not matter.
 * Nothing is built in memory, and no entity but XML's own five and numbers is expanded. Returns why it gave up, if it did.
 */
export function walkXml(text: string, visitor: XmlVisitor): XmlFailure | undefined {
  const path: XmlElement[] = [];
  /** Depth of the element whose text is being collected, 0 for none. */
  let collecting = 0;
  let collected = '';

  const parser = new Parser(
    {
      onopentag(qualified, attributes) {
        if (path.length >= DEPTH_MAX) throw new Stop('xml_too_deep');
        const colon = qualified.indexOf(':');
        path.push({
          prefix: colon === -1 ? '' : qualified.slice(0, colon),
          name: qualified.slice(colon + 1),
          attributes,
        });
        if (collecting === 0 && visitor.open(path) === 'text') {
          collecting = path.length;
          collected = '';
        }
      },
      ontext(data) {
        if (collecting > 0 && collected.length < TEXT_LENGTH_MAX) collected += data;
      },
      onclosetag(_name, isImplied) {
        let verdict: 'stop' | undefined;
        if (collecting === 0) verdict = visitor.close(path, undefined, !isImplied);
        else if (collecting === path.length) {
          collecting = 0;
          verdict = visitor.close(path, collected.slice(0, TEXT_LENGTH_MAX), !isImplied);
        }
        path.pop();
        if (verdict === 'stop') throw new Stop();
      },
      onprocessinginstruction(name, data) {
        if (/^!entity/i.test(name) && /&[^#]/.test(data)) throw new Stop('xml_entities');
      },
    },
    { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );

  try {
    for (let at = 0; at < text.length; at += CHUNK_LENGTH) parser.write(text.slice(at, at + CHUNK_LENGTH));
    parser.end();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return error.failure;
  }
  return undefined;
}

/** How far into a file its root element may begin: PHP warnings and licence comments stand before some. */
const PROLOG_LENGTH_MAX = 8_192;

/** Name of the root element, in lower case and without prefix; undefined if the text does not begin like XML. */
export function rootNameOf(text: string): string | undefined {
  const head = text.slice(0, PROLOG_LENGTH_MAX);
  let at = 0;
  for (;;) {
    const open = head.indexOf('<', at);
    if (open === -1) return undefined;
    const next = head[open + 1];
    if (next === '?' || next === '!') {
      const end = head.startsWith('<!--', open) ? '-->' : '>';
      const close = head.indexOf(end, open);
      if (close === -1) return undefined;
      at = close + end.length;
      continue;
    }
    const name = /^<(?:[\w.-]{1,50}:)?([a-z][\w.-]{0,50})/i.exec(head.slice(open, open + 110))?.[1];
    if (name !== undefined) return name.toLowerCase();
    at = open + 1;
  }
}
