import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeOwnedFolder, requireReachable, serverAccount } from './account.ts';
import { chooseSource } from './choose-source.ts';
import { readLocalConfig } from './config.ts';
import { elasticsearchSources } from './elasticsearch.ts';
import { choosePort } from './ports.ts';
import { signal, waitUntil } from './processes.ts';
import { type Answer, askElasticsearch, askRedis, askServer } from './ready.ts';
import { redisSources } from './redis.ts';
import { lastLines } from './run-command.ts';
import type { PlanContext, ServerPlan, Source } from './server-plan.ts';
import { StackError } from './stack-error.ts';
import { type ServerState, type StackState, stackIdOf } from './stack-state.ts';
import type { Stack, StackOptions } from './stack-types.ts';
import { STOP_DEADLINE_MS, type SupervisorNotice, type SupervisorOrder } from './supervisor.ts';

/** A cold start takes about 6 s here; a laptop under load several times that. */
export const READY_TIMEOUT_MS = 120_000;

/** Plans, starts and awaits the servers that were not given by URL. The caller holds the data folder's lock. */
export async function launch(options: StackOptions): Promise<Stack> {
  if (process.platform === 'win32') {
    throw new StackError('The local stack does not run on Windows itself.', 'use WSL, or docker compose up');
  }
  const dataDir = resolve(options.dataDir);
  const environment = options.config ?? readLocalConfig();
  const config = options.cacheDir === undefined ? environment : { ...environment, cacheDir: resolve(options.cacheDir) };
  const onProgress = options.onProgress ?? (() => undefined);
  const account = serverAccount(config.isRoot);
  // Whoever brings both servers along may keep the rest wherever he likes.
  if (options.redisUrl === undefined || options.elasticsearchUrl === undefined) {
    await requireReachable(join(dataDir, 'redis'), account, 'the data folder (NEWSMILL_DATA_DIR)');
    await requireReachable(config.cacheDir, account, 'NEWSMILL_CACHE_DIR');
  }
  await makeOwnedFolder(join(dataDir, 'logs'), undefined);
  const context = { dataDir, id: stackIdOf(dataDir), account, onProgress };

  const planRedis = async () => {
    if (options.redisUrl === undefined) {
      const port = await choosePort('Redis', options.redisPort);
      const sources = redisSources(config, { appendFsync: options.appendFsync ?? 'always' });
      return planned('Redis', sources, { ...context, port });
    }
    requireAnswer('Redis', options.redisUrl, await askRedis(options.redisUrl, 5_000), 'REDIS_URL');
    return undefined;
  };
  const planElasticsearch = async () => {
    if (options.elasticsearchUrl === undefined) {
      const port = await choosePort('Elasticsearch', options.elasticsearchPort);
      return planned('Elasticsearch', elasticsearchSources(config), { ...context, port });
    }
    const answer = await askElasticsearch(options.elasticsearchUrl, 5_000);
    requireAnswer('Elasticsearch', options.elasticsearchUrl, answer, 'ELASTICSEARCH_URL');
    return undefined;
  };
  // Both fetch at the same time, and both come to an end before anything is said: nothing goes on behind an error.
  const outcomes = await Promise.allSettled([planRedis(), planElasticsearch()]);
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  if (failures.length > 0) throw joined(failures);
  const plans = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' && outcome.value ? [outcome.value] : []));
  if (plans.length === 0) return describeStack(undefined, options, false, async () => undefined);
  const { state, stop } = await supervise({ dataDir, persistent: options.persistent ?? false, plans }, onProgress);
  return describeStack(state, options, true, stop);
}

/** One error for both servers, so that one round of corrections is enough. */
function joined(failures: unknown[]): unknown {
  const [first, second] = failures;
  if (!(first instanceof StackError) || !(second instanceof StackError)) return first;
  const remedies = [...new Set([first.remedy, second.remedy])].join('; and ');
  return new StackError(`${first.problem}\n  ${second.problem}`, remedies, { cause: failures });
}

async function planned(server: string, sources: Source[], context: PlanContext) {
  const plan = await chooseSource(server, sources, context);
  context.onProgress(`starting ${plan.how}`);
  return plan;
}

function requireAnswer(server: string, url: string, answer: Answer, variable: string): void {
  if (answer.ready) return;
  const { host } = new URL(url);
  throw new StackError(
    `${server} at ${host} does not answer: ${answer.detail}.`,
    `start it, correct ${variable}, or unset ${variable} to have newsmill start its own ${server}`,
  );
}

