/**
 * An answer that is asked for only every so often: whoever asks meanwhile, or while it is on its way, gets the same one. For
 * what is dear to find out and may be a little old. A failure is not kept.
 */
export function recently<Answer>(ms: number, clock: () => number, ask: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  let until = Number.NEGATIVE_INFINITY;
  return () => {
    if (answer !== undefined && clock() < until) return answer;
    const asked = ask();
    answer = asked;
    until = Number.POSITIVE_INFINITY;
    asked.then(
      () => {
        if (answer === asked) until = clock() + ms;
      },
      () => {
        if (answer === asked) answer = undefined;
      },
    );
    return asked;
  };
}
