import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** What happens to bytes between a client and the server behind the proxy. */
export type Weather =
  | 'clear'
  /** They vanish, both ways; connections stay open and new ones are accepted. */
  | 'blackhole'
  /** Every connection breaks, new ones at once. */
  | 'broken'
  | { readonly latencyMs: number };

export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** Holds for what comes from now on; bytes that vanished stay lost, so their connections break when it clears up. */
  weather: Weather;
  readonly connections: number;
}

/** A TCP proxy on loopback that can delay, swallow and break. */
export async function startTcpProxy(target: { readonly port: number }): Promise<TcpProxy> {
  const pairs = new Set<{ readonly sockets: readonly [Socket, Socket]; lost: boolean }>();
  let weather: Weather = 'clear';
  const server = createServer((client) => {
    const upstream = connect(target.port, '127.0.0.1');
    const pair = { sockets: [client, upstream] as const, lost: false };
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      client.destroy();
      upstream.destroy();
    };
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.setNoDelay(true);
      from.on('error', end).on('close', end);
      from.on('data', (chunk) => {
        if (weather === 'blackhole') pair.lost = true;
        else if (typeof weather === 'object') setTimeout(() => to.writable && to.write(chunk), weather.latencyMs);
        else to.write(chunk);
      });
    }
    if (weather === 'broken') end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const breakAll = (which: (pair: { lost: boolean }) => boolean): void => {
    for (const pair of [...pairs]) if (which(pair)) for (const socket of pair.sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    get weather() {
      return weather;
    },
    set weather(next) {
      weather = next;
      breakAll(({ lost }) => next === 'broken' || (lost && next !== 'blackhole'));
    },
    get connections() {
      return pairs.size;
    },
    async [Symbol.asyncDispose]() {
      breakAll(() => true);
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
