import { UsageError } from '@newsmill/contracts';
import { StackError } from '@newsmill/local';
import { SearchInputError, SearchUnavailableError } from '@newsmill/search-index';
import { CommanderError } from 'commander';
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
  if (error instanceof CommanderError) {
    // Commander has written what is wrong (or the help that was asked for) itself.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else report(error);
}

function report(error: unknown): void {
  const known =
    error instanceof UsageError ||
    error instanceof StackError ||
    error instanceof SearchInputError ||
    error instanceof SearchUnavailableError;
  // ioredis's way to say that nobody answers.
  const away = error instanceof Error && error.name === 'MaxRetriesPerRequestError';
  const text = away
    ? 'Redis does not answer. Check REDIS_URL (and with rediss:// NODE_EXTRA_CA_CERTS), or start the local stack: pnpm newsmill up'
    : known
      ? error.message
      : error instanceof Error
        ? error.stack
        : String(error);
  output.err(`newsmill: ${text}`);
  process.exitCode = error instanceof UsageError || error instanceof SearchInputError ? 2 : 1;
}
