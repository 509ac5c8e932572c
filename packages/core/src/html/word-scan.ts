/**
 * Which of many words stand in a text, in one pass: an Aho-Corasick automaton. For ruling out costly patterns: class names
 * and addresses mostly hold none of the words that a pattern needs.
 */

const symbols = 40;
/** Code of a character → its symbol; letters of both cases are one; what no word has is 0. */
const symbolOf = new Uint8Array(128);
for (let code = 97; code <= 122; code += 1) {
  symbolOf[code] = code - 96;
  symbolOf[code - 32] = code - 96;
}
for (let digit = 0; digit < 10; digit += 1) symbolOf[48 + digit] = 27 + digit;
symbolOf['-'.charCodeAt(0)] = 37;
symbolOf['_'.charCodeAt(0)] = 38;
symbolOf['/'.charCodeAt(0)] = 39;

/** Tells the bits of all lists that have a word in the text, upper and lower case being the same. */
export type WordScan = (text: string) => number;

/** List number n, words parted by blanks, gives bit n. Words are of letters, digits, `-`, `_` and `/`. */
export function wordScan(lists: readonly string[]): WordScan {
  const next: number[][] = [new Array<number>(symbols).fill(-1)];
  const out: number[] = [0];
  lists.forEach((list, bit) => {
    for (const word of list.split(' ')) {
      let at = 0;
      for (let place = 0; place < word.length; place += 1) {
        const symbol = symbolOf[word.charCodeAt(place)] ?? 0;
        if (symbol === 0) throw new Error(`no word for a scan: ${word}`);
        const row = next[at] as number[];
        if ((row[symbol] ?? -1) < 0) {
          row[symbol] = next.length;
          next.push(new Array<number>(symbols).fill(-1));
          out.push(0);
        }
        at = row[symbol] as number;
      }
      out[at] = (out[at] ?? 0) | (1 << bit);
    }
  });
  const flat = new Int16Array(next.length * symbols);
  const bitsAt = Int32Array.from(out);
  const back = new Int32Array(next.length);
  const queue = [0];
  for (let head = 0; head < queue.length; head += 1) {
    const at = queue[head] as number;
    bitsAt[at] = (bitsAt[at] ?? 0) | (bitsAt[back[at] ?? 0] ?? 0);
    for (let symbol = 0; symbol < symbols; symbol += 1) {
      const to = next[at]?.[symbol] ?? -1;
      const elsewhere = at === 0 ? 0 : (flat[(back[at] ?? 0) * symbols + symbol] ?? 0);
      flat[at * symbols + symbol] = to < 0 ? elsewhere : to;
      if (to < 0) continue;
      back[to] = elsewhere;
      queue.push(to);
    }
  }
  return (text) => {
    let at = 0;
    let bits = 0;
    for (let place = 0; place < text.length; place += 1) {
      const code = text.charCodeAt(place);
      at = flat[at * symbols + (code < 128 ? (symbolOf[code] as number) : 0)] as number;
      bits |= bitsAt[at] as number;
    }
    return bits;
  };
}
