import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { nameProcess, signal, waitUntil } from './processes.ts';
import { runCommand } from './run-command.ts';
import type { ServerPlan } from './server-plan.ts';
import { reasonOf } from './stack-error.ts';
import { removeState, type ServerState, type StackState, writeState } from './stack-state.ts';

/** What the starting process sends to the supervisor. */
export type SupervisorOrder = { dataDir: string; persistent: boolean; plans: ServerPlan[] };

/** What the supervisor answers. */
export type SupervisorNotice = { kind: 'started'; state: StackState } | { kind: 'failed'; reason: string };

/** How long a server may take to end by itself. Elasticsearch flushes, Redis writes its file; both need about a second. */
export const STOP_DEADLINE_MS = 15_000;

export type SupervisorTiming = {
  /** A server that dies sooner than this would only die again: the stack ends and its log tells why. */
  settledMs: number;
  restartDelayMs: number;
  stopDeadlineMs: number;
};

const TIMING: SupervisorTiming = { settledMs: 20_000, restartDelayMs: 1_000, stopDeadlineMs: STOP_DEADLINE_MS };

type Server = { plan: ServerPlan; child: ChildProcess; startedAtMs: number; exited: Promise<string> };

/**
 * Runs the servers of one data folder as its children, starts a server again that died, and ends them all when told. It is a
 * process of its own so that no way of dying of the starting process, not even SIGKILL, leaves servers behind: then its
 * channel to that process closes.
 */
export class Supervisor {
  readonly #order: SupervisorOrder;
  readonly #timing: SupervisorTiming;
  readonly #servers = new Map<string, Server>();
  readonly #startedAt = new Date().toISOString();
  #stopping: Promise<void> | undefined;
  #ended: (reason: string) => void = () => undefined;
  /** Resolves with a reason when a server cannot be kept running. */
  readonly failed: Promise<string>;

  constructor(order: SupervisorOrder, timing: SupervisorTiming = TIMING) {
    this.#order = order;
    this.#timing = timing;
    this.failed = new Promise((resolve) => {
      this.#ended = resolve;
    });
  }

  /** Spawns all servers and writes the state; they are not ready yet. */
  async start(): Promise<StackState> {
    for (const plan of this.#order.plans) await this.#spawn(plan);
    return this.#publish();
  }

  /** Ends all servers, politely at first, and removes the state. Safe to call more than once. */
  stop(): Promise<void> {
    this.#stopping ??= (async () => {
      await Promise.all([...this.#servers.values()].map((server) => endServer(server, this.#timing.stopDeadlineMs)));
      await removeState(this.#order.dataDir);
    })();
    return this.#stopping;
  }

  async #spawn(plan: ServerPlan): Promise<void> {
    const output = openSync(plan.logFile, 'w', 0o644);
    const child = spawn(plan.command, plan.args, {
      cwd: plan.cwd,
      env: plan.env,
      stdio: ['ignore', output, output],
      // A group of its own: Elasticsearch's launcher has a child, and Ctrl-C in a terminal must not reach the servers first.
      detached: true,
      ...(plan.account && { uid: plan.account.uid, gid: plan.account.gid }),
    });
    const exited = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(`cannot be started: ${reasonOf(error)}`));
      child.once('exit', (code, by) => resolve(by === null ? `ended with code ${code}` : `was ended by ${by}`));
    });
    const server: Server = { plan, child, startedAtMs: performance.now(), exited };
    this.#servers.set(plan.name, server);
    exited.then((how) => this.#onExit(server, how)).catch((error) => this.#ended(reasonOf(error)));
  }

  async #onExit(server: Server, how: string): Promise<void> {
    if (this.#stopping !== undefined) return;
    // Whatever the launcher leaves of its group would hold the port and the data.
    if (server.child.pid !== undefined) signal(-server.child.pid, 'SIGKILL');
    if (performance.now() - server.startedAtMs < this.#timing.settledMs) {
      this.#ended(`${server.plan.name} ${how}`);
      return;
    }
    await sleep(this.#timing.restartDelayMs);
    if (this.#stopping !== undefined) return;
    await this.#spawn(server.plan);
    await this.#publish();
  }

  async #publish(): Promise<StackState> {
    const self = await nameProcess(process.pid);
    const servers: ServerState[] = [];
    for (const { plan, child } of this.#servers.values()) {
      const name = child.pid === undefined ? undefined : await nameProcess(child.pid);
      servers.push({
        name: plan.name,
        how: plan.how,
        url: plan.url,
        process: name ?? { pid: child.pid ?? 0, startedAt: '' },
        ...(plan.clusterName !== undefined && { clusterName: plan.clusterName }),
        ...(plan.containerName !== undefined && { containerName: plan.containerName }),
      });
    }
    const { dataDir, persistent } = this.#order;
    const supervisor = self ?? { pid: process.pid, startedAt: '' };
    const state: StackState = { v: 1, persistent, startedAt: this.#startedAt, supervisor, servers };
    await writeState(dataDir, state);
    return state;
  }
}

async function endServer({ plan, child, exited }: Server, deadlineMs: number): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  if (child.exitCode === null && child.signalCode === null) {
    signal(pid, 'SIGTERM');
    await Promise.race([exited, sleep(deadlineMs, undefined, { ref: false })]);
  }
  // The launcher may be gone before the server it launched.
  await waitUntil(() => !signal(-pid, 0), deadlineMs / 3);
  signal(-pid, 'SIGKILL');
  // Nobody ignores that, but the system takes a moment: ended means gone.
  await Promise.race([exited, sleep(deadlineMs, undefined, { ref: false })]);
  if (plan.containerName !== undefined) {
    await runCommand(plan.command, ['rm', '--force', plan.containerName], { env: plan.env });
  }
}
