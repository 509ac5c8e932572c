import { type DateContext, findDates } from '../dates/index.ts';
import { cleanName, isLatinPerson, nameKind, splitNames } from './names.ts';
import { hasHan, hasKana } from './text.ts';

/** Names in the short lines around a story that is not Chinese: behind a word that says who wrote it, or beside its date. */

export interface CreditLine {
  readonly names: readonly string[];
  /** A word says that they wrote it; else they only stand there. */
  readonly worded: boolean;
  readonly dated: boolean;
}

const LINE_MAX = 160;

/** `Written by`, `Rédigé par`, `Text:` and their kin; what follows are names. */
const LEAD = new RegExp(
  `^(?:${[
    '(?:(?:posted|written|published|submitted|reported|created|story|reports?|article|text|words|added|interview|uploaded|filed|contributed|authored|compiled|curated) )?by[:：\\s]',
    '(?:authors?|words|story|writers?|reporters?|contributors?)\\s?[:：]',
    '(?:(?:geschrieben|verfasst|veröffentlicht|erstellt|eingestellt|publiziert|gepostet|text) )?von[:：\\s]',
    '(?:autor[/:*]in|autorin|autoren|autorinnen|verfasser|text|texte|interview)\\s?[:：]|das (?:interview|gespräch) führten? |die fragen stellten? ',
    '(?:(?:publiée?|postée?|écrite?|rédigée?|mis en ligne|propos recueillis|entretien réalisé|texte|article) )?par[:：\\s]',
    '(?:auteure?s?|autrice)\\s?[:：]|de notre (?:correspondante?|envoyée? spéciale?)\\s[^,]{2,30},',
    '(?:(?:publicad[oa]|escrit[oa]|redactado|texto|enviado|subido|postado|criado) )?por[:：\\s]',
    '(?:autora?|autores|textos?)\\s?[:：]|nota de ',
    '(?:(?:scritto|pubblicato|inserito|postato) )?d[ai][:：\\s]|a cura di |(?:autore|testo)\\s?[:：]',
    '(?:(?:geschreven|geplaatst|gepubliceerd|gepost) )?door[:：\\s]|tekst\\s?[:：]',
    '(?:(?:skrevet|skriven|publicerad|publisert|udgivet) )?a[vf][:：\\s]|(?:författare|forfatter|skribent|journalist)\\s?[:：]',
    '(?:autorka|autorzy|napisał|napisała|opracował|opracowała|oprac\\.|dodał|dodała)\\s?[:：\\s]',
    '(?:autoři|napsal|napsala|připravil|připravila|szerző|írta|scris de|publicat de|piše|teksti|kirjoittaja|toimittaja)\\s?[:：\\s]',
    '(?:автор(?:ы|и)?(?: статьи| текста)?|текст|подготовил[аи]?|написал[аи]?|журналист)\\s?[:：\\s]',
    '(?:συντάκτης|συντάκτρια|γράφει(?: ο| η)?|από(?: τον| την)?|κείμενο|ρεπορτάζ|επιμέλεια|του|της)\\s?[:：\\s]',
    '(?:haber|yazar|yazan|muhabir|röportaj)\\s?[:：]|(?:penulis|pewarta|oleh|ditulis oleh|tác giả)\\s?[:：\\s]',
    '(?:كتب|كتبت|بقلم|إعداد|الكاتب|نویسنده|خبرنگار|מאת|โดย|ผู้เขียน)\\s?[:：\\s]',
  ].join('|')})\\s{0,3}`,
  'iu',
);
/** A cheap test before the work: a line without any of these has no such word. */
const MAY_LEAD =
  /[:：\u0100-\uffff]|(?<![a-z])(?:by|von|par|por|d[ai]|door|a[vf]|a cura|autor|napisa|opracowa|oprac|dodał|napsal|scris|publicat|teksti|kirjoittaja|toimittaja|penulis|pewarta|oleh|ditulis|nota|de notre|das (?:interview|gespräch)|die fragen)(?![a-z])/i;

const SEPARATOR = /\s{0,3}[|·•●▪»›>—–;]\s{0,3}|\s[-/~]\s|\s\(|\)\s/u;
/** What a page counts: reading time, readers, words. */
const COUNT =
  /\d[\d.,]{0,8} ?(?:-?min(?:ute)?s?|minuten?|minuti|minutos|words|comments?|views?|reads?|notes|likes)\b(?: read(?:ing)?| de lecture| de lectura| di lettura)?/giu;
const CLOCK = /\d{1,2}[:.h]\d{2}(?: ?[ap]\.?m\.?| uhr)?/giu;
/** Words that stand between a name and its date or section. */
const EDGE =
  /^(?:(?:posted|published|updated|last updated|created|on|at|am|vom|le|el|il|em|den|op|um|à|às|alle|von|the|in|published on|publié|publicado|pubblicato)[\s:,.]{1,3}|[\s:,.\-–—]+)+|(?:[\s,]+(?:posted|published|updated|on|at|am|vom|le|el|il|em|den|op|um|à|às|alle|the|in))+$|[\s:,.\-–—]+$/giu;
