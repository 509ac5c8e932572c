import { expect, test } from 'vitest';
import { readLocalConfig } from './config.ts';

test('places: told ones first, then those of the XDG folders, and for root ones that others can enter', () => {
  const own = readLocalConfig({ NEWSMILL_CACHE_DIR: '/c', NEWSMILL_DATA_DIR: '/d', HOME: '/home/u' });
  expect(own).toMatchObject({ cacheDir: '/c', dataDir: '/d' });
  const xdg = readLocalConfig({ XDG_CACHE_HOME: '/x/cache', XDG_DATA_HOME: '/x/data', HOME: '/home/u' }, false);
  expect(xdg).toMatchObject({ cacheDir: '/x/cache/newsmill', dataDir: '/x/data/newsmill' });
  const home = readLocalConfig({ HOME: '/home/u' }, false);
  expect(home).toMatchObject({ cacheDir: '/home/u/.cache/newsmill', dataDir: '/home/u/.local/share/newsmill' });
  const root = readLocalConfig({ HOME: '/root', XDG_CACHE_HOME: '/root/.cache' }, true);
  expect(root).toMatchObject({ cacheDir: '/var/cache/newsmill', dataDir: '/var/lib/newsmill' });
});

test('what is unset or empty is absent, and a repository always ends in a slash', () => {
  const config = readLocalConfig({
    JAVA_HOME: '',
    PATH: '/a::/b',
    NEWSMILL_MAVEN_REPOSITORY: 'https://maven.example/m2',
  });
  expect(config).not.toHaveProperty('javaHome');
  expect(config.path).toEqual(['/a', '/b']);
  expect(config.mavenRepository).toBe('https://maven.example/m2/');
});
