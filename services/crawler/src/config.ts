import {
  archiveSettings,
  integerSetting,
  listSetting,
  pipelineSettings,
  readConfig,
  serviceSettings,
} from '@newsmill/service-kit';
import { z } from 'zod';

const settings = z.object({
  ...serviceSettings,
  ...pipelineSettings,
  ...archiveSettings,
  /** Hosts visited at once. */
  CRAWLER_CONCURRENCY: integerSetting(1, 2_000, 50),
  /** Least pause between two requests to one host; robots.txt and a slow server can make it longer. */
  HOST_DELAY_MS: integerSetting(0, 600_000, 1_000),
  /** How long a host keeps its turn before it goes to the back of the line. */
  TURN_MS: integerSetting(100, 120_000, 20_000),
  /** Pause before a failed fetch is tried again; the second retry waits six times as long, the third 36 times. */
  RETRY_BASE_MS: integerSetting(10, 3_600_000, 5_000),
  /** Bytes of a response, on the wire. */
  FETCH_BYTES_MAX: integerSetting(10_000, 100_000_000, 10_485_760),
  /** A response must be whole by then. */
  FETCH_TIMEOUT_MS: integerSetting(1_000, 50_000, 30_000),
  /** Ranges that may be contacted although they are not public, e.g. 127.0.0.0/8. */
  FETCH_ALLOW_CIDRS: listSetting,
  /** Ports beside 80, 443, 8080 and 8443. */
  FETCH_ALLOW_PORTS: listSetting
    .pipe(z.array(z.string().regex(/^[1-9]\d{0,4}$/, 'write port numbers, separated by commas')))
    .transform((ports) => ports.map(Number)),
  /** Hosts that are reached at another address, as `name=address:port`; `*.test=127.0.0.1:8080` maps all of a domain. */
  FETCH_RESOLVE: listSetting.pipe(
    z
      .array(z.string().regex(/^[^=\s]+=[^=\s]+$/, 'write name=address:port'))
      .transform((pairs) => Object.fromEntries(pairs.map((pair) => pair.split('=') as [string, string]))),
  ),
  /** Who is asking, in the User-Agent: a page or mail address where a site's operator can reach you. */
  CRAWLER_CONTACT: z.string().max(200).optional(),
});

export type CrawlerConfig = z.infer<typeof settings>;

export const readSettings = (): CrawlerConfig => readConfig(settings, process.env);
