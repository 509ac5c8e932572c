/**
 * What clusters cost and miss, on a Redis of its own.
 *
 *     node test/bench/clusters/main.ts [fingerprints …]        (100000 1000000)
 *
 * REDIS_SERVER names the program, else it is looked for in PATH. Fingerprints of strangers are generated; the pairs that
 * precision and recall are measured on are labelled articles (NEWSMILL_DATA, else ../shared/data) edited as copies edit
 * them, put in shuffled among all the strangers, by eight claimants at once.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { createRedisClusters } from '../../../packages/clusters/src/index.ts';
import { fingerprint } from '../../../packages/core/src/fingerprint/index.ts';
import { seeded, shuffled } from '../../support/random.ts';
import { createEdits, type Edit, loadBodies } from '../fingerprint/edits.ts';
import { score } from './score.ts';

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [100_000, 1_000_000];
const data = process.env.NEWSMILL_DATA ?? '../shared/data';
const claimants = 8;
const now = Date.parse('2026-01-01T00:00:00Z');
const idOf = (name: string): string => createHash('sha256').update(name).digest('base64url').slice(0, 22);

async function startRedis(folder: string): Promise<{ server: ChildProcess; redis: Redis } | undefined> {
  const port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', folder, '--maxmemory', '4gb'];
  const server = spawn(process.env.REDIS_SERVER ?? 'redis-server', args, { stdio: 'ignore' });
  const failed = new Promise<undefined>((resolve) => {
    server.once('error', () => resolve(undefined));
    server.once('exit', () => resolve(undefined));
  });
  const redis = new Redis(port, '127.0.0.1', { retryStrategy: () => 50, maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  if ((await Promise.race([redis.ping(), failed])) !== undefined) return { server, redis };
  redis.disconnect();
  return undefined;
}

const random = seeded(6);
const common = Array.from({ length: 48 }, () => Array.from({ length: 50 }, () => Math.floor(random() * 4096)));
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A stranger: random cells, one in ten of them from a stock that all share (set phrases, boilerplate), and figures. */
function strangerPrint(): string {
  let text = '';
  for (let cell = 0; cell < 48; cell++) {
    const stock = common[cell] ?? [];
    const value = random() < 0.1 ? (stock[Math.floor(random() * stock.length)] ?? 0) : Math.floor(random() * 4096);
    text += digits.charAt(value >>> 6) + digits.charAt(value & 63);
  }
  for (let cell = 0; cell < 16; cell++) text += digits.charAt(Math.floor(random() * 64));
  return text;
}

/** Runs `work` for each item, by several at once. */
async function each<Item>(items: Iterable<Item>, work: (item: Item) => Promise<void>): Promise<void> {
  const iterator = items[Symbol.iterator]();
  const drain = async () => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: claimants }, drain));
}

const folder = mkdtempSync(join(tmpdir(), 'newsmill-clusters-'));
const started = await startRedis(folder);
if (started === undefined) {
  rmSync(folder, { recursive: true });
  console.log('skipped: no redis-server (set REDIS_SERVER to its path)');
  process.exit(0);
}
const { redis, server } = started;
const memory = async () => Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1]);
const version = /^redis_version:(\S+)/m.exec(await redis.info('server'))?.[1];

try {
  const clusters = createRedisClusters(redis, 'bench');
  const before = await memory();
  const bodies = loadBodies([`${data}/zh`, `${data}/pages`]);
  const edits = createEdits(bodies);
  console.log(`Redis ${version}, ${claimants} claimants on one connection`);
  let held = 0;
  for (const size of sizes) {
    let joined = 0;
    const from = held;
    function* strangers(): Generator<number> {
      while (held < size) yield held++;
    }
    const start = performance.now();
    await each(strangers(), async (n) => {
      const id = idOf(`stranger ${n}`);
      const claim = await clusters.claim({ id, fingerprint: strangerPrint(), rank: n }, now);
      if (claim.clusterId !== id) joined++;
    });
    const micros = ((performance.now() - start) * 1000) / (held - from);
    const bytes = (await memory()) - before;
    console.log(
      `\n${held} strangers: ${micros.toFixed(0)} µs per claim, ${(bytes / held).toFixed(0)} bytes per article ` +
        `(${(bytes / 1e6).toFixed(0)} MB in all); taken for copies: ${joined}`,
    );
  }
  const halves = [
    { order: 'the original first, then its copies', stories: bodies.filter((_, n) => n % 2 === 0) },
    { order: 'in any order', stories: bodies.filter((_, n) => n % 2 === 1) },
  ];
  if (bodies.length === 0) console.log(`\nno labelled articles in ${data}: precision and recall not measured`);
  else {
    for (const { order, stories } of halves) {
      const items = stories.flatMap((body) => {
        const story = bodies.indexOf(body);
        return Object.entries<Edit>({ original: (text) => text, ...edits }).flatMap(([edit, change]) => {
          const text = change(body, story);
          const print = text === undefined ? undefined : fingerprint(text);
          return print === undefined ? [] : [{ story, edit, id: idOf(`${story} ${edit}`), print }];
        });
      });
      const mixed = shuffled(items, random);
      const isOriginal = (item: { edit: string }) => item.edit === 'original';
      const lines = order.startsWith('the original')
        ? [mixed.filter(isOriginal), mixed.filter((item) => !isOriginal(item))]
        : [mixed];
      const clusterOf = new Map<string, string>();
      const full = await memory();
      const begin = performance.now();
      for (const line of lines) {
        await each(line, async ({ id, print, story }) => {
          clusterOf.set(id, (await clusters.claim({ id, fingerprint: print, rank: story }, now)).clusterId);
        });
      }
      const micros = ((performance.now() - begin) * 1000) / items.length;
      const bytes = ((await memory()) - full) / items.length;
      console.log(
        `\n${items.length} printings of ${stories.length} stories, ${order}: ${micros.toFixed(0)} µs per claim, ` +
          `${bytes.toFixed(0)} bytes each`,
      );
      console.log(score(items, clusterOf, bodies));
    }
  }
} finally {
  redis.disconnect();
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
