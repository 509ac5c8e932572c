/** What the description shows; a test holds each against its schema. */
const site = {
  name: '陇原网',
  domain: 'longyuan.example',
  operator: '陇原传媒有限责任公司',
  licences: { newsService: '62120060099', icp: '陇ICP备17009999号' },
  reportPhones: ['12377'],
};
const summary = {
  id: 'u0kUoo3WUvnKFgEH4QK_lA',
  url: 'https://www.longyuan.example/2022/01/26/1.shtml',
  site,
  type: 'article',
  headline: '兰州将打造一批品质学校',
  contributors: [{ name: '孙晓岚', role: 'reporter' }],
  sourceChain: ['陇原网', '金城晨报'],
  origin: '金城晨报',
  datePublished: '2022-01-26T10:15:00+08:00',
  datePublishedPrecision: 'minute',
  sectionPath: ['陇原网', '教育'],
  inLanguage: 'zh-Hans',
  repairs: [],
  contentHash: 'Zk0rPz5cT1yqv0dQn4mXaA',
  parserVersion: '1',
  fetchedAt: '2026-03-01T00:00:00Z',
  version: 1,
  clusterId: 'u0kUoo3WUvnKFgEH4QK_lA',
  clusterFirst: true,
};

export const articleExample = {
  ...summary,
  body: '陇原网1月26日讯 今年将支持兰州打造一批品质学校。\n\n会议还讨论了网络安全。',
  provenance: { headline: 'h1', body: 'block-model' },
};

export const searchExample = {
  total: 1,
  totalIsExact: true,
  hits: [
    {
      id: summary.id,
      score: 12.5,
      article: summary,
      highlights: {
        headline: '<em>兰州</em>将打造一批品质<em>学校</em>',
        body: ['今年将支持<em>兰州</em>打造一批品质<em>学校</em>。'],
      },
    },
  ],
  facets: { site: [{ value: 'longyuan.example', label: '陇原网', count: 1 }] },
  partial: false,
  tookMs: 5,
};

export const problemExample = {
  title: 'This cannot be searched',
  status: 400,
  detail: 'size: "200" is out of range. Use 1 to 100; page on with cursor.',
  field: 'size',
  value: '200',
  hint: 'Use 1 to 100; page on with cursor.',
};

const reference = {
  id: summary.id,
  url: summary.url,
  headline: summary.headline,
  datePublished: summary.datePublished,
};
export const siteExample = {
  id: site.domain,
  site: { ...site, feeds: ['https://www.longyuan.example/rss.xml'] },
  articles: 12_345,
  firstArticle: reference,
  lastArticle: reference,
  articlesPerDay: 41.5,
  languages: ['zh-Hans'],
  updatedAt: '2026-03-01T00:00:00Z',
};

export const savedSearchExample = {
  id: '4b7d6a2e-7a53-4a3e-9a55-1f9f0c0b8f11',
  owner: 'desk',
  name: '兰州的学校',
  query: { q: '兰州 学校', site: ['longyuan.example'] },
  webhook: 'https://hooks.example.com/newsmill',
  createdAt: '2026-03-01T00:00:00Z',
  status: 'active',
  failures: 0,
  deliveries: 3,
  articles: 17,
  lastDeliveredAt: '2026-03-01T08:00:00Z',
};
