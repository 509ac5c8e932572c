import { asking } from './asking.ts';
import type { HostileCase } from './case.ts';
import { decoding } from './decoding.ts';
import { connecting, fetching } from './fetching.ts';
import { guarding } from './guarding.ts';
import { listing } from './listing.ts';
import { normalising } from './normalising.ts';
import { parsing } from './parsing.ts';
import { queueing } from './queueing.ts';
import { obeying } from './robots.ts';

/** Every case that needs neither Redis nor Elasticsearch. */
export const hostileCases: readonly HostileCase[] = [
  ...guarding,
  ...connecting,
  ...fetching,
  ...decoding,
  ...parsing,
  ...listing,
  ...obeying,
  ...normalising,
  ...asking,
  ...queueing,
];
