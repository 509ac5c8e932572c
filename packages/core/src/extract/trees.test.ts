import { expect, it } from 'vitest';
import { loadTrees, predict } from './trees.ts';

/** Two trees: `a <= 1 ? -2 : (b <= 0.5 ? 1 : 3)` and a single leaf of 0.5. */
const json = {
  features: ['a', 'b'],
  roots: [0, 5],
  feature: [0, -1, 1, -1, -1, -1],
  value: [1, -2, 0.5, 1, 3, 0.5],
  left: [1, 0, 3, 0, 0, 0],
  exits: [],
  gone: 0.01,
  sure: 0.99,
};
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

it('adds the leaves that a row falls into', () => {
  const model = loadTrees(json, ['a', 'b']);
  const rows = Float32Array.from([1, 9, 2, 0.5, 2, 0.75, 2, 0.75]);
  const found = [...predict(model, rows, Uint8Array.from([0, 0, 0, 1]))];
  const expected = [sigmoid(-1.5), sigmoid(1.5), sigmoid(3.5), 0];
  found.forEach((value, index) => {
    expect(value).toBeCloseTo(expected[index] ?? -1, 5);
  });
});

it('decides a row as soon as its sum is beyond an exit, and goes on with the others', () => {
  const model = loadTrees({ ...json, exits: [{ trees: 1, below: -1.5, above: 2 }] }, ['a', 'b']);
  const rows = Float32Array.from([1, 9, 2, 0.5, 2, 0.75]);
  const found = [...predict(model, rows, Uint8Array.from([0, 1, 0, 0]))];
  const expected = [0.01, 0, sigmoid(1.5), 0.99];
  found.forEach((value, index) => {
    expect(value).toBeCloseTo(expected[index] ?? -1, 5);
  });
});

it('refuses a model of other features', () => {
  expect(() => loadTrees(json, ['b', 'a'])).toThrow(/train/i);
});
