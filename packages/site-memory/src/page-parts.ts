import type { Redis } from 'ioredis';

/** One page of an article that has several, as it lies in the archive. */
export interface PagePart {
  /** 1 for the first page. */
  readonly number: number;
  /** The highest page number that this page knows of. */
  readonly last: number;
  readonly url: string;
  readonly captureRef: string;
  /** ISO 8601. */
  readonly fetchedAt: string;
  /** Tells two states of the page apart. */
  readonly digest: string;
}

/**
 * Which pages of which articles lie in the archive, by the address of the first page. Everything in here can be lost without harm: then
 * an article has the text of its first page until its pages are fetched again.
 */
export interface PageParts {
  /** Records a page in place of what was known under its number. Any number of processes may record at once. */
  put(first: string, part: PagePart): Promise<void>;
  /** All pages known, in order, and the mark that was set last. */
  of(first: string): Promise<{ readonly parts: readonly PagePart[]; readonly joined: string | undefined }>;
  /** Notes which state of the pages the article was made of. */
  mark(first: string, joined: string): Promise<void>;
}

/** Pages of one article that are kept; a longer one is a book. */
const partsMax = 30;
/** An article none of whose pages was parsed for so long is forgotten. */
const ttlMs = 90 * 86_400_000;
const markField = 'joined';

/** Hashes `<prefix>:parts:<url>`: page number → part. The caller owns the connection. */
export function createRedisPageParts(redis: Redis, prefix: string): PageParts {
  const keyOf = (first: string): string => `${prefix}:parts:${first}`;
  const set = async (first: string, field: string, value: string): Promise<void> => {
    const key = keyOf(first);
    await redis.hset(key, field, value);
    await redis.pexpire(key, ttlMs);
  };
  return {
    async put(first, part) {
      if (part.number <= partsMax) await set(first, String(part.number), JSON.stringify(part));
    },
    async of(first) {
      const { [markField]: joined, ...fields } = await redis.hgetall(keyOf(first));
      const parts = Object.values(fields).map((text) => JSON.parse(text) as PagePart);
      return { parts: parts.toSorted((a, b) => a.number - b.number), joined };
    },
    mark: (first, joined) => set(first, markField, joined),
  };
}

/** The same in memory, for tests. */
export function createMemoryPageParts(): PageParts {
  const articles = new Map<string, { parts: Map<number, PagePart>; joined: string | undefined }>();
  const articleOf = (first: string) => {
    const known = articles.get(first) ?? { parts: new Map<number, PagePart>(), joined: undefined };
    articles.set(first, known);
    return known;
  };
  return {
    async put(first, part) {
      if (part.number <= partsMax) articleOf(first).parts.set(part.number, part);
    },
    async of(first) {
      const { parts, joined } = articleOf(first);
      return { parts: [...parts.values()].toSorted((a, b) => a.number - b.number), joined };
    },
    async mark(first, joined) {
      articleOf(first).joined = joined;
    },
  };
}
