import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type TlsOptions } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { createFetcher } from './fetcher.ts';

const fixture = (name: string) => readFileSync(new URL(`./tls-fixtures/${name}`, import.meta.url), 'utf8');
/** Made for this test; whoever trusts it does so by `ca`. */
const key = fixture('key.pem');
const certificate = fixture('site.test.pem');
const expired = fixture('expired.pem');

/** Fetches once from a TLS server of those options; the short of what came. */
async function visit(url: string, server: TlsOptions, ca?: string): Promise<string> {
  const listener = createServer({ key, cert: certificate, ...server }, (socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nsafe'));
  });
  listener.on('tlsClientError', () => {});
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    await using fetcher = createFetcher({
      userAgent: 'newsmill-test',
      resolve: { '*.test': `127.0.0.1:${port}` },
      allowCidrs: ['127.0.0.0/8'],
      ...(ca === undefined ? {} : { ca }),
    });
    const outcome = await fetcher.fetch(url);
    if (outcome.type === 'failed' || outcome.type === 'refused') return outcome.code;
    return Buffer.from(outcome.capture.body).toString();
  } finally {
    listener.close();
  }
}

describe('TLS', () => {
  it('is verified by the name of the URL, not by the mapped address', async () => {
    expect(await visit('https://site.test/', {}, certificate)).toBe('safe');
    expect(await visit('https://a.site.test/', {}, certificate)).toBe('safe');
    expect(await visit('https://other.test/', {}, certificate)).toBe('tls_certificate');
  });

  it('refuses certificates that nobody vouches for, or no more', async () => {
    expect(await visit('https://site.test/', {})).toBe('tls_certificate');
    expect(await visit('https://site.test/', { cert: expired }, expired)).toBe('tls_certificate');
  });

  it('refuses old versions', async () => {
    const old: TlsOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' };
    expect(await visit('https://site.test/', old, certificate)).toBe('tls_error');
  });

  it('does not talk HTTP/2', async () => {
    expect(await visit('https://site.test/', { ALPNProtocols: ['h2', 'http/1.1'] }, certificate)).toBe('safe');
  });
});
