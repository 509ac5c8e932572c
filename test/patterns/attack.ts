/** A pattern as a tree: enough of it to write texts that it nearly matches. */
type Node =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'group'; readonly options: readonly Node[][] }
  | { readonly type: 'repeat'; readonly node: Node; readonly min: number; readonly max: number };

/** Signs for classes of characters; anything that the class takes will do. */
const samples = ['a', '1', ' ', 'A', '中', '，', '-', '.', '/', '<', '>', '"', "'", '&', '=', ';', ':', '_', '(', '记'];

class Reader {
  at = 0;
  readonly repeats: Node[] = [];
  readonly #source: string;
  readonly #flags: string;
  constructor(source: string, flags: string) {
    this.#source = source;
    this.#flags = flags.replace(/[gy]/g, '');
  }

  options(): Node[][] {
    const options: Node[][] = [[]];
    while (this.at < this.#source.length && this.#source[this.at] !== ')') {
      if (this.#source[this.at] === '|') {
        this.at += 1;
        options.push([]);
      } else options.at(-1)?.push(this.#quantified(this.#atom()));
    }
    return options;
  }

  #atom(): Node {
    const source = this.#source;
    const char = source[this.at] ?? '';
    if (char === '(') {
      const head = /^\((?:\?(?:<?[=!]|<[^>]{1,30}>|:))?/.exec(source.slice(this.at))?.[0] ?? '(';
      this.at += head.length;
      const options = this.options();
      this.at += 1;
      // What must not stand there is left out.
      return /[!]$/.test(head) ? { type: 'text', text: '' } : { type: 'group', options };
    }
    if (char === '[') return { type: 'text', text: this.#sample(this.#take(/^\[(?:\\.|[^\]\\])*\]/)) };
    if (char === '\\') {
      const escaped = this.#take(/^\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|k<[^>]*>|.)/);
      return { type: 'text', text: /^\\(?:[bBk]|\d)/.test(escaped) ? '' : this.#sample(escaped) };
    }
    this.at += char.length;
    if (char === '.') return { type: 'text', text: 'a' };
    return { type: 'text', text: char === '^' || char === '$' ? '' : char };
  }

  #take(pattern: RegExp): string {
    const found = pattern.exec(this.#source.slice(this.at))?.[0] ?? this.#source.slice(this.at, this.at + 1);
    this.at += found.length;
    return found;
  }

  #sample(piece: string): string {
    const one = new RegExp(`^${piece}$`, this.#flags);
    const named = [...piece.replace(/[\\[\]^]/g, '')];
    return [...samples, ...named].find((sample) => one.test(sample)) ?? '';
  }

  #quantified(node: Node): Node {
    const found = /^(?:([*+?])|\{(\d+)(?:,(\d*))?\})\??/.exec(this.#source.slice(this.at));
    if (found === null) return node;
    this.at += found[0].length;
    const [, sign, low, high] = found;
    const min = sign === undefined ? Number(low) : sign === '+' ? 1 : 0;
    const max = sign === '?' ? 1 : sign ? Infinity : high === undefined ? min : high === '' ? Infinity : Number(high);
    const repeat: Node = { type: 'repeat', node, min, max };
    if (max > 1) this.repeats.push(repeat);
    return repeat;
  }
}

function has(node: Node, goal: Node): boolean {
  if (node === goal) return true;
  if (node.type === 'repeat') return has(node.node, goal);
  return node.type === 'group' && node.options.some((option) => option.some((each) => has(each, goal)));
}

/** A text that matches, with `goal` repeated as often as it may be, up to the length. */
function write(node: Node, goal: Node | undefined, length: number): string {
  if (node.type === 'text') return node.text;
  if (node.type === 'group') {
    const option = node.options.find((each) => goal && each.some((part) => has(part, goal))) ?? node.options[0] ?? [];
    return option.map((part) => write(part, goal, length)).join('');
  }
  const inner = write(node.node, goal === node ? undefined : goal, length);
  const wanted =
    node === goal || goal === undefined
      ? Math.ceil(length / (inner.length || 1))
      : goal && has(node, goal)
        ? 1
        : node.min;
  return inner.repeat(Math.max(node.min, Math.min(node.max, wanted)));
}

/** Texts of about that length that a pattern nearly matches: each repetition in turn drawn out, then all of them. */
export function attacks(source: string, flags: string, length: number): string[] {
  const reader = new Reader(source, flags);
  const root: Node = { type: 'group', options: reader.options() };
  const bodies = [
    ...reader.repeats.map((goal) => write(root, goal, length)),
    // What is repeated, from the very beginning.
    ...reader.repeats.map((goal) => (goal.type === 'repeat' ? write(goal, goal, length) : '')),
  ];
  return [...new Set(bodies)]
    .filter((text) => text.length > 10)
    .map((text) => text.slice(0, length * 2))
    .flatMap((text) => [`${text}\u0000`, `${text}!${text.slice(0, 50)}\n`]);
}
