import { type Article, UsageError } from '@newsmill/contracts';
import { canonicalizeUrl, urlIdOf } from '@newsmill/core/url';
import { type ArticleVersion, changesOf, compareBodies, withoutControls } from '@newsmill/search-index';
import type { CliConfig } from '../config.ts';
import { findServers, openIndex } from '../connect.ts';
import { typedAddress } from '../make-source.ts';
import { type Output, styled } from '../output.ts';

/** `newsmill history <id|url>`: what an article said before, and what was changed. Returns the exit code. */
export async function history(config: CliConfig, output: Output, text: string, json: boolean): Promise<number> {
  const id = articleIdOf(text);
  const { elasticsearchUrl } = await findServers(config);
  await using opened = openIndex(elasticsearchUrl, config);
  const stored = await opened.index.get(id);
  if (stored === undefined) {
    output.err(`no article ${text} is in the index (id ${id}); newsmill why tells what became of an address`);
    return 1;
  }
  const former = (await opened.versions.list(id)).toReversed();
  const states = { article: stored.article, versions: former };
  output.out(json ? JSON.stringify(states, undefined, 2) : historyText(output, stored.article, former));
  return 0;
}

/** An address in any form that people type, or an id. */
export function articleIdOf(text: string): string {
  if (/^[\w-]{22}$/.test(text)) return text;
  const judged = canonicalizeUrl(typedAddress(text));
  if ('url' in judged) return urlIdOf(judged.url);
  throw new UsageError(`article: ${JSON.stringify(text)} is neither an id (22 characters) nor an address`);
}

/** Each state with what changed on the way to the next. `former` is in the order of time. */
export function historyText(output: Output, article: Article, former: readonly ArticleVersion[]): string {
  const states: readonly Article[] = [...former, article];
  const count = `${states.length} ${states.length === 1 ? 'state' : 'states'} known`;
  const gone = article.removedAt === undefined ? '' : ` · gone since ${minute(article.removedAt)}`;
  const lines = [
    styled(output, 'bold', withoutControls(article.headline)),
    styled(output, 'dim', `${withoutControls(article.url)} · ${count}${gone}`),
  ];
  for (const [at, before] of states.slice(0, -1).entries()) {
    const after = states[at + 1];
    if (after !== undefined) lines.push('', ...changeLines(output, before, after));
  }
  return lines.join('\n');
}

const minute = (time: string | undefined): string => time?.slice(0, 16).replace('T', ' ') ?? 'at an unknown time';
const counted = (count: number, what: string): string[] =>
  count === 0 ? [] : [`${count} paragraph${count === 1 ? '' : 's'} ${what}`];

function changeLines(output: Output, before: Article, after: Article): string[] {
  const { headline, paragraphsAdded, paragraphsChanged, paragraphsRemoved, parser } = changesOf(before, after);
  const what = [
    ...(headline ? ['headline changed'] : []),
    ...counted(paragraphsChanged, 'changed'),
    ...counted(paragraphsAdded, 'added'),
    ...counted(paragraphsRemoved, 'removed'),
    ...(parser ? ['read by another version of the parser'] : []),
  ];
  const removed = (text: string): string => styled(output, 'red', `- ${withoutControls(text)}`);
  const added = (text: string): string => styled(output, 'green', `+ ${withoutControls(text)}`);
  return [
    `version ${before.version ?? '?'} (until ${minute(before.fetchedAt)}) → ${after.version ?? '?'} ` +
      `(fetched ${minute(after.fetchedAt)}): ${what.join(', ') || 'the same text'}`,
    ...(headline ? [removed(before.headline), added(after.headline)] : []),
    ...compareBodies(before.body, after.body).flatMap((change) => {
      if (change.type === 'same') return [];
      if (change.type === 'changed') return `~ ${changedText(output, change.before, change.after)}`;
      return change.type === 'added' ? added(change.text) : removed(change.text);
    }),
  ];
}

/** Characters of what is the same around a change. */
const contextLength = 30;

/** One paragraph with the part that differs marked: `…公里[-32-]{+34+}所学校…`. */
function changedText(output: Output, before: string, after: string): string {
  const [a, b] = [Array.from(withoutControls(before)), Array.from(withoutControls(after))];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [old, fresh] = [a.slice(start, a.length - end).join(''), b.slice(start, b.length - end).join('')];
  const head = a.slice(Math.max(0, start - contextLength), start).join('');
  const tail = a.slice(a.length - end, a.length - end + contextLength).join('');
  return [
    start > contextLength ? '…' : '',
    head,
    old === '' ? '' : styled(output, 'red', `[-${old}-]`),
    fresh === '' ? '' : styled(output, 'green', `{+${fresh}+}`),
    tail,
    end > contextLength ? '…' : '',
  ].join('');
}
