import { createHmac, randomBytes } from 'node:crypto';

/**
 * Signatures as the Standard Webhooks specification has them (https://www.standardwebhooks.com), for which there are
 * libraries in most languages: HMAC-SHA-256 over `<id>.<seconds>.<content>`, keyed with what follows `whsec_`.
 */
export function signedHeaders(secret: string, id: string, atMs: number, content: string): Record<string, string> {
  const seconds = String(Math.floor(atMs / 1_000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${content}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${signature}` };
}

export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
