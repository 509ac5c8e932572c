import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Account, firstClosedFolder, isReadable } from './account.ts';
import type { LocalConfig } from './config.ts';
import { findOnPath, runCommand } from './run-command.ts';
import { javaMajorOf } from './version.ts';

/** Elasticsearch 9.x runs on nothing older. */
export const JAVA_MINIMUM = 21;

export type Jvm = { home: string; major: number; javac: boolean };

/** What the search for a JVM asks of the machine; tests hand in their own. */
export type JavaProbes = {
  /** Installed JVMs, unordered. */
  installedHomes: () => Promise<string[]>;
  /** The home of the `java` on PATH. */
  homeOnPath: () => Promise<string | undefined>;
  /** Looks at a home; undefined if there is no Java that works. */
  inspect: (home: string) => Promise<Jvm | undefined>;
};

export type JavaSearch = { found?: Jvm; refused: string[] };

/**
 * The JVM to run Elasticsearch with: `JAVA_HOME`, else the newest installed one of at least version 21, else `java` on
 * PATH. What was seen and not taken is told, since "no Java" beside an old Java would puzzle.
 */
export async function findJava(javaHome: string | undefined, probes: JavaProbes): Promise<JavaSearch> {
  const refused: string[] = [];
  const consider = async (home: string): Promise<Jvm | undefined> => {
    const jvm = await probes.inspect(home);
    if (jvm === undefined) {
      refused.push(`${home}: no usable Java`);
      return undefined;
    }
    if (jvm.major >= JAVA_MINIMUM) return jvm;
    refused.push(`${home}: Java ${jvm.major}, ${JAVA_MINIMUM} or newer is needed`);
    return undefined;
  };
  if (javaHome !== undefined) {
    const jvm = await consider(javaHome);
    if (jvm !== undefined) return { found: jvm, refused };
  }
  const installed: Jvm[] = [];
  for (const home of await probes.installedHomes()) {
    const jvm = await consider(home);
    if (jvm !== undefined) installed.push(jvm);
  }
  // A JDK before a JRE of the same age: it can build the plugin without fetching a compiler.
  installed.sort((a, b) => b.major - a.major || Number(b.javac) - Number(a.javac));
  if (installed[0] !== undefined) return { found: installed[0], refused };
  const onPath = await probes.homeOnPath();
  const jvm = onPath === undefined ? undefined : await consider(onPath);
  return jvm === undefined ? { refused } : { found: jvm, refused };
}

/** The probes of the real machine. */
export function javaProbes(config: LocalConfig, account: Account | undefined): JavaProbes {
  return {
    installedHomes: async () => [...(await listFolders('/usr/lib/jvm')), ...(await macHomes())],
    homeOnPath: async () => {
      const java = await findOnPath('java', config.path);
      return java === undefined ? undefined : dirname(dirname(await realpath(java)));
    },
    inspect: (home) => inspectHome(home, account),
  };
}

export async function inspectHome(home: string, account: Account | undefined): Promise<Jvm | undefined> {
  const java = join(home, 'bin', 'java');
  if (!(await isReadable(java))) return undefined;
  if (account !== undefined && (await firstClosedFolder(dirname(await realpath(java)))) !== undefined) return undefined;
  const release = await readFile(join(home, 'release'), 'utf8').catch(() => '');
  let major = javaMajorOf(release);
  if (major === undefined) {
    const { stderr } = await runCommand(java, ['-version']);
    major = javaMajorOf(stderr);
  }
  if (major === undefined) return undefined;
  return { home, major, javac: await isReadable(join(home, 'bin', 'javac')) };
}

async function listFolders(parent: string): Promise<string[]> {
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(parent, entry.name));
}

/** macOS keeps a register of its JVMs. */
async function macHomes(): Promise<string[]> {
  if (process.platform !== 'darwin') return [];
  const { code, stdout } = await runCommand('/usr/libexec/java_home', ['-v', `${JAVA_MINIMUM}+`], { timeoutMs: 5_000 });
  return code === 0 ? [stdout.trim()] : [];
}
