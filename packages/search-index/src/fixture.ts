import { createHash } from 'node:crypto';
import type { Article } from '@newsmill/contracts';

/** A complete, valid article for tests; every field can be told otherwise. The id follows from the URL. */
export function fixtureArticle(fields: Partial<Article> & { readonly url: string }): Article {
  return {
    id: createHash('sha256').update(fields.url).digest('base64url').slice(0, 22),
    site: { domain: new URL(fields.url).hostname },
    type: 'article',
    headline: 'Headline',
    body: 'Body.',
    repairs: [],
    provenance: { headline: 'h1' },
    contentHash: 'AAAAAAAAAAAAAAAAAAAAAA',
    parserVersion: '1',
    fetchedAt: '2026-03-01T00:00:00Z',
    ...fields,
  };
}

/** The same story in simplified and in genuine traditional script, and others around it. Written for these tests. */
export const fixtureArticles = {
  simplified: fixtureArticle({
    url: 'https://news.example.cn/2022/01/26/1.shtml',
    site: { domain: 'example.cn', name: '陇原网' },
    headline: '兰州将打造一批品质学校',
    body: '陇原网1月26日讯 记者从全省教育工作会议上获悉，今年将支持兰州打造一批品质学校。\n\n会议还讨论了网络安全与人工智能ＡＩ课程。',
    contributors: [
      { name: '孙晓岚', role: 'reporter' },
      { name: '马志远', role: 'editor' },
    ],
    publisher: { name: '陇原网', domain: 'example.cn' },
    sourceChain: ['陇原网', '金城晨报'],
    sectionPath: ['陇原网', '教育'],
    datePublished: '2022-01-26T10:15:00+08:00',
    datePublishedPrecision: 'minute',
    inLanguage: 'zh-Hans',
  }),
  traditional: fixtureArticle({
    url: 'https://www.example.hk/edu/2.html',
    site: { domain: 'example.hk', name: '香江日報' },
    headline: '蘭州擬打造一批品質學校',
    body: '【本報訊】甘肅省會蘭州計劃打造一批品質學校，並發展網絡教育。',
    contributors: [{ name: '陳國華', role: 'reporter' }],
    publisher: { name: '香江日報' },
    sourceChain: ['香江日報'],
    sectionPath: ['兩岸'],
    datePublished: '2022-01-27T00:00:00+08:00',
    datePublishedPrecision: 'day',
    inLanguage: 'zh-Hant',
  }),
  english: fixtureArticle({
    url: 'https://www.example.com/world/3',
    site: { domain: 'example.com', name: 'The Example' },
    headline: 'AI models <b>reshape</b> news & schools',
    body: 'Reporters tested five AI models on 5G phones. The schools in Lanzhou were not among them.',
    contributors: [{ name: 'Zoë Martin', role: 'author' }],
    sectionPath: ['World'],
    datePublished: '2024-05-02T09:00:00-05:00',
    datePublishedPrecision: 'minute',
    inLanguage: 'en',
  }),
  undated: fixtureArticle({
    url: 'https://www.example.com/about/4',
    site: { domain: 'example.com', name: 'The Example' },
    headline: '天气预报',
    body: '今日多云转晴。',
    inLanguage: 'zh-Hans',
  }),
} as const;
