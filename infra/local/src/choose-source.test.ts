import { expect, test } from 'vitest';
import { chooseSource } from './choose-source.ts';
import type { PlanContext, ServerPlan, Source } from './server-plan.ts';
import { StackError } from './stack-error.ts';

const told: string[] = [];
const context: PlanContext = {
  dataDir: '/data',
  port: 1,
  id: 'id',
  account: undefined,
  onProgress: (message) => told.push(message),
};
const plan = (how: string): ServerPlan => ({
  name: 'redis',
  how,
  url: 'redis://127.0.0.1:1',
  command: 'redis-server',
  args: [],
  env: {},
  cwd: '/',
  logFile: '/log',
});
const absent: Source = { name: 'on PATH', plan: async () => undefined };
const works = (how: string): Source => ({ name: how, plan: async () => plan(how) });
const fails = (error: Error): Source => ({ name: 'Maven', plan: () => Promise.reject(error) });

test('the first source that exists and works is taken, and no later one is asked', async () => {
  const never: Source = { name: 'never', plan: () => expect.unreachable() };
  expect((await chooseSource('Redis', [absent, works('Debian'), never], context)).how).toBe('Debian');
});

test('a source that fails is passed over, with a word about it', async () => {
  const chosen = await chooseSource('Redis', [fails(new Error('too old')), works('Debian')], context);
  expect(chosen.how).toBe('Debian');
  expect(told).toContain('Redis: Maven did not work (too old)');
});

test('when none works, the error names every attempt and what to type', async () => {
  const failing = fails(new StackError('the network is down', 'plug it in'));
  const error = await chooseSource('Elasticsearch', [absent, failing], context).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StackError);
  expect(error).toHaveProperty('problem', expect.stringMatching(/on PATH: not here\n.*Maven: the network is down/));
  expect(error).toHaveProperty('remedy', 'plug it in; or point ELASTICSEARCH_URL at a running server');
});
