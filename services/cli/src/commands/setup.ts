import { UsageError } from '@newsmill/contracts';
import type { CliConfig } from '../config.ts';
import type { Output } from '../output.ts';
import { createKeys } from '../setup/create-keys.ts';
import { makeSecrets } from '../setup/make-secrets.ts';
import { openSecretsFolder } from '../setup/secrets-folder.ts';

export interface SetupFilesOptions {
  readonly redisHost: string;
  readonly elasticsearchHost: string;
  readonly alsoNamed?: readonly string[];
}

/** `newsmill setup files`: passwords, certificates and user files that are missing in the folder. */
export async function setupFiles(
  config: CliConfig,
  output: Output,
  path: string,
  { redisHost, elasticsearchHost, alsoNamed = [] }: SetupFilesOptions,
): Promise<void> {
  const folder = await openSecretsFolder(path);
  await makeSecrets(folder, {
    redisPrefix: config.REDIS_PREFIX,
    elasticsearchPrefix: config.ELASTICSEARCH_PREFIX ?? '',
    redisHost,
    elasticsearchHost,
    alsoNamed,
    now: new Date(),
  });
  output.out(folder.made.length === 0 ? `${path}: nothing was missing` : `${path}: made ${folder.made.join(', ')}`);
}

/** `newsmill setup keys`: has Elasticsearch make the API keys that are missing. */
export async function setupKeys(config: CliConfig, output: Output, path: string): Promise<void> {
  const url = config.ELASTICSEARCH_URL;
  if (url === undefined) throw new UsageError('ELASTICSEARCH_URL is not set: it says where the keys are to be made');
  const folder = await openSecretsFolder(path);
  const made = await createKeys(folder, { url, prefix: config.ELASTICSEARCH_PREFIX ?? '' });
  output.out(made.length === 0 ? 'all API keys are there' : `made API keys: ${made.join(', ')}`);
}