/** Starts the supervisor, hands it the plans and waits until every server answers. */
async function supervise(
  order: SupervisorOrder,
  onProgress: (message: string) => void,
): Promise<{ state: StackState; stop: () => Promise<void> }> {
  const log = openSync(join(order.dataDir, 'logs', 'supervisor.log'), 'a', 0o644);
  const supervisor = fork(new URL('./supervisor-main.ts', import.meta.url), {
    // A session of its own: Ctrl-C reaches whoever uses the servers first, who then stops them in order.
    detached: true,
    execArgv: [],
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const stop = () => stopSupervisor(supervisor);
  const abandoned = new AbortController();
  try {
    const failed = failureOf(supervisor, order.plans);
    failed.catch(() => undefined);
    const state = await Promise.race([startedBy(supervisor, order), failed]);
    await Promise.race([whenReady(state, onProgress, abandoned.signal), failed]);
    if (order.persistent) supervisor.disconnect();
    // This process may end whenever it likes; the supervisor notices by its channel.
    supervisor.unref();
    supervisor.channel?.unref();
    return { state, stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    abandoned.abort();
  }
}

function startedBy(supervisor: ChildProcess, order: SupervisorOrder): Promise<StackState> {
  return new Promise((resolve, reject) => {
    supervisor.on('message', (notice: SupervisorNotice) => {
      if (notice.kind === 'started') resolve(notice.state);
    });
    supervisor.send(order, (error) => error && reject(error));
  });
}

/** Rejects when the supervisor gives up, with the last words of the server that died. */
function failureOf(supervisor: ChildProcess, plans: ServerPlan[]): Promise<never> {
  return new Promise((_, reject) => {
    supervisor.on('message', (notice: SupervisorNotice) => {
      if (notice.kind === 'failed') void explain(notice.reason, plans).then(reject);
    });
    supervisor.once('exit', (code) => void explain(`the supervisor ended with code ${code}`, plans).then(reject));
  });
}

async function explain(reason: string, plans: ServerPlan[]): Promise<StackError> {
  const plan = plans.find(({ name }) => reason.startsWith(name));
  const output = plan === undefined ? '' : await readFile(plan.logFile, 'utf8').catch(() => '');
  const said = output.trim() === '' ? '' : ` It said:\n${lastLines(withoutFrames(output), 8)}`;
  return new StackError(`The local stack did not start: ${reason}.${said}`, remedyFor(reason, output, plan));
}

/** Java's stack frames would push what happened out of the last lines. */
function withoutFrames(output: string): string {
  const told = output.split('\n').filter((line) => !/^\s+(at |\.\.\. \d+ more)/.test(line));
  return told.join('\n');
}

/** The causes that were met so far, told by what the system or the server says. */
export function remedyFor(reason: string, output: string, plan: Pick<ServerPlan, 'logFile'> | undefined): string {
  if (/EPERM|operation not permitted/i.test(reason))
    return 'run as a normal user: here root cannot become another user';
  if (/EACCES|permission denied/i.test(reason + output))
    return 'choose a data folder that other users may enter (NEWSMILL_DATA_DIR)';
  if (/no space left/i.test(output)) return 'make room on the disk of the data folder';
  if (/address already in use|BindException|Failed to bind/i.test(output))
    return 'try again: another process took the port';
  if (/OutOfMemory|insufficient memory|Cannot allocate memory/i.test(output)) {
    return 'free some memory, or give Elasticsearch less (NEWSMILL_ELASTICSEARCH_HEAP=256m)';
  }
  return plan === undefined ? 'look at logs/supervisor.log in the data folder' : `look at ${plan.logFile}`;
}

async function whenReady(
  state: StackState,
  onProgress: (message: string) => void,
  signal_: AbortSignal,
): Promise<void> {
  const details = new Map<ServerState, string>();
  const ready = await waitUntil(async () => {
    for (const server of state.servers) {
      if (details.get(server) === 'ready') continue;
      const answer = await askServer(server);
      details.set(server, answer.ready ? 'ready' : answer.detail);
      if (answer.ready) onProgress(`${server.how} is ready at ${server.url}`);
    }
    return signal_.aborted || [...details.values()].every((detail) => detail === 'ready');
  }, READY_TIMEOUT_MS);
  if (ready) return;
  const late = [...details].filter(([, detail]) => detail !== 'ready').map(([{ how }, detail]) => `${how}: ${detail}`);
  throw new StackError(
    `Not ready after ${READY_TIMEOUT_MS / 1000} s: ${late.join('; ')}.`,
    'look at the logs in the data folder; the machine may be too busy or short of memory',
  );
}

async function stopSupervisor(supervisor: ChildProcess): Promise<void> {
  const { pid } = supervisor;
  if (pid === undefined || supervisor.exitCode !== null || supervisor.signalCode !== null) return;
  supervisor.ref();
  const ended = new Promise<true>((resolve) => supervisor.once('exit', () => resolve(true)));
  signal(pid, 'SIGTERM');
  const late = new Promise<false>((resolve) => setTimeout(resolve, STOP_DEADLINE_MS + 10_000, false).unref());
  if (!(await Promise.race([ended, late]))) signal(pid, 'SIGKILL');
}

/** What callers see of a stack: `state` tells of the servers that run here, `options` of those given by URL. */
export function describeStack(
  state: StackState | undefined,
  options: StackOptions,
  started: boolean,
  stop: () => Promise<void>,
): Stack {
  const redis = state?.servers.find(({ name }) => name === 'redis');
  const elasticsearch = state?.servers.find(({ name }) => name === 'elasticsearch');
  let stopping: Promise<void> | undefined;
  const stopOnce = () => {
    stopping ??= stop();
    return stopping;
  };
  return {
    redisUrl: options.redisUrl ?? redis?.url ?? '',
    elasticsearchUrl: options.elasticsearchUrl ?? elasticsearch?.url ?? '',
    redisHow: redis?.how ?? 'Redis as configured',
    elasticsearchHow: elasticsearch?.how ?? 'Elasticsearch as configured',
    pids: state === undefined ? [] : [state.supervisor.pid, ...state.servers.map((server) => server.process.pid)],
    started,
    persistent: state?.persistent ?? true,
    stop: stopOnce,
    [Symbol.asyncDispose]: stopOnce,
  };
}
