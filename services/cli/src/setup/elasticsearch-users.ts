import { pbkdf2Sync, randomBytes } from 'node:crypto';

/** Names of the API keys, as settings and files have them. */
export const elasticsearchKeys = ['indexer', 'search', 'operator'] as const;
export type ElasticsearchKey = (typeof elasticsearchKeys)[number];

interface RoleDescriptor {
  readonly cluster: readonly string[];
  readonly indices: readonly { readonly names: readonly string[]; readonly privileges: readonly string[] }[];
}

/** All index names of newsmill behind the prefix: articles, their former states, and what is kept beside them. */
const namesOf = (prefix: string): string[] => ['article*', 'sites*', 'alert*'].map((name) => `${prefix}${name}`);

/** What each API key may do. A key never may more than its maker, whose rights are `ownerRole`. */
export function keyRole(key: ElasticsearchKey, prefix: string): RoleDescriptor {
  const indices = (...privileges: string[]) => [{ names: namesOf(prefix), privileges }];
  switch (key) {
    case 'indexer':
      // Creates its index and template, adds fields to the mapping, writes. Deletes nothing but through `manage` on its own.
      return { cluster: ['manage_index_templates'], indices: indices('read', 'write', 'manage') };
    case 'search':
      return { cluster: [], indices: indices('read', 'view_index_metadata') };
    case 'operator':
      return { cluster: ['manage_index_templates', 'monitor'], indices: indices('read', 'write', 'manage') };
  }
}

/** Elasticsearch's users in its files (https://www.elastic.co/docs/deploy-manage/users-roles/cluster-or-deployment-auth/file-based). */
export interface ElasticsearchUserFiles {
  readonly users: string;
  readonly usersRoles: string;
  readonly roles: string;
}

/**
 * None of them is a superuser: `newsmill-owner` makes the API keys, `newsmill-health` asks whether the node is well,
 * `newsmill-kibana` is Kibana itself, `newsmill-admin` who looks at the index with it. The built-in `elastic` gets no password,
 * so nobody can be it.
 */
export function elasticsearchUserFiles(
  passwords: Readonly<Record<'owner' | 'health' | 'kibana' | 'admin', string>>,
  prefix: string,
): ElasticsearchUserFiles {
  const names = JSON.stringify(namesOf(prefix));
  const users = Object.entries(passwords).map(([user, password]) => `newsmill-${user}:${pbkdf2Hash(password)}\n`);
  return {
    users: users.join(''),
    usersRoles: [
      'newsmill_owner:newsmill-owner,newsmill-admin',
      'newsmill_health:newsmill-health',
      'kibana_system:newsmill-kibana',
      'kibana_admin:newsmill-admin',
      '',
    ].join('\n'),
    roles: [
      'newsmill_owner:',
      '  cluster: [manage_own_api_key, manage_index_templates, monitor]',
      '  indices:',
      `    - names: ${names}`,
      '      privileges: [all]',
      'newsmill_health:',
      '  cluster: [monitor]',
      '',
    ].join('\n'),
  };
}

/** A password as Elasticsearch's own PBKDF2 hasher writes it: HMAC-SHA512, salt and key of 32 bytes. */
function pbkdf2Hash(password: string): string {
  const [cost, salt] = [10_000, randomBytes(32)];
  const hash = pbkdf2Sync(password, salt, cost, 32, 'sha512');
  return `{PBKDF2}${cost}$${salt.toString('base64')}$${hash.toString('base64')}`;
}
