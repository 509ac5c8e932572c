import { guardUrl, type TargetPolicy } from '@newsmill/core';
import { z } from 'zod';
import { answerLines } from '../json-lines.ts';
import type { Output } from '../output.ts';

const line = z.object({ url: z.string() });

/**
 * `newsmill urls --jsonl`: lines `{id, url}` in, `{id, outcome: 'fetch' | 'skip', reason?, canonical?}` out, in the same
 * order: what the guard says before anything is resolved or sent. A line that cannot be used is answered `skip` with
 * `reason: 'bad_input: …'`.
 */
export function urlLines(
  input: AsyncIterable<Buffer | string>,
  output: Pick<Output, 'out'>,
  policy: TargetPolicy,
): Promise<void> {
  return answerLines(
    input,
    output,
    line,
    ({ url }) => {
      const judged = guardUrl(url, policy);
      return 'refused' in judged
        ? { outcome: 'skip', reason: judged.refused }
        : { outcome: 'fetch', canonical: judged.url };
    },
    (reason) => ({ outcome: 'skip', reason }),
  );
}
