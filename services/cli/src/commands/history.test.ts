import { UsageError } from '@newsmill/contracts';
import { urlIdOf } from '@newsmill/core/url';
import type { ArticleVersion } from '@newsmill/search-index';
import { describe, expect, it } from 'vitest';
import type { Output } from '../output.ts';
import { articleIdOf, historyText } from './history.ts';

const output: Output = { out: () => undefined, err: () => undefined, live: () => undefined, color: false };

const state = (version: number, headline: string, body: string): ArticleVersion => ({
  id: `id-${version}`,
  articleId: 'id',
  url: 'https://a.example/1',
  site: { domain: 'a.example' },
  type: 'article',
  headline,
  body,
  repairs: [],
  provenance: {},
  contentHash: `${version}`,
  parserVersion: '1',
  fetchedAt: `2026-03-0${version}T06:00:00Z`,
  version,
  replacedAt: '2026-03-09T00:00:00Z',
  changes: { headline: true, paragraphsAdded: 0, paragraphsRemoved: 0, paragraphsChanged: 0, parser: false },
});

describe('newsmill history', () => {
  it('shows what changed from state to state', () => {
    const first = state(1, '旧标题', '去年全市新建学校32所，新增学位1.8万个。\n\n会后参观。');
    const second = state(2, '新标题', '导语。\n\n去年全市新建学校34所，新增学位1.8万个。');
    const third = { ...state(3, '新标题', second.body), parserVersion: '2', removedAt: '2026-03-04T00:00:00Z' };
    expect(historyText(output, third, [first, second])).toBe(
      [
        '新标题',
        'https://a.example/1 · 3 states known · gone since 2026-03-04 00:00',
        '',
        'version 1 (until 2026-03-01 06:00) → 2 (fetched 2026-03-02 06:00): headline changed, 1 paragraph changed, 1 paragraph added, 1 paragraph removed',
        '- 旧标题',
        '+ 新标题',
        '+ 导语。',
        '~ 去年全市新建学校3[-2-]{+4+}所，新增学位1.8万个。',
        '- 会后参观。',
        '',
        'version 2 (until 2026-03-02 06:00) → 3 (fetched 2026-03-03 06:00): read by another version of the parser',
      ].join('\n'),
    );
  });

  it('lets no control sequence reach the terminal', () => {
    const text = historyText(output, state(2, '\u001b[2Jx', 'a\u001b[31m'), [state(1, 'y', 'b\u0007')]);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it('takes an id or an address', () => {
    const id = urlIdOf('https://a.example/1');
    expect(articleIdOf(id)).toBe(id);
    expect(articleIdOf('https://A.example/1#top')).toBe(id);
    expect(() => articleIdOf('http://')).toThrow(UsageError);
  });
});
