import { casesOf, type HostileCase } from './case.ts';
import { articleOf, html, paragraphs, read, verdictOf } from './page.ts';

const verdict = (content: string) => () => verdictOf(read(content));
const nested = (tag: string, times: number) => `${tag.repeat(times)}${paragraphs}`;
const story = (head: string, body = '') => articleOf(html(head, body + paragraphs));

export const parsing: readonly HostileCase[] = casesOf('parse', [
  ['h-125', '100,000 nested divs', 'too_large', verdict(nested('<div>', 100_000))],
  ['h-126', 'a million nested divs', 'too_large', verdict(nested('<div>', 1_000_000))],
  ['h-127', '100,000 nested bolds', 'too_large', verdict(nested('<b>', 100_000))],
  ['h-130', '5,000 nested tables', 'too_large', verdict(nested('<table><tr><td>', 5_000))],
  [
    'h-131',
    'an attribute of 10 MB does no harm (PAGE_BYTES_MAX would refuse more)',
    'article',
    verdict(html('', `<div title="${'a'.repeat(10_000_000)}">${paragraphs}</div>`)),
  ],
  [
    'h-133',
    'formatting that is opened again and again',
    'article',
    verdict(html('', `${'<b><i><u>'.repeat(100)}${'<p>'.repeat(700)}${paragraphs}`)),
  ],
  [
    'h-134',
    'a comment of 5 MB that is never closed',
    'article',
    verdict(html('', `${paragraphs}<!-- ${'x '.repeat(2_500_000)}`)),
  ],
  ['h-135', '5 MB of <', 'article', verdict(html('', `${paragraphs}${'<'.repeat(5_000_000)}`))],
  [
    'h-137',
    '10 MB of JSON-LD does no harm (PAGE_BYTES_MAX would refuse more)',
    'article',
    verdict(
      html(`<script type="application/ld+json">[${'{"@type":"Thing"},'.repeat(500_000)}{}]</script>`, paragraphs),
    ),
  ],
  [
    'h-140',
    'NUL in the name of a tag',
    [false, false],
    () => {
      const { body, bodyHtml = '' } = story('', '<scr\0ipt>alert(1)</scr\0ipt>');
      return [/<script/i.test(bodyHtml), body.includes('<')];
    },
  ],
  [
    'h-141',
    'noscript, template, plaintext and frames',
    ['article', 'article', 'article', 'section_page or empty'],
    () => {
      const frames = verdictOf(read('<html><frameset><frame src="/a.html"></frameset></html>'));
      return [
        verdictOf(read(html('', `<noscript><p>Turn on scripts, please.</p></noscript>${paragraphs}`))),
        verdictOf(read(html('', `<template><p>Never shown at all.</p></template>${paragraphs}`))),
        verdictOf(read(html('', `${paragraphs}<plaintext><p>All of this is text.`))),
        ['section_page', 'empty', 'too_short'].includes(frames) ? 'section_page or empty' : frames,
      ];
    },
  ],
  [
    'h-142',
    'a base on another site',
    ['http://www.example.com/news/2026/02/03/story.html', ['evil.example.org']],
    () => {
      const page = read(
        html(
          '<base href="http://evil.example.org/">',
          `${paragraphs}<a href="news/2026/02/03/more-of-it.html">More about the story of the day</a>`,
        ),
      );
      const address = page.verdict.type === 'article' ? page.verdict.article.url : '';
      return [address, [...new Set(page.links.map(({ url }) => new URL(url).hostname))]];
    },
  ],
  [
    'h-143',
    'frames within the page are not followed',
    [],
    () => read(html('', `${paragraphs}<iframe src="/news/2026/02/03/framed.html"></iframe>`)).links,
  ],
  [
    'h-145',
    'hidden links with nofollow',
    [],
    () =>
      read(
        html(
          '',
          `${paragraphs}<div style="display:none"><a rel="nofollow" href="/trap/1.html">A trap for those who cannot see it</a></div>`,
        ),
      ).links,
  ],
  [
    'h-147',
    'a title of 1 MB',
    true,
    () =>
      articleOf(html('', paragraphs).replaceAll('A story of the town', 'word '.repeat(200_000))).headline.length <=
      1_000,
  ],
  [
    'h-148',
    'a script in the title is text',
    true,
    () => {
      const { headline, bodyHtml = '' } = articleOf(
        html('', paragraphs).replaceAll('A story of the town', 'A <script>alert(1)</script> story of the town'),
      );
      return !/<script/i.test(bodyHtml) && headline.includes('story of the town');
    },
  ],
  ['h-149', '10,000 meta tags', 'article', verdict(html('<meta name="a" content="b">'.repeat(10_000), paragraphs))],
  ['h-151', 'a page without a text', 'empty', verdict('<html><body><img src="a.jpg"></body></html>')],
  [
    'h-152',
    'a page that asks for a captcha',
    'captcha',
    verdict(
      '<html><head><title>安全验证</title></head><body><form><p>请输入验证码以继续访问</p><input name="captcha"></form></body></html>',
    ),
  ],
  // Found by fuzzing and by attacking our patterns; each took seconds to hours once.
  [
    'own-drawings',
    '20,000 drawings that are opened and never closed',
    'too_large',
    verdict(html('', `${paragraphs}${'<svg><style>'.repeat(20_000)}`)),
  ],
  [
    'own-long-number',
    '200 links to pages of endless numbers',
    'article',
    verdict(html('', `${paragraphs}${`<a href="/index${'1'.repeat(1_900)}!">More of it</a> `.repeat(200)}`)),
  ],
  [
    'own-entities',
    'an entity of 200 KB in a feed',
    true,
    () => {
      const entity = `<!ENTITY e "${'&a'.repeat(100_000)}">`;
      const feed = `<?xml version="1.0"?><rss version="2.0"><!DOCTYPE x [${entity}]>${entity}<channel><title>x</title></channel></rss>`;
      return verdictOf(read(feed, { contentType: 'application/xml' })) !== 'article';
    },
  ],
]);
