import { silentSince } from '@newsmill/core/schedule';
import type { NewsDays } from './news-days.ts';
import type { Frontier } from './port.ts';

export interface SilentSource {
  readonly sourceId: string;
  readonly name: string;
  /** When its last new article was found; epoch milliseconds. */
  readonly lastAt: number;
}

/** Standing sources that have brought nothing for longer than they ever pause; the one silent for longest first. */
export async function silentSources(
  frontier: Pick<Frontier, 'listSources'>,
  news: Pick<NewsDays, 'read'>,
  now: number,
): Promise<SilentSource[]> {
  const [sources, histories] = await Promise.all([frontier.listSources(), news.read(now)]);
  const silent = sources.flatMap(({ id, name, mode }) => {
    const history = mode === 'standing' ? histories.get(id) : undefined;
    if (history === undefined || silentSince(history, now) === undefined) return [];
    return [{ sourceId: id, name, lastAt: history.lastAt }];
  });
  return silent.sort((a, b) => a.lastAt - b.lastAt);
}
