import { describe, expect, it } from 'vitest';
import { decideBody } from './find-body.ts';
import { openHtml } from './open-html.ts';

const lines = [
  'The ferry will stay in port until the wind drops, said the harbour office in a short note on Monday evening.',
  'Those who hold a ticket may use it on any other day of this week, or have their money back at the quay.',
  'Nobody knows yet.',
];

/** The blocks of a page that are its body when the model gives its lines these probabilities. */
function body(...probabilities: readonly number[]): string[] {
  const html = `<html><body><div>${lines.map((line) => `<p>${line}</p>`).join('')}</div></body></html>`;
  const { segments, model, hints } = openHtml(new TextEncoder().encode(html), 'text/html', 'https://bay.example/a');
  const keep = decideBody(model, hints, Float32Array.from(probabilities));
  return segments.blocks.filter((_, index) => keep[index] === 1).map(({ text }) => text);
}

describe('the body', () => {
  it('is what the model is sure of', () => {
    expect(body(0.9, 0.3, 0.05)).toEqual(lines.slice(0, 1));
  });

  it('is what the model half believes in, when it is sure of next to nothing', () => {
    expect(body(0.3, 0.3, 0.05)).toEqual(lines.slice(0, 2));
    expect(body(0.3, 0.3, 0.9)).toEqual(lines);
  });

  it('stays next to nothing when that is no story either', () => {
    expect(body(0.3, 0.05, 0.9)).toEqual([lines[2]]);
  });
});
