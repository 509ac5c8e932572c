import { createMultibyteEncoder } from '@exodus/bytes/multi-byte.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBytes } from './decode-bytes.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const encode = (text: string, encoding: string): Uint8Array => createMultibyteEncoder(encoding)(text);
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const page = (text: string, head = ''): string => `<html><head>${head}<title>${text}</title></head><body>${text}`;

const simplified = '兰州市人民政府今天召开会议，部署全市教育工作。';
const traditional = '香港特區政府今日公布新一份財政預算案，市民反應不一。';
const japanese = '東京都は今日、新しい計画を発表しました。';
const korean = '서울시는 오늘 새로운 교육 정책을 발표했다고 밝혔습니다.';

describe('decodeBytes', () => {
  it('takes the byte order mark before everything', () => {
    const bytes = Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8(page(simplified)));
    expect(decodeBytes(bytes)).toEqual({ text: page(simplified), charset: 'utf-8', repairs: [] });
    const wide = Uint8Array.of(
      0xff,
      0xfe,
      ...new Uint8Array(Uint16Array.from('<p>兰州', (c) => c.charCodeAt(0)).buffer),
    );
    expect(decodeBytes(wide, 'text/html')).toMatchObject({ text: '<p>兰州', charset: 'utf-16le' });
  });

  it('takes the header before the markup, in any spelling', () => {
    const text = page(simplified, '<meta charset="utf-8">');
    for (const label of ['gb2312', 'GBK', '"gb18030"', 'x-gbk']) {
      const decoded = decodeBytes(encode(text, 'gb18030'), `text/html; Charset=${label}`);
      expect(decoded).toEqual({ text, charset: 'gb18030', declared: 'gb18030', repairs: [] });
    }
  });

  it.each([
    ['<meta charset=gb2312>', 'gb18030', simplified],
    ['<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=big5">', 'big5', traditional],
    ['<!-- <meta charset=utf-8> --><meta charset="Shift_JIS"/>', 'shift_jis', japanese],
    [`${'<link rel=preload href=x>'.repeat(80)}<meta charset='euc-kr'>`, 'euc-kr', korean],
  ])('reads %s', (head, charset, text) => {
    const markup = page(text, head);
    expect(decodeBytes(encode(markup, charset))).toEqual({ text: markup, charset, declared: charset, repairs: [] });
  });

  it('reads the XML declaration of feeds', () => {
    const feed = `<?xml version="1.0" encoding="GB2312"?><rss><title>${simplified}</title></rss>`;
    expect(decodeBytes(encode(feed, 'gb18030'))).toMatchObject({ text: feed, declared: 'gb18030', repairs: [] });
  });

  it.each([
    ['gb18030', simplified],
    ['big5', traditional],
    ['shift_jis', japanese],
    ['euc-jp', japanese],
    ['euc-kr', korean],
  ])('finds %s without any declaration', (charset, text) => {
    expect(decodeBytes(encode(page(text), charset))).toEqual({ text: page(text), charset, repairs: [] });
  });

  it.each([
    ['gb2312', 'utf-8', simplified],
    ['iso-8859-1', 'utf-8', simplified],
    ['utf-8', 'gb18030', simplified],
    ['iso-8859-1', 'gb18030', simplified],
    ['gb2312', 'big5', traditional],
    ['big5', 'gb18030', simplified],
  ])('overrules %s when the bytes are %s', (label, charset, text) => {
    const markup = page(text, `<meta charset="${label}">`);
    const bytes = charset === 'utf-8' ? utf8(markup) : encode(markup, charset);
    expect(decodeBytes(bytes)).toMatchObject({ text: markup, charset, repairs: ['wrong-charset'] });
  });

  it('knows the Hong Kong supplement of Big5', () => {
    const bytes = Uint8Array.of(0xad, 0xbb, 0xb4, 0xe4, 0x9d, 0x5e, 0xa4, 0x48);
    const { text, charset } = decodeBytes(bytes, 'text/html; charset=big5-hkscs');
    expect(charset).toBe('big5');
    expect(text).not.toMatch(/[\ufffd\ue000-\uf8ff]/);
    expect(text).toMatch(/^香港.人$/u);
  });

  it('keeps windows encodings as declared and guesses them otherwise', () => {
    const french = page('Le président a déclaré à la presse que l’été sera très chaud'.replace('’', "'"));
    expect(decodeBytes(latin1(french), 'text/html; charset=iso-8859-1')).toMatchObject({
      text: french,
      charset: 'windows-1252',
      repairs: [],
    });
    expect(decodeBytes(latin1(french)).text).toBe(french);
  });

  it('does not take a word of GBK that happens to be UTF-8 for UTF-8', () => {
    expect(decodeBytes(encode('联通', 'gb18030'), 'text/html; charset=gbk').text).toBe('联通');
  });

  it('stays with UTF-8 when its end is cut off or a few bytes are bad', () => {
    const bytes = utf8(page(simplified.repeat(3)));
    const decoded = decodeBytes(bytes.subarray(0, bytes.length - 1));
    expect(decoded.charset).toBe('utf-8');
    expect(decoded.text.startsWith(page(simplified.repeat(3)).slice(0, -1))).toBe(true);
  });

  it('undoes UTF-8 that was encoded twice, and says so', () => {
    const asWindows1252 = new TextDecoder('windows-1252');
    const text = page(simplified);
    const twice = utf8(asWindows1252.decode(utf8(text)));
    expect(decodeBytes(twice)).toEqual({ text, charset: 'utf-8', repairs: ['double-encoded-utf8'] });
  });

  it('undoes UTF-8 that was read as GBK, but for bytes that are gone', () => {
    const text = page('兰州市人民政府，今天召开会议。部署全市教育工作，进展顺利。');
    const twice = utf8(new TextDecoder('gb18030').decode(utf8(text)));
    const decoded = decodeBytes(twice);
    expect(decoded).toMatchObject({ charset: 'utf-8', repairs: ['double-encoded-utf8'] });
    expect(decoded.text.replace(/\ufffd/g, '').length).toBeGreaterThan(text.length - 4);
    expect(decoded.text).toContain('今天召开会议');
  });

  it.each([
    'Der Spaß“ und „Maß“ und groß“ und „weiß“',
    'São Paulo, Ã e Â são letras',
    'naïve — “Åse” … Ærø',
    '“锛”是生僻字，乱码里常见“銆”字。',
  ])('leaves %j alone', (text) => {
    expect(decodeBytes(utf8(text))).toMatchObject({ text, repairs: [] });
  });

  it('never fails, whatever the bytes and the header', () => {
    const label = fc.constantFrom(undefined, 'text/html; charset=hz-gb-2312', 'x;charset=utf-7', ';charset=', 'utf-16');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), label, (bytes, contentType) => {
        expect(decodeBytes(bytes, contentType).text.isWellFormed()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
