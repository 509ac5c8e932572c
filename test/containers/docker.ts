import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Why tests with containers cannot run here; undefined if they can: an engine answers and it has the image, or may
 * pull it. Said in the test's name, so that a skipped test tells why.
 */
export async function whyNoContainer(image: string): Promise<string | undefined> {
  const ask = (...args: string[]) =>
    run('docker', args, { timeout: 5_000 })
      .then(() => true)
      .catch(() => false);
  // Whoever tried to start one knows better why there is none.
  if (process.env.NEWSMILL_NO_ENGINE) return process.env.NEWSMILL_NO_ENGINE;
  if (!(await ask('info'))) return 'no Docker engine answers';
  if (await ask('image', 'inspect', image)) return undefined;
  return (await ask('manifest', 'inspect', image)) ? undefined : `image ${image} is not here and cannot be pulled`;
}
