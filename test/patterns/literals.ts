/** One regular expression as it is written in a source file. */
export interface RegexLiteral {
  readonly source: string;
  readonly flags: string;
  readonly line: number;
}

/** After these a slash begins a pattern; after a name, a number or a closing bracket it divides. */
const before = /(?:^|[=(,:[&|!?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|do|else|yield|await|instanceof))\s*$/;

/**
 * Regular expressions written as literals in TypeScript source. A small scanner that knows strings, templates and
 * comments; what it takes for a pattern must compile, or it is not one.
 */
export function regexLiterals(code: string): RegexLiteral[] {
  const found: RegexLiteral[] = [];
  let at = 0;
  /** Brackets that templates have open: their `${` is code again. */
  const templates: number[] = [];
  let depth = 0;
  const skipTemplate = () => {
    while (at < code.length) {
      if (code[at] === '\\') at += 2;
      else if (code[at] === '`') {
        at += 1;
        return;
      } else if (code.startsWith('${', at)) {
        at += 2;
        templates.push(depth);
        return;
      } else at += 1;
    }
  };
  while (at < code.length) {
    const char = code[at] ?? '';
    if (code.startsWith('//', at)) at = endOf(code, '\n', at);
    else if (code.startsWith('/*', at)) at = endOf(code, '*/', at + 2);
    else if (char === "'" || char === '"') at = endOfString(code, at);
    else if (char === '`') {
      at += 1;
      skipTemplate();
    } else if (char === '}' && templates.at(-1) === depth) {
      templates.pop();
      at += 1;
      skipTemplate();
    } else if (char === '/' && before.test(code.slice(Math.max(0, at - 40), at))) {
      const literal = readLiteral(code, at);
      if (literal !== undefined) found.push({ ...literal, line: code.slice(0, at).split('\n').length });
      at = literal?.end ?? at + 1;
    } else {
      if (char === '{') depth += 1;
      else if (char === '}') depth -= 1;
      at += 1;
    }
  }
  return found.map(({ source, flags, line }) => ({ source, flags, line }));
}

function endOf(code: string, mark: string, from: number): number {
  const end = code.indexOf(mark, from);
  return end < 0 ? code.length : end + mark.length;
}

function endOfString(code: string, from: number): number {
  const quote = code[from];
  let at = from + 1;
  while (at < code.length && code[at] !== quote && code[at] !== '\n') at += code[at] === '\\' ? 2 : 1;
  return at + 1;
}

function readLiteral(code: string, from: number): { source: string; flags: string; end: number } | undefined {
  let inClass = 0;
  let at = from + 1;
  for (; at < code.length; at += 1) {
    const char = code[at];
    if (char === '\n') return undefined;
    if (char === '\\') at += 1;
    else if (char === '[') inClass = 1;
    else if (char === ']') inClass = 0;
    else if (char === '/' && inClass === 0) break;
  }
  const source = code.slice(from + 1, at);
  const flags = /^[dgimsuvy]{0,8}/.exec(code.slice(at + 1, at + 10))?.[0] ?? '';
  try {
    new RegExp(source, flags);
  } catch {
    return undefined;
  }
  return { source, flags, end: at + 1 + flags.length };
}
