import type { Random } from './random.ts';

/** What breaks programs that read text: long, deep, half, foreign, or of a kind that somebody forgot. */
const nasty = [
  '',
  '\0',
  '\ufeff',
  '\u202e',
  '\u200b',
  '\ud800',
  '\ufffd',
  '&#0;&#x110000;&#xd800;&amp',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<script>',
  '</script>',
  '<plaintext>',
  '<table><tr><td>',
  '</p></div></table>',
  '<svg><style>',
  '<title>',
  '<textarea>',
  '<base href="//other.example/">',
  '<meta http-equiv="refresh" content="0;url=//x.example">',
  '<meta charset="utf-16">',
  '<?xml version="1.0" encoding="gb2312"?>',
  '<!DOCTYPE a [<!ENTITY e "e">]>&e;',
  '"',
  "'",
  '\\',
  '\\u0000\\ud800',
  '{"@type":"NewsArticle","articleBody":"',
  '来源：',
  '（记者 ',
  '责任编辑：',
  '2026年13月45日25:61:61',
  '99999999999999999999',
  '-1',
  '1e309',
  'NaN',
  '0001-01-01T00:00:00+99:99',
  '3小时前',
  'javascript:alert(1)',
  'http://[::ffff:127.0.0.1]:99999/%00%zz',
  '../../../../../..',
  '%E0%A4%A',
  '*$*$*$',
  'Disallow: ',
  'User-agent: *\n',
  '網(wǎng)絡(luò)',
  '\u9359\u6fc7',
];

const repeats = [2, 3, 10, 100, 1_000, 20_000];
/** A case beyond this says nothing about the code that a shorter one does not. */
const lengthMax = 2_000_000;

/** Parts that a mutation may move: markup stays whole, text in words, the rest in lines. */
const pieces = (text: string): string[] => text.match(/<[^>]{0,500}>?|[^<\s]{1,40}|\s+/g) ?? [];

/** One to six changes to a text, of which the structure mostly survives. `others`: texts to take parts from. */
export function mutateText(source: string, others: readonly string[], random: Random): string {
  let parts = pieces(source.slice(0, 300_000));
  if (parts.length === 0) parts = [''];
  for (let changes = 1 + random.below(6); changes > 0; changes -= 1) change(parts, others, random);
  let text = parts.join('');
  if (random.chance(0.1)) text = text.slice(0, random.below(text.length + 1));
  if (random.chance(0.05)) text = text.slice(random.below(text.length + 1));
  return text.slice(0, lengthMax);
}

function change(parts: string[], others: readonly string[], random: Random): void {
  const at = random.below(parts.length);
  const span = 1 + random.below(Math.min(parts.length - at, random.chance(0.2) ? 400 : 8));
  switch (random.below(11)) {
    case 0:
      parts.splice(at, span);
      break;
    case 1: {
      const block = parts.slice(at, at + span).join('');
      const times = random.pick(repeats);
      parts.splice(at, 0, block.repeat(Math.max(1, Math.min(times, Math.floor(lengthMax / 4 / (block.length + 1))))));
      break;
    }
    case 2: {
      const moved = parts.splice(at, span);
      parts.splice(random.below(parts.length + 1), 0, ...moved);
      break;
    }
    case 3:
      parts.splice(at, 0, random.pick(nasty));
      break;
    case 4: {
      const word = random.pick(nasty);
      parts.splice(at, 0, word.repeat(Math.min(random.pick(repeats), Math.floor(lengthMax / 8 / (word.length + 1)))));
      break;
    }
    case 5: {
      const other = pieces(random.pick(others).slice(0, 100_000));
      const from = random.below(other.length + 1);
      parts.splice(at, random.below(span + 1), ...other.slice(from, from + 1 + random.below(60)));
      break;
    }
    case 6:
      // Attribute values and the like.
      parts[at] = (parts[at] ?? '').replace(/"[^"]{0,500}"/, () => `"${random.pick(nasty)}"`);
      break;
    case 7:
      parts[at] = (parts[at] ?? '').replace(/\d+/, () => String(Math.floor(random.next() * 10 ** random.below(20))));
      break;
    case 8:
      parts[at] = (parts[at] ?? '').split('').reverse().join('');
      break;
    case 9: {
      const part = parts[at] ?? '';
      const cut = random.below(part.length + 1);
      parts[at] = part.slice(0, cut) + String.fromCharCode(random.below(0x10000)) + part.slice(cut + 1);
      break;
    }
    default:
      parts[at] = random.chance(0.5) ? (parts[at] ?? '').toUpperCase() : (parts[at] ?? '').slice(1);
  }
  if (parts.length === 0) parts.push('');
}

/** The same for bytes: also half characters, other charsets, and bits. */
export function mutateBytes(source: Uint8Array, random: Random): Uint8Array {
  const bytes = Buffer.from(source.subarray(0, 200_000));
  for (let changes = random.below(30); changes > 0; changes -= 1) {
    if (bytes.length === 0) break;
    const at = random.below(bytes.length);
    switch (random.below(4)) {
      case 0:
        bytes[at] = random.below(256);
        break;
      case 1:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
        break;
      case 2:
        bytes.copyWithin(at, random.below(bytes.length), random.below(bytes.length));
        break;
      default:
        bytes.fill(random.below(256), at, Math.min(bytes.length, at + random.below(20)));
    }
  }
  return random.chance(0.1) ? bytes.subarray(random.below(bytes.length + 1)) : bytes;
}
