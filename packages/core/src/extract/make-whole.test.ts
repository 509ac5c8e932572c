import { describe, expect, it } from 'vitest';
import { makeWhole } from './make-whole.ts';
import { openHtml } from './open-html.ts';

const sentences = [
  'The harbour master closed the northern basin on Monday after divers had found a crack in the outer lock gate.',
  'Two ferries were sent to the old fishing quay, where passengers waited for an hour in the rain without shelter.',
  'A new gate will be built in the yard across the bay, and should hang in its hinges before the autumn storms come.',
];

/** What stays of a page whose blocks have the probability that `probability` gives them. */
function kept(main: string, probability: (text: string) => number): string[] {
  const html = `<html><head><title>Crack found in the lock gate</title></head><body><h1>Crack found in the lock gate</h1>${main}</body></html>`;
  const { segments, model, hints } = openHtml(new TextEncoder().encode(html), 'text/html', 'https://bay.example/a');
  const probs = Float32Array.from(segments.blocks, ({ text }) => probability(text));
  const keep = probs.map((p) => (p >= 0.4 ? 1 : 0));
  const flags = Uint8Array.from(keep);
  makeWhole(model, hints, probs, flags);
  return segments.blocks.filter((_, index) => flags[index] === 1).map(({ text }) => text);
}
const isStory = (text: string) => (sentences.includes(text) ? 0.9 : 0.05);

describe('a table of data', () => {
  const rows = [
    ['Basin', 'Depth', 'Ships'],
    ['North', '8', '12'],
    ['South', '11', '31'],
  ];
  const table = `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`;

  it('amid the story is kept as a whole', () => {
    const found = kept(`<div><p>${sentences[0]}</p>${table}<p>${sentences[1]}</p></div>`, isStory);
    expect(found).toEqual([sentences[0], ...rows.flat(), sentences[1]]);
  });

  it('after the story is no part of it', () => {
    expect(kept(`<div><p>${sentences[0]}</p><p>${sentences[1]}</p>${table}</div>`, isStory)).toEqual(
      sentences.slice(0, 2),
    );
  });

  it('of links is navigation', () => {
    const links = table.replaceAll(/<td>(.*?)<\/td>/g, '<td><a href="/$1">$1 and all the ships in it</a></td>');
    const found = kept(`<div><p>${sentences[0]}</p>${links}<p>${sentences[1]}</p></div>`, isStory);
    expect(found).toEqual(sentences.slice(0, 2));
  });
});

describe('the beginnings of other stories', () => {
  const others = ['otters', 'herring', 'lanterns', 'buoys'].map(
    (thing) => `People of the bay were asked what they think of ${thing}, and had a great deal to say about them.`,
  );
  const unit = (text: string, link: string) => `<article class="post-7 box">${link}<p>${text}</p></article>`;
  const page = (units: string) =>
    `<article class="story">${sentences.map((text) => `<p>${text}</p>`).join('')}</article><div>${units}</div>`;
  const readsWell = () => 0.9;

  it('go when each has a link to its own page', () => {
    const found = kept(page(others.map((text) => unit(text, '<a href="/o">More</a>')).join('')), readsWell);
    expect(found).not.toContain(others[0]);
    expect(found).toEqual(expect.arrayContaining(sentences));
  });

  it('stay when they are sections of this page, listed in its table of contents', () => {
    const found = kept(page(others.map((text) => unit(text, '<a href="#o">More</a>')).join('')), readsWell);
    expect(found).toEqual(expect.arrayContaining([...sentences, ...others]));
  });

  it('stay when the units are all the text there is', () => {
    const units = others.map((text) => unit(text, '<a href="/o">More</a>')).join('');
    expect(kept(`<div>${units}</div>`, readsWell)).toEqual(expect.arrayContaining(others));
  });
});

describe('a short line between two paragraphs', () => {
  const between = (line: string) => `<div><p>${sentences[0]}</p>${line}<p>${sentences[1]}</p></div>`;
  const doubted = (text: string) => (sentences.includes(text) ? 0.9 : 0.2);

  it('is filled in', () => {
    expect(kept(between('<p>What the divers found</p>'), doubted)).toContain('What the divers found');
  });

  it('is not when it is the caption of a picture', () => {
    const caption = '<figure><figcaption>The outer lock gate in spring, before it cracked</figcaption></figure>';
    expect(kept(between(caption), doubted)).toEqual(sentences.slice(0, 2));
  });

  it('is not when it ends with the credit of a picture', () => {
    const caption = '<p>The outer lock gate in spring, before it cracked (Image: Bay Herald)</p>';
    expect(kept(between(caption), doubted)).toEqual(sentences.slice(0, 2));
  });

  it('is not when it is a link in capitals', () => {
    const link = '<p><a href="/ferries">FERRIES TO STAY IN PORT UNTIL SUNDAY</a></p>';
    expect(kept(between(link), doubted)).toEqual(sentences.slice(0, 2));
    expect(kept(between(link.toLowerCase()), doubted)).toHaveLength(3);
  });
});

describe('a post of a social network', () => {
  const said = 'the gate is still shut';
  const post = `<div><blockquote class="twitter-tweet"><p>${said}</p>A. Diver (@diver)</blockquote></div>`;

  it('amid the story is quoted by it', () => {
    const found = kept(`<div><p>${sentences[0]}</p>${post}<p>${sentences[1]}</p></div>`, isStory);
    expect(found).toEqual([sentences[0], said, 'A. Diver (@diver)', sentences[1]]);
  });

  it('after the story is no part of it', () => {
    const found = kept(`<div><p>${sentences[0]}</p><p>${sentences[1]}</p>${post}</div>`, isStory);
    expect(found).toEqual(sentences.slice(0, 2));
  });
});

describe('a heading at the end', () => {
  const story = `<p>${sentences[0]}</p><p>${sentences[1]}</p>`;

  it('heads what is left out', () => {
    const found = kept(`<div>${story}<h4>More on lock gates</h4></div>`, (text) =>
      text.startsWith('Crack') ? 0.05 : 0.9,
    );
    expect(found).toEqual(sentences.slice(0, 2));
  });

  it('is text when it is whole sentences', () => {
    const found = kept(`<div>${story}<h4>${sentences[2]}</h4></div>`, isStory);
    expect(found).toEqual(sentences);
  });
});
