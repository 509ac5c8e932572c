import { expect, it } from 'vitest';
import { textStats } from './text-stats.ts';

it('counts words, letters and signs', () => {
  expect(textStats('The old bridge, built in 1911, fell.')).toMatchObject({
    words: 7,
    latinWords: 7,
    capitalWords: 1,
    shortWords: 2,
    digits: 4,
    commas: 2,
    terminals: 1,
    denseChars: 0,
  });
  expect(textStats('大桥的桥墩，倒了。')).toMatchObject({ denseChars: 7, functionChars: 2, commas: 1, terminals: 1 });
  expect(textStats('')).toMatchObject({ words: 0, letters: 0 });
});

it('counts the same in a text of any length', () => {
  const sentence = 'Nobody saw it fall. ';
  for (const times of [2_999, 3_000, 10_000]) {
    expect(textStats(sentence.repeat(times))).toMatchObject({ latinWords: 4 * times, terminals: times });
  }
});
