import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { collectEvidence, extractFields } from './index.ts';

const TEXT =
  'The river rose by two metres during the night, and the people of the town filled sandbags until the morning came. '.repeat(
    2,
  );

/** The day that is found, or undefined. */
function dayOf(
  body: string,
  { head = '', url = 'https://www.example.com/story', lang = 'en' } = {},
): string | undefined {
  const doc = parseDocument(
    `<html lang="${lang}"><head><title>Town saved from flood</title>${head}</head><body>${body}</body></html>`,
  );
  const origin = { url, fetchedAt: '2026-02-01T00:00:00Z' };
  return extractFields(doc, collectEvidence(doc, origin), origin).datePublished?.slice(0, 10);
}
const story = (above: string, below = ''): string =>
  `<h1>Town saved from flood</h1>${above}<p>${TEXT}</p><p>${TEXT}</p>${below}`;
const far = '<ul><li>One</li><li>Two</li><li>Three</li><li>Four</li></ul>';

describe('which date is the day of publication', () => {
  it.each<[string, string, Parameters<typeof dayOf>[1], string | undefined]>([
    [
      'a labelled date behind the text, before the time of a comment',
      story(
        '',
        `${far}<p>Published on 12 March 2024</p><div><time datetime="2024-03-15T10:00:00Z">15 March 2024</time> Ann said</div>`,
      ),
      {},
      '2024-03-12',
    ],
    [
      'a German label',
      story(
        '',
        `${far}<p>Veröffentlicht am 12.03.2024</p><div class="comment-meta"><time datetime="2024-03-15T10:00:00Z">15.03.2024</time></div>`,
      ),
      { lang: 'de' },
      '2024-03-12',
    ],
    ['a date with bars', story('<table><tr><td>23 | 03 | 2024 </td><td>Rivers</td></tr></table>'), {}, '2024-03-23'],
    [
      'an element that shows a time as its age',
      story('<relative-time datetime="2024-03-12T10:00:00Z">2 years ago</relative-time>'),
      {},
      '2024-03-12',
    ],
    [
      'the text’s first words, behind a subhead',
      `<h1>Town saved from flood</h1><div><h3>Sandbags all night long until the morning</h3><p>12.03.2024 ${TEXT}</p><p>${TEXT}</p></div>`,
      {},
      '2024-03-12',
    ],
    [
      'no day for a headline that says today',
      `<h1>Town saved from flood today</h1><p>${TEXT}</p><p>${TEXT}</p>`,
      {},
      undefined,
    ],
    [
      'a date of change by the headline, when the rest are lists',
      story(
        '<p>2024-03-12 09:41更新 来源：转载</p>',
        `${far}<ul><li>Other story (2024-03-10 18:03)</li><li>Another (2024-03-10 17:03)</li></ul>`,
      ),
      { lang: 'zh' },
      '2024-03-12',
    ],
    [
      'a line above the text, before one behind it',
      `<p>Mar 12, 2024</p>${far}<h2>Flood</h2>${far}<p>${TEXT}</p><p>${TEXT}</p><p>Quoted after a book of March 20, 2005.</p>`,
      {},
      '2024-03-12',
    ],
    [
      'not the day of the visit at the top',
      `<time datetime="2024-06-01T08:00:00Z">Saturday, 1 June 2024</time>${far.repeat(12)}${story('<span class="date">12 March 2024</span>')}`,
      {},
      '2024-03-12',
    ],
    [
      'published, not changed',
      story('<p>Last updated 4 June 2024, originally created 12 March 2024</p>'),
      {},
      '2024-03-12',
    ],
    [
      'structured data, not the address of another day',
      story(''),
      {
        url: 'https://www.example.com/2024/03/13/story',
        head: '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Town saved from flood","datePublished":"2024-03-12T09:41:00Z"}</script>',
      },
      '2024-03-12',
    ],
    [
      'the address, when nothing else tells',
      story(''),
      { url: 'https://www.example.com/2024/03/12/story' },
      '2024-03-12',
    ],
    ['month first for America', story('<p>03/12/2024</p>'), { lang: 'en-us' }, '2024-03-12'],
    [
      'day first elsewhere',
      story('<p>12/03/2024</p>'),
      { url: 'https://www.example.co.uk/story', lang: 'en' },
      '2024-03-12',
    ],
    ['not the year of the copyright', story('', '<footer>© 2026 Example News, 1 January 2026</footer>'), {}, undefined],
    [
      'not "today" in a sentence',
      story(
        '<p class="intro">A decade ago only a few people filled sandbags. Today the whole town does, and nobody sleeps.</p>',
      ),
      {},
      undefined,
    ],
    ['not a date in the future', story('<p>12 March 2031</p>'), {}, undefined],
  ])('%s', (_, body, options, expected) => {
    expect(dayOf(body, options)).toBe(expected);
  });
});
