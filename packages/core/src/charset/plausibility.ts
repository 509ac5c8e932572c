import { traditionalToSimplified } from '../hanzi/index.ts';

/**
 * How much a decoded text looks like text: the share of its non-ASCII characters that are frequent in print.
 * Bytes read in the wrong East Asian encoding give rare characters, because every encoding orders its own by frequency.
 */

/** The most frequent characters of news Chinese, simplified; their traditional forms are added below. */
const frequentHan =
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严首创协访视频网际微博客户端记者版权';
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
const sampleMax = 6_000;

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
