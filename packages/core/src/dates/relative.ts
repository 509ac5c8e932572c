import { type DateParts, partsAt } from './calendar.ts';

/** A moment told from "now": `3小时前`, `yesterday 10:15`, `vor 2 Tagen`. */
export interface RelativeDate {
  readonly parts: DateParts;
  readonly start: number;
  readonly end: number;
}

type Unit = 's' | 'm' | 'h' | 'd' | 'w';
const UNIT_MS: Readonly<Record<Unit, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

const AGO: readonly [RegExp, Readonly<Record<string, Unit>>][] = [
  [
    /(\d{1,3})\s?(秒钟?|秒鐘|秒間?|分钟|分鐘|分間?|小时|小時|时间|時間|个小时|個小時|天|日間?|周|週間?)(?:之|以)?前/,
    {
      分: 'm',
      分間: 'm',
      時間: 'h',
      时间: 'h',
      秒間: 's',
      日間: 'd',
      週間: 'w',
      秒: 's',
      秒钟: 's',
      秒鐘: 's',
      分钟: 'm',
      分鐘: 'm',
      小时: 'h',
      小時: 'h',
      个小时: 'h',
      個小時: 'h',
      天: 'd',
      日: 'd',
      周: 'w',
      週: 'w',
    },
  ],
  [
    /(?<!\p{L})(\d{1,3}|an?|one) (seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?) ago/iu,
    {
      sec: 's',
      secs: 's',
      second: 's',
      seconds: 's',
      min: 'm',
      mins: 'm',
      minute: 'm',
      minutes: 'm',
      hr: 'h',
      hrs: 'h',
      hour: 'h',
      hours: 'h',
      day: 'd',
      days: 'd',
      week: 'w',
      weeks: 'w',
    },
  ],
  [
    /(?<!\p{L})vor (\d{1,3}|einer|einem) (sekunden?|minuten?|stunden?|tag(?:en)?|wochen?)(?!\p{L})/iu,
    {
      sekunde: 's',
      sekunden: 's',
      minute: 'm',
      minuten: 'm',
      stunde: 'h',
      stunden: 'h',
      tag: 'd',
      tagen: 'd',
      woche: 'w',
      wochen: 'w',
    },
  ],
  [
    /(?<!\p{L})(?:il y a|hace|há) (\d{1,3}|une?|una?|uma?) (minutes?|heures?|jours?|semaines?|minutos?|horas?|d[ií]as?|semanas?)(?!\p{L})/iu,
    {
      minute: 'm',
      minutes: 'm',
      heure: 'h',
      heures: 'h',
      jour: 'd',
      jours: 'd',
      semaine: 'w',
      semaines: 'w',
      minuto: 'm',
      minutos: 'm',
      hora: 'h',
      horas: 'h',
      día: 'd',
      días: 'd',
      dia: 'd',
      dias: 'd',
      semana: 'w',
      semanas: 'w',
    },
  ],
  [
    /(?<!\p{L})(\d{1,3}) (минут[уы]?|часа?|часов|дн(?:я|ей)|день) назад/iu,
    {
      минут: 'm',
      минуту: 'm',
      минуты: 'm',
      час: 'h',
      часа: 'h',
      часов: 'h',
      дня: 'd',
      дней: 'd',
      день: 'd',
    },
  ],
  [
    /(?<!\p{L})(\d{1,3}|een|en|ett|bir) (seconden|minuut|minuten|uur|uren|dag(?:en)?|weken|week|minuter|timmar|timme|dagar|minutter|timer|dager|dage|dakika|saat|gün|hafta|menit|jam|hari|minggu|minut[ęy]?|godzin[ęy]?|dni|dzień) (?:geleden|sedan|siden|önce|(?:yang )?lalu|temu)(?!\p{L})/iu,
    {
      seconden: 's',
      minuut: 'm',
      minuten: 'm',
      uur: 'h',
      uren: 'h',
      dag: 'd',
      dagen: 'd',
      week: 'w',
      weken: 'w',
      minuter: 'm',
      timmar: 'h',
      timme: 'h',
      dagar: 'd',
      minutter: 'm',
      timer: 'h',
      dager: 'd',
      dage: 'd',
      dakika: 'm',
      saat: 'h',
      gün: 'd',
      hafta: 'w',
      menit: 'm',
      jam: 'h',
      hari: 'd',
      minggu: 'w',
      minut: 'm',
      minutę: 'm',
      minuty: 'm',
      godzin: 'h',
      godzinę: 'h',
      godziny: 'h',
      dni: 'd',
      dzień: 'd',
    },
  ],
  [/(\d{1,3})\s?(분|시간|일|주) 전/u, { 분: 'm', 시간: 'h', 일: 'd', 주: 'w' }],
];

const DAY_WORDS: Readonly<Record<string, number>> = {
  今天: 0,
  今日: 0,
  昨天: 1,
  昨日: 1,
  前天: 2,
  today: 0,
  yesterday: 1,
  heute: 0,
  gestern: 1,
  vorgestern: 2,
  hier: 1,
  hoy: 0,
  ayer: 1,
  hoje: 0,
  ontem: 1,
  oggi: 0,
  ieri: 1,
  сегодня: 0,
  вчера: 1,
  vandaag: 0,
  gisteren: 1,
  dzisiaj: 0,
  wczoraj: 1,
  dnes: 0,
  včera: 1,
};
const DAY_WORD = new RegExp(
  `(?<!\\p{L})(?:${Object.keys(DAY_WORDS)
    .filter((word) => word < '\u3000')
    .join('|')})(?!\\p{L})|今[天日]|昨[天日]|前天`,
  'iu',
);
const JUST_NOW = /刚刚|剛剛|(?<!\p{L})(?:just now|gerade eben)(?!\p{L})/iu;

/** A cheap test before the patterns above. */
const MAY_BE =
  /前|[今昨][天日]|刚刚|剛剛|ago|day|now|vor |heute|gestern|il y a|hier|hace|há |ho[yj]e?|ayer|ontem|oggi|ieri|назад|вчера|сегодня|vandaag|gisteren|dzi|wczoraj|dnes|včera|eben|geleden|sedan|siden|önce|lalu|temu|전/i;

/** The first relative date in a short text, at the offset (minutes east of UTC) of the page. */
export function findRelative(text: string, nowMs: number, offset: number): RelativeDate | undefined {
  if (!MAY_BE.test(text)) return undefined;
  for (const [pattern, units] of AGO) {
    const match = pattern.exec(text);
    const unit = match?.[2] ? units[match[2].toLowerCase()] : undefined;
    if (!match || !unit) continue;
    const count = /^\d/.test(match[1] ?? '') ? Number(match[1]) : 1;
    const { second: _, ...parts } = partsAt(nowMs - count * UNIT_MS[unit], offset);
    const whole = unit === 'd' || unit === 'w' ? { year: parts.year, month: parts.month, day: parts.day } : parts;
    return { parts: whole, start: match.index, end: match.index + match[0].length };
  }
  const just = JUST_NOW.exec(text);
  if (just) {
    const { second: _, ...parts } = partsAt(nowMs, offset);
    return { parts, start: just.index, end: just.index + just[0].length };
  }
  const word = DAY_WORD.exec(text);
  if (!word) return undefined;
  const back = DAY_WORDS[word[0].toLowerCase()] ?? 0;
  const { year, month, day } = partsAt(nowMs - back * UNIT_MS.d, offset);
  return { parts: { year, month, day }, start: word.index, end: word.index + word[0].length };
}
