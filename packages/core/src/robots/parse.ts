import { compilePattern, escapePath, matches, type Pattern } from './match.ts';

/** RFC 9309 §2.5 asks a crawler to read at least 500 KiB; nothing behind it is looked at. */
export const ROBOTS_BYTES_MAX = 500 * 1024;
const SITEMAPS_MAX = 1_000;
/** Google's parser reads no more of a line, so a longer rule covers what it begins with. */
const LINE_LENGTH_MAX = 2_083 * 8 - 1;

export interface RobotsRule {
  readonly type: 'allow' | 'disallow';
  /** The path as the file has it, one character per octet. */
  readonly pattern: string;
  /** 1-based line of the file. */
  readonly line: number;
}

export interface RobotsVerdict {
  readonly allowed: boolean;
  /** The rule that decided; absent when none applies. */
  readonly rule?: RobotsRule;
}

export interface Robots {
  /**
   * May `agent` (a product token such as `newsmill`, or a whole User-Agent of which the token is taken) fetch `url`?
   * Only path and query of `url` count, so it may be given without its host. Throws TypeError on anything that is not a URL.
   */
  check(agent: string, url: string): RobotsVerdict;
  /** `Crawl-delay` of the agent's group, in milliseconds, as asked: the caller caps it. Not part of RFC 9309. */
  crawlDelayMs(agent: string): number | undefined;
  /** `Sitemap:` lines, as written; they belong to no group. */
  readonly sitemaps: readonly string[];
}

interface CompiledRule extends RobotsRule {
  readonly compiled: Pattern;
}

/** The rules behind one list of user-agent lines. An agent that is named again later has several blocks, which count as one group. */
interface Block {
  readonly rules: CompiledRule[];
  crawlDelayMs?: number;
}

/** Reads a robots.txt by RFC 9309. Any bytes are acceptable: lines that say nothing are passed over. */
export function parseRobots(input: Uint8Array | string): Robots {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
  const sitemaps: string[] = [];
  const groups = new Map<string, Block[]>();
  /** Undefined before the first user-agent line: rules there belong to nobody. */
  let block: Block | undefined;
  let inAgents = false;

  const lines = octets(bytes.subarray(0, ROBOTS_BYTES_MAX)).split(/\r\n|\n|\r/);
  for (const [index, line] of lines.entries()) {
    const record = readRecord(line.slice(0, LINE_LENGTH_MAX));
    if (record === undefined) continue;
    if (record.key === 'sitemap') {
      if (record.value !== '' && sitemaps.length < SITEMAPS_MAX) sitemaps.push(utf8(record.value));
    } else if (record.key === 'user-agent') {
      if (block === undefined || !inAgents) block = { rules: [] };
      inAgents = true;
      const token = productToken(record.value);
      if (token !== '') addBlock(groups, token, block);
    } else if (record.key === 'crawl-delay') {
      // It does not end the list of agents, as no record does that RFC 9309 does not know.
      const delay = readDelay(record.value);
      if (delay !== undefined && block !== undefined) block.crawlDelayMs ??= delay;
    } else {
      inAgents = false;
      if (record.value === '') continue;
      block?.rules.push({
        type: record.key,
        pattern: record.value,
        line: index + 1,
        compiled: compilePattern(record.value),
      });
    }
  }

  const groupFor = (agent: string) => groups.get(productToken(agent)) ?? groups.get('*') ?? [];
  return {
    sitemaps,
    crawlDelayMs: (agent) => groupFor(agent).find((each) => each.crawlDelayMs !== undefined)?.crawlDelayMs,
    check(agent, url) {
      const { pathname, search } = new URL(url, 'http://host/');
      // RFC 9309 §2.2.2: the file itself is always allowed.
      if (pathname === '/robots.txt') return { allowed: true };
      const rule = decide(groupFor(agent), escapePath(pathname + search));
      if (rule === undefined) return { allowed: true };
      const { type, pattern, line } = rule;
      return { allowed: type === 'allow', rule: { type, pattern, line } };
    },
  };
}

/** The longest pattern that matches wins; of equal ones the one that allows. */
function decide(group: readonly Block[], path: string): CompiledRule | undefined {
  let best: CompiledRule | undefined;
  for (const { rules } of group) {
    for (const rule of rules) {
      const longer = best === undefined || rule.compiled.length > best.compiled.length;
      const kinder = rule.compiled.length === best?.compiled.length && rule.type === 'allow' && best.type !== 'allow';
      if ((longer || kinder) && matches(rule.compiled, path)) best = rule;
    }
  }
  return best;
}

function addBlock(groups: Map<string, Block[]>, token: string, block: Block): void {
  const blocks = groups.get(token);
  if (blocks === undefined) groups.set(token, [block]);
  else if (blocks.at(-1) !== block) blocks.push(block);
}

type Key = 'user-agent' | 'allow' | 'disallow' | 'sitemap' | 'crawl-delay';

/** With the misspellings that Google's parser takes too: whoever writes `dissallow` means it. */
const KEYS: ReadonlyMap<string, Key> = new Map<string, Key>([
  ...['user-agent', 'useragent', 'user agent'].map((key) => [key, 'user-agent'] as const),
  ...['disallow', 'dissallow', 'dissalow', 'disalow', 'diasllow', 'disallaw'].map((key) => [key, 'disallow'] as const),
  ['allow', 'allow'],
  ['sitemap', 'sitemap'],
  ['site-map', 'sitemap'],
  ['crawl-delay', 'crawl-delay'],
]);

function readRecord(line: string): { key: Key; value: string } | undefined {
  const hash = line.indexOf('#');
  const text = hash === -1 ? line : line.slice(0, hash);
  const colon = text.indexOf(':');
  // `Disallow /x`: a forgotten colon is read as Google's parser reads it, when there are exactly two words.
  const words = colon === -1 ? /^\s*(\S+)[ \t]+(\S+)\s*$/.exec(text) : null;
  if (colon === -1 && words === null) return undefined;
  const key = (words?.[1] ?? text.slice(0, colon)).trim().toLowerCase();
  const value = (words?.[2] ?? text.slice(colon + 1)).trim();
  const known = KEYS.get(key);
  return known === undefined ? undefined : { key: known, value };
}

/** RFC 9309 §2.2.1: letters, `_` and `-`, compared without case; what follows (a version) does not count. `*` is everybody. */
function productToken(agent: string): string {
  if (agent === '*' || /^\*\s/.test(agent)) return '*';
  return /^[A-Za-z_-]*/.exec(agent)?.[0].toLowerCase() ?? '';
}

function readDelay(value: string): number | undefined {
  const match = /^\d{1,9}(?:\.\d{1,9})?/.exec(value) ?? /^\.\d{1,9}/.exec(value);
  if (match === null || /^[\d.eE+-]/.test(value.slice(match[0].length))) return undefined;
  return Math.round(Number(match[0]) * 1_000);
}

/**
 * One character per octet: rules are compared as octets, whatever their charset. A UTF-8 byte order mark goes, also one
 * that somebody's editor left half of.
 */
function octets(bytes: Uint8Array): string {
  const mark = [0xef, 0xbb, 0xbf];
  const found = mark.findIndex((byte, at) => bytes[at] !== byte);
  const start = found === -1 ? mark.length : found;
  // Not TextDecoder: its latin1 is windows-1252 and moves 0x80-0x9f.
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, bytes.byteLength - start).toString('latin1');
}

function utf8(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(text, (char) => char.charCodeAt(0)));
}
