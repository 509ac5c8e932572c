/** Where a command writes: results on `out`, everything about how it goes on `err`, so that `--json` stays pure. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
  /** Replaces the line that `live` wrote last; on something that is no terminal, a line that says
   * something new is written at most every 2 s. */
  live(text: string): void;
  readonly color: boolean;
}

const liveLineMs = 2_000;

export function terminalOutput(): Output {
  const { stdout, stderr } = process;
  let liveOpen = false;
  let lastLine = Number.NEGATIVE_INFINITY;
  let lastText = '';
  const close = () => {
    if (liveOpen) stderr.write('\n');
    liveOpen = false;
  };
  return {
    color: stdout.isTTY === true && process.stdout.hasColors(),
    out(text) {
      close();
      stdout.write(`${text}\n`);
    },
    err(text) {
      close();
      stderr.write(`${text}\n`);
    },
    live(text) {
      if (stderr.isTTY) {
        stderr.write(`\r\x1b[2K${text}`);
        liveOpen = true;
        return;
      }
      if (performance.now() - lastLine < liveLineMs || text === lastText) return;
      lastLine = performance.now();
      lastText = text;
      stderr.write(`${text}\n`);
    },
  };
}

const codes = { bold: '1', dim: '2', red: '31', green: '32', yellow: '33' } as const;

/** Text in a style, where the terminal shows styles. */
export function styled(output: Output, style: keyof typeof codes, text: string): string {
  return output.color ? `\x1b[${codes[style]}m${text}\x1b[0m` : text;
}
