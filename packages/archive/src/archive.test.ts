import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { archiveConformance } from './conformance.ts';
import { createFsArchive } from './fs/archive.ts';
import { createMemoryArchive } from './memory.ts';

describe('memory', () => archiveConformance(async () => createMemoryArchive()));

describe('fs', () =>
  archiveConformance(async () => createFsArchive({ folder: await mkdtemp(join(tmpdir(), 'newsmill-archive-')) })));
