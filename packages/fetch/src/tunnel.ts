import { request } from 'node:http';
import type { Socket } from 'node:net';
import { FetchError } from './outcome.ts';

/** A forward proxy that answers CONNECT (RFC 9110 §9.3.6). */
export interface ForwardProxy {
  readonly hostname: string;
  readonly port: number;
  /** Value of Proxy-Authorization. */
  readonly authorization?: string;
}

/** Reads `http://[user:password@]host:port`. Throws RangeError on anything else. */
export function readProxy(address: string): ForwardProxy {
  const url = URL.parse(address);
  if (url === null || url.protocol !== 'http:' || url.hostname === '' || url.pathname.length > 1)
    throw new RangeError('a proxy is written as http://[user:password@]host:port');
  const account = [url.username, url.password].map((part) => decodeURIComponent(part)).join(':');
  return {
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 80),
    ...(url.username === '' ? {} : { authorization: `Basic ${Buffer.from(account).toString('base64')}` }),
  };
}

/**
 * A connection to an address through the proxy. The address is one that was judged, not a name that the proxy could resolve
 * to another one. Rejects with FetchError.
 */
export function openTunnel(proxy: ForwardProxy, address: string, port: number, timeoutMs: number): Promise<Socket> {
  const target = `${address.includes(':') ? `[${address}]` : address}:${port}`;
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const failed = (what: string, cause?: unknown) => reject(new FetchError('proxy_failed', what, { cause }));
  const connect = request({
    ...{ host: proxy.hostname, port: proxy.port, method: 'CONNECT', path: target, agent: false },
    headers: { host: target, ...(proxy.authorization ? { 'proxy-authorization': proxy.authorization } : {}) },
  });
  const timer = setTimeout(() => {
    connect.destroy();
    reject(new FetchError('timeout_connect', `no tunnel within ${timeoutMs} ms`));
  }, timeoutMs);
  connect.once('connect', (response, socket) => {
    clearTimeout(timer);
    if (response.statusCode === 200) {
      resolve(socket as Socket);
      return;
    }
    socket.destroy();
    // What the proxy says of the target is the target's trouble; all else is its own.
    if (response.statusCode === 502 || response.statusCode === 503 || response.statusCode === 504)
      reject(new FetchError('connection_refused', `the proxy answers ${response.statusCode}`));
    else failed(`the proxy answers ${response.statusCode}`);
  });
  connect.once('response', (response) => {
    clearTimeout(timer);
    response.destroy();
    failed(`the proxy answers ${response.statusCode} to CONNECT`);
  });
  connect.once('error', (error) => {
    clearTimeout(timer);
    failed('the proxy cannot be reached', error);
  });
  connect.end();
  return promise;
}
