import { StringDecoder } from 'node:string_decoder';
import { z } from 'zod';
import type { Output } from './output.ts';

/** Characters of one line. A robots.txt of 10 MB, escaped twice over, fits; an endless line does not. */
const lineLengthMax = 64_000_000;

/**
 * Lines of a stream, split at `\n` only: `node:readline` also splits at U+2028 and a bare `\r`, and the first of them may
 * stand inside a JSON string. Blank lines are passed over; of a line above the limit `undefined` is given.
 */
export async function* readLines(
  input: AsyncIterable<Buffer | string>,
  lengthMax = lineLengthMax,
): AsyncGenerator<string | undefined> {
  const decoder = new StringDecoder('utf8');
  let pieces: string[] = [];
  let length = 0;
  const take = (): string | undefined => {
    const line = length > lengthMax ? undefined : pieces.join('');
    pieces = [];
    length = 0;
    return line;
  };
  for await (const chunk of input) {
    const parts = (typeof chunk === 'string' ? chunk : decoder.write(chunk)).split('\n');
    for (const [index, part] of parts.entries()) {
      length += part.length;
      if (length <= lengthMax) pieces.push(part);
      if (index === parts.length - 1) continue;
      const line = take();
      if (line?.trim() !== '') yield line;
    }
  }
  pieces.push(decoder.end());
  const line = take();
  if (line?.trim() !== '') yield line;
}

/**
 * Answers each line of JSON with one line of JSON, in the same order. `answer` gets what the schema made of the line;
 * a line that is no JSON, too long or not of the schema, and one that `answer` throws on, gets `refuse(reason)`.
 * Every answer begins with the line's own `id` (any JSON value; null where there is none).
 */
export async function answerLines<Schema extends z.ZodType>(
  input: AsyncIterable<Buffer | string>,
  output: Pick<Output, 'out'>,
  schema: Schema,
  answer: (line: z.infer<Schema>) => object | Promise<object>,
  refuse: (reason: string) => object,
): Promise<void> {
  for await (const text of readLines(input)) {
    let id: unknown = null;
    let result: object;
    try {
      if (text === undefined) throw new RangeError('the line is too long');
      const given: unknown = JSON.parse(text);
      if (typeof given === 'object' && given !== null && 'id' in given) id = given.id;
      result = await answer(schema.parse(given));
    } catch (error) {
      result = refuse(`bad_input: ${complaint(error)}`);
    }
    output.out(JSON.stringify({ id, ...result }));
  }
}

function complaint(error: unknown): string {
  if (!(error instanceof z.ZodError)) return error instanceof Error ? error.message : String(error);
  return error.issues.map((issue) => `${issue.path.join('.') || 'line'}: ${issue.message}`).join('; ');
}
