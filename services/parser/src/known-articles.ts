import { slugOf } from '@newsmill/core';

/**
 * Which of several addresses are those of one article: by its name in them (one slug under many URLs), and by what pages say
 * of each other (`rel=amphtml`). Of one process only: it saves fetches, and what slips through ends in one cluster of copies.
 */
export interface KnownArticles {
  /** A page was read as an article: other addresses of it are not worth a fetch any more. */
  read(url: string, views: readonly (string | undefined)[]): void;
  /** Whether a link may be followed. Of an article that nobody has read yet, a few addresses may be tried. */
  admits(url: string): boolean;
}

/** Addresses of an article that are tried before one of them was read: some may be dead. */
const triesMax = 3;

/** `max`: articles that are remembered; the oldest go first. */
export function createKnownArticles(max = 50_000): KnownArticles {
  /** By slug and host, or by the address of a view: the address that was read, or those that are being tried. */
  const known = new Map<string, string | string[]>();
  const keep = (key: string, value: string | string[]): void => {
    known.delete(key);
    known.set(key, value);
    if (known.size > max) known.delete(known.keys().next().value ?? '');
  };
  const nameOf = (url: string): string | undefined => {
    const slug = slugOf(url);
    // The origin: a name is one of its host.
    return slug === undefined ? undefined : `${url.slice(0, url.indexOf('/', 8))} ${slug}`;
  };
  return {
    read(url, views) {
      const name = nameOf(url);
      if (name !== undefined && typeof known.get(name) !== 'string') keep(name, url);
      for (const view of views) if (view !== undefined && view !== url) keep(view, url);
    },
    admits(url) {
      const proper = known.get(url);
      if (typeof proper === 'string' && proper !== url) return false;
      const name = nameOf(url);
      if (name === undefined) return true;
      const others = known.get(name) ?? [];
      if (typeof others === 'string') return others === url;
      if (others.includes(url)) return true;
      if (others.length >= triesMax) return false;
      keep(name, [...others, url]);
      return true;
    },
  };
}
