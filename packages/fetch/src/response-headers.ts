import type { HeaderPair } from '@newsmill/archive';

/** 88 hours were seen; a day is as long as anybody's overload lasts. */
const RETRY_AFTER_MS_MAX = 24 * 3_600_000;

/** The first value of a header, by name without case. */
export function headerOf(headers: readonly HeaderPair[], name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

/** RFC 9110 §10.2.3: seconds or an HTTP date. Undefined for anything else. `now` is in milliseconds since the epoch. */
export function retryAfterMs(headers: readonly HeaderPair[], now: number): number | undefined {
  const value = headerOf(headers, 'retry-after')?.trim();
  if (value === undefined) return undefined;
  if (/^\d{1,15}$/.test(value)) return Math.min(Number(value) * 1_000, RETRY_AFTER_MS_MAX);
  // Date.parse takes "3.5" and "-1" for dates, so a weekday is asked for.
  const date = /^[A-Z][a-z]{2,8},? /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.min(Math.max(0, date - now), RETRY_AFTER_MS_MAX);
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/**
 * Where a redirect leads, or undefined if it says nothing usable. The header is one character per octet; servers write
 * raw UTF-8 into it, which is read as such if it is valid.
 */
export function redirectTarget(headers: readonly HeaderPair[], base: URL): URL | undefined {
  const raw = headerOf(headers, 'location')?.trim();
  if (raw === undefined || raw === '') return undefined;
  const target = URL.parse(readUtf8(raw) ?? raw, base.href);
  if (target !== null) target.hash = '';
  return target ?? undefined;
}

function readUtf8(latin1: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(latin1, 'latin1'));
  } catch {
    return undefined;
  }
}
