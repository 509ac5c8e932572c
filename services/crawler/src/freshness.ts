import type { Capture } from '@newsmill/archive';
import { headerOf } from '@newsmill/fetch';

/**
 * How long a response calls itself fresh, in milliseconds (RFC 9111 §4.2.1): `Cache-Control: max-age`, else `Expires`
 * against its own `Date`. What is not to be stored, or says nothing, gives undefined.
 */
export function freshnessMs({ headers }: Pick<Capture, 'headers'>): number | undefined {
  const control = headerOf(headers, 'cache-control')?.toLowerCase();
  if (control !== undefined) {
    if (/(?:^|[\s,])no-(?:store|cache)(?:$|[\s,=])/.test(control)) return undefined;
    const age = /(?:^|[\s,])max-age\s{0,4}=\s{0,4}"?(\d{1,9})/.exec(control)?.[1];
    if (age !== undefined) return Number(age) * 1_000;
  }
  const expires = Date.parse(headerOf(headers, 'expires') ?? '');
  const date = Date.parse(headerOf(headers, 'date') ?? '');
  return expires > date ? expires - date : undefined;
}
