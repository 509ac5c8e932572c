import type { Charset } from './model.ts';

/**
 * Text → bytes in the charsets that `TextEncoder` lacks. The tables are made by decoding every two-byte pair with
 * `TextDecoder`, so that what is encoded here decodes to the same text by the WHATWG rules.
 * @throws RangeError if the charset has no bytes for a character.
 */
export function encode(text: string, charset: Charset): Uint8Array {
  if (charset === 'utf-8') return new TextEncoder().encode(text);
  const table = charset === 'big5' ? big5() : gb18030();
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    const known = table.get(char);
    if (code < 0x80) bytes.push(code);
    else if (known !== undefined) bytes.push(known >> 8, known & 0xff);
    else if (charset === 'gb18030') bytes.push(...fourBytes(char, code));
    else throw new RangeError(`${charset} has no bytes for ${char}`);
  }
  return Uint8Array.from(bytes);
}

type Table = ReadonlyMap<string, number>;
const cache = new Map<string, Table>();

function pairTable(charset: string, leads: [number, number], trails: readonly [number, number][]): Table {
  const cached = cache.get(charset);
  if (cached) return cached;
  const decoder = new TextDecoder(charset);
  const table = new Map<string, number>();
  for (let lead = leads[0]; lead <= leads[1]; lead++) {
    for (const [first, last] of trails) {
      for (let trail = first; trail <= last; trail++) {
        const text = decoder.decode(Uint8Array.of(lead, trail));
        const isOneChar = [...text].length === 1 && text !== '\uFFFD';
        if (isOneChar && !table.has(text)) table.set(text, (lead << 8) | trail);
      }
    }
  }
  cache.set(charset, table);
  return table;
}

const gb18030 = (): Table =>
  pairTable(
    'gb18030',
    [0x81, 0xfe],
    [
      [0x40, 0x7e],
      [0x80, 0xfe],
    ],
  );

/** From lead byte 0xA1: below lie the Hong Kong additions, which old Big5 pages do not have. */
const big5 = (): Table =>
  pairTable(
    'big5',
    [0xa1, 0xf9],
    [
      [0x40, 0x7e],
      [0xa1, 0xfe],
    ],
  );

/** GB18030's four-byte form: linear for the supplementary planes, searched for in the first plane. */
function fourBytes(char: string, code: number): number[] {
  if (code >= 0x10000) return fromPointer(code - 0x10000 + 189_000);
  const decoder = new TextDecoder('gb18030');
  // The first plane's four-byte codes rise with the code point, so they can be bisected.
  let low = 0;
  let high = 39_419;
  while (low < high) {
    const middle = (low + high) >> 1;
    const found = decoder.decode(Uint8Array.from(fromPointer(middle))).codePointAt(0) ?? 0;
    if (found < code) low = middle + 1;
    else high = middle;
  }
  const bytes = fromPointer(low);
  if (decoder.decode(Uint8Array.from(bytes)) !== char) throw new RangeError(`gb18030 has no bytes for ${char}`);
  return bytes;
}

function fromPointer(pointer: number): number[] {
  return [
    0x81 + Math.floor(pointer / 12_600),
    0x30 + (Math.floor(pointer / 1_260) % 10),
    0x81 + (Math.floor(pointer / 10) % 126),
    0x30 + (pointer % 10),
  ];
}
