import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { readLocalConfig, startStack } from '../../infra/local/src/index.ts';

declare module 'vitest' {
  /** What tests get with `inject('redisUrl')` and `inject('elasticsearchUrl')`. */
  export interface ProvidedContext {
    redisUrl: string;
    elasticsearchUrl: string;
  }
}

type Running = { redisUrl: string; elasticsearchUrl: string; end: () => Promise<void> };
type Shared = { users: number; stack: Promise<Running> };

/** Several vitest projects name this file and each gets its own copy of the module: what they share lies outside of it. */
const SHARED = Symbol.for('newsmill.test-stack');
const place = globalThis as { [SHARED]?: Shared };

/**
 * Vitest's global setup for tests against real servers: one Redis and one Elasticsearch for the whole run, in a temporary
 * folder that is removed at the end. NEWSMILL_TEST_REDIS_URL and NEWSMILL_TEST_ELASTICSEARCH_URL name running ones instead;
 * tests must then share them with others, so they use names of their own for keys and indices.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  place[SHARED] ??= { users: 0, stack: begin() };
  const shared = place[SHARED];
  shared.users++;
  const { redisUrl, elasticsearchUrl } = await shared.stack;
  project.provide('redisUrl', redisUrl);
  project.provide('elasticsearchUrl', elasticsearchUrl);
  return async () => {
    shared.users--;
    if (shared.users > 0) return;
    delete place[SHARED];
    await (await shared.stack).end();
  };
}

async function begin(): Promise<Running> {
  const dataDir = await mkdtemp(join(tmpdir(), 'newsmill-test-'));
  // As root the servers run as another user, who must be able to enter.
  await chmod(dataDir, 0o755);
  const { NEWSMILL_TEST_REDIS_URL: redisUrl, NEWSMILL_TEST_ELASTICSEARCH_URL: elasticsearchUrl } = process.env;
  const remove = () => rm(dataDir, { recursive: true, force: true });
  try {
    const stack = await startStack({
      dataDir,
      // Hundreds of indices and documents of megabytes side by side: with half of it Elasticsearch is busy collecting garbage.
      config: readLocalConfig({ NEWSMILL_ELASTICSEARCH_HEAP: '1g', ...process.env }),
      ...(redisUrl && { redisUrl }),
      ...(elasticsearchUrl && { elasticsearchUrl }),
    });
    const end = async () => {
      await stack.stop();
      await remove();
    };
    return { redisUrl: stack.redisUrl, elasticsearchUrl: stack.elasticsearchUrl, end };
  } catch (error) {
    await remove();
    throw error;
  }
}
