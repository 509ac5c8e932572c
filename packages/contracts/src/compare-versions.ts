/** `1` < `2` < `10`, `1.9` < `1.10`; parts that are no numbers compare as text. Below 0 when `a` is older. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [one = '0', other = '0'] = [left[at], right[at]];
    const numbers = /^\d+$/.test(one) && /^\d+$/.test(other);
    const order = numbers ? Number(one) - Number(other) : one < other ? -1 : Number(one > other);
    if (order !== 0) return order;
  }
  return 0;
}

/** Whether somebody may ask for articles of parsers that are older: `2`, `2.1`. */
export const isVersion = (text: string): boolean => /^\d+(?:\.\d+){0,5}$/.test(text);
