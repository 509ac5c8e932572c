import {
  elasticsearchSettings,
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
  ...elasticsearchSettings,
  /** Loopback unless told otherwise: without API_KEYS everybody who reaches it may read. */
  API_HOST: z.string().default('127.0.0.1'),
  /** 0 takes a free one. */
  API_PORT: integerSetting(0, 65_535, 8080),
  /** Who may read: `name:SHA-256 of the key in hex`, separated by commas. Empty: everybody. */
  API_KEYS: listSetting.transform((pairs, context) =>
    pairs.flatMap((pair) => {
      const [, name, sha256] = /^([\w.-]{1,64}):([0-9a-f]{64})$/i.exec(pair) ?? [];
      if (name !== undefined && sha256 !== undefined) return [{ name, sha256: sha256.toLowerCase() }];
      // Not the value: it may be a key that somebody forgot to hash.
      context.addIssue({
        code: 'custom',
        message: 'write each key as name:<SHA-256 in hex>, e.g. from `printf %s "$KEY" | sha256sum`',
      });
      return [];
    }),
  ),
  /** Requests a minute of one key or address, in each process; 0 for no limit. */
  API_RATE_PER_MINUTE: integerSetting(0, 1_000_000, 6_000),
  /** Requests of one key or address that are answered at once, in each process; 0 for no limit. */
  API_AT_ONCE_MAX: integerSetting(0, 100_000, 32),
  /** Open connections of each process. */
  API_CONNECTIONS_MAX: integerSetting(10, 100_000, 1_000),
  /** Origins whose pages may use the API in a browser, separated by commas; `*` for all. */
  API_CORS_ORIGINS: listSetting,
  /** Addresses or ranges of proxies whose X-Forwarded-For is believed, separated by commas. */
  API_TRUSTED_PROXIES: listSetting,
  /** Names of API_KEYS whose holders see and delete the saved searches of everybody, look after the quarantine and replay. */
  API_OPERATORS: listSetting,
  /** Pause between two looks for saved searches; 0: this process sends no alerts. */
  ALERTS_INTERVAL_MS: integerSetting(0, 3_600_000, 15_000),
  /** What alerts may be sent to beside public addresses and the ports of the web. */
  ALERTS_ALLOW_CIDRS: listSetting,
  ALERTS_ALLOW_PORTS: listSetting
    .pipe(z.array(z.string().regex(/^[1-9]\d{0,4}$/, 'write port numbers, separated by commas')))
    .transform((ports) => ports.map(Number)),
  /** Where WebSub hubs reach this, e.g. https://news.example.org; empty: no hub is asked to tell when feeds change. */
  WEBSUB_CALLBACK_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  /** What readers type to reach this, for the links in feeds; else what each request says. */
  API_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
});

export type ApiConfig = z.infer<typeof settings>;

export const readSettings = (): ApiConfig => readConfig(settings, process.env);
