import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createPoster } from './poster.ts';

async function serve(
  answer: (request: IncomingMessage, body: string) => { status: number; headers?: Record<string, string> } | 'hang',
) {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const said = answer(request, Buffer.concat(chunks).toString());
      if (said !== 'hang') response.writeHead(said.status, said.headers).end('x'.repeat(200_000));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook?a=1`,
    port,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

it('posts once and tells the status, follows nothing and waits no longer than told', async () => {
  const seen: string[] = [];
  const answers = [
    { status: 204 },
    { status: 302, headers: { location: '/elsewhere' } },
    { status: 503, headers: { 'retry-after': '7' } },
    'hang' as const,
  ];
  await using server = await serve((request, body) => {
    seen.push(`${request.method} ${request.url} ${request.headers['content-type']} ${request.headers['x-a']} ${body}`);
    return answers[seen.length - 1] ?? { status: 200 };
  });
  await using poster = createPoster({
    userAgent: 'test',
    allowCidrs: ['127.0.0.0/8'],
    allowPorts: [server.port],
    totalMs: 500,
  });
  const post = () => poster.post(server.url, '{"万":1}', { 'x-a': 'b' });
  expect(await post()).toEqual({ type: 'answered', status: 204 });
  expect(await post()).toEqual({ type: 'answered', status: 302 });
  expect(await post()).toEqual({ type: 'answered', status: 503, retryAfterMs: 7_000 });
  expect(await post()).toEqual({ type: 'failed', code: 'timeout_total' });
  expect(seen).toEqual(Array.from({ length: 4 }, () => 'POST /hook?a=1 application/json b {"万":1}'));
});

it.each([
  ['http://127.0.0.1/', 'private_address'],
  ['http://[::1]/', 'private_address'],
  ['http://169.254.169.254/latest/meta-data', 'private_address'],
  ['http://2130706433/', 'private_address'],
  ['http://redis:6379/', 'port_refused'],
  ['http://elasticsearch/', 'single_label_host'],
  ['http://user:password@example.com/', 'userinfo'],
  ['ftp://example.com/', 'unsupported_scheme'],
  ['not an address', 'url_invalid'],
])('does not send to %s', async (url, code) => {
  await using poster = createPoster({ userAgent: 'test' });
  expect(poster.refusalOf(url)).toBe(code);
  expect(await poster.post(url, '{}', {})).toEqual({ type: 'refused', code });
});

it('does not send to a public name that leads to a private address', async () => {
  const asked: string[] = [];
  await using poster = createPoster({
    userAgent: 'test',
    totalMs: 500,
    resolveName: async (name) => {
      asked.push(name);
      return [{ address: '10.0.0.1', family: 4 }];
    },
  });
  expect(poster.refusalOf('https://hooks.example.com/')).toBeUndefined();
  expect(await poster.post('https://hooks.example.com/', '{}', {})).toEqual({
    type: 'refused',
    code: 'private_address',
  });
  expect(asked).toEqual(['hooks.example.com']);
});