/** What stands behind names on their line: the section, the occasion. */
const BEHIND =
  /\s(?:in|on|at|dans|en|em|for|für|pour|para|posted|published|updated|filed|under|sous|avec|con|mit|with|photos?|fotos?|wurde|with additional)\s.*$/iu;
/** A label that runs into the word before it where the source has no blank: `Anna BergPubliziert: 12.03.2024`. */
const GLUED_LABEL = /(?<=\p{Ll})(?=(?:Publi|Posted|Updated|Last |Veröff|Aktual|Erstellt|Stand|Gepubl|Opubl)\p{L}*)/gu;
/** Other facts of the line. */
const OTHER =
  '(?:(?:editors?|edited by|photos?(?: by)?|photographs? by|photographer|fotos?|bild(?:er)?|images?|illustrations?|date|datum|data|fecha|updated|published|published on|stand|source|quelle|fuente|fonte|redaktion|section|category|categor[íi]as?|kategorie|tags?|zdjęcia|фото|дата|источник|reviewed by|medically reviewed by|additional reporting by|editör|redactor)\\s?[:：]|(?:photos?|photographs?|pictures|edited|reviewed|illustrations?) by )';
const OTHER_LABEL = new RegExp(`(?<=^|\\s)(?=${OTHER})`, 'giu');
const OTHER_START = new RegExp(`^${OTHER}`, 'iu');

/** Days of the week, which stand by dates. */
const WEEKDAY =
  /(?<!\p{L})(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo|(?:luned|marted|mercoled|gioved|venerd)[ìi]|sabato|domenica|(?:segunda|terça|quarta|quinta|sexta)-feira|(?:maan|dins|woens|donder|vrij|zater|zon)dag|mon|tue|wed|thu|fri|sat|sun)(?!\p{L})[.,]?/giu;
/** `La Vallée avec AFP`: an outlet's article makes one word no name. */
const OUTLET_ARTICLE = /^(?:la|le|les|el|los|las|il|lo|gli|die|der|das|the|os?|zum|zur|im|am|au|aux|al|alla) \S+$/i;

const SPANS: DateContext = { now: '2100-01-01T00:00:00Z' };

