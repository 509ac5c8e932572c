import { createHmac, timingSafeEqual } from 'node:crypto';

/** What the specification names; older hubs know SHA-1 only, which HMAC still stands on. */
const methods: ReadonlySet<string> = new Set(['sha1', 'sha256', 'sha384', 'sha512']);

/**
 * Whether `X-Hub-Signature` (`method=hex`) is that of the body under the secret.
 * https://www.w3.org/TR/websub/#signature-validation
 */
export function isSigned(body: Uint8Array, header: string | undefined, secret: string): boolean {
  const [, method = '', hex = ''] = /^(sha\d{1,3})=([0-9a-f]{40,128})$/i.exec(header ?? '') ?? [];
  if (!methods.has(method.toLowerCase())) return false;
  const own = createHmac(method.toLowerCase(), secret).update(body).digest();
  const theirs = Buffer.from(hex, 'hex');
  return own.length === theirs.length && timingSafeEqual(own, theirs);
}
