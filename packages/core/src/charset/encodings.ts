import { createMultibyteDecoder } from '@exodus/bytes/multi-byte.js';

/**
 * Charset labels and decoders after the WHATWG Encoding Standard, by the runtime's TextDecoder.
 * Names are the standard's, lower case. GB2312 and GBK are read as GB18030, which contains them.
 */

const decoders = new Map<string, InstanceType<typeof TextDecoder>>();

/** WHATWG name for a label as pages print it; undefined for labels that no browser knows. */
export function encodingFor(label: string): string | undefined {
  try {
    const { encoding } = new TextDecoder(label.trim().toLowerCase());
    return encoding === 'gbk' ? 'gb18030' : encoding;
  } catch {
    return undefined;
  }
}

const big5Holes = /[\ufffd\ue000-\uf8ff]/;
let big5WithHkscs: ((bytes: Uint8Array) => string) | undefined;

/**
 * Text of the bytes; what cannot be decoded becomes U+FFFD. A byte order mark is not part of the text.
 *
 * @param encoding a name that `encodingFor` gave
 */
export function decodeAs(bytes: Uint8Array, encoding: string): string {
  let decoder = decoders.get(encoding);
  if (decoder === undefined) {
    decoder = new TextDecoder(encoding);
    decoders.set(encoding, decoder);
  }
  const decoded = decoder.decode(bytes);
  // In the middle, where somebody glued files together, it is a mark too and not white space, for which \s takes it.
  const text = decoded.includes('\ufeff') ? decoded.replaceAll('\ufeff', '') : decoded;
  if (encoding !== 'big5' || !big5Holes.test(text)) return text;
  // ICU's Big5 lacks the Hong Kong supplement, which the standard includes: such pages take the slower, complete table.
  big5WithHkscs ??= createMultibyteDecoder('big5', true);
  return big5WithHkscs(bytes);
}
