import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Archive, openArchive, placeText } from '@newsmill/archive';
import { UsageError } from '@newsmill/contracts';
import { compileSiteRules } from '@newsmill/core';
import { siteDomain } from '@newsmill/core/url';
import { createParsePool, type PageReader, type RememberedSite } from '@newsmill/parse-pool';
import { readSiteRules } from '@newsmill/service-kit';
import type { SiteMemories } from '@newsmill/site-memory';
import { archivePlace, type CliConfig, type ReadingConfig, readReadingSettings } from '../config.ts';
import type { Pipeline } from '../connect.ts';
import type { ReplayDeps } from './replay-page.ts';

/** What reads archived pages again, as the parser service would. */
export interface Reading extends AsyncDisposable, Pick<Required<ReplayDeps>, 'memoryOf' | 'partsOf'> {
  readonly archive: Archive;
  /** For people: which archive it is. */
  readonly place: string;
  readonly reader: PageReader;
  /** Pages that `reader` reads at once. */
  readonly readers: number;
  /** Equal for the same site rules; undefined without any. */
  readonly rulesDigest: string | undefined;
}

/** @throws UsageError for rules that are none */
export async function openReading(
  config: CliConfig,
  pipeline: Pick<Pipeline, 'memories' | 'parts'>,
  {
    rules: file = config.SITE_RULES_FILE,
    settings = readReadingSettings(),
  }: {
    readonly rules?: string | undefined;
    readonly settings?: ReadingConfig | undefined;
  },
): Promise<Reading> {
  const text = file === undefined ? undefined : await readRules(file);
  const rules = text === undefined || file === undefined ? undefined : readSiteRules(text, file);
  if (rules !== undefined) compileSiteRules(rules);
  const place = archivePlace(config);
  const archive = openArchive(place);
  const readers = settings.PARSER_PROCESSES;
  const reader = createParsePool({
    processes: readers,
    heapMb: settings.PARSE_HEAP_MB,
    pageTimeoutMs: settings.PARSE_TIMEOUT_MS,
    pageBytesMax: settings.PAGE_BYTES_MAX,
    rules,
    nodeOptions: undefined,
  });
  return {
    ...{ archive, place: placeText(place), reader, readers },
    memoryOf: config.SITE_MEMORY === 'off' ? undefined : readOnce(pipeline.memories),
    partsOf: async (url) => (await pipeline.parts.of(url)).parts,
    rulesDigest: text === undefined ? undefined : createHash('sha256').update(text).digest('base64url').slice(0, 12),
    async [Symbol.asyncDispose]() {
      await reader[Symbol.asyncDispose]();
      await archive[Symbol.asyncDispose]();
    },
  };
}

async function readRules(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`--rules: ${file} cannot be read`, { cause });
  });
}

/** Sites whose memory is kept, at up to 300 KB each. */
const sitesMax = 200;

/** All pages of a site are read with one state of its memory, so that the order of the archive does not matter. */
function readOnce(memories: SiteMemories): (url: string) => Promise<RememberedSite> {
  const known = new Map<string, Promise<RememberedSite>>();
  let editions = 0;
  const read = async (site: string): Promise<RememberedSite> => {
    editions += 1;
    return { site, edition: editions, base: await memories.read(site), lessons: [] };
  };
  return (url) => {
    const site = siteDomain(url);
    const memory = known.get(site) ?? read(site);
    known.delete(site);
    known.set(site, memory);
    const [first] = known.keys();
    if (known.size > sitesMax && first !== undefined) known.delete(first);
    return memory;
  };
}
