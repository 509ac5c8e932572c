import { availableParallelism } from 'node:os';
import { z } from 'zod';

const redisUrl = z
  .string()
  .regex(
    /^rediss?(?:-cluster|-sentinel)?:\/\/\S+$/,
    'give redis://[user:password@]host:port[/db] or rediss://…; of a cluster redis-cluster://[user:password@]host:port,host:port; of Sentinels redis-sentinel://[user:password@]host:port,host:port/name',
  );

/** Settings of every service that takes part in the pipeline. */
export const pipelineSettings = {
  REDIS_URL: redisUrl.default('redis://127.0.0.1:6379'),
  /** First part of every Redis key: two newsmills can share one Redis. */
  REDIS_PREFIX: z
    .string()
    .regex(/^[a-z0-9_-]{1,40}$/i, 'use 1 to 40 letters, digits, _ or -')
    .default('nm'),
  /** A worker that has not been heard of for so long is taken for dead, and its jobs go to others. */
  QUEUE_LOCK_MS: z.coerce.number().int().min(1_000).max(600_000).default(30_000),
};

const spanUnits = { s: 1_000, min: 60_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Spans like `1h,6h,1d,7d`, ascending, as milliseconds. */
const spansSetting = z
  .string()
  .regex(/^(?:\d{1,6}(?:s|min|m|h|d)(?:\s{0,3},\s{0,3}|$)){1,20}$/, 'write spans like 1h,6h,1d,7d')
  .transform((text) =>
    text.split(',').map((span) => {
      const [, count, unit] = /^\s*(\d+)([a-z]+)/.exec(span) ?? [];
      return Number(count) * spanUnits[unit as keyof typeof spanUnits];
    }),
  )
  .refine((spans) => spans.every((span, at) => span > (spans[at - 1] ?? 0)), 'each must be longer than the one before');

/** How far apart looks at a URL are; the same for all services. */
export const scheduleSettings = {
  /** Ages of an article at which it is fetched again. */
  RECHECK_AGES: spansSetting.default([3_600_000, 6 * 3_600_000, 86_400_000, 7 * 86_400_000]),
  /** A new feed, sitemap or section is looked at again after this long; then its own history moves it. */
  LIST_INTERVAL_FIRST_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(30 * 86_400_000)
    .default(900_000),
  LIST_INTERVAL_MIN_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(30 * 86_400_000)
    .default(600_000),
  LIST_INTERVAL_MAX_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(30 * 86_400_000)
    .default(86_400_000),
};

/** The same as the frontier takes them. */
export const scheduleOf = (
  config: { readonly [Name in keyof typeof scheduleSettings]: z.infer<(typeof scheduleSettings)[Name]> },
) => ({
  recheckAgesMs: config.RECHECK_AGES,
  listFirstMs: config.LIST_INTERVAL_FIRST_MS,
  listMinMs: config.LIST_INTERVAL_MIN_MS,
  listMaxMs: config.LIST_INTERVAL_MAX_MS,
});

const secretFile = z.string().min(1).optional();

/** Where the archive is. `archivePlaceOf` checks that what belongs together is there. */
export const archiveSettings = {
  /** `fs`: a folder that all services share; `s3`: a bucket. */
  ARCHIVE: z.enum(['fs', 's3']).default('fs'),
  /** Folder of the WARC files; shared by crawlers (write) and parsers (read). */
  ARCHIVE_DIR: z.string().min(1).default('/var/lib/newsmill/archive'),
  /** The service without the bucket. */
  S3_ENDPOINT: z
    .string()
    .regex(/^https?:\/\/[^\s/@]+$/, 'give http(s)://host[:port], without bucket or password')
    .optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'a bucket has 3 to 63 of a-z 0-9 . -')
    .optional(),
  /** First part of all keys. */
  S3_PREFIX: z
    .string()
    .regex(/^(?:[\w.-]{1,100}\/){1,10}$/, 'write parts of letters, digits, . _ -, each with a / behind it')
    .optional(),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  /** Files that hold the keys instead; read again when the service refuses them. */
  S3_ACCESS_KEY_ID_FILE: secretFile,
  S3_SECRET_ACCESS_KEY_FILE: secretFile,
  S3_SESSION_TOKEN_FILE: secretFile,
  /** How long a capture waits for others that go into the same object. */
  S3_FLUSH_MS: z.coerce.number().int().min(0).max(10_000).default(1_000),
};

