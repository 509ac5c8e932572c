/**
 * Everything that is fetched, pinned. The sums were taken from the artifacts on the day they were pinned; a changed
 * version needs a new sum: `mvn dependency:copy -Dartifact=<coordinates> -DoutputDirectory=.`, then `sha256sum`.
 */
export type Artifact = {
  /** Maven coordinates: group, artifact, version, kind. */
  groupId: string;
  artifactId: string;
  version: string;
  extension: 'jar' | 'zip';
  sha256: string;
  /** For progress and for the check of free space. */
  bytes: number;
};

/** Elastic's own distribution with the modules apm, transport-netty4, x-pack-core and x-pack-security. */
export const ELASTICSEARCH: Artifact = {
  groupId: 'org.elasticsearch.distribution.integ-test-zip',
  artifactId: 'elasticsearch',
  version: '9.5.0',
  extension: 'zip',
  sha256: 'db0e275fd790f723eca7bcde96069fd6fed304ad23afdb70c8c09553dd9e8b1b',
  bytes: 129_856_182,
};

/** Redis 6.2 for Linux (x64, arm64) and macOS (x64, arm64) in one jar. */
export const EMBEDDED_REDIS: Artifact = {
  groupId: 'com.github.codemonstur',
  artifactId: 'embedded-redis',
  version: '1.4.3',
  extension: 'jar',
  sha256: 'ffbc63265c60d25dee453d6f656b527d98200d98657c6a0ab4dec4ea2c3a5cd6',
  bytes: 11_953_653,
};

/** The name of the Redis server inside EMBEDDED_REDIS for `process.platform`-`process.arch`. */
export const EMBEDDED_REDIS_ENTRIES: Readonly<Record<string, string>> = {
  'linux-x64': 'redis-server-6.2.6-v5-linux-amd64',
  'linux-arm64': 'redis-server-6.2.7-linux-arm64',
  'darwin-x64': 'redis-server-6.2.6-v5-darwin-amd64',
  'darwin-arm64': 'redis-server-6.2.6-v5-darwin-arm64',
};

/** Eclipse's Java compiler: builds the analysis plugin where there is a JRE but no javac. */
export const JAVA_COMPILER: Artifact = {
  groupId: 'org.eclipse.jdt',
  artifactId: 'ecj',
  version: '3.40.0',
  extension: 'jar',
  sha256: '05cc22a24e7982970f63a405fc6c820bc80b806f27f3c5a6236fc475f8f7152b',
  bytes: 3_312_549,
};

export function coordinatesOf(artifact: Artifact): string {
  return `${artifact.groupId}:${artifact.artifactId}:${artifact.version}:${artifact.extension}`;
}

export function fileNameOf(artifact: Artifact): string {
  return `${artifact.artifactId}-${artifact.version}.${artifact.extension}`;
}
