import { join } from 'node:path';
import { readLocalConfig } from '@newsmill/local';
import {
  archivePlaceOf,
  archiveSettings,
  elasticsearchSettings,
  fetchSettings,
  pipelineSettings,
  readConfig,
  readingSettings,
  retentionSettings,
} from '@newsmill/service-kit';
import { z } from 'zod';

const settings = z.object({
  // Unset, they are those of the local stack.
  REDIS_URL: pipelineSettings.REDIS_URL.unwrap().optional(),
  REDIS_PREFIX: pipelineSettings.REDIS_PREFIX,
  ELASTICSEARCH_URL: elasticsearchSettings.ELASTICSEARCH_URL.unwrap().optional(),
  ELASTICSEARCH_API_KEY: elasticsearchSettings.ELASTICSEARCH_API_KEY,
  ELASTICSEARCH_PREFIX: elasticsearchSettings.ELASTICSEARCH_PREFIX,
  ...archiveSettings,
  ...retentionSettings,
  ARCHIVE_DIR: archiveSettings.ARCHIVE_DIR.unwrap().optional(),
  /** YAML file of rules for single sites: what the parser has, for pages that are parsed again. */
  SITE_RULES_FILE: z.string().min(1).optional(),
  /** Whether pages that are parsed again are read with what their sites have taught, as the parser does it. */
  SITE_MEMORY: z.enum(['on', 'off']).optional(),
  /** Port of the API that `up` and `demo` start; a free one unless set. */
  API_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
});

type Settings = z.infer<typeof settings>;
type Archived = keyof typeof archiveSettings | keyof typeof retentionSettings;

export type CliConfig = Omit<Settings, Archived> & {
  readonly [Name in Archived]?: Settings[Name] | undefined;
} & {
  /** Everything that `newsmill up` keeps. */
  readonly dataDir: string;
};

const ownFetchSettings = z.object(fetchSettings);

export type FetchConfig = z.infer<typeof ownFetchSettings>;

/** What commands that judge or fetch addresses by themselves go by: the crawler's own settings. */
export const readFetchSettings = (): FetchConfig => readConfig(ownFetchSettings, process.env);

const ownReadingSettings = z.object(readingSettings);

export type ReadingConfig = z.infer<typeof ownReadingSettings>;

/** How commands read pages that go into the index: by the parser's own settings. */
export const readReadingSettings = (): ReadingConfig => readConfig(ownReadingSettings, process.env);

/** Settings of the command line, from the environment. */
export function readSettings(): CliConfig {
  return { ...readConfig(settings, process.env), dataDir: readLocalConfig(process.env).dataDir };
}

/** The environment that a service is started with: the caller's, and what the command line decided. */
export function serviceEnvironment(over: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  return { ...process.env, ...Object.fromEntries(Object.entries(over).filter(([, value]) => value !== undefined)) };
}

export const servicesFile = (dataDir: string): string => join(dataDir, 'services.json');
export const archiveDir = (config: CliConfig): string => config.ARCHIVE_DIR ?? join(config.dataDir, 'archive');

/** Where the archive is: as set, else the folder of the local stack. */
export const archivePlace = (config: CliConfig) => archivePlaceOf(config, archiveDir(config));
