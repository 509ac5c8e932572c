import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { startHealthServer } from './health-server.ts';

it('tells life, readiness with reasons, and figures', async () => {
  let problems: Record<string, string> = {};
  await using server = await startHealthServer({
    host: '127.0.0.1',
    port: 0,
    registry: new Registry(),
    problems: async () => problems,
  });
  const get = async (path: string, method = 'GET') => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { method });
    return [response.status, await response.text()] as const;
  };
  expect(await get('/healthz')).toEqual([200, '{"status":"ok"}']);
  expect((await get('/readyz'))[0]).toBe(200);
  problems = { redis: 'connection refused' };
  expect(await get('/readyz')).toEqual([503, '{"status":"not ready","problems":{"redis":"connection refused"}}']);
  expect((await get('/metrics'))[0]).toBe(200);
  expect((await get('/nope'))[0]).toBe(404);
  expect((await get('/healthz', 'POST'))[0]).toBe(405);
});

it('says that a port is taken instead of hanging', async () => {
  await using first = await startHealthServer({
    host: '127.0.0.1',
    port: 0,
    registry: new Registry(),
    problems: async () => ({}),
  });
  const second = startHealthServer({
    host: '127.0.0.1',
    port: first.port,
    registry: new Registry(),
    problems: async () => ({}),
  });
  await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
