/** Grows when a change of the mapping needs every document to be written anew. */
export const mappingVersion = 1;

export interface IndexNames {
  /** What everybody reads and writes: an alias, so that a migration can switch it. */
  readonly alias: string;
  readonly template: string;
  readonly pattern: string;
  /** The first concrete index of this mapping version. */
  readonly first: string;
  /** Hidden; holds the state of a running or interrupted reindex. */
  readonly reindex: string;
}

/** @param prefix put before every name, e.g. `test-1f3a-`; lower case letters, digits, '_' and '-' only. */
export function indexNames(prefix = ''): IndexNames {
  if (!/^(?:[a-z0-9][a-z0-9_-]{0,60})?$/.test(prefix)) {
    throw new TypeError(
      `index prefix: ${JSON.stringify(prefix)} may hold only a-z, 0-9, '_' and '-', up to 61 characters`,
    );
  }
  const versioned = `${prefix}articles-v${mappingVersion}`;
  return {
    alias: `${prefix}articles`,
    template: versioned,
    pattern: `${versioned}-*`,
    first: `${versioned}-000001`,
    reindex: `${prefix}articles-reindex`,
  };
}
