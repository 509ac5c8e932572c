import { canonicalizeUrl, hostIdOf } from '@newsmill/core';
import { productToken } from '@newsmill/fetch';
import type { Frontier } from '@newsmill/frontier';
import { type CliConfig, type FetchConfig, readFetchSettings } from '../config.ts';
import { findServers, openPipeline, type Pipeline } from '../connect.ts';
import { type Explanation, explainUrl, type UrlFacts } from '../explain-url.ts';
import { policyOf } from '../fetch-policy.ts';
import { typedAddress } from '../make-source.ts';
import { type Output, styled } from '../output.ts';

/** `newsmill why <url>`: what newsmill would do with a URL, and why. */
export async function why(config: CliConfig, output: Output, text: string, json: boolean): Promise<void> {
  const { redisUrl } = await findServers(config);
  await using pipeline = openPipeline(redisUrl, config.REDIS_PREFIX);
  const facts = await gather(pipeline, text, readFetchSettings(), Date.now());
  const explanation = explainUrl(facts);
  output.out(json ? JSON.stringify(explanation, undefined, 2) : explanationText(output, explanation));
}

async function gather(
  { frontier, lore }: Pick<Pipeline, 'frontier' | 'lore'>,
  text: string,
  settings: FetchConfig,
  now: number,
): Promise<UrlFacts> {
  const input = await likelyAddress(frontier, text);
  const canonical = canonicalizeUrl(input);
  const url = 'url' in canonical ? canonical.url : undefined;
  const [sources, row, robots, learned] = await Promise.all([
    frontier.listSources(),
    url === undefined ? undefined : frontier.getUrl(url),
    url === undefined ? undefined : frontier.getRobots(hostIdOf(url)),
    url === undefined ? undefined : lore.read(hostIdOf(url)),
  ]);
  return { input, policy: policyOf(settings), sources, row, robots, lore: learned, agent: productToken, now };
}

/** Who types no scheme means the address that is known. */
async function likelyAddress(frontier: Frontier, text: string): Promise<string> {
  const input = typedAddress(text);
  const plain = canonicalizeUrl(`http://${text}`);
  if (input === text || 'refused' in plain) return input;
  const canonical = canonicalizeUrl(input);
  const isKnown = 'url' in canonical && (await frontier.getUrl(canonical.url)) !== undefined;
  return !isKnown && (await frontier.getUrl(plain.url)) !== undefined ? plain.url : input;
}

const words = { fetch: 'fetches it', wait: 'waits', skip: 'does not fetch it' } as const;
const styles = { fetch: 'green', wait: 'yellow', skip: 'red' } as const;

/** One fact a line. */
function explanationText(
  output: Output,
  { input, canonical, verdict, because, kind, scope, robots, known }: Explanation,
): string {
  const lines = [`${styled(output, styles[verdict], `newsmill ${words[verdict]}`)}: ${because}`];
  const line = (name: string, text: string | undefined) => {
    if (text !== undefined) lines.push(`  ${name.padEnd(10)} ${text}`);
  };
  line('address', canonical === undefined || canonical === input ? input : `${input}  known as  ${canonical}`);
  line('kind', kind);
  line('scope', scope && (scope.map(scopeText).join('; ') || 'no source covers its host'));
  line('robots', robots && robotsText(robots));
  if (canonical !== undefined) line('known', known === undefined ? 'no' : 'yes');
  for (const [key, value] of Object.entries(known ?? {})) {
    if (key !== 'url' && key !== 'kind')
      line('', `${key}: ${typeof value === 'object' ? JSON.stringify(value) : value}`);
  }
  return lines.join('\n');
}

function scopeText(one: NonNullable<Explanation['scope']>[number]): string {
  const by = one.pattern === undefined ? '' : ` by ${one.pattern}`;
  return one.inScope ? `source ${one.source} covers it${by}` : `source ${one.source}: ${one.reason}${by}`;
}

function robotsText({ state, allowed, rule, crawlDelayMs, fetchedAt }: NonNullable<Explanation['robots']>): string {
  if (state === 'unknown') return 'not fetched yet';
  const delay = crawlDelayMs === undefined ? '' : `; asks for ${crawlDelayMs} ms between requests`;
  const age = ` (read ${fetchedAt})`;
  if (state === 'unreachable') return `out of reach${age}`;
  if (state === 'absent') return `there is none, all is allowed${age}`;
  const by = rule === undefined ? 'no rule speaks of it' : `line ${rule.line}: ${rule.type}: ${rule.pattern}`;
  return `${allowed ? 'allowed' : 'forbidden'}, ${by}${delay}${age}`;
}
