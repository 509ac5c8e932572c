import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** What the server does with a request for a path; the head of the request is given. Anything may be written. */
export type Answer = (socket: Socket, head: string) => void;

const ok = (body: string, ...headers: string[]) =>
  ['HTTP/1.1 200 OK', `Content-Length: ${Buffer.byteLength(body)}`, ...headers, '', body].join('\r\n');
const redirect = (location: string, status = 302) =>
  `HTTP/1.1 ${status} Moved\r\nLocation: ${location}\r\nContent-Length: 2\r\n\r\nno`;
/** Writes for as long as anybody reads, many pieces at a time: the server shares the test's thread. */
const flood = (socket: Socket, first: string, piece: string) => {
  socket.write(first);
  const chunk = piece.repeat(Math.ceil(32_768 / piece.length));
  const more = () => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', more);
  more();
};
/** Writes a piece again and again, faster than any deadline of the test. */
const trickle = (socket: Socket, first: string, piece: string) => {
  socket.write(first);
  const timer = setInterval(() => socket.write(piece), 10);
  socket.on('close', () => clearInterval(timer));
};

const spent = new WeakSet<Socket>();

const answers: Record<string, Answer> = {
  '/plain': (socket) => socket.write(ok('<p>hi</p>', 'Content-Type: text/html', 'X-Twice: 1', 'x-twice: 2')),
  '/echo': (socket, head) => socket.write(ok(head)),
  '/not-modified': (socket) => socket.write('HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\n'),
  '/close-delimited': (socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nold'),
  '/chunked': (socket) =>
    socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n'),
  '/early-hints': (socket) => socket.write(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${ok('late')}`),
  '/busy': (socket) => socket.write('HTTP/1.1 503 Busy\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n'),
  '/odd-status': (socket) => socket.write('HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n'),
  '/length-too-short': (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef'),
  '/raw-charset': (socket) => socket.write(ok('x', 'Content-Type: text/html; charset=\xd0\xc2'), 'latin1'),
  '/204-body': (socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\nbody'),
  '/206': (socket) => socket.write('HTTP/1.1 206 Part\r\nContent-Range: bytes 0-1/9\r\nContent-Length: 2\r\n\r\nab'),
  '/busy-garbage': (socket) => socket.write('HTTP/1.1 503 Busy\r\nRetry-After: soon\r\nContent-Length: 0\r\n\r\n'),
  '/once': (socket) => {
    // Serves one request per connection without saying so.
    if (spent.has(socket)) socket.destroy();
    else socket.write(ok('fresh'));
    spent.add(socket);
  },
  // Too much.
  '/announced-10g': (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\nx'),
  '/endless-chunks': (socket) =>
    flood(socket, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', `1000\r\n${'x'.repeat(4_096)}\r\n`),
  '/endless-close': (socket) => flood(socket, 'HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(4_096)),
  '/huge-header': (socket) => socket.write(ok('', `X-A: ${'a'.repeat(1_000_000)}`)),
  '/many-headers': (socket) => socket.write(ok('', ...Array.from({ length: 5_000 }, (_, at) => `X-${at}: 1`))),
  '/endless-headers': (socket) => flood(socket, 'HTTP/1.1 200 OK\r\n', 'X-A: 1\r\n'),
  // Too slow.
  '/silent': () => {},
  '/slow-headers': (socket) => trickle(socket, 'HTTP/1.1 200 OK\r\n', 'X-A: 1\r\n'),
  '/slow-status': (socket) => trickle(socket, 'HTTP/1.1 2', ''),
  '/hints-flood': (socket) => trickle(socket, '', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'),
  '/slow-body': (socket) => trickle(socket, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\nx\r\n'),
  '/stuck-body': (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc'),
  // Broken.
  '/fin': (socket) => socket.end(),
  '/reset': (socket) => socket.resetAndDestroy(),
  '/fin-in-body': (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc'),
  '/fin-in-chunks': (socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'),
  '/garbage': (socket) => socket.end('\x00\x01\x02garbage\r\n\r\n'),
  '/two-lengths': (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'),
  '/negative-length': (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nab'),
  '/both-lengths': (socket) =>
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n'),
  '/bad-chunk': (socket) => socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n'),
  '/nul-header': (socket) => socket.write(ok('', 'X-A: a\0b')),
  '/status-000': (socket) => socket.write('HTTP/1.1 000 Zero\r\nContent-Length: 0\r\n\r\n'),
  '/continue-flood': (socket) => trickle(socket, '', 'HTTP/1.1 100 Continue\r\n\r\n'),
  // Redirects.
  '/to-plain': (socket) => socket.write(redirect('/plain#part')),
  '/to-utf8': (socket) => socket.write(redirect('/echo?q=新闻')),
  '/to-self': (socket) => socket.write(redirect('/to-self')),
  '/to-file': (socket) => socket.write(redirect('file:///etc/passwd')),
  '/to-redis': (socket) => socket.write(redirect('http://127.0.0.1:6379/')),
  '/to-metadata': (socket) => socket.write(redirect('http://169.254.169.254/latest/')),
  '/to-name': (socket) => socket.write(redirect('http://inside.example.com/')),
  '/to-userinfo': (socket) => socket.write(redirect('http://a:b@site.test/')),
  '/to-nothing': (socket) => socket.write(redirect('')),
  '/to-broken': (socket) => socket.write(redirect('http://[')),
  '/to-nowhere': (socket) => socket.write('HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n'),
  '/to-plain-endless': (socket) =>
    flood(socket, 'HTTP/1.1 302 Found\r\nLocation: /plain\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\nx\r\n'),
  '/to-plain-stuck': (socket) => socket.write('HTTP/1.1 302 Found\r\nLocation: /plain\r\nContent-Length: 9\r\n\r\nabc'),
  '/cookie-wall': (socket, head) =>
    socket.write(
      head.includes('pass=1')
        ? ok('inside')
        : 'HTTP/1.1 302 Found\r\nLocation: /cookie-wall\r\nSet-Cookie: pass=1; Path=/\r\nContent-Length: 0\r\n\r\n',
    ),
};

/** A server that does to a client what servers on the web do, by path. Raw sockets: most of it is no proper HTTP. */
export interface TestServer extends AsyncDisposable {
  readonly port: number;
  /** How many connections it has taken. */
  connections(): number;
}

/** @param more answers beside the usual ones; @param all one answer for every path */
export async function startTestServer(more: Readonly<Record<string, Answer>> = {}, all?: Answer): Promise<TestServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    connections += 1;
    socket.on('close', () => sockets.delete(socket));
    // The client breaks connections off on purpose.
    socket.on('error', () => {});
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (!text.endsWith('\r\n\r\n')) return;
      const head = text;
      text = '';
      if (all === undefined) answer(socket, head, more);
      else all(socket, head);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(socket: Socket, head: string, more: Readonly<Record<string, Answer>>): void {
  const path = head.split(' ')[1]?.split('?')[0] ?? '';
  const [, kind, text] = /^\/(status|chain)\/(\d+)$/.exec(path) ?? [];
  const number = Number(text);
  if (kind === 'status') socket.write(redirect('/plain', number));
  else if (kind === 'chain') socket.write(number === 0 ? ok('end') : redirect(`/chain/${number - 1}`));
  else (more[path] ?? answers[path] ?? ((each: Socket) => each.write(ok(''))))(socket, head);
}
