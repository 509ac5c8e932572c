import { expect, it } from 'vitest';
import { soundOf, soundRules } from './sounds.ts';

const spoken = (text: string) => Array.from(text, (character) => soundOf(character) ?? character).join(' ');

it('knows how characters of both scripts sound, and what is often confused', () => {
  expect(spoken('蘭州品质')).toBe('lan zou pin zi');
  expect(spoken('學校AI')).toBe('xue xiao A I');
  expect([soundOf('京'), soundOf('金'), soundOf('升'), soundOf('申'), soundOf('𠮷')]).toEqual([
    'jin',
    'jin',
    'sen',
    'sen',
    undefined,
  ]);
});

it('gives each character one rule', () => {
  const rules = soundRules();
  expect(rules.length).toBeGreaterThan(6_700);
  expect(new Set(rules.map((rule) => rule.split('=>')[0])).size).toBe(rules.length);
  expect(rules.every((rule) => /^\p{Script=Han}=>\|[a-z]+\|$/u.test(rule))).toBe(true);
});
