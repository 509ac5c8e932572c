import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isReadable, makeOwnedFolder } from './account.ts';
import { ELASTICSEARCH } from './artifacts.ts';
import type { LocalConfig } from './config.ts';
import { findDocker, planContainer } from './docker.ts';
import { fetchElasticsearch } from './elasticsearch-fetch.ts';
import type { Jvm } from './java.ts';
import { requireJava } from './java-fetch.ts';
import { exists } from './maven.ts';
import type { PlanContext, ServerPlan, Source } from './server-plan.ts';
import { elasticsearchVersionOf } from './version.ts';

const CONFIG_SOURCE = join(import.meta.dirname, '..', '..', 'elasticsearch', 'config');

/** An unpacked Elasticsearch. `jvm` is absent where it brings its own. */
type Installation = { home: string; version: string; jvm?: Jvm; bare: boolean };

/** The ways to an Elasticsearch 9.x, best first. */
export function elasticsearchSources(config: LocalConfig): Source[] {
  return [
    {
      name: 'Elasticsearch 9.x in ES_HOME or /usr/share/elasticsearch',
      plan: async (context) => {
        const installed = await findInstalled(config, context);
        return installed && planInstallation(installed, config, context);
      },
    },
    {
      name: `Docker image ${config.elasticsearchImage}`,
      plan: async (context) => {
        const docker = await findDocker(config.path);
        return docker === undefined ? undefined : planDocker(docker, config, context);
      },
    },
    {
      name: `Maven artifact ${ELASTICSEARCH.groupId} ${ELASTICSEARCH.version}`,
      plan: async (context) => {
        const jvm = await requireJava(config, context.account, context.onProgress);
        const home = await fetchElasticsearch(jvm, config, context.onProgress);
        return planInstallation({ home, version: ELASTICSEARCH.version, jvm, bare: true }, config, context);
      },
    },
  ];
}

async function findInstalled(config: LocalConfig, context: PlanContext): Promise<Installation | undefined> {
  for (const home of [config.elasticsearchHome, '/usr/share/elasticsearch']) {
    if (home === undefined) continue;
    const version = elasticsearchVersionOf(await readdir(join(home, 'lib')).catch(() => []));
    if (version === undefined) continue;
    if (!version.startsWith('9.')) throw new Error(`${home} holds ${version}, 9.x is needed`);
    if (!(await hasModule(home, 'analysis-common'))) throw new Error(`${home} lacks the module analysis-common`);
    if (await isReadable(join(home, 'jdk', 'bin', 'java'))) return { home, version, bare: false };
    return { home, version, jvm: await requireJava(config, context.account, context.onProgress), bare: false };
  }
  return undefined;
}

/** Writes the configuration and tells how to start. The folder layout: config, data, logs and tmp below `elasticsearch`. */
async function planInstallation(
  { home, version, jvm, bare }: Installation,
  config: LocalConfig,
  context: PlanContext,
): Promise<ServerPlan> {
  const top = join(context.dataDir, 'elasticsearch');
  const [conf, data, logs, tmp] = ['config', 'data', 'logs', 'tmp'].map((name) => join(top, name)) as [
    string,
    string,
    string,
    string,
  ];
  for (const folder of [top, conf, join(conf, 'jvm.options.d'), data, logs, tmp]) {
    await makeOwnedFolder(folder, context.account);
  }
  const clusterName = `newsmill-${context.id}`;
  const settings = [
    await readFile(join(CONFIG_SOURCE, 'elasticsearch.yml'), 'utf8'),
    `cluster.name: ${clusterName}`,
    'node.name: local',
    `http.port: ${context.port}`,
    `path.data: ${JSON.stringify(data)}`,
    `path.logs: ${JSON.stringify(logs)}`,
    // Native processes and downloads that nothing here needs; a server without the module does not know its setting.
    ...((await hasModule(home, 'x-pack-ml')) ? ['xpack.ml.enabled: false'] : []),
    ...((await hasModule(home, 'ingest-geoip')) ? ['ingest.geoip.downloader.enabled: false'] : []),
  ];
  await writeFile(join(conf, 'elasticsearch.yml'), `${settings.join('\n')}\n`);
  await copyFile(join(CONFIG_SOURCE, 'log4j2.properties'), join(conf, 'log4j2.properties'));
  await copyFile(await jvmOptionsFor(home, bare), join(conf, 'jvm.options'));
  const heap = `-Xms${config.elasticsearchHeap}\n-Xmx${config.elasticsearchHeap}\n`;
  const quick = bare ? '' : '-XX:TieredStopAtLevel=1\n';
  await writeFile(join(conf, 'jvm.options.d', 'newsmill.options'), `${heap}${quick}`);
  return {
    name: 'elasticsearch',
    how: `Elasticsearch ${version} (${home}${jvm === undefined ? '' : `, Java ${jvm.major}`})`,
    url: `http://127.0.0.1:${context.port}`,
    command: join(home, 'bin', 'elasticsearch'),
    args: [],
    env: {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      ES_PATH_CONF: conf,
      ES_TMPDIR: tmp,
      HOME: tmp,
      LANG: 'C.UTF-8',
      ...(jvm !== undefined && { ES_JAVA_HOME: jvm.home }),
    },
    cwd: top,
    ...(context.account !== undefined && { account: context.account }),
    logFile: join(context.dataDir, 'logs', 'elasticsearch.out'),
    clusterName,
  };
}

function hasModule(home: string, name: string): Promise<boolean> {
  return exists(join(home, 'modules', name));
}

/** A complete distribution's own options fit it best; the bare one's are ours, without the garbage collector's logs. */
async function jvmOptionsFor(home: string, bare: boolean): Promise<string> {
  if (!bare) {
    for (const file of [join(home, 'config', 'jvm.options'), '/etc/elasticsearch/jvm.options']) {
      if (await isReadable(file)) return file;
    }
  }
  return join(CONFIG_SOURCE, 'jvm.options');
}

function planDocker(docker: string, config: LocalConfig, context: PlanContext): Promise<ServerPlan> {
  const clusterName = `newsmill-${context.id}`;
  const heap = config.elasticsearchHeap;
  return planContainer(
    docker,
    {
      server: 'elasticsearch',
      image: config.elasticsearchImage,
      innerPort: 9200,
      mounts: [{ from: join(context.dataDir, 'elasticsearch'), to: '/usr/share/elasticsearch/data' }],
      environment: {
        'cluster.name': clusterName,
        'discovery.type': 'single-node',
        'xpack.security.enabled': 'false',
        'xpack.ml.enabled': 'false',
        'ingest.geoip.downloader.enabled': 'false',
        'cluster.routing.allocation.disk.threshold_enabled': 'false',
        ES_JAVA_OPTS: `-Xms${heap} -Xmx${heap} -XX:TieredStopAtLevel=1`,
      },
      arguments: [],
    },
    context,
    config,
    `Elasticsearch (Docker image ${config.elasticsearchImage})`,
    `http://127.0.0.1:${context.port}`,
  ).then((plan) => ({ ...plan, clusterName }));
}