/** A whole number within bounds, from text. */
export const integerSetting = (min: number, max: number, standard: number) =>
  z.coerce.number().int().min(min).max(max).default(standard);

/** How long the archive keeps what. 0 is for ever, and whatever it comes to. */
export const retentionSettings = {
  ARCHIVE_RETENTION_DAYS: integerSetting(0, 36_500, 0),
  ARCHIVE_BYTES_MAX: integerSetting(0, 1e15, 0),
};

/** The same as the archive takes them. */
export const retentionOf = (config: {
  readonly ARCHIVE_RETENTION_DAYS: number;
  readonly ARCHIVE_BYTES_MAX: number;
}) => ({
  ageMaxMs: config.ARCHIVE_RETENTION_DAYS === 0 ? undefined : config.ARCHIVE_RETENTION_DAYS * 86_400_000,
  bytesMax: config.ARCHIVE_BYTES_MAX === 0 ? undefined : config.ARCHIVE_BYTES_MAX,
});

export const elasticsearchSettings = {
  ELASTICSEARCH_URL: z
    .string()
    .regex(/^https?:\/\/\S+$/, 'give http(s)://[user:password@]host:port')
    .default('http://127.0.0.1:9200'),
  /** Instead of user and password in the URL. */
  ELASTICSEARCH_API_KEY: z.string().optional(),
  /** First part of index and alias names; empty for `articles`. */
  ELASTICSEARCH_PREFIX: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,60}$/, 'use lower-case letters, digits, _ or -')
    .optional(),
};

/** Comma-separated text as a list; blanks around items do not count. */
export const listSetting = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );

/** When a worker stops taking work, before something that it fills is full. */
export const intakeSettings = {
  /** Of what Redis may use: then crawlers take no more work; parsers stop at halfway between it and 100. */
  REDIS_MEMORY_PERCENT_MAX: integerSetting(1, 99, 70),
  /** Of the container's limit: then a worker takes no more work until it has finished what it has. */
  MEMORY_PERCENT_MAX: integerSetting(10, 100, 85),
};

/** One processor is left to this process, which talks to Redis; a container's limit counts as its processors. */
const processesDefault = Math.min(8, Math.max(1, availableParallelism() - 1));

/** How pages are read: of the parser, and of a replay. */
export const readingSettings = {
  /** Child processes that read pages, one at a time each. */
  PARSER_PROCESSES: integerSetting(1, 64, processesDefault),
  /** Processor time that one page may take. */
  PARSE_TIMEOUT_MS: integerSetting(100, 60_000, 5_000),
  /** V8 heap of each of the child processes, in MiB; pages of 10 MB were read with 256. */
  PARSE_HEAP_MB: integerSetting(64, 16_384, 384),
  /** Bytes of a page, unpacked. */
  PAGE_BYTES_MAX: integerSetting(10_000, 100_000_000, 10_485_760),
};

/** How pages are fetched: of the crawler, and of commands that fetch by themselves. */
export const fetchSettings = {
  /** Least pause between two requests to one host; robots.txt and a slow server can make it longer. */
  HOST_DELAY_MS: integerSetting(0, 600_000, 1_000),
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
  /** Whether HTTP/2 is spoken with servers that offer it. One request at a time gains nothing by it, so few need it. */
  FETCH_HTTP2: z.enum(['on', 'off']).default('off'),
  /** A forward proxy (CONNECT) for every connection. Names are resolved and judged here, not by it. */
  FETCH_PROXY: z
    .string()
    .regex(/^http:\/\/[^\s/]+\/?$/, 'write http://[user:password@]host:port')
    .optional(),
  /** Who is asking, in the User-Agent: a page or mail address where a site's operator can reach you. */
  CRAWLER_CONTACT: z.string().max(200).optional(),
};
