import { Tokenizer } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { tokenize } from './tokenize.ts';

/** Tokens as lines, neighbouring text joined. */
class Lines {
  readonly all: string[] = [];
  text(data: string): void {
    const last = this.all.length - 1;
    if (this.all[last]?.startsWith('text ')) this.all[last] += data;
    else this.all.push(`text ${data}`);
  }
}

function ours(html: string): string[] {
  const lines = new Lines();
  tokenize(html, {
    truncated: false,
    isInForeignContext: () => false,
    onText: (start, end) => lines.text(html.slice(start, end)),
    onEntity: (text) => lines.text(text),
    onOpenTag: (name, attributes, selfClosing) =>
      lines.all.push(`open ${name} ${JSON.stringify(Object.entries(attributes))} ${selfClosing}`),
    onCloseTag: (name) => lines.all.push(`close ${name}`),
    onComment: (start, end) => lines.all.push(`comment ${html.slice(start, end)}`),
    onCdata: (start, end) => lines.all.push(`cdata ${html.slice(start, end)}`),
    onDeclaration: () => lines.all.push('declaration'),
    onEnd: () => lines.all.push('end'),
  });
  return lines.all;
}

function theirs(html: string): string[] {
  const lines = new Lines();
  let tag = '';
  let name = '';
  let value = '';
  let attributes = new Map<string, string>();
  const open = (selfClosing: boolean) =>
    lines.all.push(`open ${tag} ${JSON.stringify([...attributes])} ${selfClosing}`);
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: true },
    {
      isInForeignContext: () => false,
      ontext: (start, end) => lines.text(html.slice(start, end)),
      ontextentity: (code) => lines.text(String.fromCodePoint(code)),
      onopentagname: (start, end) => {
        tag = html.slice(start, end).toLowerCase();
        attributes = new Map();
      },
      onattribname: (start, end) => {
        name = html.slice(start, end).toLowerCase();
        value = '';
      },
      onattribdata: (start, end) => {
        value += html.slice(start, end);
      },
      onattribentity: (code) => {
        value += String.fromCodePoint(code);
      },
      onattribend: () => {
        if (!attributes.has(name)) attributes.set(name, value);
      },
      onopentagend: () => open(false),
      onselfclosingtag: () => open(true),
      onclosetag: (start, end) => lines.all.push(`close ${html.slice(start, end).toLowerCase()}`),
      oncomment: (start, end, offset) => lines.all.push(`comment ${html.slice(start, end - offset)}`),
      oncdata: (start, end, offset) => lines.all.push(`cdata ${html.slice(start, end - offset)}`),
      ondeclaration: () => lines.all.push('declaration'),
      onprocessinginstruction: () => lines.all.push('instruction'),
      onend: () => lines.all.push('end'),
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return lines.all;
}

const pieces = [
  ...[
    '<',
    '>',
    '</',
    '/>',
    '<!',
    '<!--',
    '-->',
    '--!>',
    '->',
    '--',
    '<?',
    '<![CDATA[',
    ']]>',
    '<!doctype',
    '<!DOCTYPE html>',
  ],
  ...[
    '<p',
    '<A ',
    '<br/>',
    '<div class=a>',
    '</p>',
    '</ p>',
    '</>',
    '</div x="1">',
    '<script>',
    '</script>',
    '</scr',
    '<title>',
  ],
  ...[
    '</title',
    '</TITLE>',
    '<style',
    '<textarea>',
    '</textarea>',
    '<plaintext>',
    '<xmp>',
    '</xmp>',
    '<noframes>',
    '<svg>',
  ],
  ...[
    ' ',
    '\n',
    '\t',
    '/',
    '=',
    '"',
    "'",
    'a',
    'Class',
    'constructor',
    'href="x"',
    "id='y'",
    'b=c',
    'd = "e" ',
    'checked',
  ],
  ...[
    '&',
    '&amp;',
    '&amp',
    '&copy',
    '&copy=',
    '&copyx',
    '&notit;',
    '&#65;',
    '&#x4e2d;',
    '&#150;',
    '&#0;',
    '&#',
    '&#x;',
    '&;',
  ],
  ...['&nbsp', '&hellip;', '&NotEqualTilde;', '&unknown;', '中', 'İ', 'x', '1', ';', '!', '?', '[', '-', '#'],
];
/** Closes whatever is open: what a cut-off tag leaves behind is of no interest. */
const tail = ` "'>--></title></script></style></textarea></xmp></noframes><i>.</i>`;

describe('the tokenizer', () => {
  it('cuts any page as htmlparser2 does', () => {
    // A fixed sequence of numbers: the same pages on every run.
    let state = 1;
    const below = (max: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * max);
    };
    for (let round = 0; round < 30_000; round += 1) {
      let html = '';
      for (let length = 1 + below(12); length > 0; length -= 1) html += pieces[below(pieces.length)];
      html += tail;
      expect({ html, tokens: ours(html) }).toEqual({ html, tokens: theirs(html) });
    }
  });

  it('takes a reference after the start of an end tag in a title for one', () => {
    expect(ours('<title>a <&amp; b</title>')).toContain('text a <& b');
  });
});
