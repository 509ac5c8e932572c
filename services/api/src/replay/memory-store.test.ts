import { replayStoreConformance } from './conformance.ts';
import { createMemoryReplayStore } from './memory-store.ts';

replayStoreConformance('memory', () => createMemoryReplayStore());
