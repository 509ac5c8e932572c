import type { LocalConfig } from './config.ts';
import type { RedisOptions } from './redis.ts';

export type StackOptions = {
  /** Everything this stack writes lies here. As root, a folder whose parents others may enter. */
  dataDir: string;
  /** Where fetched servers are kept; default from the environment (config.ts). */
  cacheDir?: string;
  /** Servers that exist already; one that is named is not started. Credentials in the URL are used. */
  redisUrl?: string;
  elasticsearchUrl?: string;
  /** Ports on loopback; free ones unless given. */
  redisPort?: number;
  elasticsearchPort?: number;
  /** How often Redis forces its file to disk; `always` unless given. */
  appendFsync?: RedisOptions['appendFsync'];
  /** Told in a few words what is going on, for people. */
  onProgress?: (message: string) => void;
  /** Whether the servers outlive this process (`newsmill up`); they end with it unless set. */
  persistent?: boolean;
  /** The environment, read once; default `readLocalConfig()`. */
  config?: LocalConfig;
};

export type Stack = AsyncDisposable & {
  redisUrl: string;
  elasticsearchUrl: string;
  /** Where each server comes from, for people: `Redis 7.0.15 (/usr/bin/redis-server)`. */
  redisHow: string;
  elasticsearchHow: string;
  /** The processes that run for it, the supervisor first; empty if nothing was started here. */
  pids: number[];
  /** Whether this call started the servers; a stack that was found is not stopped by `stop`. */
  started: boolean;
  /** Whether the servers outlive the process that started them. One that was found may be another's and end with it. */
  persistent: boolean;
  /** Ends what this call started and waits for it. Safe to call more than once. */
  stop: () => Promise<void>;
};
