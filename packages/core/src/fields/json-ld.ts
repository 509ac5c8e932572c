import { getDomain } from 'tldts';
import { decodeEntities } from './text.ts';

/**
 * schema.org data in `<script type="application/ld+json">`: reading it although it is often broken, and finding in it
 * the node that describes the article of the page.
 */

export type LdValue = string | number | boolean | null | LdNode | LdValue[];
export interface LdNode {
  [key: string]: LdValue;
}

const TEXT_MAX = 400_000;
const NODES_MAX = 2000;

/**
 * Repairs what is seen in the wild, in one pass: comments, CDATA, raw line breaks inside strings, trailing and doubled commas,
 * bad escapes, a semicolon at the end.
 */
export function repairJson(source: string): string {
  const out: string[] = [];
  let inString = false;
  let at = 0;
  // Only whitespace was written since this comma; it is dropped when a bracket closes.
  let comma = -1;
  while (at < source.length) {
    const char = source[at] as string;
    if (inString) {
      if (char === '\\') {
        const next = source[at + 1] ?? '';
        out.push(/["\\/bfnrtu]/.test(next) ? char + next : next === "'" ? next : `\\\\${next < ' ' ? ' ' : next}`);
        at += 2;
        continue;
      }
      if (char === '"') inString = false;
      out.push(char < ' ' ? ' ' : char);
      at += 1;
      continue;
    }
    if (char === '/' && source[at + 1] === '*') {
      const end = source.indexOf('*/', at + 2);
      at = end < 0 ? source.length : end + 2;
      continue;
    }
    if (char === '/' && source[at + 1] === '/') {
      const end = source.indexOf('\n', at + 2);
      at = end < 0 ? source.length : end;
      continue;
    }
    if (
      source.startsWith('<!--', at) ||
      source.startsWith('-->', at) ||
      source.startsWith('<![CDATA[', at) ||
      source.startsWith(']]>', at)
    ) {
      at += source.startsWith('<![CDATA[', at) ? 9 : source.startsWith('<!--', at) ? 4 : 3;
      continue;
    }
    if (char === ',') {
      if (comma >= 0) out[comma] = '';
      comma = out.length;
    } else if (char === '}' || char === ']') {
      if (comma >= 0) out[comma] = '';
      comma = -1;
    } else if (char > ' ') comma = -1;
    if (char === '"') inString = true;
    if (char !== ';') out.push(char);
    at += 1;
  }
  return out.join('');
}

const halfPair = /\\u[dD][89a-fA-F]/;
const wellFormed = (_key: string, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value);

function parse(source: string): LdValue | undefined {
  try {
    // Half a pair (`\ud800`) is no text: it would not survive UTF-8.
    return (
      source.includes('\\u') && halfPair.test(source) ? JSON.parse(source, wellFormed) : JSON.parse(source)
    ) as LdValue;
  } catch {
    return undefined;
  }
}

/** The value of one JSON-LD script, or undefined when it cannot be read even after repair. */
export function readJsonLd(source: string): LdValue | undefined {
  if (source.length > TEXT_MAX) return undefined;
  const direct = parse(source);
  if (direct !== undefined) return direct;
  const repaired = parse(repairJson(source));
  if (repaired !== undefined) return repaired;
  if (source.includes('&quot;')) return parse(repairJson(decodeEntities(source)));
  // Two objects one after the other, or a stray bracket at the end.
  const wrapped = parse(`[${repairJson(source).replace(/\}\s*\{/g, '},{')}]`);
  return wrapped;
}

const isNode = (value: LdValue | undefined): value is LdNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Types of a node without the schema.org prefix. */
export function typesOf(node: LdNode): string[] {
  const type = node['@type'];
  const list = Array.isArray(type) ? type : [type];
  return list.filter((item): item is string => typeof item === 'string').map((item) => item.replace(/^.*[/#:]/, ''));
}

export interface LdGraph {
  readonly nodes: readonly LdNode[];
  readonly byId: ReadonlyMap<string, LdNode>;
}

/** All nodes of all scripts in page order, bounded; `@id`s can be looked up (the fullest node of an id wins). */
export function graphOf(values: readonly LdValue[]): LdGraph {
  const nodes: LdNode[] = [];
  const byId = new Map<string, LdNode>();
  const stack: LdValue[] = values.toReversed();
  while (stack.length > 0 && nodes.length < NODES_MAX) {
    const value = stack.pop();
    if (Array.isArray(value)) {
      for (const item of value.toReversed()) stack.push(item);
    } else if (isNode(value)) {
      nodes.push(value);
      const id = value['@id'];
      if (typeof id === 'string' && Object.keys(value).length > Object.keys(byId.get(id) ?? {}).length)
        byId.set(id, value);
      for (const item of Object.values(value).toReversed())
        if (typeof item === 'object' && item !== null) stack.push(item);
    }
  }
  return { nodes, byId };
}

/** The better a type describes the page's story, the higher; 0 is not about a story. */
function typeRank(types: readonly string[]): number {
  let rank = 0;
  for (const type of types) {
    if (/NewsArticle$/.test(type)) rank = Math.max(rank, 5);
    else if (/(?:Article|BlogPosting|Report|Posting)$/.test(type)) rank = Math.max(rank, 4);
    else if (/^(?:Review|Recipe|Event|VideoObject|CreativeWork|Podcast\w*|HowTo|Course)$/.test(type))
      rank = Math.max(rank, 2);
    else if (/^(?:WebPage|ItemPage|QAPage)$/.test(type)) rank = Math.max(rank, 1);
  }
  return rank;
}

/**
 * The node that describes the story: the best type; among equals one whose headline `looksRight`, else the first.
 * A page about one story may list others (related, `ItemList`), so a headline that the title knows counts more than the order.
 */
export function articleNode(graph: LdGraph, looksRight: (headline: string) => boolean): LdNode | undefined {
  let best: LdNode | undefined;
  let bestRank = 0;
  for (const node of graph.nodes) {
    const types = typeRank(typesOf(node));
    if (types === 0 || Object.keys(node).length < 3) continue;
    const headline = textValue(node.headline) ?? textValue(node.name);
    const rank = types * 2 + (headline !== undefined && looksRight(headline) ? 3 : 0) + (node.datePublished ? 1 : 0);
    if (rank > bestRank) {
      best = node;
      bestRank = rank;
    }
  }
  return best;
}

/** The first text in a value: a string, a list of strings, or `{"@value": …}`. */
export function textValue(value: LdValue | undefined): string | undefined {
  const first = Array.isArray(value) ? value[0] : value;
  if (typeof first === 'string') return first;
  if (typeof first === 'number') return String(first);
  if (isNode(first)) return textValue(first['@value']);
  return undefined;
}

/** The registrable domain that an organization's own data name as its site (`url`, or an `@id` that is an address). */
export function agentDomain(value: LdValue | undefined, graph: LdGraph): string | undefined {
  const first = Array.isArray(value) ? value[0] : value;
  if (!isNode(first)) return undefined;
  const id = textValue(first['@id']);
  const node = first.url === undefined && id !== undefined ? (graph.byId.get(id) ?? first) : first;
  for (const address of [textValue(node.url), id]) {
    if (address && /^https?:\/\//i.test(address)) return getDomain(address) ?? undefined;
  }
  return undefined;
}

export interface LdAgent {
  readonly name: string;
  readonly organization: boolean;
}

/** Names in an `author`, `editor` or `publisher` value: strings, nodes, lists, references by `@id`. */
export function agentsOf(value: LdValue | undefined, graph: LdGraph): LdAgent[] {
  const agents: LdAgent[] = [];
  const visit = (item: LdValue | undefined, depth: number): void => {
    if (depth > 4 || agents.length > 40) return;
    if (typeof item === 'string') agents.push({ name: item, organization: false });
    else if (Array.isArray(item)) for (const each of item) visit(each, depth + 1);
    else if (isNode(item)) {
      const id = item['@id'];
      const node = item.name === undefined && typeof id === 'string' ? (graph.byId.get(id) ?? item) : item;
      const organization = typesOf(node).some((type) => /Organization|Corporation|Brand/.test(type));
      const name = node.name ?? node.alternateName;
      for (const each of Array.isArray(name) ? name : [name])
        if (typeof each === 'string') agents.push({ name: each, organization });
      // `"author": {"@list": […]}` and authors wrapped once more.
      if (name === undefined && node['@list'] !== undefined) visit(node['@list'], depth + 1);
    }
  };
  visit(value, 0);
  return agents;
}

/** The nodes of a value: one, a list, or references by `@id`. */
export function nodesOf(value: LdValue | undefined, graph: LdGraph): LdNode[] {
  return (Array.isArray(value) ? value.slice(0, 40) : [value]).filter(isNode).map((node) => {
    const id = node['@id'];
    // A reference has an id and nothing else to say.
    return typeof id === 'string' && Object.keys(node).length < 3 ? (graph.byId.get(id) ?? node) : node;
  });
}
