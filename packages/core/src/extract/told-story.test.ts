import { expect, it } from 'vitest';
import { storyText } from './story-hints.ts';
import { toldStory } from './told-story.ts';

const long = 'A sentence that is long enough to count as running text. '.repeat(6).trim();

it('reads articleBody out of broken JSON', () => {
  const script = `{"@type":"NewsArticle","headline":"x" "articleBody": "One \\"quoted\\" line.\n${long}", trailing`;
  expect(storyText([script])).toBe(`One "quoted" line. ${long}`);
  expect(storyText(['{"articleBody":"never closed'])).toBe('');
});

it('makes paragraphs of lines and of markup', () => {
  expect(toldStory(`${long}\n\n${long} <3`, 0)).toMatchObject({
    body: `${long}\n\n${long} <3`,
    html: `<p>${long}</p><p>${long} &lt;3</p>`,
  });
  expect(toldStory(`<p>${long}</p><p>Tea &amp; cake</p>`, 0)?.body).toBe(`${long}\n\nTea & cake`);
});

it('leaves a page alone whose own text is as long, and descriptions', () => {
  expect(toldStory(long, long.length)).toBeUndefined();
  expect(toldStory('Short.', 0)).toBeUndefined();
});
