import { UsageError } from '@newsmill/contracts';
import { StackError } from '@newsmill/local';
import { SearchInputError, SearchUnavailableError } from '@newsmill/search-index';
import { terminalOutput } from './output.ts';
import { createProgram } from './program.ts';

/** The `newsmill` command. Exit codes: 0 fine, 1 it did not work out, 2 wrong use, 130 interrupted. */
const output = terminalOutput();
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    // The second one means it.
    if (stop.signal.aborted) process.exit(130);
    stop.abort(new Error(name));
  });
}
// `newsmill search … | head`: a reader that has seen enough is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  const program = createProgram(output, stop.signal, (code) => {
    process.exitCode = code;
  });
  await program.parseAsync(process.argv);
} catch (error) {
  const known =
    error instanceof UsageError ||
    error instanceof StackError ||
    error instanceof SearchInputError ||
    error instanceof SearchUnavailableError;
  output.err(`newsmill: ${known ? error.message : error instanceof Error ? error.stack : String(error)}`);
  process.exitCode = error instanceof UsageError || error instanceof SearchInputError ? 2 : 1;
}
