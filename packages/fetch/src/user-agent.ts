/** What robots.txt groups name us by (RFC 9309 §2.2.1). */
export const productToken = 'newsmill';

/** The User-Agent header: who we are, and where a site's operator can reach whoever runs us. */
export function userAgent(contact: string | undefined): string {
  // The header is one line of ASCII, and brackets would end the comment.
  const safe = contact?.replace(/[^\x20-\x7e]|[()]/g, '').trim();
  const comment = safe ? (/^https?:/.test(safe) ? `+${safe}` : safe) : 'contact not configured';
  return `${productToken}/0.1 (news archive crawler; ${comment})`;
}
