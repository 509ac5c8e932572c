/**
 * The gloss machine, rebuilt from what its copies show: only for tests and benches of the repair.
 * Simplified text → traditional, character by character; then, on GBK bytes and without looking where characters begin,
 * each byte pair of a glossed character is replaced by itself and its reading in brackets.
 */
import { createMultibyteEncoder } from '@exodus/bytes/multi-byte.js';
import simplifiedToTraditional from 'opencc-js/dict/STCharacters';
import { pinyin } from 'pinyin-pro';

/** Glossed wherever they occur, on every page of that kind that was seen. */
const alwaysGlossed = '產發業經現環標創統區戰數網應當聯護續內風轉據優務規責認鄉嚴計協達習節說穩準復細農費養監驅爭滿醫';
/** Glossed on some sites. */
const sometimesGlossed = '機學導設術驗調強構關領進結質評價國個會時長動這過對來開點點實報門專線問題書廣見團競績縣檢驅';

const traditionalOf = new Map(
  simplifiedToTraditional.split('|').map((line) => {
    const [from = '', ...to] = line.split(' ');
    return [from, to[0] ?? from] as const;
  }),
);
// As the machine does it: 着 becomes 著, and what has two traditional forms stays when one of them is itself.
traditionalOf.set('着', '著');
for (const kept of '后里干台系面表谷余松板卷向回家准制划冲注杰沈合出布占') traditionalOf.delete(kept);

const encode = createMultibyteEncoder('gb18030');

function decodeCarelessly(bytes: readonly number[]): string {
  const decoder = new TextDecoder('gb18030');
  let text = '';
  for (let i = 0; i < bytes.length; i++) {
    const [lead = 0, trail = 0] = [bytes[i], bytes[i + 1]];
    if (lead < 0x80) text += String.fromCharCode(lead);
    else if (lead === 0x80) text += '€';
    else {
      const isPair = trail >= 0x40 && trail !== 0x7f;
      text += isPair ? decoder.decode(Uint8Array.of(lead, trail)) : '?';
      i++;
    }
  }
  // Holes of GBK come out as private-use characters, which such pages lose.
  return text.replace(/[\ue000-\uf8ff]/g, '');
}

function replacePairs(bytes: number[], pair: Uint8Array, insert: Uint8Array): number[] {
  const result: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    result.push(bytes[i] ?? 0);
    if (bytes[i] === pair[0] && bytes[i + 1] === pair[1]) {
      result.push(bytes[i + 1] ?? 0, ...insert);
      i++;
    }
  }
  return result;
}

/**
 * @param isHeavy glosses the characters that only some sites gloss, too
 * @param isAligned looks where characters begin, so that nothing is damaged
 */
export function mangle(text: string, { isHeavy = false, isAligned = false } = {}): string {
  const traditional = Array.from(text, (character) => traditionalOf.get(character) ?? character).join('');
  const glossed = new Set(alwaysGlossed + (isHeavy ? sometimesGlossed : ''));
  if (isAligned) return Array.from(traditional, (c) => (glossed.has(c) ? `${c}(${pinyin(c)})` : c)).join('');
  return traditional
    .split('\n')
    .map((line) => {
      let bytes = [...encode(line.replace(/[^\u0000-\uffff]|[\ud800-\udfff]/g, ''))];
      for (const character of glossed) bytes = replacePairs(bytes, encode(character), encode(`(${pinyin(character)})`));
      return decodeCarelessly(bytes);
    })
    .join('\n');
}
