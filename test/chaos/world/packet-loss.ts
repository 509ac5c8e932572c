import { execFileSync } from 'node:child_process';

export interface PacketLoss extends Disposable {
  /** Packets lost so far. */
  readonly lost: number;
}

const iptables = (...given: string[]): string =>
  execFileSync('iptables', ['-w', ...given], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/**
 * Loses a share of the packets to and from a port on loopback, as the kernel's own: TCP sends them again, late.
 * Undefined where this user, or this kernel, may not.
 */
export function losePackets(port: number, share: number): PacketLoss | undefined {
  const rules = ['--sport', '--dport'].map((side) => [
    ...['INPUT', '-i', 'lo', '-p', 'tcp', side, String(port)],
    ...['-m', 'statistic', '--mode', 'random', '--probability', String(share), '-j', 'DROP'],
  ]);
  const made: string[][] = [];
  const undo = (): void => {
    for (const rule of made.splice(0)) iptables('-D', ...rule);
    process.off('exit', undo);
  };
  process.once('exit', undo);
  try {
    for (const rule of rules) {
      iptables('-A', ...rule);
      made.push(rule);
    }
  } catch {
    undo();
    return undefined;
  }
  return {
    get lost() {
      const lines = iptables('-L', 'INPUT', '-v', '-x', '-n').split('\n');
      const ours = lines.filter((line) => new RegExp(`\\b[sd]pt:${port}\\b`).test(line));
      return ours.reduce((sum, line) => sum + Number(/^\s*(\d+)/.exec(line)?.[1]), 0);
    },
    [Symbol.dispose]: undo,
  };
}
