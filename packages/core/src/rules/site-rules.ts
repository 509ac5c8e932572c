import { type SiteRule, UsageError } from '@newsmill/contracts';
import { type CheerioAPI, load } from 'cheerio';
import type { Document, Element } from 'domhandler';

/** The operator's rules, ready to be asked page by page. */
export interface SiteRules {
  /** The first rule that covers the URL. */
  for(url: string): SiteRule | undefined;
}

/** What one rule finds on one page. */
export interface RuleFindings {
  /** Elements that hold the body; undefined when the rule does not say or the page has none of them. */
  readonly body?: ReadonlySet<Element>;
  readonly headline?: string;
  /** The text that holds the publication date. */
  readonly date?: string;
}

/**
 * Checks and sorts the rules.
 * @throws UsageError that names the rule, the field and the selector that cannot be read
 */
export function compileSiteRules(rules: readonly SiteRule[]): SiteRules {
  const empty = load('');
  const bySite = new Map<string, SiteRule[]>();
  for (const [index, rule] of rules.entries()) {
    for (const field of ['body', 'headline', 'date', 'remove'] as const) {
      for (const selector of rule[field] ?? []) requireSelector(empty, selector, `rules[${index}].${field}`);
    }
    const site = rule.site.toLowerCase().replace(/^www\./, '');
    bySite.set(site, [...(bySite.get(site) ?? []), rule]);
  }
  return {
    for(url) {
      const { hostname, pathname, search } = new URL(url);
      const path = pathname + search;
      // Most specific name first: news.example.com, then example.com, then com.
      for (let name = hostname; name !== ''; name = name.slice(name.indexOf('.') + 1 || name.length)) {
        const rule = bySite.get(name)?.find((one) => one.paths?.some((pattern) => covers(pattern, path)) ?? true);
        if (rule !== undefined) return rule;
      }
      return undefined;
    },
  };
}

function requireSelector($: CheerioAPI, selector: string, where: string): void {
  try {
    $(selector);
  } catch (error) {
    throw new UsageError(`${where}: "${selector}" is not a CSS selector: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** `*` stands for anything, all else for itself; the whole path must match. Linear: each piece is looked for once. */
function covers(pattern: string, path: string): boolean {
  const pieces = pattern.split('*');
  const [first = ''] = pieces;
  if (pieces.length === 1) return path === pattern;
  const last = pieces.at(-1) ?? '';
  if (!path.startsWith(first) || !path.endsWith(last) || path.length < first.length + last.length) return false;
  let at = first.length;
  const end = path.length - last.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = path.indexOf(piece, at);
    if (found === -1 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}

/** A selector that names half of the page gives its beginning. */
const fieldLengthMax = 1_000;

/** Carries a rule out on a page: takes away what it removes, and finds what it names. The document is changed. */
export function applySiteRule(document: Document, rule: SiteRule): RuleFindings {
  // Cheerio works on the tree as it stands; its own types are those of an older domhandler with the same shape.
  const $ = load(document as unknown as Parameters<typeof load>[0]);
  for (const selector of rule.remove ?? []) $(selector).remove();
  const first = (selectors: readonly string[] | undefined) => {
    for (const selector of selectors ?? []) {
      const found = $(selector);
      if (found.length > 0) return found;
    }
    return undefined;
  };
  const textOf = (selectors: readonly string[] | undefined): string | undefined => {
    const found = first(selectors)?.first();
    const text = found?.attr('content') ?? found?.attr('datetime') ?? found?.text();
    return (
      text
        ?.slice(0, 10 * fieldLengthMax)
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, fieldLengthMax) || undefined
    );
  };
  const body = first(rule.body)?.toArray() as unknown as Element[] | undefined;
  const headline = textOf(rule.headline);
  const date = textOf(rule.date);
  return {
    ...(body === undefined ? {} : { body: new Set(body) }),
    ...(headline === undefined ? {} : { headline }),
    ...(date === undefined ? {} : { date }),
  };
}
