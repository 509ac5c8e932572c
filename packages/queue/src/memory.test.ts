import { queueConformance } from './conformance.ts';
import { quarantineConformance } from './conformance-quarantine.ts';
import { createMemoryJobQueue } from './memory.ts';
import { createMemoryQuarantine } from './quarantine-memory.ts';

queueConformance('memory', async () => createMemoryJobQueue());
quarantineConformance('memory', async (limits) => createMemoryQuarantine(limits));
