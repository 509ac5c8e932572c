import { chmod } from 'node:fs/promises';
import { makeOwnedFolder } from './account.ts';
import type { LocalConfig } from './config.ts';
import { findOnPath, lastLines, runCommand } from './run-command.ts';
import type { PlanContext, ServerPlan } from './server-plan.ts';

/** The Docker client, if an Engine answers it quickly (a client without one is common, and some hang). */
export async function findDocker(path: string[]): Promise<string | undefined> {
  const docker = await findOnPath('docker', path);
  if (docker === undefined) return undefined;
  const { code, stdout } = await runCommand(docker, ['info', '--format', '{{.ServerVersion}}'], { timeoutMs: 3_000 });
  return code === 0 && /^\d+\./.test(stdout.trim()) ? docker : undefined;
}

export type ContainerSpec = {
  server: 'redis' | 'elasticsearch';
  image: string;
  /** The port inside. */
  innerPort: number;
  /** Folders of this machine and where they appear inside. */
  mounts: { from: string; to: string; readOnly?: boolean }[];
  environment: Record<string, string>;
  arguments: string[];
  /** The user inside: files it writes must stay removable by whoever started the stack. */
  user: string;
};

function containerNameOf(server: string, id: string): string {
  return `newsmill-${server}-${id}`;
}

/** `docker run` in the foreground: its client passes signals on, and the published port is loopback's only. Pure. */
export function dockerRunArguments(spec: ContainerSpec, context: Pick<PlanContext, 'id' | 'port'>): string[] {
  return [
    'run',
    '--rm',
    '--init',
    ...['--name', containerNameOf(spec.server, context.id)],
    ...['--publish', `127.0.0.1:${context.port}:${spec.innerPort}`],
    ...['--user', spec.user],
    ...spec.mounts.flatMap((mount) => [
      '--mount',
      `type=bind,source=${mount.from},target=${mount.to}${mount.readOnly ? ',readonly' : ''}`,
    ]),
    ...Object.entries(spec.environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    spec.image,
    ...spec.arguments,
  ];
}

/** The user inside a container: the caller, or for root the image's own uid 1000. */
export function containerUser(isRoot: boolean, uid: number, gid: number): { uid: number; gid: number } {
  return isRoot ? { uid: 1000, gid: 0 } : { uid, gid };
}

/** A plan that runs `spec` in Docker, after making sure that the image is there. */
export async function planContainer(
  docker: string,
  spec: Omit<ContainerSpec, 'user'>,
  context: PlanContext,
  config: LocalConfig,
  how: string,
  url: string,
): Promise<ServerPlan> {
  await requireImage(docker, spec.image, context.onProgress);
  const user = containerUser(config.isRoot, process.getuid?.() ?? 1000, process.getgid?.() ?? 0);
  for (const mount of spec.mounts.filter(({ readOnly }) => readOnly !== true)) {
    await makeOwnedFolder(mount.from, config.isRoot ? user : undefined);
    if (!config.isRoot) await chmod(mount.from, 0o755);
  }
  const containerName = containerNameOf(spec.server, context.id);
  // A container that a crash left behind would hold the name.
  await runCommand(docker, ['rm', '--force', containerName]);
  return {
    name: spec.server,
    how,
    url,
    command: docker,
    args: dockerRunArguments({ ...spec, user: `${user.uid}:${user.gid}` }, context),
    env: config.dockerEnvironment,
    cwd: context.dataDir,
    logFile: `${context.dataDir}/logs/${spec.server}.out`,
    containerName,
  };
}

async function requireImage(docker: string, image: string, onProgress: (message: string) => void): Promise<void> {
  const present = await runCommand(docker, ['image', 'inspect', '--format', '{{.Id}}', image]);
  if (present.code === 0) return;
  onProgress(`pulling the Docker image ${image}`);
  const pulled = await runCommand(docker, ['pull', '--quiet', image], { timeoutMs: 600_000 });
  if (pulled.code !== 0) throw new Error(`the image ${image} cannot be pulled: ${lastLines(pulled.stderr, 1)}`);
}
