import { join } from 'node:path';

/** What the local stack takes from the environment. Read once, passed on as a value. */
export type LocalConfig = {
  /** Where fetched servers are kept: version-pinned, shared by all data folders. */
  cacheDir: string;
  /** Where `newsmill up` keeps its data unless told otherwise. */
  dataDir: string;
  /** PATH, split. */
  path: string[];
  javaHome?: string;
  elasticsearchHome?: string;
  /** Base URL of another Maven repository than the central one, ending in a slash. */
  mavenRepository?: string;
  redisImage: string;
  elasticsearchImage: string;
  /** Java heap of Elasticsearch, as the JVM writes it (`512m`). */
  elasticsearchHeap: string;
  /** Elasticsearch refuses to run as root and root's home is closed to others, so root needs other places. */
  isRoot: boolean;
  /** What a Docker client needs of the environment to find its Engine and context. */
  dockerEnvironment: Record<string, string>;
};

const DOCKER_VARIABLES = ['PATH', 'HOME', 'DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_CONFIG', 'XDG_RUNTIME_DIR'];

/**
 * Reads the environment. Variables: NEWSMILL_CACHE_DIR, NEWSMILL_DATA_DIR, NEWSMILL_MAVEN_REPOSITORY,
 * NEWSMILL_REDIS_IMAGE, NEWSMILL_ELASTICSEARCH_IMAGE, NEWSMILL_ELASTICSEARCH_HEAP, JAVA_HOME, ES_HOME and the XDG folders
 * (https://specifications.freedesktop.org/basedir-spec/latest/).
 */
export function readLocalConfig(env: NodeJS.ProcessEnv = process.env, isRoot = process.getuid?.() === 0): LocalConfig {
  const home = env.HOME || '/';
  const xdgCache = env.XDG_CACHE_HOME || join(home, '.cache');
  const xdgData = env.XDG_DATA_HOME || join(home, '.local', 'share');
  const config: LocalConfig = {
    cacheDir: env.NEWSMILL_CACHE_DIR || (isRoot ? '/var/cache/newsmill' : join(xdgCache, 'newsmill')),
    dataDir: env.NEWSMILL_DATA_DIR || (isRoot ? '/var/lib/newsmill' : join(xdgData, 'newsmill')),
    path: (env.PATH ?? '').split(':').filter((entry) => entry !== ''),
    redisImage: env.NEWSMILL_REDIS_IMAGE || 'redis:8',
    elasticsearchImage: env.NEWSMILL_ELASTICSEARCH_IMAGE || 'elasticsearch:9.5.0',
    elasticsearchHeap: env.NEWSMILL_ELASTICSEARCH_HEAP || '512m',
    isRoot,
    dockerEnvironment: pick(env, DOCKER_VARIABLES),
  };
  if (env.JAVA_HOME) config.javaHome = env.JAVA_HOME;
  if (env.ES_HOME) config.elasticsearchHome = env.ES_HOME;
  const repository = env.NEWSMILL_MAVEN_REPOSITORY;
  if (repository) config.mavenRepository = repository.endsWith('/') ? repository : `${repository}/`;
  return config;
}

function pick(env: NodeJS.ProcessEnv, names: string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}
