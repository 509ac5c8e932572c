import { parseRobots, type RobotsRule } from '@newsmill/core';
import { z } from 'zod';
import { answerLines } from '../json-lines.ts';
import type { Output } from '../output.ts';

const line = z
  .object({
    /** The file as text, or as bytes where it is not UTF-8. */
    robots: z.string().optional(),
    robots_b64: z.string().optional(),
    /** Product token or whole User-Agent. */
    agent: z.string(),
    url: z.string(),
  })
  .refine((value) => (value.robots === undefined) !== (value.robots_b64 === undefined), {
    message: 'give either robots or robots_b64',
  });

/**
 * `newsmill robots --jsonl`: lines `{id, robots | robots_b64, agent, url}` in, `{id, allowed, rule}` out, in the same order.
 * `rule` is the one that decided, `{type, pattern, line}`, or null. A line that cannot be used is answered
 * `allowed: false` with a `reason`.
 */
export function robotsLines(input: AsyncIterable<Buffer | string>, output: Pick<Output, 'out'>): Promise<void> {
  return answerLines(
    input,
    output,
    line,
    ({ robots, robots_b64, agent, url }) => {
      const file = robots_b64 === undefined ? (robots ?? '') : Buffer.from(robots_b64, 'base64');
      const { allowed, rule } = parseRobots(file).check(agent, url);
      return { allowed, rule: rule === undefined ? null : shownRule(rule) };
    },
    (reason) => ({ allowed: false, rule: null, reason }),
  );
}

/** A rule as its file shows it: the parser keeps one character per octet. */
export const shownRule = ({ type, pattern, line: number }: RobotsRule): RobotsRule => ({
  type,
  pattern: Buffer.from(pattern, 'latin1').toString('utf8'),
  line: number,
});
