/** A place where a process kills itself, as by SIGKILL from outside: no `finally`, no goodbye. */
export interface CrashPoint {
  /** As the composition roots name their ports: archive, frontier, queue, index, versions, clusters. */
  readonly port: string;
  readonly method: string;
  /** `before` the call, or `after` its answer has come and before anybody hears of it. */
  readonly when: 'before' | 'after';
  /** At which call, 1 for the first. */
  readonly at: number;
  /** Counts only calls whose first arguments, as JSON, contain this. */
  readonly with?: string;
}

/** Wraps the ports of a composition root so that the process dies at the point. */
export function crashingAt(point: CrashPoint, die: () => void) {
  let calls = 0;
  return <Port extends object>(name: string, port: Port): Port => {
    if (name !== point.port) return port;
    return new Proxy(port, {
      get(target, key, receiver) {
        const value: unknown = Reflect.get(target, key, receiver);
        if (typeof value !== 'function') return value;
        if (key !== point.method) return value.bind(target) as unknown;
        return async (...given: unknown[]) => {
          const matches = point.with === undefined || JSON.stringify(given.slice(0, 3)).includes(point.with);
          if (matches) calls += 1;
          const now = matches && calls === point.at;
          if (now && point.when === 'before') die();
          const answer: unknown = await (value as (...args: unknown[]) => unknown).apply(target, given);
          if (now && point.when === 'after') die();
          return answer;
        };
      },
    });
  };
}
