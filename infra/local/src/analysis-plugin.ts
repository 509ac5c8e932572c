import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { JAVA_COMPILER } from './artifacts.ts';
import type { Jvm } from './java.ts';
import { exists, type FetchOptions, fetchArtifact, makeCacheFolder } from './maven.ts';
import { lastLines, runCommand } from './run-command.ts';
import { StackError } from './stack-error.ts';
import { writeZip } from './zip-write.ts';

/** The Java sources of the plugin that gives a bare Elasticsearch its analysis components. */
const PLUGIN_SOURCE = join(import.meta.dirname, '..', '..', 'elasticsearch', 'analysis-common');
const NAME = 'newsmill-analysis-common';
/** Elasticsearch 9.x runs on 21, so classes of that version run on whatever it runs on. */
const CLASS_VERSION = '21';

/** Names a build: another source or another Elasticsearch makes another plugin. */
export async function pluginKey(elasticsearchVersion: string, sourceDir = PLUGIN_SOURCE): Promise<string> {
  const hash = createHash('sha256').update(elasticsearchVersion);
  for (const name of (await readdir(sourceDir)).sort()) hash.update(name).update(await readFile(join(sourceDir, name)));
  return hash.digest('hex').slice(0, 12);
}

/**
 * Compiles the plugin and puts it into `<elasticsearchHome>/plugins`. With a JDK that takes about 2 s; with a JRE, Eclipse's
 * compiler is fetched first (3 MB).
 */
export async function installPlugin(
  elasticsearchHome: string,
  elasticsearchVersion: string,
  jvm: Jvm,
  options: FetchOptions,
): Promise<void> {
  const target = join(elasticsearchHome, 'plugins', NAME);
  if (await exists(target)) return;
  await makeCacheFolder(options.cacheDir);
  const work = await mkdtemp(join(options.cacheDir, '.plugin-'));
  try {
    options.onProgress?.('building the analysis plugin');
    const classes = join(work, 'classes');
    await compile(join(elasticsearchHome, 'lib', '*'), classes, jvm, options);
    const built = join(work, NAME);
    await mkdir(built);
    await writeFile(join(built, `${NAME}.jar`), await writeZip(classes));
    const descriptor = await readFile(join(PLUGIN_SOURCE, 'plugin-descriptor.properties'), 'utf8');
    const filled = descriptor.replace('@ELASTICSEARCH_VERSION@', elasticsearchVersion);
    await writeFile(join(built, 'plugin-descriptor.properties'), filled);
    await chmod(built, 0o755);
    for (const file of await readdir(built)) await chmod(join(built, file), 0o644);
    await rename(built, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function compile(classPath: string, classes: string, jvm: Jvm, options: FetchOptions): Promise<void> {
  const names = (await readdir(PLUGIN_SOURCE)).filter((name) => name.endsWith('.java'));
  // `--release` needs a JDK's record of older class libraries; with a JRE the compiler has only the running one to go by.
  const level = jvm.javac ? ['--release', CLASS_VERSION] : ['-source', CLASS_VERSION, '-target', CLASS_VERSION];
  const flags = [...level, '-nowarn', '-cp', classPath, '-d', classes];
  const sources = names.map((name) => join(PLUGIN_SOURCE, name));
  await mkdir(classes);
  const { command, args } = jvm.javac
    ? { command: join(jvm.home, 'bin', 'javac'), args: [] }
    : { command: join(jvm.home, 'bin', 'java'), args: ['-jar', await fetchArtifact(JAVA_COMPILER, options)] };
  const expanded = jvm.javac ? flags : await withoutWildcard(flags, classPath);
  const result = await runCommand(command, [...args, ...expanded, ...sources], { timeoutMs: 120_000 });
  if (result.code !== 0) {
    throw new StackError(
      `The analysis plugin does not compile with Java ${jvm.major} (${jvm.home}): ${lastLines(result.stderr || result.stdout, 12)}`,
      'set JAVA_HOME to a JDK of version 21 or newer, or ELASTICSEARCH_URL to a full Elasticsearch',
    );
  }
}

/** Eclipse's compiler wants the jars named one by one. */
async function withoutWildcard(flags: string[], classPath: string): Promise<string[]> {
  const folder = classPath.slice(0, -2);
  const jars = (await readdir(folder)).filter((name) => name.endsWith('.jar')).map((name) => join(folder, name));
  return flags.map((flag) => (flag === classPath ? jars.join(':') : flag));
}
