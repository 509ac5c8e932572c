import { spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { runCommand } from '../local/src/run-command.ts';

const families = ['iptables', 'ip6tables'] as const;
const forwarding = ['/proc/sys/net/ipv4/ip_forward', '/proc/sys/net/ipv6/conf/all/forwarding'];

/** What an Engine changes of a machine's network and does not put back when it ends. */
export interface NetworkState {
  readonly rules: ReadonlyMap<string, string>;
  readonly switches: ReadonlyMap<string, string>;
  readonly links: ReadonlySet<string>;
}

/** @param env with a PATH that has iptables */
export async function readNetworkState(env: NodeJS.ProcessEnv): Promise<NetworkState> {
  const rules = new Map<string, string>();
  for (const family of families) rules.set(family, await savedRules(family, env));
  const switches = new Map<string, string>();
  for (const file of forwarding) {
    const value = await readFile(file, 'utf8').catch(() => undefined);
    if (value !== undefined) switches.set(file, value);
  }
  return { rules, switches, links: new Set(await bridges()) };
}

/** Puts rules and forwarding back as they were, and removes bridges that are new. */
export async function restoreNetworkState(before: NetworkState, env: NodeJS.ProcessEnv): Promise<void> {
  for (const family of families) {
    const then = before.rules.get(family) ?? '';
    // A table that was not there is not named in `then`, so a restore would leave it: it is emptied instead.
    const added = tablesIn(await savedRules(family, env)).filter((table) => !tablesIn(then).includes(table));
    await restoreRules(family, `${then}${added.map(emptyTable).join('')}`, env);
  }
  for (const [file, value] of before.switches) await writeFile(file, value).catch(() => undefined);
  for (const link of await bridges()) {
    if (!before.links.has(link)) await runCommand('ip', ['link', 'delete', link], { env });
  }
}

/** Names of the tables in what `iptables-save` wrote. Pure. */
export function tablesIn(saved: string): string[] {
  return [...saved.matchAll(/^\*(\w+)$/gm)].map((match) => match[1] ?? '');
}

const builtIn: Record<string, string[]> = {
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  raw: ['PREROUTING', 'OUTPUT'],
  security: ['INPUT', 'FORWARD', 'OUTPUT'],
};

/** A table without rules, as `iptables-restore` takes it. Pure. */
export function emptyTable(table: string): string {
  return `*${table}\n${(builtIn[table] ?? []).map((chain) => `:${chain} ACCEPT [0:0]\n`).join('')}COMMIT\n`;
}

async function savedRules(family: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { code, stdout } = await runCommand(`${family}-save`, [], { env });
  return code === 0 ? stdout : '';
}

function restoreRules(family: string, rules: string, env: NodeJS.ProcessEnv): Promise<void> {
  if (rules === '') return Promise.resolve();
  return new Promise((resolve) => {
    const restore = spawn(`${family}-restore`, [], { env, stdio: ['pipe', 'ignore', 'inherit'] });
    restore.once('error', () => resolve());
    restore.once('close', () => resolve());
    restore.stdin.end(rules);
  });
}

/** Docker's bridges: `docker0`, and `br-<id>` of each network. */
async function bridges(): Promise<string[]> {
  const all = await readdir('/sys/class/net').catch(() => Object.keys(networkInterfaces()));
  return all.filter((name) => name === 'docker0' || /^br-[0-9a-f]{12}$/.test(name));
}
