import { describe, expect, it } from 'vitest';
import { findDates, parseDate, parseEpoch, zoneFor } from './index.ts';

const chinese = { now: '2022-02-01T00:00:00Z', zoneHint: '+08:00', yearFirst: true };
const utc = { now: '2026-02-01T00:00:00Z' };
const seen = (text: string, context: Parameters<typeof parseDate>[1]): string | undefined => {
  const date = parseDate(text, context);
  return date && `${date.iso} ${date.precision} ${date.zone}`;
};

describe('parseDate on Chinese pages', () => {
  it.each([
    ['22-01-26 10:15 来源:中国甘肃网', '2022-01-26T10:15:00+08:00 minute hint'],
    ['2020年07月04日 12:10 来源：求是网', '2020-07-04T12:10:00+08:00 minute hint'],
    ['2021/09/03/ 09:14 来源', '2021-09-03T09:14:00+08:00 minute hint'],
    ['2005年3月11日12:12　来源', '2005-03-11T12:12:00+08:00 minute hint'],
    ['发表于2014-08-24 21:30| 1164次阅读', '2014-08-24T21:30:00+08:00 minute hint'],
    ['２０２１年１２月３日 ０９：０５', '2021-12-03T09:05:00+08:00 minute hint'],
    ['2020年3月25日(三) 下午3點20分', '2020-03-25T15:20:00+08:00 minute hint'],
    ['2020.03.25 10:06', '2020-03-25T10:06:00+08:00 minute hint'],
    ['民國109年3月25日', '2020-03-25T00:00:00+08:00 day hint'],
    ['109年3月25日', '2020-03-25T00:00:00+08:00 day hint'],
    ['22年1月26日', '2022-01-26T00:00:00+08:00 day hint'],
    ['二〇二一年十二月二十六日', '2021-12-26T00:00:00+08:00 day hint'],
    ['1月26日 10:15', '2022-01-26T10:15:00+08:00 minute hint'],
    ['12月26日', '2021-12-26T00:00:00+08:00 day hint'],
    ['01-24 22:46', '2022-01-24T22:46:00+08:00 minute hint'],
    ['3小时前', '2022-02-01T05:00:00+08:00 minute hint'],
    ['昨天 10:15', '2022-01-31T10:15:00+08:00 minute hint'],
    ['2天前', '2022-01-30T00:00:00+08:00 day hint'],
    ['20191018', '2019-10-18T00:00:00+08:00 day hint'],
    ['109/03/25 10:06', '2020-03-25T10:06:00+08:00 minute hint'],
    ['3個小時前', '2022-02-01T05:00:00+08:00 minute hint'],
  ])('%s', (text, expected) => {
    expect(seen(text, chinese)).toBe(expected);
  });

  it('reads codes of the Taiwanese calendar only when told to', () => {
    expect(parseDate('（編輯：甲）1090325', chinese)).toBeUndefined();
    expect(parseDate('（編輯：甲）1090325', { ...chinese, rocCodes: true })?.iso).toBe('2020-03-25T00:00:00+08:00');
  });
});

