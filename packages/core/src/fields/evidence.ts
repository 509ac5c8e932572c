import type { Document } from 'domhandler';
import { type ZoneChoice, zoneFor } from '../dates/index.ts';
import {
  agentsOf,
  articleNode,
  graphOf,
  type LdAgent,
  type LdGraph,
  type LdNode,
  readJsonLd,
  textValue,
} from './json-ld.ts';
import { fold, plainText } from './text.ts';
import { type Walk, walkPage } from './walk.ts';

/** Where the page came from. */
export interface PageOrigin {
  readonly url: string;
  /** ISO 8601. */
  readonly fetchedAt: string;
}

/** Everything the page says about itself outside its body: the walk's findings and the parsed structured data. */
export interface Evidence extends Walk {
  readonly host: string;
  readonly graph: LdGraph;
  /** The JSON-LD node of the story. */
  readonly ld: LdNode | undefined;
  /** Names the site goes by, best first: `og:site_name`, publisher, `WebSite` … */
  readonly siteNames: readonly string[];
  /** The page's language as declared, BCP 47 primary tag or with region, lower case. */
  readonly declaredLanguage: string | undefined;
}

/** First non-empty content of the named metas. */
export function metaOf(metas: Walk['metas'], ...names: readonly string[]): string | undefined {
  for (const name of names) {
    for (const value of metas.get(name) ?? []) {
      const text = plainText(value);
      if (text) return text;
    }
  }
  return undefined;
}

function hostOf(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
}

function siteNamesOf(metas: Walk['metas'], graph: LdGraph, ld: LdNode | undefined): string[] {
  const names: (string | undefined)[] = [
    metaOf(metas, 'og:site_name'),
    metaOf(
      metas,
      'application-name',
      'apple-mobile-web-app-title',
      'al:android:app_name',
      'al:ios:app_name',
      'cre',
      'site',
      'sitename',
    ),
    ...agentsOf(ld?.publisher, graph).map((agent: LdAgent) => agent.name),
  ];
  for (const node of graph.nodes) {
    const type = textValue(node['@type']);
    if (type === 'WebSite' || type === 'NewsMediaOrganization')
      names.push(textValue(node.name), textValue(node.alternateName));
  }
  const seen = new Set<string>();
  return names
    .filter((name): name is string => typeof name === 'string' && name.length > 0 && name.length < 80)
    .map((name) => plainText(name))
    .filter((name) => name !== '' && !seen.has(fold(name)) && seen.add(fold(name)));
}

/**
 * Collects what the page says about itself, before its body is known. Reads the tree once.
 * @param doc as htmlparser2 makes it; not changed.
 */
export function collectEvidence(doc: Document, origin: PageOrigin): Evidence {
  const walk = walkPage(doc);
  const values = walk.jsonLd.map(readJsonLd).filter((value) => value !== undefined);
  const graph = graphOf(values);
  const title = fold(walk.title ?? '');
  const ogTitle = fold(metaOf(walk.metas, 'og:title') ?? '');
  const ld = articleNode(graph, (headline) => {
    const folded = fold(plainText(headline));
    return folded.length > 3 && (title.includes(folded) || (ogTitle !== '' && folded.includes(ogTitle)));
  });
  return {
    ...walk,
    host: hostOf(origin.url),
    graph,
    ld,
    siteNames: siteNamesOf(walk.metas, graph, ld),
    declaredLanguage: (walk.language ?? metaOf(walk.metas, 'content-language', 'og:locale', 'language'))
      ?.toLowerCase()
      .replace('_', '-'),
  };
}

/** The zone of printed times that name none. */
export function zoneOf(evidence: Evidence, language: string | undefined): ZoneChoice {
  return zoneFor(language ?? evidence.declaredLanguage, evidence.host);
}
