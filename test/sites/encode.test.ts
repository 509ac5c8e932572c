import { expect, test } from 'vitest';
import { encode } from './encode.ts';
import { mangle, toHongKong } from './templates/gloss.ts';

test.each([
  ['gb18030', '兰州“双减”，镕喆𬀩€é☃ ASCII'],
  ['big5', '停擺十一年的碼頭鐘樓，「鐘聲」'],
] as const)('%s comes back as it was', (charset, text) => {
  expect(new TextDecoder(charset, { fatal: true }).decode(encode(text, charset))).toBe(text);
});

test('known bytes: GB 2312 for common characters, four bytes beyond', () => {
  expect([...encode('啊', 'gb18030')]).toEqual([0xb0, 0xa1]);
  expect([...encode('𠀀', 'gb18030')]).toEqual([0x95, 0x32, 0x82, 0x36]);
  expect([...encode('中', 'big5')]).toEqual([0xa4, 0xa4]);
  expect(() => encode('兰', 'big5')).toThrow(RangeError);
});

test('the mangled form is the one that was seen', () => {
  expect(mangle('加速优化教育结构布局')).toBe('加速優(yōu)化教育結(jié)構(gòu)布局');
  expect(mangle('网络', { misaligned: true })).toBe('網(wǎng)絡');
});

test('Hong Kong text chooses the forms that a table cannot', () => {
  expect(toHongKong('以后三公里，家里“好”')).toBe('以後三公里，家裏「好」');
});
