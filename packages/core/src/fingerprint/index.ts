export { contentHash } from './content-hash.ts';
export { fingerprint, fingerprintBands, sameStoryMin, similarity } from './fingerprint.ts';
