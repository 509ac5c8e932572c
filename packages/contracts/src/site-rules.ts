import { z } from 'zod';

const selector = z.string().trim().min(1).max(500);
/** One selector or several, of which the first that finds something counts. */
const selectors = z.union([selector, z.array(selector).min(1).max(20)]).transform((value) => [value].flat());

/**
 * What an operator knows of one site and the parser cannot find by itself. Never needed for most sites: each field
 * that is given replaces what the parser would find, and nothing else changes.
 */
export const siteRule = z.strictObject({
  /** Registrable domain or host name; subdomains are meant too. */
  site: z.string().trim().min(1).max(253),
  /** Only pages whose path (with query) matches one of these; `*` stands for anything. All pages when absent. */
  paths: z.array(z.string().min(1).max(500)).min(1).optional(),
  /** CSS selectors of the elements that hold the body. */
  body: selectors.optional(),
  headline: selectors.optional(),
  /** Of the publication date: an element with the date in its text, its `datetime` or its `content`. */
  date: selectors.optional(),
  /** Elements that are not there for the parser. */
  remove: selectors.optional(),
  /** `article`: these pages are articles whatever the parser thinks; `skip`: they never are. */
  type: z.enum(['article', 'skip']).optional(),
});

export const siteRules = z.strictObject({ rules: z.array(siteRule).max(10_000) });

export type SiteRule = z.infer<typeof siteRule>;
