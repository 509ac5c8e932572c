export { decodeMemory, encodeMemory } from './encode.ts';
export { type MemoryField, memoryFields, type Observation } from './observation.ts';
export { type Drift, driftOf, emptyMemory, learn, type SiteMemory } from './site-memory.ts';
