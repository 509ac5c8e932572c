import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** docker-compose.yml with the fixture sites, as a project of its own. */
export interface ComposeStack extends AsyncDisposable {
  readonly project: string;
  /** Runs docker compose for the project and returns what it wrote. */
  compose(...args: string[]): Promise<string>;
  docker(...args: string[]): Promise<string>;
  /** Runs a script of the repository with the project's environment. */
  script(path: string, ...args: string[]): Promise<string>;
  /** `docker compose run --rm newsmill …`. */
  newsmill(...args: string[]): Promise<string>;
  secret(name: string): Promise<string>;
  /** Ids of a service's containers. */
  containersOf(service: string): Promise<string[]>;
}

/** Small, and quick to start: what a test needs of Elasticsearch, and short locks so that a dead worker's jobs come back soon. */
const override = `
services:
  elasticsearch:
    environment: { ES_JAVA_OPTS: "-Xms400m -Xmx400m -XX:TieredStopAtLevel=1" }
`;

/** A project without containers; its secrets are made by `newsmill setup` in its own image. */
export async function createComposeStack(): Promise<ComposeStack> {
  const folder = await mkdtemp(join(tmpdir(), 'newsmill-compose-'));
  const project = `newsmill-test-${randomBytes(3).toString('hex')}`;
  const overrideFile = join(folder, 'override.yaml');
  const secrets = join(folder, 'secrets');
  await writeFile(overrideFile, override);
  const environment = {
    ...process.env,
    COMPOSE_PROJECT_NAME: project,
    COMPOSE_FILE: ['docker-compose.yml', 'infra/docker/compose.sites.yaml', overrideFile].join(':'),
    COMPOSE_PROGRESS: 'quiet',
    SECRETS_DIR: secrets,
    NEWSMILL_TAG: 'test',
    // A free one.
    API_PORT: '0',
    PROMETHEUS_PORT: '0',
    QUEUE_LOCK_MS: '3000',
    CRAWLER_CPUS: '1',
  };
  const call = async (command: string, args: readonly string[]): Promise<string> => {
    try {
      const options = { cwd: root, env: environment, maxBuffer: 50_000_000, timeout: 590_000 };
      return (await run(command, args, options)).stdout.trim();
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      const said = `${stdout}\n${stderr}`.trim().slice(-4_000);
      throw new Error(`${command} ${args.join(' ')}: ${said || String(error)}`, { cause: error });
    }
  };
  const compose = (...args: string[]) => call('docker', ['compose', ...args]);
  const user = `${process.getuid?.() ?? 1000}:${process.getgid?.() ?? 1000}`;
  return {
    project,
    compose: async (...args) => {
      // The folder must be there before Docker could make it, as root.
      if (args.includes('setup')) await run('mkdir', ['-p', secrets]);
      return compose(...args.flatMap((word) => (word === 'setup' ? ['--user', user, 'setup'] : [word])));
    },
    docker: (...args) => call('docker', args),
    script: (path, ...args) => call(path, args),
    newsmill: (...args) => compose('run', '--rm', '-T', 'newsmill', ...args),
    secret: async (name) => (await readFile(join(secrets, name), 'utf8')).trim(),
    containersOf: async (service) =>
      (await compose('ps', '--all', '--quiet', service)).split('\n').filter((id) => id !== ''),
    async [Symbol.asyncDispose]() {
      await compose('--profile', '*', 'down', '--volumes', '--remove-orphans', '--timeout', '1');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
