import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { collectEvidence, extractFields, type FieldsResult } from './index.ts';
import { urlDate } from './url-date.ts';

const TEXT =
  'The river rose by two metres during the night, and the people of the town filled sandbags until the morning came. '.repeat(
    2,
  );

function fieldsOf(html: string, url = 'https://www.example.com/story', language?: string): FieldsResult {
  const doc = parseDocument(html);
  const origin = { url, fetchedAt: '2026-02-01T00:00:00Z' };
  return extractFields(doc, collectEvidence(doc, origin), { ...origin, language });
}
const page = (head: string, body: string): string =>
  `<html lang="en"><head>${head}</head><body>${body}<p>${TEXT}</p><p>${TEXT}</p></body></html>`;

describe('headline', () => {
  it.each([
    [
      'the h1 that the title knows',
      '<title>Town saved from flood - Example News</title>',
      '<h1><a href="/">Example News</a></h1><h1>Town saved from flood</h1>',
      'Town saved from flood',
    ],
    [
      'a visible line that is a piece of the title',
      '<title>Example : Town saved from flood</title>',
      '<div class="t">Town saved from flood</div>',
      'Town saved from flood',
    ],
    [
      'the h1 when the metadata is cut for search engines',
      '<title>Flood 2022: 7 facts</title>',
      '<h1>How one small town was saved from the flood</h1>',
      'How one small town was saved from the flood',
    ],
    [
      'no kicker',
      '<title>Town saved from flood | Example</title>',
      '<h1><span class="kicker">Weather</span> <span>Town saved from flood</span></h1>',
      'Town saved from flood',
    ],
    [
      'metadata without the site',
      '<meta property="og:title" content="Town saved from flood | Local | Example News"><meta property="og:site_name" content="Example News">',
      '',
      'Town saved from flood',
    ],
    [
      'what two kinds of metadata agree on',
      '<meta property="og:title" content="Town saved from flood"><script type="application/ld+json">{"@type":"NewsArticle","headline":"Town saved from flood","url":"/"}</script>',
      '<h1>Live: the night of the river</h1>',
      'Town saved from flood',
    ],
  ])('%s', (_, head, body, expected) => {
    expect(fieldsOf(page(head, body)).headline).toBe(expected);
  });

  it('cuts the channels of a Chinese title', () => {
    expect(
      fieldsOf('<title>海外留学生看两会：出国前后关注点大不同_教育频道_中国青年网</title><p>正文</p>').headline,
    ).toBe('海外留学生看两会：出国前后关注点大不同');
  });
});

describe('dates', () => {
  it('weighs witnesses of one day against a lone one', () => {
    const fields = fieldsOf(
      page(
        '<meta property="article:published_time" content="2022-01-26T10:15:00+01:00">',
        '<h1>Town saved from flood</h1><div class="date">26 January 2022</div><div class="related"><time datetime="2022-03-01">1 March</time></div>',
      ),
    );
    expect([fields.datePublished, fields.datePublishedPrecision]).toEqual(['2022-01-26T10:15:00+01:00', 'second']);
  });

  it('tells the zone of a UTC instant by the clock on the page', () => {
    const fields = fieldsOf(
      page(
        '<meta property="article:published_time" content="2023-11-09T01:49:00Z">',
        '<h1>Town saved from flood</h1><div class="date">November 8, 2023 at 5:49 p.m.</div>',
      ),
    );
    expect(fields.datePublished).toBe('2023-11-08T17:49:00-08:00');
  });

  it('takes a local time that is stamped Z for what it is', () => {
    const fields = fieldsOf(
      page(
        '<meta property="article:published_time" content="2020-03-25T10:06:00Z">',
        '<h1>張國榮粉絲首次停辦獻花</h1><div class="date">2020.03.25 10:06</div>',
      ),
      'https://www.example.tw/story',
    );
    expect(fields.datePublished).toBe('2020-03-25T10:06:00+08:00');
  });

  it('prefers any absolute date to a relative one, and says when a zone was chosen', () => {
    const fields = fieldsOf(
      page(
        '',
        '<h1>Town saved from flood</h1><span class="time">3 hours ago</span><span class="date">2022-01-26 10:15</span>',
      ),
    );
    expect([fields.datePublished, fields.provenance.datePublished]).toEqual([
      '2022-01-26T10:15:00+00:00',
      expect.stringMatching(/\(zone: utc\)$/),
    ]);
  });

  it('has none when the page has none', () => {
    expect(fieldsOf(page('<title>Town saved</title>', '<p>© 2022 Example</p>')).datePublished).toBeUndefined();
  });

  it('keeps a later change apart', () => {
    const fields = fieldsOf(
      page(
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Town saved","datePublished":"2022-01-26T10:00:00Z","dateModified":"2022-01-27T08:00:00Z"}</script>',
        '',
      ),
    );
    expect([fields.datePublished, fields.dateModified]).toEqual([
      '2022-01-26T10:00:00+00:00',
      '2022-01-27T08:00:00+00:00',
    ]);
  });

  it.each([
    ['https://example.com/2022/01/26/town.html', '2022-01-26'],
    ['https://example.com/system/2022/01/26/012705712.shtml', '2022-01-26'],
    ['http://example.cn/202201/t20220126_12345.html', '2022-01-26'],
    ['http://example.cn/n1/2022/0126/c1004-40232587.html', '2022-01-26'],
    ['https://example.com/home/2017/7/12/title', '2017-07-12'],
    ['https://example.com/2015/08/150803-gender-bias', undefined],
    ['https://example.com/story/20229912345', undefined],
    ['https://example.com/item/2022', undefined],
  ])('reads the day in %s', (url, day) => {
    expect(urlDate(url, { now: '2026-02-01T00:00:00Z' })?.iso.slice(0, 10)).toBe(day);
  });
});

