import { casesOf, type HostileCase } from './case.ts';
import { articleOf, hanzi, hanziParagraphs, html, paragraphs, read, sentence, verdictOf } from './page.ts';

/** A text in GB18030, character by character from a table that the decoder itself makes. */
function gb18030(text: string): Uint8Array {
  const decoder = new TextDecoder('gb18030');
  const table = new Map<string, readonly [number, number]>();
  for (let lead = 0xa1; lead <= 0xf7; lead += 1) {
    for (let trail = 0xa1; trail <= 0xfe; trail += 1) {
      table.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
    }
  }
  return Uint8Array.from(
    [...text].flatMap((char) => (char < '\x80' ? [char.charCodeAt(0)] : [...(table.get(char) ?? [0x3f])])),
  );
}
const mark = '@@';
/** A page in UTF-8 with those bytes in the place of the mark. */
function put(page: string, bytes: readonly number[]): Uint8Array {
  const [before = '', after = ''] = page.split(mark);
  return Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
}
const marked = (before: string, after: string) =>
  html('', `<p>${sentence} ${before}${mark}${after} ${sentence}</p>${paragraphs}`);
const chinese = html('', hanziParagraphs);
const text = (content: string | Uint8Array, contentType?: string) => articleOf(content, { contentType }).body;
/** What stands between two marks in the body of a page with those bytes. */
const between = (bytes: readonly number[], charset: string) => () =>
  /\[(.*?)\]/s.exec(text(put(marked('[', ']'), bytes), `text/html; charset=${charset}`))?.[1];
const utf16 = (content: string) => Buffer.from(content, 'utf16le');

export const decoding: readonly HostileCase[] = casesOf('decode', [
  [
    'h-092',
    'a PNG that says it is HTML',
    'unsupported_type',
    () => verdictOf(read(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))),
  ],
  [
    'h-094',
    'HTML that says it is application/octet-stream',
    'article',
    () => verdictOf(read(html('', paragraphs), { contentType: 'application/octet-stream' })),
  ],
  [
    'h-097',
    'a zip archive that says it is HTML',
    'unsupported_type',
    () => verdictOf(read(Buffer.from('504b0304140000000800000000000000', 'hex'))),
  ],
  ['h-098', 'no bytes', 'empty', () => verdictOf(read(''))],
  [
    'h-100',
    'GB18030 that says it is UTF-8',
    [true, ['wrong-charset']],
    () => {
      const { body, repairs } = articleOf(gb18030(html('<meta charset="gbk">', hanziParagraphs)), {
        contentType: 'text/html; charset=utf-8',
      });
      return [body.includes(hanzi), repairs];
    },
  ],
  ['h-101', 'GB18030 that says nothing', true, () => text(gb18030(chinese), 'text/html').includes(hanzi)],
  [
    'h-103',
    'half a character before a tag',
    '\ufffd',
    () => /\[(.*?)\]/.exec(text(put(marked('[', '<b></b>]'), [0xd0]), 'text/html; charset=gb18030'))?.[1],
  ],
  [
    'h-104',
    'a lead byte before markup does not swallow it',
    '\ufffd and the rest',
    () =>
      /\[(.*?)\]/.exec(
        text(put(marked('[', '<span> and the rest</span>]'), [0x81]), 'text/html; charset=gb18030'),
      )?.[1],
  ],
  ['h-105', 'FF in GB18030', '\ufffd', between([0xff], 'gb18030')],
  [
    'h-107',
    'UTF-16 without a byte order mark is told by its zeros',
    true,
    () => text(utf16(html('', paragraphs))).startsWith(sentence),
  ],
  [
    'h-108',
    'UTF-7 stays what it is',
    true,
    () =>
      text(
        html('<meta charset="utf-7">', `<p>${sentence} +ADw-script+AD4-alert(1)+ADw-/script+AD4-</p>${paragraphs}`),
      ).includes('+ADw-script+AD4-'),
  ],
  [
    'h-109',
    'hz-gb-2312 is not supported',
    [true, false],
    () => {
      const { charset, verdict } = read(html('', `<p>~{VPND~} ${sentence}</p>${paragraphs}`), {
        contentType: 'text/html; charset=hz-gb-2312',
      });
      return [charset !== 'hz-gb-2312', verdict.type === 'article' && verdict.article.body.includes('\ufffd')];
    },
  ],
  ['h-110', 'a charset that nobody knows', true, () => text(chinese, 'text/html; charset=klingon').includes(hanzi)],
  [
    'h-111',
    'a charset of 10 KB',
    true,
    () => text(chinese, `text/html; charset=${'a'.repeat(10_000)}`).includes(hanzi),
  ],
  [
    'h-112',
    'overlong, surrogate and unfinished UTF-8',
    '\ufffd'.repeat(6),
    between([0xc0, 0xaf, 0xed, 0xa0, 0x80, 0xe4, 0xb8], 'utf-8'),
  ],
  [
    'h-113',
    'a byte order mark in the middle is dropped',
    true,
    () => text(html('', `<p>${hanzi.slice(0, 9)}\ufeff${hanzi.slice(9)}</p>${hanziParagraphs}`)).startsWith(hanzi),
  ],
  [
    'h-116',
    'text that runs backwards',
    [true, false],
    () => {
      const article = articleOf(
        html('', `<p>${sentence} \u202egnp.exe</p>${paragraphs}`).replaceAll(
          'A story of the town',
          'A story \u202enwot fo',
        ),
      );
      return [article.body.includes('gnp.exe'), /[\u202a-\u202e\u2066-\u2069]/.test(article.headline)];
    },
  ],
  [
    'h-117',
    'invisible characters between ideographs',
    true,
    () => text(html('', `<p>${[...hanzi].join('\u200b')}</p>${hanziParagraphs}`)).startsWith(hanzi),
  ],
  [
    'h-119',
    'half a surrogate in JSON-LD',
    true,
    () => {
      const data =
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Half \\ud800 a pair","author":{"name":"A \\udc00 B"}}</script>';
      return (
        JSON.stringify(articleOf(html(data, paragraphs))).isWellFormed() &&
        !/\\ud[89a-f]/i.test(JSON.stringify(articleOf(html(data, paragraphs))))
      );
    },
  ],
  [
    'h-120',
    'characters that are none',
    'article',
    () => verdictOf(read(html('', `<p>${sentence} \uffff\ufffe</p>${paragraphs}`))),
  ],
  [
    'h-121',
    'private characters are kept',
    true,
    () => text(html('', `<p>${sentence} \ue000</p>${paragraphs}`)).includes('\ue000'),
  ],
  [
    'h-123',
    'a family of emoji stays one',
    true,
    () => text(html('', `<p>${sentence} 👨‍👩‍👧</p>${paragraphs}`)).includes('👨‍👩‍👧'),
  ],
  [
    'h-124',
    'a line of 10 MB',
    ['article', true],
    () => {
      const page = read(html('', `<p>${'a'.repeat(10_000_000)}</p>${paragraphs}`));
      return [
        verdictOf(page),
        page.verdict.type === 'article' && page.verdict.article.body.length <= 10_000_000 + paragraphs.length,
      ];
    },
  ],
]);
