import { expect, it } from 'vitest';
import { createRandom, seedOf } from './random.ts';
import { targets } from './targets.ts';

/** The same few inputs every time; `pnpm fuzz --minutes 10` goes on from there with others. */
const seed = 1;
const executions: Readonly<Record<string, number>> = { urls: 300, dates: 300, html: 40, robots: 60, 'site-rules': 200 };

it.each(targets)('what must hold of $name holds', ({ name, make, run }) => {
  for (let execution = 0; execution < (executions[name] ?? 25); execution += 1) {
    const input = make(createRandom(seedOf(seed, name, execution)));
    expect(() => run(input), `pnpm fuzz --seed ${seed} --target ${name} --at ${execution}`).not.toThrow();
  }
});

it('makes the same input of the same seed', () => {
  const html = targets.find(({ name }) => name === 'html');
  const made = () => html?.make(createRandom(seedOf(7, 'html', 3)));
  expect(made()).toEqual(made());
  expect(made()).not.toEqual(html?.make(createRandom(seedOf(7, 'html', 4))));
});
