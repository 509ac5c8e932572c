/** Versions of the servers, read from what they print. Pure. */

/** `Redis server v=7.0.15 sha=…` or `Valkey server v=8.0.1 …` → `7.0.15`. */
export function redisVersionOf(output: string): string | undefined {
  return /\bv=(\d+\.\d+\.\d+)/.exec(output)?.[1];
}

/** The major version in what `java -version` prints or in a JVM's `release` file; `1.8.0` is 8. */
export function javaMajorOf(text: string): number | undefined {
  const version = /(?:JAVA_VERSION=|version )"(\d+)(?:\.(\d+))?/.exec(text);
  if (version === null) return undefined;
  const major = Number(version[1]);
  return major === 1 && version[2] !== undefined ? Number(version[2]) : major;
}

/** The version in the name of Elasticsearch's server jar (`elasticsearch-9.5.0.jar`). */
export function elasticsearchVersionOf(libFiles: string[]): string | undefined {
  for (const name of libFiles) {
    const version = /^elasticsearch-(\d+\.\d+\.\d+)\.jar$/.exec(name)?.[1];
    if (version !== undefined) return version;
  }
  return undefined;
}

/** Whether dotted version `a` is `b` or newer. */
export function isAtLeast(a: string, b: string): boolean {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
