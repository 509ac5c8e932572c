import { alertStoreConformance } from './conformance.ts';
import { createMemoryAlertStore } from './memory-store.ts';

alertStoreConformance('memory', async () => ({ store: createMemoryAlertStore() }));