describe('parseDate in other languages', () => {
  it.each([
    ['MARTES 12 DE MARZO DE 2024', '2024-03-12T00:00:00+00:00 day hint'],
    ['MARCH 12TH, 2024', '2024-03-12T00:00:00+00:00 day hint'],
    ['令和6年3月12日', '2024-03-12T00:00:00+00:00 day hint'],
    ['平成元年3月12日', '1989-03-12T00:00:00+00:00 day hint'],
    ['۲۲ اسفند ۱۴۰۲ - ۰۹:۴۱', '2024-03-12T09:41:00+00:00 minute hint'],
    ['۳۰ اسفند ۱۳۹۹', '2021-03-20T00:00:00+00:00 day hint'],
    ['12.mar.2024 às 9h41', '2024-03-12T09:41:00+00:00 minute hint'],
    ['12 آذار/مارس 2024', '2024-03-12T00:00:00+00:00 day hint'],
    ['Posted 3/12/24', '2024-12-03T00:00:00+00:00 day hint'],
    ['Selasa, 12 Maret 2024 | 09:41', '2024-03-12T09:41:00+00:00 minute hint'],
    ['2024. 3. 12. 오후 9:41', '2024-03-12T21:41:00+00:00 minute hint'],
    ['입력 2024년 3월 12일 09:41', '2024-03-12T09:41:00+00:00 minute hint'],
    ['2024/03/12(火) 09:41', '2024-03-12T09:41:00+00:00 minute hint'],
    ['2024年3月12日（火） 9時41分', '2024-03-12T09:41:00+00:00 minute hint'],
    ['12 มีนาคม 2567', '2024-03-12T00:00:00+00:00 day hint'],
    ['۱۲ مارس ۲۰۲۴', '2024-03-12T00:00:00+00:00 day hint'],
    ['12 במרץ 2024', '2024-03-12T00:00:00+00:00 day hint'],
    ['12 मार्च 2024', '2024-03-12T00:00:00+00:00 day hint'],
    ['12 maart 2024 om 09:41', '2024-03-12T09:41:00+00:00 minute hint'],
    ['3時間前', '2026-01-31T21:00:00+00:00 minute hint'],
    ['3시간 전', '2026-01-31T21:00:00+00:00 minute hint'],
    ['2 uur geleden', '2026-01-31T22:00:00+00:00 minute hint'],
    ['2 jam yang lalu', '2026-01-31T22:00:00+00:00 minute hint'],
    ['Wed, 26 Jan 2022 10:15:00 GMT', '2022-01-26T10:15:00+00:00 second explicit'],
    ['2019-10-18T10:15:00.000+0200', '2019-10-18T10:15:00+02:00 second explicit'],
    ['2016-08-10T11:15:53.000Z', '2016-08-10T11:15:53+00:00 second explicit'],
    ['2019-10-18 10:15 +0000 UTC', '2019-10-18T10:15:00+00:00 minute explicit'],
    ['January 26th, 2022 at 3:20 p.m. EST', '2022-01-26T15:20:00-05:00 minute explicit'],
    ['Updated 2:07 PM ET, Fri October 18, 2019', '2019-10-18T14:07:00-04:00 minute explicit'],
    ['26. Januar 2022, 10.15 Uhr', '2022-01-26T10:15:00+00:00 minute hint'],
    ['26 de enero de 2022', '2022-01-26T00:00:00+00:00 day hint'],
    ['14 janv. 2020 à 10h15', '2020-01-14T10:15:00+00:00 minute hint'],
    ['26 stycznia 2022', '2022-01-26T00:00:00+00:00 day hint'],
    ['26 января 2022, 10:15', '2022-01-26T10:15:00+00:00 minute hint'],
    ['Παρασκευή 26 Ιανουαρίου 2012', '2012-01-26T00:00:00+00:00 day hint'],
    ['2022. január 26.', '2022-01-26T00:00:00+00:00 day hint'],
    ['26 tháng 1, 2022', '2022-01-26T00:00:00+00:00 day hint'],
    ['18-Oct-19', '2019-10-18T00:00:00+00:00 day hint'],
    ['Fri Oct 18 10:15:00 2019', '2019-10-18T10:15:00+00:00 second hint'],
    ['10.18.2019', '2019-10-18T00:00:00+00:00 day hint'],
    ['3 hours ago', '2026-01-31T21:00:00+00:00 minute hint'],
    ['vor 3 Stunden', '2026-01-31T21:00:00+00:00 minute hint'],
  ])('%s', (text, expected) => {
    expect(seen(text, utc)).toBe(expected);
  });

  it('reads 3/4/2020 as the context says', () => {
    expect(parseDate('3/4/2020', utc)?.iso.slice(0, 10)).toBe('2020-04-03');
    expect(parseDate('3/4/2020', { ...utc, dayFirst: false })?.iso.slice(0, 10)).toBe('2020-03-04');
  });

  it.each([
    '2021-13-40',
    '2021-02-30',
    '2030-01-01',
    'Mark 20, 2020',
    '10 Percent 2020',
    'version 10.15',
    '1.2.3',
    'call 0931-8960109',
  ])('refuses %s', (text) => {
    expect(parseDate(text, utc)).toBeUndefined();
  });

  it('says when it inferred the year', () => {
    expect(parseDate('Jan 26', utc)).toMatchObject({ iso: '2026-01-26T00:00:00+00:00', yearInferred: true });
    expect(parseDate('Nov 26', utc)).toMatchObject({ iso: '2025-11-26T00:00:00+00:00', yearInferred: true });
  });

  it('finds all dates of a line in order', () => {
    expect(findDates('2023/2/21 21:20（2/21 22:08更新）', utc).map((date) => date.iso)).toEqual([
      '2023-02-21T21:20:00+00:00',
    ]);
    expect(
      findDates('Published 26 January 2022, updated 2022-01-27 08:00', utc).map((date) => date.iso.slice(0, 10)),
    ).toEqual(['2022-01-26', '2022-01-27']);
  });

  it('stays linear on digits and words without end', () => {
    const started = process.cpuUsage();
    findDates('1-'.repeat(50_000), utc);
    findDates('januar '.repeat(20_000), utc);
    // Processor time, so that a busy machine does not matter; a quadratic scan would take minutes.
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(3000);
  });
});

describe('zones and epochs', () => {
  it.each([
    ['zh-Hans', 'example.com', '+08:00', 'language'],
    ['en', 'www.gscn.com.cn', '+08:00', 'tld'],
    ['de', 'example.com', '+00:00', 'utc'],
    ['pt', 'example.com.br', '-03:00', 'tld'],
    ['ja', 'example.com', '+09:00', 'language'],
  ])('%s on %s', (language, host, offset, reason) => {
    expect(zoneFor(language, host)).toEqual({ offset, reason });
  });

  it('reads seconds and milliseconds since 1970', () => {
    expect(parseEpoch('1581517074', { ...utc, zoneHint: '+08:00' })?.iso).toBe('2020-02-12T22:17:54+08:00');
    expect(parseEpoch('1581517074000', utc)?.iso).toBe('2020-02-12T14:17:54+00:00');
    expect(parseEpoch('9999999999', utc)).toBeUndefined();
  });
});
