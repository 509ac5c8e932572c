/** Words of the pages. */
export interface Labels {
  readonly lang: string;
  readonly title: string;
  readonly placeholder: string;
  readonly search: string;
  readonly skip: string;
  readonly filters: string;
  readonly order: string;
  readonly newest: string;
  readonly relevance: string;
  readonly copiesShown: string;
  readonly eachOnce: string;
  readonly allCopies: string;
  readonly date: string;
  readonly from: string;
  readonly to: string;
  readonly apply: string;
  readonly pictures: string;
  readonly withPictures: string;
  readonly facets: Readonly<Record<'site' | 'origin' | 'section' | 'language' | 'year', string>>;
  readonly others: Readonly<Record<'publisher' | 'source' | 'contributor' | 'author' | 'cluster', string>>;
  readonly remove: (what: string) => string;
  readonly found: (count: string) => string;
  readonly latest: string;
  readonly nothing: string;
  readonly didYouMean: string;
  readonly original: string;
  readonly read: string;
  readonly next: string;
  readonly source: string;
  readonly copies: (count: number) => string;
  readonly firstBy: (who: string) => string;
  readonly similar: string;
  readonly similarTo: (headline: string) => string;
  readonly gone: string;
  readonly unavailable: string;
  readonly hint: string;
  readonly partial: string;
  readonly feed: string;
  readonly api: string;
  readonly by: string;
  readonly published: string;
  readonly repaired: string;
  readonly address: string;
}

const english: Labels = {
  lang: 'en',
  title: 'newsmill search',
  placeholder: 'words, "a phrase", -not, site:, source:, after:2024',
  search: 'Search',
  skip: 'To the results',
  filters: 'Filters',
  order: 'Order',
  newest: 'newest first',
  relevance: 'best first',
  copiesShown: 'Copies',
  eachOnce: 'each story once',
  allCopies: 'all copies',
  date: 'Date',
  from: 'from',
  to: 'to',
  apply: 'Apply',
  pictures: 'Pictures',
  withPictures: 'with pictures',
  facets: { site: 'Site', origin: 'Written by', section: 'Section', language: 'Language', year: 'Year' },
  others: {
    publisher: 'publisher',
    source: 'via',
    contributor: 'name',
    author: 'author',
    cluster: 'copies of one story',
  },
  remove: (what) => `Remove: ${what}`,
  found: (count) => `${count} articles`,
  latest: 'Latest',
  nothing: 'Nothing found. Fewer or other words may help; both Chinese scripts are searched anyway.',
  didYouMean: 'Did you mean',
  original: 'original page',
  read: 'read here',
  next: 'More',
  source: 'via',
  copies: (count) => `${count} copies`,
  firstBy: (who) => `first: ${who}`,
  similar: 'similar',
  similarTo: (headline) => `Similar to “${headline}”`,
  gone: 'page is gone',
  unavailable: 'The search is not available now. Try again in a few seconds.',
  hint: 'Simplified and traditional characters find each other.',
  partial: 'The search took too long; there may be more than is shown.',
  feed: 'Feed of this search',
  api: 'API',
  by: 'By',
  published: 'Published',
  repaired: 'Repaired',
  address: 'Address',
};

const chinese: Labels = {
  lang: 'zh-Hans',
  title: 'newsmill 搜索',
  placeholder: '关键词、"完整短语"、-排除、site:、来源:、after:2024',
  search: '搜索',
  skip: '跳到结果',
  filters: '筛选',
  order: '排序',
  newest: '最新优先',
  relevance: '相关优先',
  copiesShown: '重复报道',
  eachOnce: '合并显示',
  allCopies: '全部显示',
  date: '日期',
  from: '从',
  to: '到',
  apply: '应用',
  pictures: '图片',
  withPictures: '有图片',
  facets: { site: '网站', origin: '首发来源', section: '栏目', language: '语言', year: '年份' },
  others: { publisher: '媒体', source: '来源', contributor: '署名', author: '作者', cluster: '同一报道' },
  remove: (what) => `取消：${what}`,
  found: (count) => `${count} 篇文章`,
  latest: '最新',
  nothing: '没有找到。可以减少或更换关键词；简体、繁体会一并搜索。',
  didYouMean: '您要找的是不是',
  original: '原文',
  read: '阅读',
  next: '更多',
  source: '来源',
  copies: (count) => `${count} 篇相同报道`,
  firstBy: (who) => `首发：${who}`,
  similar: '相似文章',
  similarTo: (headline) => `与《${headline}》相似的文章`,
  gone: '原网页已不存在',
  unavailable: '搜索暂时不可用，请几秒后再试。',
  hint: '简体与繁体可以互相搜到。',
  partial: '搜索超时，结果可能不完整。',
  feed: '订阅此搜索',
  api: '接口',
  by: '署名',
  published: '发布',
  repaired: '修复',
  address: '网址',
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

/** A language tag of an article in the reader's language: `zh-hant` → 繁体中文. */
export function languageName(tag: string, { lang }: Labels): string {
  try {
    return new Intl.DisplayNames([lang], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag; // What a page claims may be no tag at all.
  }
}
