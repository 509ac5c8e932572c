import { hash } from 'node:crypto';

/**
 * SHA-256 of headline and body (both normalized), base64url, the first 22 characters (132 bits).
 * Equal content, equal hash: a re-check that finds the same hash has found no new version.
 */
export function contentHash(headline: string, body: string): string {
  // The length in front keeps (ab, c) and (a, bc) apart whatever the texts contain.
  return hash('sha256', `${headline.length}\n${headline}\n${body}`, 'base64url').slice(0, 22);
}
