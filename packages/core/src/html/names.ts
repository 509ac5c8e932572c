/** Names of elements and attributes that pages use; others are cut from the source, these are shared. */
const common =
  'a abbr address article aside b blockquote body br button center cite code dd div dl dt em embed fieldset figcaption ' +
  'figure font footer form g h1 h2 h3 h4 h5 h6 head header hr html i iframe img input label legend li link main meta nav ' +
  'noscript ol option p path picture pre s script section select small source span strong style sub sup svg table tbody ' +
  'td textarea tfoot th thead time title tr u ul use video ' +
  'action align alt aria-controls aria-expanded aria-hidden aria-label aria-labelledby async autocomplete bgcolor border ' +
  'cellpadding cellspacing charset class color colspan content crossorigin d data-id data-src data-srcset data-type ' +
  'data-url datetime decoding defer dir fill for height href http-equiv id itemid itemprop itemscope itemtype lang ' +
  'language loading media method name onclick placeholder property rel role rowspan size sizes src srcset style ' +
  'tabindex target type valign value viewbox width xmlns';

const size = 1024;
const table: string[][] = Array.from({ length: size }, () => []);

const step = (hash: number, code: number): number => (hash * 31 + code) & 0xfffff;

for (const name of new Set(common.split(' '))) {
  let hash = 0;
  for (let at = 0; at < name.length; at += 1) hash = step(hash, name.charCodeAt(at));
  table[hash % size]?.push(name);
}

/** `html.slice(start, end)` in lower case; `units` are those of `html` (see hanzi/code-units.ts). */
export function lowerName(html: string, units: Uint16Array, start: number, end: number): string {
  const length = end - start;
  if (length > 16) return html.slice(start, end).toLowerCase();
  let hash = 0;
  for (let at = start; at < end; at += 1) {
    const code = units[at] as number;
    hash = step(hash, code >= 65 && code <= 90 ? code + 32 : code);
  }
  const names = table[hash % size] ?? [];
  for (let place = 0; place < names.length; place += 1) {
    const name = names[place] as string;
    if (name.length !== length) continue;
    let at = 0;
    while (at < length) {
      const code = units[start + at] as number;
      if ((code >= 65 && code <= 90 ? code + 32 : code) !== name.charCodeAt(at)) break;
      at += 1;
    }
    if (at === length) return name;
  }
  return html.slice(start, end).toLowerCase();
}

/** Names to be found in a source without being cut out of it. At most 127 of them. */
export class NameTable {
  readonly names: readonly string[];
  readonly #first = new Int8Array(size).fill(-1);
  readonly #next: Int8Array;

  constructor(names: Iterable<string>) {
    this.names = [...names];
    this.#next = new Int8Array(this.names.length).fill(-1);
    this.names.forEach((name, number) => {
      let hash = 0;
      for (let at = 0; at < name.length; at += 1) hash = step(hash, name.charCodeAt(at));
      this.#next[number] = this.#first[hash % size] ?? -1;
      this.#first[hash % size] = number;
    });
  }

  /** Place in `names` of what stands from `start` to `end`, in whatever case; -1 for another name. */
  find(units: Uint16Array, start: number, end: number): number {
    let hash = 0;
    for (let at = start; at < end; at += 1) {
      const code = units[at] as number;
      hash = step(hash, code >= 65 && code <= 90 ? code + 32 : code);
    }
    for (let number = this.#first[hash % size] as number; number >= 0; number = this.#next[number] as number) {
      const name = this.names[number] as string;
      if (name.length !== end - start) continue;
      let at = 0;
      while (at < name.length) {
        const code = units[start + at] as number;
        if ((code >= 65 && code <= 90 ? code + 32 : code) !== name.charCodeAt(at)) break;
        at += 1;
      }
      if (at === name.length) return number;
    }
    return -1;
  }
}
