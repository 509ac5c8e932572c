/** What a response's headers ask of robots. */
export interface HeaderRobots {
  readonly noindex: boolean;
  readonly nofollow: boolean;
}

/** `X-Robots-Tag: noindex`, for all robots or for `agent` (lower case) by name; `unavailable_after: <date>` names no robot. */
export function headerRobots(headers: readonly (readonly [string, string])[], agent = 'newsmill'): HeaderRobots {
  const found = { noindex: false, nofollow: false };
  for (const [key, value] of headers) {
    if (key.toLowerCase() !== 'x-robots-tag') continue;
    const named = /^\s*([a-z0-9_-]+)\s*:\s*(.*)$/i.exec(value);
    if (named && named[1]?.toLowerCase() !== agent && named[1]?.toLowerCase() !== 'unavailable_after') continue;
    const rules = (named?.[2] ?? value).toLowerCase().split(/[\s,]+/);
    if (rules.includes('noindex') || rules.includes('none')) found.noindex = true;
    if (rules.includes('nofollow') || rules.includes('none')) found.nofollow = true;
  }
  return found;
}
