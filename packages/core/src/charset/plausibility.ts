import { frequentHan, traditionalToSimplified } from '../hanzi/index.ts';

/**
 * How much a decoded text looks like text: the share of its non-ASCII characters that are frequent in print.
 * Bytes read in the wrong East Asian encoding give rare characters, because every encoding orders its own by frequency.
 */

const frequentKana =
  'のはにをたがでてとしれさるいっなかりまことあうらすもっくきそつけよちみせやめどおばじだンスルトイラリアクロッシーコドテフマプレジタサニメ';
const frequentHangul =
  '이다는을의에가은하고로지기사인어도대서한자시정해리일수있그나아라만부전보제장주과스여를원구상동들연공들성것국할경비음오면우으모세미신조무선유중게용위계안각금진개산내발당등출관적행소방생통회실트문분습니했습니까요된됐된년월명차북남민운치재현교육학후물강건결단되러르며물업의체크입양영역예외울임입작저절점제종증직집책청체초최추표합형화확환활밝혔따르때또말없었였왔';
const frequentMarks = '，。、；：！？“”‘’（）《》【】…—·　「」『』〈〉－／％・ー';

/** 2 frequent, 1 possible in good text, 0 a sign of a wrong reading. */
let weights: Uint8Array | undefined;

function load(): Uint8Array {
  const table = new Uint8Array(0x10000);
  // Letters of European scripts and general punctuation may stand in any page.
  table.fill(1, 0xa0, 0x530);
  table.fill(1, 0x2010, 0x2040);
  table.fill(1, 0x3041, 0x30ff);
  const frequent = new Set([...frequentHan, ...frequentKana, ...frequentHangul, ...frequentMarks]);
  for (const [traditional, simplified] of traditionalToSimplified)
    if (frequent.has(simplified)) frequent.add(traditional);
  for (const character of frequent) table[character.charCodeAt(0)] = 2;
  return table;
}

export interface Plausibility {
  /** Share of frequent characters among the non-ASCII ones, 0 to 1. */
  readonly frequent: number;
  /** Share of replacement, private-use and C1 control characters among the non-ASCII ones. */
  readonly broken: number;
  /** How many non-ASCII characters were looked at. */
  readonly count: number;
}

/** This many characters tell; more would only cost time. */
const sampleMax = 3_000;

export function plausibility(text: string): Plausibility {
  weights ??= load();
  let count = 0;
  let frequent = 0;
  let broken = 0;
  for (let i = 0; i < text.length && count < sampleMax; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    count++;
    if (weights[unit] === 2) frequent++;
    else if (unit === 0xfffd || unit < 0xa0 || (unit >= 0xe000 && unit <= 0xf8ff)) broken++;
  }
  return { frequent: count === 0 ? 0 : frequent / count, broken: count === 0 ? 0 : broken / count, count };
}
