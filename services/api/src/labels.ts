/** Words of the search page. */
export interface Labels {
  readonly lang: string;
  readonly title: string;
  readonly placeholder: string;
  readonly search: string;
  readonly newest: string;
  readonly relevance: string;
  readonly sort: string;
  readonly collapse: string;
  readonly found: (count: string) => string;
  readonly nothing: string;
  readonly original: string;
  readonly next: string;
  readonly source: string;
  readonly copies: (count: number) => string;
  readonly unavailable: string;
  readonly hint: string;
  readonly partial: string;
}

const english: Labels = {
  lang: 'en',
  title: 'newsmill search',
  placeholder: 'words, "a phrase", -not, site:, source:, after:2024',
  search: 'Search',
  newest: 'newest first',
  relevance: 'best first',
  sort: 'Order',
  collapse: 'one of each story',
  found: (count) => `${count} articles`,
  nothing: 'Nothing found. Fewer or other words may help; both Chinese scripts are searched anyway.',
  original: 'original page',
  next: 'more',
  source: 'via',
  copies: (count) => `${count} copies`,
  unavailable: 'The search is not available now. Try again in a few seconds.',
  hint: 'Simplified and traditional characters find each other.',
  partial: 'The search took too long; there may be more than is shown.',
};

const chinese: Labels = {
  lang: 'zh-Hans',
  title: 'newsmill 搜索',
  placeholder: '关键词、"完整短语"、-排除、site:、来源:、after:2024',
  search: '搜索',
  newest: '最新优先',
  relevance: '相关优先',
  sort: '排序',
  collapse: '合并重复报道',
  found: (count) => `${count} 篇文章`,
  nothing: '没有找到。可以减少或更换关键词；简体、繁体会一并搜索。',
  original: '原文',
  next: '更多',
  source: '来源',
  copies: (count) => `${count} 篇相同报道`,
  unavailable: '搜索暂时不可用，请几秒后再试。',
  hint: '简体与繁体可以互相搜到。',
  partial: '搜索超时，结果可能不完整。',
};

/** The first language of `Accept-Language` that we have; English otherwise. The weights are in order in practice. */
export function labelsFor(acceptLanguage: string | undefined): Labels {
  for (const range of (acceptLanguage ?? '').slice(0, 500).split(',')) {
    const tag = range.trim().toLowerCase();
    if (/^zh\b/.test(tag)) return chinese;
    if (/^en\b/.test(tag)) return english;
  }
  return english;
}
