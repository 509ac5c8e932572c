import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Keeps a server's open connections at most at `max`. A new one is never refused for the sake of one that only waits: the
 * connection that has had no request under way for the longest time is closed, which is the slow sender's before anybody's.
 * Only when all have one is the new connection closed.
 */
export function boundConnections(server: Server, max: number): void {
  /** Open connections with the requests that each has under way, in the order of their last change. */
  const open = new Map<Socket, number>();
  const change = (socket: Socket, by: number): void => {
    const requests = open.get(socket);
    if (requests === undefined) return;
    open.delete(socket);
    open.set(socket, requests + by);
  };
  server.on('connection', (socket: Socket) => {
    if (open.size >= max) {
      const waiting = [...open].find(([, requests]) => requests === 0)?.[0];
      if (waiting === undefined) {
        socket.destroy();
        return;
      }
      open.delete(waiting);
      waiting.destroy();
    }
    open.set(socket, 0);
    socket.once('close', () => open.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    change(socket, 1);
    response.once('close', () => change(socket, -1));
  });
}
