import { DEFAULT_PORTS, type TargetPolicy, targetPolicy } from '@newsmill/core';
import type { FetchConfig } from './config.ts';

/** What the crawler of this environment would contact. */
export const policyOf = (config: FetchConfig): TargetPolicy =>
  targetPolicy({
    allowCidrs: config.FETCH_ALLOW_CIDRS,
    allowPorts: [...DEFAULT_PORTS, ...config.FETCH_ALLOW_PORTS],
    allowNames: Object.keys(config.FETCH_RESOLVE),
  });
