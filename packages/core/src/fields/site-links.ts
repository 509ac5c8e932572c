import type { SiteCard } from '@newsmill/contracts';
import { type LdGraph, type LdNode, type LdValue, nodesOf, textValue, typesOf } from './json-ld.ts';

/** A page names the feed of its section and that of the whole site; who names more lists them. */
const feedsMax = 10;
const addressMax = 2_048;
/** https://www.rssboard.org/rss-autodiscovery, RFC 4287 and https://www.jsonfeed.org/version/1.1/#discovery */
const feedTypes = /^\s*application\/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json)\s*(?:;|$)/i;

interface Attributes {
  readonly attribs: Readonly<Record<string, string | undefined>>;
}

/**
 * Where the page says that its site's feeds and logo are: only what is said to machines, nothing that looks like it.
 * @param absolute makes a reference of the page an address, or nothing
 */
export function siteLinks(
  links: readonly Attributes[],
  graph: LdGraph,
  story: LdNode | undefined,
  absolute: (reference: string) => string | undefined,
): Pick<SiteCard, 'logo' | 'feeds'> {
  const declared = links
    .filter(
      ({ attribs: { rel = '', type = '' } }) =>
        /(?:^|\s)alternate(?:\s|$)/i.test(rel.slice(0, 100)) && feedTypes.test(type.slice(0, 100)),
    )
    .flatMap(({ attribs: { href = '' } }) => known(absolute, href));
  const feeds = [...new Set(declared)].slice(0, feedsMax);
  const logo = [story?.publisher, ...siteNodes(graph)]
    .flatMap((value) => nodesOf(value, graph))
    .flatMap(({ logo: value }) => known(absolute, addressOf(value, graph) ?? ''))[0];
  return { ...(logo === undefined ? {} : { logo }), ...(feeds.length > 0 ? { feeds } : {}) };
}

const siteNodes = ({ nodes }: LdGraph): LdNode[] =>
  nodes.filter((node) => typesOf(node).some((type) => type === 'NewsMediaOrganization' || type === 'WebSite'));

const known = (absolute: (reference: string) => string | undefined, reference: string): string[] => {
  const address = reference === '' || reference.length > addressMax ? undefined : absolute(reference);
  return address === undefined ? [] : [address];
};

/** An ImageObject, a reference to one, or its bare address. */
function addressOf(value: LdValue | undefined, graph: LdGraph): string | undefined {
  const [node] = nodesOf(value, graph);
  return node === undefined ? textValue(value) : (textValue(node.url) ?? textValue(node.contentUrl));
}
