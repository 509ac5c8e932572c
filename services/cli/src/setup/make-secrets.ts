import { createHash, createPrivateKey, randomBytes } from 'node:crypto';
import { createAuthority, createServerCertificate } from './certificate.ts';
import { elasticsearchKeys, elasticsearchUserFiles } from './elasticsearch-users.ts';
import { redisAclFile, redisUsers } from './redis-users.ts';
import type { SecretsFolder } from './secrets-folder.ts';

const authorityName = 'newsmill servers';

export interface SecretsOptions {
  /** As REDIS_PREFIX and ELASTICSEARCH_PREFIX. */
  readonly redisPrefix: string;
  readonly elasticsearchPrefix: string;
  /** What clients call the servers: names for the certificates, hosts for the URLs. */
  readonly redisHost: string;
  readonly elasticsearchHost: string;
  /** More names and IPv4 addresses under which Elasticsearch or Redis are reached. */
  readonly alsoNamed: readonly string[];
  readonly now: Date;
}

/** 192 bits, in characters that need no escaping in URLs, shells and configuration files. */
const newSecret = (): string => randomBytes(24).toString('base64url');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Makes what is missing of the secrets that docker-compose.yml hands to its services. No password and no key that is there is
 * changed; the files that say what their users may do are brought up to date.
 */
export async function makeSecrets(folder: SecretsFolder, options: SecretsOptions): Promise<void> {
  await makeRedisSecrets(folder, options);
  await makeElasticsearchSecrets(folder, options);
  // Who operates through the API: the key is for people, its hash for the service.
  const apiKey = await folder.keep('api-operator-key', newSecret, 'own');
  await folder.keep('api-keys', () => `operator:${sha256(apiKey)}`);
  await folder.keep('grafana-password', newSecret);
  await folder.keep('s3-access-key', () => randomBytes(10).toString('hex'));
  await folder.keep('s3-secret-key', newSecret);
}

async function makeRedisSecrets(folder: SecretsFolder, { redisPrefix, redisHost }: SecretsOptions): Promise<void> {
  const passwords: Record<(typeof redisUsers)[number], string> = { workers: '', operator: '', reader: '', health: '' };
  for (const user of redisUsers) {
    const make = () => (user === 'health' ? newSecret() : `redis://${user}:${newSecret()}@${redisHost}:6379`);
    const kept = await folder.keep(`redis-${user}`, make);
    passwords[user] = user === 'health' ? kept : new URL(kept).password;
  }
  await folder.derive('redis-users.acl', redisAclFile(passwords, redisPrefix));
}

async function makeElasticsearchSecrets(folder: SecretsFolder, options: SecretsOptions): Promise<void> {
  const { redisHost, elasticsearchHost, elasticsearchPrefix, alsoNamed, now } = options;
  const names = [...new Set([elasticsearchHost, redisHost, 'localhost', '127.0.0.1', ...alsoNamed])];
  // Two files of one origin are made together: keys whose certificate is gone are of no use.
  const authority = await folder.read('ca.key');
  if (authority === undefined || (await folder.read('ca.crt')) === undefined) {
    const made = createAuthority(authorityName, names, now);
    await folder.keep('ca.key', () => made.key, 'own');
    await folder.keep('ca.crt', () => made.certificate);
  }
  if ((await folder.read('elasticsearch.crt')) === undefined) {
    const signer = createPrivateKey((await folder.read('ca.key')) ?? '');
    const { certificate, key } = createServerCertificate(signer, authorityName, names, now);
    await folder.keep('elasticsearch.crt', () => certificate);
    await folder.keep('elasticsearch.key', () => key);
  }
  const owner = await folder.keep('elasticsearch-owner', newSecret);
  const health = await folder.keep('elasticsearch-health', () => healthConfig(newSecret()));
  const password = /^user = "newsmill-health:(.*)"$/m.exec(health)?.[1] ?? '';
  const admin = await folder.keep('kibana-admin-password', newSecret, 'own');
  const kibanaSettings = await folder.keep('kibana.yml', () => kibanaConfig(elasticsearchHost, newSecret()));
  const kibana = /^elasticsearch\.password: (.*)$/m.exec(kibanaSettings)?.[1] ?? '';
  const files = elasticsearchUserFiles({ owner, health: password, kibana, admin }, elasticsearchPrefix);
  await folder.keep('elasticsearch-users', () => files.users);
  await folder.derive('elasticsearch-users-roles', files.usersRoles);
  await folder.derive('elasticsearch-roles.yml', files.roles);
  // Elasticsearch itself makes these (create-keys.ts); until then the files are there, so that they can be mounted.
  for (const key of elasticsearchKeys) await folder.keep(`elasticsearch-key-${key}`, () => '', 'filled-later');
}

/** For curl in Elasticsearch's own container: whose certificate to believe, and who asks. */
const healthConfig = (password: string): string =>
  `cacert = "/run/secrets/ca.crt"\nuser = "newsmill-health:${password}"\n`;

const kibanaConfig = (elasticsearchHost: string, password: string): string =>
  [
    'server.host: 0.0.0.0',
    `elasticsearch.hosts: ["https://${elasticsearchHost}:9200"]`,
    'elasticsearch.ssl.certificateAuthorities: /run/secrets/ca.crt',
    'elasticsearch.username: newsmill-kibana',
    `elasticsearch.password: ${password}`,
    `xpack.encryptedSavedObjects.encryptionKey: ${newSecret()}`,
    `xpack.security.encryptionKey: ${newSecret()}`,
    `xpack.reporting.encryptionKey: ${newSecret()}`,
    'telemetry.optIn: false',
    '',
  ].join('\n');
