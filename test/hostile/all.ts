import type { HostileCase } from './case.ts';
import { decoding } from './decoding.ts';
import { connecting, fetching } from './fetching.ts';
import { guarding } from './guarding.ts';
import { parsing } from './parsing.ts';

/** Every case that needs neither Redis nor Elasticsearch. */
export const hostileCases: readonly HostileCase[] = [...guarding, ...connecting, ...fetching, ...decoding, ...parsing];
