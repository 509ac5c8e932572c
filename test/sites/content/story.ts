/**
 * A story as it was written, free of any site: who printed it, when and under which headline is in the site's own list.
 * All stories here are invented; names, figures and places in them mean nobody.
 */
export interface Story {
  readonly headline: string;
  /** Without the dateline: each site puts its own before the first one. */
  readonly paragraphs: readonly string[];
}

/** Story key → story. The key is what copies on different sites have in common. */
export type Stories = Readonly<Record<string, Story>>;
