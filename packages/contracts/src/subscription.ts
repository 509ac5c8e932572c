import { z } from 'zod';

/** A feed whose hub may tell us when it changes (WebSub). Times are epoch milliseconds. */
export const subscription = z.strictObject({
  /** Canonical address of the feed, as the frontier knows it. */
  feedUrl: z.string(),
  sourceId: z.string(),
  hub: z.string(),
  /** The feed's name at the hub. */
  topic: z.string(),
  /** `offered`: nobody has asked the hub yet; `ending`: we have asked it to stop. */
  state: z.enum(['offered', 'asked', 'active', 'denied', 'ending']),
  /** Part of the callback's address, which nobody else can guess. */
  token: z.string().optional(),
  /** Notifications are signed with it. */
  secret: z.string().optional(),
  /** When the hub was last asked, and how often it has failed since it last answered well. */
  askedAt: z.number().optional(),
  failures: z.number().optional(),
  /** Until when the hub will tell us, and for how long it said so. */
  expiresAt: z.number().optional(),
  leaseMs: z.number().optional(),
});
export type Subscription = z.infer<typeof subscription>;
