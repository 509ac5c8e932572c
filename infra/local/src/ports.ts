import { createServer } from 'node:net';
import { StackError } from './stack-error.ts';

/** A TCP port on loopback that is free now, or `wanted` after checking that nobody listens there. */
export function choosePort(server: 'Redis' | 'Elasticsearch', wanted?: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (cause) => {
      const option = `--${server.toLowerCase()}-port`;
      reject(
        new StackError(
          `Port ${wanted} on 127.0.0.1 cannot be used for ${server}: ${cause.message}.`,
          `choose another one with ${option}, or leave ${option} away to get a free one`,
          { cause },
        ),
      );
    });
    probe.listen(wanted ?? 0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
