import { expect, test } from 'vitest';
import { findJava, type JavaProbes, type Jvm } from './java.ts';

/** A machine with these JVMs: home → major version, a JDK where the home says so. */
function machine(majors: Record<string, number>, installed: string[], onPath?: string): JavaProbes {
  return {
    installedHomes: async () => installed,
    homeOnPath: async () => onPath,
    inspect: async (home): Promise<Jvm | undefined> => {
      const major = majors[home];
      return major === undefined ? undefined : { home, major, javac: home.includes('jdk') };
    },
  };
}

test('JAVA_HOME comes first, even before a newer one', async () => {
  const { found } = await findJava('/mine', machine({ '/mine': 21, '/jvm/25-jdk': 25 }, ['/jvm/25-jdk']));
  expect(found?.home).toBe('/mine');
});

test('a JAVA_HOME that is too old or empty is passed over and told', async () => {
  const probes = machine({ '/old': 17, '/jvm/25-jdk': 25 }, ['/jvm/25-jdk']);
  expect(await findJava('/old', probes)).toEqual({
    found: { home: '/jvm/25-jdk', major: 25, javac: true },
    refused: ['/old: Java 17, 21 or newer is needed'],
  });
  expect((await findJava('/nothing', probes)).refused).toEqual(['/nothing: no usable Java']);
});

test('of the installed ones the newest, and of equals the one with a compiler', async () => {
  const majors = { '/jvm/17-jdk': 17, '/jvm/21-jdk': 21, '/jvm/25-jre': 25, '/jvm/25-jdk': 25 };
  const { found } = await findJava(undefined, machine(majors, Object.keys(majors)));
  expect(found?.home).toBe('/jvm/25-jdk');
});

test('the one on PATH comes last', async () => {
  const { found, refused } = await findJava(
    undefined,
    machine({ '/opt/java': 22, '/jvm/8': 8 }, ['/jvm/8'], '/opt/java'),
  );
  expect(found?.home).toBe('/opt/java');
  expect(refused).toEqual(['/jvm/8: Java 8, 21 or newer is needed']);
});

test('none at all', async () => {
  expect(await findJava(undefined, machine({}, []))).toEqual({ refused: [] });
});
