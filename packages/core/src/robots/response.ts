import { parseRobots, type Robots } from './parse.ts';

/** Nothing is forbidden: what a site without a robots.txt says. */
export const ALLOW_ALL: Robots = parseRobots('');
/** Everything is forbidden (but the file itself): what holds while a robots.txt cannot be reached. */
export const DISALLOW_ALL: Robots = parseRobots('user-agent: *\ndisallow: /');

export type RobotsResponse =
  | { readonly type: 'rules'; readonly robots: Robots }
  /** Server error, 429, no answer: assume everything is forbidden and ask again later (RFC 9309 §2.3.1.4). */
  | { readonly type: 'unreachable' };

/**
 * What the answer to `GET /robots.txt` means, after redirects (RFC 9309 §2.3.1). `status` is `undefined` when there was no answer.
 * A redirect that could not be followed to its end counts as "there is none".
 */
export function readRobotsResponse(status: number | undefined, body: Uint8Array): RobotsResponse {
  if (status === undefined || status === 429 || status >= 500) return { type: 'unreachable' };
  return { type: 'rules', robots: status >= 200 && status < 300 ? parseRobots(body) : ALLOW_ALL };
}
