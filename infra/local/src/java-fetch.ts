import type { Account } from './account.ts';
import { hasApt } from './apt.ts';
import type { LocalConfig } from './config.ts';
import { findJava, JAVA_MINIMUM, type Jvm, javaProbes } from './java.ts';
import { fetchDebianJava } from './java-debian.ts';
import { reasonOf, StackError } from './stack-error.ts';

/** A JVM for Elasticsearch: an installed one, else the one of Debian or Ubuntu, else an error that says what to do. */
export async function requireJava(
  config: LocalConfig,
  account: Account | undefined,
  onProgress: (message: string) => void,
): Promise<Jvm> {
  const { found, refused } = await findJava(config.javaHome, javaProbes(config, account));
  if (found !== undefined) return found;
  const reasons = [...refused];
  if (process.platform === 'linux' && (await hasApt(config.path))) {
    try {
      return await fetchDebianJava(config, account, onProgress);
    } catch (error) {
      reasons.push(`Debian's packages: ${reasonOf(error)}`);
    }
  }
  throw new StackError(
    `Elasticsearch needs Java ${JAVA_MINIMUM} or newer and none was found (${reasons.join('; ') || 'no JVM at all'}).`,
    `install one (Debian: apt-get install openjdk-21-jre-headless; macOS: brew install openjdk) or set JAVA_HOME to it`,
  );
}
