import { z } from 'zod';

/** base64url of the SHA-256 of the canonical URL, cut to 22 characters (132 bits): no two URLs of a crawl share one. */
export const urlId = z.string().regex(/^[A-Za-z0-9_-]{22}$/, 'a URL id is 22 characters of base64url');

/** Names one host (`hostname` or `hostname:port`); safe inside a BullMQ job id, which takes no ':' and not only digits. */
export const hostId = z.string().regex(/^[A-Za-z0-9_-]{4,64}$/, 'a host id is 4 to 64 characters of base64url');

/** Where a capture lies: `<segment>#<offset>+<length>`; see the archive package. */
export const captureRef = z.string().min(3);
