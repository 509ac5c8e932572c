/**
 * Paths and patterns are compared in one escaped form (RFC 9309 §2.2.2): octets outside ASCII and control characters
 * and those that URL parsers disagree on are `%XX`, unreserved characters are bare, hex is upper case. `*` and `$` have a meaning in a pattern only,
 * so everywhere else they are written `%2A` and `%24`: a pattern that says `%24` then means the dollar itself.
 */

/** Brings a URL's path and query into the escaped form. `text` is ASCII, as the WHATWG parser returns it. */
export function escapePath(text: string): string {
  return escapeOctets(text).replaceAll('*', '%2A').replaceAll('$', '%24');
}

/** A rule's path, compiled. */
export interface Pattern {
  /** Literal pieces between the wildcards; the first one is where the path must begin. */
  readonly pieces: readonly string[];
  /** True if the pattern ended in `$`: the last piece must end the path. */
  readonly anchored: boolean;
  /** Octets of the pattern, by which the most specific rule is found. */
  readonly length: number;
}

/** `text` holds one character per octet of the file. */
export function compilePattern(text: string): Pattern {
  const anchored = text.endsWith('$');
  const body = escapeOctets(anchored ? text.slice(0, -1) : text).replaceAll('$', '%24');
  const pieces = body.replace(/\*+/g, '*').split('*');
  return { pieces, anchored, length: body.length + (anchored ? 1 : 0) };
}

/**
 * True if the pattern covers the escaped path. Each piece is looked for once, at its leftmost place behind the one before:
 * a wildcard takes as little as it can, so nothing is ever tried twice.
 */
export function matches({ pieces, anchored }: Pattern, path: string): boolean {
  const first = pieces[0] ?? '';
  if (!path.startsWith(first)) return false;
  if (pieces.length === 1) return !anchored || path.length === first.length;
  let at = first.length;
  const last = pieces.length - 1;
  for (let index = 1; index < pieces.length; index += 1) {
    const piece = pieces[index] ?? '';
    if (index === last && anchored) return path.length - piece.length >= at && path.endsWith(piece);
    const found = path.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return true;
}

function escapeOctets(text: string): string {
  // The set after the control characters is what one URL parser or another escapes in a path, so both sides do.
  return text.replace(/%([0-9a-fA-F]{2})|[^\x21-\x7e]|["'<>\\^`{|}]/g, (whole, hex: string | undefined) => {
    if (hex === undefined) return `%${whole.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
    const char = String.fromCharCode(Number.parseInt(hex, 16));
    return /[A-Za-z0-9._~-]/.test(char) ? char : `%${hex.toUpperCase()}`;
  });
}
