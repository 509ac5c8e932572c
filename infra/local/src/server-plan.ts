import type { Account } from './account.ts';

/** One server, ready to be spawned: everything the supervisor needs, as plain data. */
export type ServerPlan = {
  name: 'redis' | 'elasticsearch';
  /** Where the server comes from, for people: `Redis 7.0.15 (/usr/bin/redis-server)`. */
  how: string;
  url: string;
  command: string;
  args: string[];
  env: Record<string, string>;
  cwd: string;
  account?: Account;
  /** Receives stdout and stderr. */
  logFile: string;
  /** Elasticsearch tells it, so that another server on the same port is not mistaken for ours. */
  clusterName?: string;
  /** A Docker container outlives its client, so it is removed by name once more. */
  containerName?: string;
};

/** What a planner needs to know of the stack it plans for. */
export type PlanContext = {
  /** The stack's folder; the server's own is `<dataDir>/<name>`, its output `<dataDir>/logs/<name>.out`. */
  dataDir: string;
  port: number;
  /** Distinguishes the containers and clusters of different data folders. */
  id: string;
  account: Account | undefined;
  onProgress: (message: string) => void;
};

/** One way to get a server. `plan` returns undefined when this way does not exist here, and throws when it fails. */
export type Source = {
  name: string;
  plan: (context: PlanContext) => Promise<ServerPlan | undefined>;
};