function personsIn(list: string, worded: boolean): string[] {
  const names: string[] = [];
  for (const part of splitNames(list.replace(BEHIND, '').replace(/^de (?=\p{Lu}[\p{L}'’-]+ \p{Lu})/u, ''))) {
    const name = cleanName(part.replace(EDGE, ''));
    if (name === '') continue;
    const kind = nameKind(name);
    if (kind === 'person' && isLatinPerson(name) && name.length <= 40 && !OUTLET_ARTICLE.test(name)) names.push(name);
    // `Jane Doe, Valley Ledger`, `ČTK, Jan Novák`, `Иван Лесной, корреспондент`: anything may follow the first name, only an agency may stand before it.
    else if (
      kind !== 'organization' &&
      (names.length === 0 || (!worded && kind === 'person' && !/^\p{Ll}/u.test(name)))
    )
      return [];
  }
  return names;
}

/**
 * The names of a line, by the best piece of it. Undefined when it has none.
 * @param bare whether names count that no word announces.
 */
export function creditsIn(text: string, bare: boolean): CreditLine | undefined {
  if (text.length > LINE_MAX || text.length < 5 || !(bare || MAY_LEAD.test(text))) return undefined;
  let rest = text;
  let dated = false;
  if (/[\d٠-٩۰-۹]/.test(text)) {
    for (const date of findDates(text, SPANS).toReversed()) {
      rest = `${rest.slice(0, date.start)} | ${rest.slice(date.end)}`;
      dated = true;
    }
    if (AGO.test(rest)) dated = true;
    rest = rest.replace(COUNT, ' | ').replace(CLOCK, ' ').replace(WEEKDAY, ' ');
  }
  const pieces = rest
    .replace(GLUED_LABEL, ' | ')
    .replace(OTHER_LABEL, ' | ')
    .split(SEPARATOR)
    .map((piece) => piece.replace(/^[\s,.:[\](){}]+|[\s,:[\](){}]+$/gu, ''))
    .filter((piece) => piece.length >= 3 && /\p{L}/u.test(piece) && !OTHER_START.test(`${piece} `));
  for (const piece of pieces) {
    const lead = LEAD.exec(`${piece} `);
    if (!lead) continue;
    const names = personsIn(piece.slice(lead[0].length), true);
    if (names.length > 0) return { names, worded: true, dated };
  }
  if (!bare) return undefined;
  // `VALLEY FALLS — Jane Doe`: capitals beside ordinary writing are a place.
  const ordinary = pieces.slice(0, 6).filter((piece) => /\p{Ll}|\p{Lo}/u.test(piece));
  for (const piece of [...ordinary, ...pieces.slice(0, 6)]) {
    const names = personsIn(piece, false);
    if (names.length > 0 && names.length <= 4) return { names, worded: false, dated };
  }
  return undefined;
}

const JOB =
  /writer|reporter|editor|correspond|korrespond|redakt|journalis|periodis|giornalis|special to|autor|staff|bureau|columnist|contribut|producer|redact|profess/i;

/** A post or an affiliation under a name. */
export const isJobLine = (text: string): boolean => text.length <= 60 && JOB.test(text);

const AGO = /\d{1,3}\s(?:min|minute|hour|day|week|month|year)s?\sago/i;

/** Tells that a line has a date, or says how long ago. */
export function isDated(text: string): boolean {
  return text.length <= LINE_MAX && /[\d٠-٩۰-۹]/.test(text) && (AGO.test(text) || findDates(text, SPANS).length > 0);
}

const HANGUL_REPORTER =
  /(?<![가-힣])([가-힣]{2,4})\s?(?:(?:선임|수석|전문|객원|인턴|대학생)\s?)?(?:기자|특파원|논설위원|칼럼니스트)(?![가-힣]{2})/u;
const KANA_CREDIT =
  /(?:^|[\s（(［【／/])(?:取材・?執?筆?・?文|取材|執筆|文・?写真|文・?構成|文|著者?|筆者|ライター|記者|撰文|text|writer|by)(?:\s?[:：＝=●／/]\s?|(?<=記者)\s)([\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}ー・]{1,8}(?:[ 　](?![写撮編])[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}ー]{1,8})?)(?=$|[\s　）)］】／/＝=])/iu;
const NO_NAME = /編集|新聞|通信|取材|写真|撮影|ニュース|デジタル|部$|社$/;

/** `김민수 기자`, `取材・文＝山田太郎`. */
export function eastAsianCredit(text: string): string | undefined {
  if (text.length > LINE_MAX) return undefined;
  const korean = HANGUL_REPORTER.exec(text)?.[1];
  if (korean !== undefined) return NOT_KOREAN_NAME.test(korean) ? undefined : korean;
  if (!hasHan(text) && !hasKana(text)) return undefined;
  const name = KANA_CREDIT.exec(text)?.[1];
  return name === undefined || NO_NAME.test(name) || name.length < 3 ? undefined : name;
}
const NOT_KOREAN_NAME = /신문|뉴스|일보|방송|취재|전문|기명|경제$/;

const NAME = String.raw`\p{Lu}[\p{L}\p{M}.'’-]{0,20}(?: (?:[\p{Lu}][\p{L}\p{M}.'’-]{0,20}|v[ao]n|de|der|di|da|la|le)){1,4}`;
/** `Jane Doe is a freelance writer who …`, as magazines tell it of whoever wrote. */
const BIO = new RegExp(
  `^(${NAME}),? (?:is|was|writes|covers|reports|teaches|works|ist|war|schreibt|arbeitet|est|es|è|é|jest|är|er) (?=.{0,120}?(?:writ|[Aa]ut[ho]|[Jj]ournalis|report|editor|columnis|[Pp]rofessor|lecturer|fellow|freelanc|research|[Cc]orrespond|director|teach|analyst|critic|histori|economi|[Rr]edak|periodis|giornalis|schrijf|dzienni))`,
  'u',
);
/** Whoever answers questions about a release did not write it. */
export const CONTACT =
  /contact|kontakt|ansprechpartner|rückfragen|contatt|pressestelle|service de presse|press office|^source /i;
const SIGNED = new RegExp(`^[–—-]\\s?(${NAME})(?:, .{2,40})?$`, 'u');
const KANA_SIGNED = /[（(]([\p{Script=Han}]{2,4}(?:[ 　]?[\p{Script=Han}]{1,3})?)[）)]$/u;

/** Who signs the story: a name behind a dash, or a sentence about the writer. */
export function signatureOf(text: string): string | undefined {
  if (text.length > 300) return undefined;
  const name = BIO.exec(text)?.[1] ?? (text.length <= 60 ? SIGNED.exec(text)?.[1] : undefined);
  return name && isLatinPerson(name) && nameKind(name.replace(/\.$/, '')) === 'person' && !OUTLET_ARTICLE.test(name)
    ? name
    : undefined;
}

/** `（山田太郎）` at the end of a Japanese story. */
export function signedInBrackets(ending: string): string | undefined {
  const name = KANA_SIGNED.exec(ending)?.[1];
  return name === undefined || NO_NAME.test(name) || name.length < 3 ? undefined : name;
}
