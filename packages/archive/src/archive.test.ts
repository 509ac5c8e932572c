import { describe } from 'vitest';
import { archiveConformance } from './conformance.ts';
import { createFsArchive } from './fs/archive.ts';
import { createMemoryArchive } from './memory.ts';
import { temporaryFolders } from './temporary-folders.fixture.ts';

const newFolder = temporaryFolders();

describe('memory', () => archiveConformance(async () => createMemoryArchive()));

describe('fs', () => archiveConformance(async () => createFsArchive({ folder: await newFolder() })));