describe('people', () => {
  const people = (head: string, body: string): string[] =>
    (fieldsOf(page(head, `<h1>Town saved from flood</h1>${body}`)).contributors ?? []).map(
      (one) => `${one.name} ${one.role}`,
    );
  it.each([
    [
      'structured data',
      '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Town saved","author":[{"@type":"Person","name":"Jane Doe"},{"@type":"Person","name":"John Roe"}]}</script>',
      '',
      ['Jane Doe author', 'John Roe author'],
    ],
    ['a meta element', '<meta name="author" content="Jane Doe">', '', ['Jane Doe author']],
    [
      'names in elements of their own',
      '',
      '<div class="byline">By <a href="/author/jane-doe">Jane Doe</a><span>City Columnist</span> and <a href="/author/john-roe">John Roe</a></div>',
      ['Jane Doe author', 'John Roe author'],
    ],
    [
      'a name glued to a title',
      '',
      '<div class="author">Jane Doe<span>City Columnist</span></div>',
      ['Jane Doe author'],
    ],
    [
      'not the time beside it',
      '',
      '<div class="author">By Jane Doe <span>Dec 13, 2021</span> <span>3 min read</span></div>',
      ['Jane Doe author'],
    ],
    ['a line', '', '<p>By Jane Doe</p>', ['Jane Doe author']],
    [
      'the fuller list of the byline',
      '<meta name="author" content="Jane Doe">',
      '<div itemprop="author">Jane Doe</div><div itemprop="author">John Roe</div>',
      ['Jane Doe author', 'John Roe author'],
    ],
    ['an agency as a source', '<meta name="author" content="Reuters">', '', ['Reuters source']],
    [
      'the outlet itself as a source',
      '<meta property="og:site_name" content="Example Gazetteer"><meta name="author" content="Example Gazetteer">',
      '',
      ['Example Gazetteer source'],
    ],
    [
      'a person before a login name',
      '<meta name="author" content="jdoe">',
      '<div class="author">Jane Doe</div>',
      ['Jane Doe author'],
    ],
    ['nobody', '', '<div class="author">Staff Writer</div>', []],
    ['a name turned around', '<meta name="author" content="Doe, Jane">', '', ['Jane Doe author']],
    [
      'names turned around with initials and particles',
      '<meta name="dc.creator" content="Doe, J."><meta name="dc.creator" content="Roe, John de">',
      '',
      ['J. Doe author', 'John de Roe author'],
    ],
    ['not who owns the picture', '<meta name="author" content="Jane Doe, Image: iStock">', '', ['Jane Doe author']],
    [
      'a site’s address without its town',
      '<meta name="author" content="example.org, Frankfurt, Germany">',
      '',
      ['example.org source'],
    ],
    ['an agency beside the date', '', '<p>Por Agencia EFE</p><p>12.03.2024</p>', ['Agencia EFE source']],
    [
      'who reported and who edited',
      '',
      '<p>By Jane Doe, Reuters</p><p>(Reporting by Jane Doe; Editing by John Roe)</p>',
      ['Jane Doe author', 'Reuters source', 'John Roe editor'],
    ],
    [
      'labels of an agency',
      '',
      '<div><i>Source: Xinhua</i><i>2024-03-12 09:41:07</i><i>Editor: huaxia</i></div>',
      ['huaxia editor'],
    ],
    ['writers in brackets', '', '<p>(By Jane Doe and John Roe)</p>', ['Jane Doe author', 'John Roe author']],
    ['a byline with its day', '', '<p>By Jane Doe on December 13, 2021</p>', ['Jane Doe author']],
    ['a German line of kind', '', '<p>Eine Kolumne von Jane Doe</p>', ['Jane Doe author']],
    [
      'the full name from the lines about the writer',
      '<meta name="author" content="Jane">',
      '<p>Jane Doe is a columnist of the Gazetteer and lives by the river.</p>',
      ['Jane Doe author'],
    ],
    [
      'a person, not what the template forgot',
      '<meta name="author" content="page.extra.author">',
      '<div class="author">Jane Doe</div>',
      ['Jane Doe author'],
    ],
    [
      'a person before initials',
      '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Town saved","author":{"@type":"Person","name":"JD"}}</script>',
      '<div class="byline">By Jane Doe</div>',
      ['Jane Doe author'],
    ],
    [
      'not whoever took a picture',
      '<meta name="author" content="Jane Doe">',
      '<p>The river. Photo by Sam Ives/Getty Images</p>',
      ['Jane Doe author'],
    ],
    [
      'not the people a sentence links to',
      '',
      '<p>A friend of <a href="/people/sam-ives">Sam Ives</a> saw the river rise over the wall of the old mill.</p>',
      [],
    ],
  ])('%s', (_, head, body, expected) => {
    expect(people(head, body)).toEqual(expected);
  });
});

describe('bounds', () => {
  it('ends on deep and on wide pages', () => {
    const started = process.cpuUsage();
    fieldsOf(`${'<div class="author"><b>'.repeat(20_000)}x`);
    fieldsOf('<p class="date">By Jane Doe 2022-01-26</p>'.repeat(20_000));
    // Processor time, so that a busy machine does not matter; a quadratic walk would take minutes.
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(8000);
  });
});
