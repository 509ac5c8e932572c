import { canonicalizeUrl } from '../url/index.ts';
import { type Feed, type FeedFormat, type FeedItem, ITEMS_MAX } from './feed.ts';
import { readMachineDate } from './machine-date.ts';
import { plainLine } from './text.ts';

/** What a feed's item says, as written. */
export interface RawItem {
  /** Candidates for its URL, best first. */
  readonly urls: readonly (string | undefined)[];
  readonly base?: string | undefined;
  readonly title?: string | undefined;
  readonly authors?: readonly (string | undefined)[];
  readonly published?: string | undefined;
  readonly modified?: string | undefined;
}

/** What a feed says of itself, as written. */
export interface RawHead {
  title?: string | undefined;
  site?: string | undefined;
  self?: string | undefined;
  next?: string | undefined;
  hub?: string | undefined;
  language?: string | undefined;
  modified?: string | undefined;
  ttlMs?: number | undefined;
}

/** Collects the items of one feed, canonical and each once. */
export class FeedBuilder {
  readonly #items = new Map<string, FeedItem>();
  readonly #baseUrl: string;

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  get isFull(): boolean {
    return this.#items.size >= ITEMS_MAX;
  }

  add(raw: RawItem): void {
    const base = this.resolve(raw.base) ?? this.#baseUrl;
    const url = raw.urls.map((each) => this.resolve(each, base)).find((each) => each !== undefined);
    if (url === undefined || this.#items.has(url) || this.isFull) return;
    this.#items.set(url, {
      url,
      ...present('title', plainLine(raw.title)),
      ...present('author', authorOf(raw.authors ?? [])),
      ...present('datePublished', readMachineDate(raw.published)),
      ...present('dateModified', readMachineDate(raw.modified)),
    });
  }

  build(format: FeedFormat, head: RawHead): Feed {
    const { ttlMs } = head;
    return {
      format,
      items: [...this.#items.values()],
      ...present('title', plainLine(head.title)),
      ...present('siteUrl', this.resolve(head.site)),
      ...present('selfUrl', this.resolve(head.self)),
      ...present('nextUrl', this.resolve(head.next)),
      ...present('hubUrl', this.resolve(head.hub)),
      ...present('language', plainLine(head.language)?.slice(0, 35)),
      ...present('dateModified', readMachineDate(head.modified)),
      ...(ttlMs === undefined || !Number.isFinite(ttlMs) || ttlMs <= 0 ? {} : { ttlMs }),
    };
  }

  resolve(text: string | undefined, base: string = this.#baseUrl): string | undefined {
    const written = text?.trim();
    if (written === undefined || written === '') return undefined;
    const result = canonicalizeUrl(written, base);
    return 'url' in result ? result.url : undefined;
  }
}

/** RSS 2.0 wants `editor@example.com (Jane Doe)`; many feeds have either of the two. */
function authorOf(written: readonly (string | undefined)[]): string | undefined {
  const names = written
    .map((each) =>
      plainLine(each)
        ?.replace(ADDRESS, '')
        .trim()
        .replace(/^\((.*)\)$/, '$1'),
    )
    .filter((name) => name !== undefined && name !== '');
  return names.length === 0 ? undefined : [...new Set(names)].slice(0, 6).join('; ').slice(0, AUTHOR_LENGTH_MAX);
}

/** Of mail or of a site. */
const ADDRESS = /(?<!\S)(?:https?:\/\/\S*|[^\s@]{1,80}@[^\s@]{1,80}(?!\S))/g;
const AUTHOR_LENGTH_MAX = 120;

function present<Key extends string>(key: Key, value: string | undefined): { readonly [K in Key]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]?: string });
}
