import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverAccount } from '../../../infra/local/src/account.ts';
import { chooseSource } from '../../../infra/local/src/choose-source.ts';
import { elasticsearchSources } from '../../../infra/local/src/elasticsearch.ts';
import { readLocalConfig, waitUntil } from '../../../infra/local/src/index.ts';
import { askElasticsearch, askRedis } from '../../../infra/local/src/ready.ts';
import { redisSources } from '../../../infra/local/src/redis.ts';
import { freePort } from '../../../services/cli/src/local.ts';

/** A real server that a test may kill, freeze and start again on the same data. */
export interface ServerProcess extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** The server's own data folder. */
  readonly dir: string;
  signal(name: 'SIGSTOP' | 'SIGCONT'): void;
  /** SIGKILL, and its end. */
  kill(): Promise<void>;
  /** Starts it again and waits until it answers. */
  start(): Promise<void>;
}

type Kind = 'redis' | 'elasticsearch';

/** As the local stack would start it, but with nobody who starts it again. */
export async function startServer(
  kind: Kind,
  options: { readonly appendFsync?: 'always' | 'everysec' } = {},
): Promise<ServerProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), `newsmill-chaos-${kind}-`));
  // As root the servers run as another user, who must be able to enter.
  await chmod(dataDir, 0o755);
  const config = readLocalConfig();
  const port = await freePort();
  const sources =
    kind === 'redis'
      ? redisSources(config, { appendFsync: options.appendFsync ?? 'always' })
      : elasticsearchSources(config);
  // A container could be neither killed nor frozen by its process.
  const programs = sources.filter(({ name }) => !name.startsWith('Docker'));
  const context = {
    dataDir,
    id: `chaos-${port}`,
    account: serverAccount(config.isRoot),
    port,
    onProgress: () => undefined,
  };
  const plan = await chooseSource(kind, programs, context);
  const ask = kind === 'redis' ? askRedis : askElasticsearch;
  let child: ChildProcess | undefined;
  const log = openSync(join(dataDir, 'out.log'), 'a');
  const pid = (): number => child?.pid ?? 0;
  const kill = async (): Promise<void> => {
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    // Its group: Elasticsearch's launcher has a child.
    process.kill(-child.pid, 'SIGKILL');
    await ended;
  };
  // No way of ending a test run may leave servers behind.
  const killNow = (): void => {
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL');
  };
  process.once('exit', killNow);
  const server: ServerProcess = {
    url: plan.url,
    port,
    get pid() {
      return pid();
    },
    dir: join(dataDir, kind),
    signal: (name) => void process.kill(-pid(), name),
    kill,
    async start() {
      child = spawn(plan.command, plan.args, {
        cwd: plan.cwd,
        env: plan.env,
        stdio: ['ignore', log, log],
        detached: true,
        ...(plan.account && { uid: plan.account.uid, gid: plan.account.gid }),
      });
      if (!(await waitUntil(async () => (await ask(plan.url)).ready, 120_000))) {
        throw new Error(`${kind} does not answer at ${plan.url}`);
      }
    },
    async [Symbol.asyncDispose]() {
      await kill();
      process.off('exit', killNow);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}
