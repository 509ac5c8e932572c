import { expect, test } from 'vitest';
import { debianMirrorIn } from './apt.ts';

test.each([
  [
    'Types: deb\nURIs: https://mirror.example/debian\nSuites: bookworm\nComponents: main',
    'https://mirror.example/debian',
  ],
  ['deb [arch=amd64 signed-by=/k.gpg] https://mirror.example/debian/ bookworm main', 'https://mirror.example/debian/'],
  ['# deb https://old.example/debian sid main\ndeb-src https://src.example/debian sid main', undefined],
  ['deb https://tools.example/apt stable main\ndeb https://mirror.example/debian-security bookworm main', undefined],
])('the mirror in %j', (sources, expected) => expect(debianMirrorIn([sources])).toBe(expected));
