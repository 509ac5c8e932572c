/**
 * Month names as news pages print them, in the form a date uses (genitive where the language has one) and the usual
 * abbreviations. Keys are lower case without accents. Where two languages disagree (Croatian `listopada` is October,
 * Polish November), the language with more pages wins.
 */
const NAMES: readonly string[] = [
  'january jan januar jaenner janner janv janvier enero ene janeiro gennaio gen januari stycznia styczen sty ledna leden januara januaru yanvarya января янв январь січня січ януари ιανουαριου ιανουαριος ιαν tammikuuta tammi januarie ianuarie ian ocak oca januar sijecnja sausio janvaris jaanuar يناير जनवरी ינואר בינואר',
  'february feb februar feber fevrier fev fevr febrero fevereiro febbraio febb februari lutego luty lut unora unor februara февраля фев февраль лютого лют февруари φεβρουαριου φεβρουαριος φεβ φεβρ helmikuuta helmi februarie subat sub veljace vasario febr فبراير फरवरी פברואר בפברואר फ़रवरी شباط',
  'march mar maerz marz mrz mars marzo março marco maart mrt marca marzec brezna brezen марта мар март березня берез μαρτιου μαρτιος μαρ maaliskuuta maalis martie mart ozujka kovo marts mart marec marcius marc مارس मार्च maret mac מרץ במרץ آذار',
  'april apr avril avr abril abr aprile kwietnia kwiecien kwi dubna duben апреля апр апрель квітня квіт април απριλιου απριλιος απρ huhtikuuta huhti aprilie nisan nis travnja balandzio aprila aprilis ابريل أبريل अप्रैल אפריל באפריל نيسان',
  'may mai mayo maio maggio mag mei maja maj kvetna kveten мая май травня трав μαιου μαιος μαι toukokuuta touko mayis svibnja geguzes majus مايو मई מאי במאי أيار',
  'june jun juni juin junio junho giugno giu czerwca czerwiec cze cervna cerven июня июн июнь червня черв юни ιουνιου ιουνιος ιουν kesakuuta kesa iunie haziran haz lipnja birzelio juna junija junius iun يونيو जून יוני ביוני حزيران',
  'july jul juli juillet juil julio julho luglio lug lipca lipiec lip cervence cervenec июля июл июль липня лип юли ιουλιου ιουλιος ιουλ heinakuuta heina iulie temmuz tem srpnja liepos jula julija julius iul يوليو जुलाई julai יולי ביולי تموز',
  'august aug aout agosto ago augustus sierpnia sierpien sie srpna srpen августа авг август серпня серп αυγουστου αυγουστος αυγ elokuuta elo agustos kolovoza rugpjucio avgusta augusta augusztus agustus أغسطس अगस्त ogos אוגוסט באוגוסט آب',
  'september sept sep septembre septiembre setembro set settembre sett wrzesnia wrzesien wrz zari сентября сен сент сентябрь вересня верес септември σεπτεμβριου σεπτεμβριος σεπ σεπτ syyskuuta syys septembrie eylul eyl rujna rugsejo septembra szeptember سبتمبر सितंबर ספטמבר בספטמבר सितम्बर أيلول',
  'october oct oktober okt octobre octubre outubro out ottobre ott pazdziernika pazdziernik paz rijna rijen октября окт октябрь жовтня жовт октомври οκτωβριου οκτωβριος οκτ lokakuuta loka octombrie ekim eki spalio oktobra أكتوبر अक्टूबर אוקטובר באוקטובר अक्तूबर',
  'november nov novembre noviembre novembro listopada listopad lis listopadu ноября ноя нояб ноябрь листопада лист ноември νοεμβριου νοεμβριος νοε νοεμ marraskuuta marras noiembrie kasim kas studenoga studenog lapkricio novembra نوفمبر नवंबर nopember נובמבר בנובמבר नवम्बर',
  'december dec dezember dez decembre diciembre dic dezembro dicembre grudnia grudzien gru prosince prosinec декабря дек декабрь грудня груд декември δεκεμβριου δεκεμβριος δεκ joulukuuta joulu decembrie aralik ara prosinca gruodzio decembra desember des diciembre ديسمبر दिसंबर disember דצמבר בדצמבר दिसम्बर',
];

const MONTHS = new Map<string, number>();
for (const [index, names] of NAMES.entries()) {
  for (const name of names.split(' ')) if (!MONTHS.has(name)) MONTHS.set(name, index + 1);
}

const BEYOND_ASCII = /[^\0-\x7f]/;
/** The first three letters of the names, as numbers of base 32. */
const beginnings = new Uint8Array(1 << 15);
const letterOf = (code: number): number => ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) ? code & 31 : 0);
const beginningOf = (text: string, at: number): number =>
  (letterOf(text.charCodeAt(at)) << 10) | (letterOf(text.charCodeAt(at + 1)) << 5) | letterOf(text.charCodeAt(at + 2));
for (const name of MONTHS.keys()) if (!BEYOND_ASCII.test(name)) beginnings[beginningOf(name, 0)] = 1;

/**
 * False where no word begins as the name of a month does, nor is a number called one (`12 thang 1`). A cheap test, told
 * of ASCII and of what no month is written in; a text with other letters may always name one.
 */
export function mayNameMonth(text: string): boolean {
  if (OTHER_LETTERS.test(text)) return HAS_NAME.test(text);
  let before = 0;
  for (let at = 0; at + 2 < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (letterOf(code) !== 0 && letterOf(before) === 0) {
      if (beginnings[beginningOf(text, at)] === 1) return true;
      // The two letters behind a day may be its ending: `3rdMarch`.
      if (before >= 48 && before <= 57 && beginnings[beginningOf(text, at + 2)] === 1) return true;
    }
    before = code;
  }
  return /thang /i.test(text);
}
/** Beyond ASCII, signs and the scripts of East Asia. */
const OTHER_LETTERS = /[^\0-\xbf\u2000-\u206f\u2e80-\uffff]/;
const HAS_NAME = /\p{L}[\p{L}\p{M}]{2}/u;

/** 1-12, or undefined when the word is not a month in any of the languages. Case, accents and a final dot don't matter. */
export function monthNumber(word: string): number | undefined {
  const lower = word.toLowerCase();
  const direct = MONTHS.get(lower);
  if (direct !== undefined) return direct;
  if (!BEYOND_ASCII.test(lower)) return undefined;
  // The dotless i of Turkish has no decomposition.
  const plain = lower.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ı', 'i').replaceAll('ł', 'l');
  return MONTHS.get(plain);
}
