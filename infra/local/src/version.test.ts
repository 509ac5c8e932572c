import { expect, test } from 'vitest';
import { elasticsearchVersionOf, isAtLeast, javaMajorOf, redisVersionOf } from './version.ts';

test.each([
  ['Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=d8', '7.0.15'],
  ['Valkey server v=8.0.1 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64', '8.0.1'],
  ['server: unknown option', undefined],
])('the version in %j', (output, expected) => expect(redisVersionOf(output)).toBe(expected));

test.each([
  ['openjdk version "25.0.3" 2026-04-21 LTS', 25],
  ['openjdk version "21" 2023-09-19', 21],
  ['java version "1.8.0_392"', 8],
  ['IMPLEMENTOR="Debian"\nJAVA_VERSION="17.0.15"\nJAVA_VERSION_DATE="2025-04-15"', 17],
  ['', undefined],
])('the major version in %j', (text, expected) => expect(javaMajorOf(text)).toBe(expected));

test('Elasticsearch is told by its server jar, not by its other jars', () => {
  expect(elasticsearchVersionOf(['elasticsearch-core-9.5.0.jar', 'elasticsearch-9.5.0.jar'])).toBe('9.5.0');
  expect(elasticsearchVersionOf(['lucene-core-10.5.0.jar'])).toBeUndefined();
});

test('versions are compared by number', () => {
  expect(isAtLeast('6.2.11', '6.2.0')).toBe(true);
  expect(isAtLeast('10.0.0', '9.9.9')).toBe(true);
  expect(isAtLeast('6.0.16', '6.2.0')).toBe(false);
  expect(isAtLeast('7.0', '7.0.0')).toBe(true);
});
