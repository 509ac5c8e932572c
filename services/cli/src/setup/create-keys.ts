import { UsageError } from '@newsmill/contracts';
import { createElasticsearchClient } from '@newsmill/search-index';
import { type ElasticsearchKey, elasticsearchKeys, keyRole } from './elasticsearch-users.ts';
import type { SecretsFolder } from './secrets-folder.ts';

export interface KeysOptions {
  readonly url: string;
  readonly prefix: string;
}

/**
 * Has Elasticsearch make those API keys that are missing or that it no longer takes (its data may be new), and writes them into
 * their files; the rights of the others are brought up to date. Returns the names of those that are new.
 */
export async function createKeys(folder: SecretsFolder, { url, prefix }: KeysOptions): Promise<ElasticsearchKey[]> {
  const owner = await folder.read('elasticsearch-owner');
  if (owner === undefined) {
    throw new UsageError(`${folder.path}/elasticsearch-owner is missing: run \`newsmill setup files\` first`);
  }
  const address = new URL(url);
  address.username = 'newsmill-owner';
  address.password = owner;
  const client = createElasticsearchClient({ url: address.href });
  const made: ElasticsearchKey[] = [];
  try {
    for (const key of elasticsearchKeys) {
      const rights = { role_descriptors: { [`newsmill_${key}`]: keyRole(key, prefix) } as never };
      const known = await folder.read(`elasticsearch-key-${key}`);
      if (known !== undefined && (await isTaken(url, known))) {
        // What this version needs may be more or less than what the one that made the key did.
        const [id = ''] = Buffer.from(known, 'base64').toString().split(':');
        await client.security.updateApiKey({ id, ...rights });
        continue;
      }
      const metadata = { made_by: 'newsmill setup keys' };
      const answer = await client.security.createApiKey({ name: `newsmill-${key}`, ...rights, metadata });
      await folder.fill(`elasticsearch-key-${key}`, answer.encoded);
      made.push(key);
    }
  } finally {
    await client.close();
  }
  return made;
}

/** Whether Elasticsearch lets this key in. */
async function isTaken(url: string, apiKey: string): Promise<boolean> {
  const client = createElasticsearchClient({ url, apiKey });
  try {
    const { statusCode } = await client.security.authenticate({}, { meta: true, ignore: [401] });
    return statusCode === 200;
  } finally {
    await client.close();
  }
}
