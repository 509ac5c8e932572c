import { expected, seeds, sites } from './expected.ts';
import { startSites } from './server.ts';

/** `node test/sites/serve.ts [port [host]]`: serves the sites until interrupted; the first line tells where, as JSON. */
const server = await startSites({ port: Number(process.argv[2] ?? 0), hostname: process.argv[3] ?? '127.0.0.1' });
const about = {
  address: server.address,
  port: server.port,
  resolve: server.resolveMap,
  seeds,
  hosts: sites.map((site) => site.host),
  urls: expected.map((entry) => entry.url),
};
process.stdout.write(`${JSON.stringify(about)}\n`);
