import { z } from 'zod';

/**
 * The article: what `newsmill parse` prints and what Elasticsearch holds, one shape for both.
 * Names are those of schema.org `NewsArticle` where it has one.
 * A field that is not on the page is absent: nothing is guessed silently, and `provenance` tells where each came from.
 */

/** What somebody did for the article. `source` is an agency or outlet that is credited like a person. */
export const contributorRole = z.enum([
  'author',
  'reporter',
  'correspondent',
  'photographer',
  'editor',
  'translator',
  'source',
]);

export const contributor = z.strictObject({
  /** The name as printed, script of the article, without title, bracket or staff code. */
  name: z.string().min(1),
  role: contributorRole,
});

export const articleImage = z.strictObject({
  /** Absolute http(s) URL. */
  url: z.string(),
  caption: z.string().optional(),
  /** CSS pixels, as declared by the page. */
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
});

export const dateline = z.strictObject({
  /** Who filed the report, as printed: `新华社`, `Xinhua`, `中国甘肃网`. */
  agency: z.string().optional(),
  /** Where it was filed. */
  place: z.string().optional(),
  /** The day in the dateline, `YYYY-MM-DD`; its year comes from the publication date. */
  date: z.iso.date().optional(),
});

/** The site's own card as far as one page shows it; every figure is as printed. */
export const siteCard = z.strictObject({
  /** The name a reader would use: `中国甘肃网`. */
  name: z.string().optional(),
  /** Registrable domain (public suffix + 1), or the IP address: `gscn.com.cn`. */
  domain: z.string(),
  /** 主办 / operator. */
  operator: z.string().optional(),
  licences: z
    .strictObject({
      /** 互联网新闻信息服务许可证 */
      newsService: z.string().optional(),
      /** ICP备案 */
      icp: z.string().optional(),
      /** 经营许可证 */
      business: z.string().optional(),
      /** 广播电视节目制作经营许可证 */
      broadcastProduction: z.string().optional(),
      /** 增值电信业务许可证 */
      valueAddedTelecom: z.string().optional(),
    })
    .optional(),
  /** 法律顾问 */
  legalCounsel: z.array(z.strictObject({ name: z.string(), phone: z.string().optional() })).optional(),
  /** 举报电话 */
  reportPhones: z.array(z.string()).optional(),
  /** First and last year of the copyright line. */
  copyrightYears: z.tuple([z.int(), z.int()]).optional(),
  /** Address of its logo, as the page's structured data names it. */
  logo: z.string().optional(),
  /** Addresses of the feeds that the page names. */
  feeds: z.array(z.string()).optional(),
});

/** What was done to the text before it was indexed. */
export const repair = z.enum([
  /** `網(wǎng)` → `網`: pinyin in brackets that a machine put behind characters. */
  'pinyin-gloss',
  /** Text that a machine turned into traditional script was turned back. */
  'traditional-to-simplified',
  /** Characters that the gloss machine broke (GBK bytes out of step) were restored. */
  'gloss-damage',
  /** UTF-8 that had been decoded and encoded once too often. */
  'double-encoded-utf8',
  /** The declared charset was not the real one. */
  'wrong-charset',
]);

/** `provenance` of a field that the page lacks and the feed or sitemap that led to it gave. */
export const feedItem = 'feed-item';

/** What the parser makes of one page: everything it can know without the network or the index. */
export const extractedArticle = z.strictObject({
  /** The URL that was fetched, canonicalised. */
  url: z.string(),
  /** What the page itself calls its address, when it names one of the same site. */
  canonicalUrl: z.string().optional(),
  site: siteCard,
  /** `article`: one story. `other`: kept although it is not clearly one (an operator's rule said so). */
  type: z.enum(['article', 'other']),
  headline: z.string(),
  /** 原标题, 副题, 引题: another title that the page prints for the same story. */
  alternativeHeadline: z.string().optional(),
  description: z.string().optional(),
  /** Plain text; paragraphs are joined by one blank line. */
  body: z.string(),
  /** The body with its structure: a small, sanitized set of tags. */
  bodyHtml: z.string().optional(),
  contributors: z.array(contributor).optional(),
  publisher: z.strictObject({ name: z.string(), domain: z.string().optional() }).optional(),
  /** Who printed it before, the republisher first and the origin last: `["中国甘肃网","兰州日报"]`. */
  sourceChain: z.array(z.string()).optional(),
  dateline: dateline.optional(),
  /** ISO 8601 with offset. */
  datePublished: z.iso.datetime({ offset: true }).optional(),
  /** How much of `datePublished` was printed; at `day` the time is 00:00 and means nothing. */
  datePublishedPrecision: z.enum(['day', 'minute', 'second']).optional(),
  dateModified: z.iso.datetime({ offset: true }).optional(),
  /** Breadcrumb, from the site down. */
  sectionPath: z.array(z.string()).optional(),
  keywords: z.array(z.string()).optional(),
  /** BCP 47, with script where it matters: `zh-Hans`, `zh-Hant`, `en`. */
  inLanguage: z.string().optional(),
  /** The main image first. */
  images: z.array(articleImage).optional(),
  copyrightNotice: z.string().optional(),
  isAccessibleForFree: z.boolean().optional(),
  repairs: z.array(repair),
  /** Field → the evidence it came from, e.g. `{"headline":"h1","datePublished":"meta:pubdate"}`. */
  provenance: z.record(z.string(), z.string()),
  /** SHA-256 of headline and body after normalization, base64url, 22 characters: equal content, equal hash. */
  contentHash: z.string(),
  /** Near-duplicate fingerprint of the script-folded body; see core/fingerprint. Absent when the text is too short. */
  fingerprint: z.string().optional(),
  parserVersion: z.string(),
});

/** The document: the extracted article and what the pipeline knows about it. */
export const article = extractedArticle.extend({
  /** URL id: base64url of the SHA-256 of `url`, 22 characters. The document's `_id`. */
  id: z.string(),
  /** Where the raw page lies in the archive. */
  captureRef: z.string().optional(),
  fetchedAt: z.iso.datetime({ offset: true }).optional(),
  firstSeenAt: z.iso.datetime({ offset: true }).optional(),
  /** Counts the states of this article that were seen; 1 is the first. */
  version: z.int().positive().optional(),
  /** Which source of the operator's led here. */
  sourceId: z.string().optional(),
  indexedAt: z.iso.datetime({ offset: true }).optional(),
  /** When its first state came into the index: what is new to searchers. */
  firstIndexedAt: z.iso.datetime({ offset: true }).optional(),
  /** Who wrote it, by the page's own word: the last of `sourceChain`. */
  origin: z.string().optional(),
  /** When the page was found to be gone (404, 410, or a wish not to be indexed); the text is its last state. */
  removedAt: z.iso.datetime({ offset: true }).optional(),
  /** Copies of one story share it. */
  clusterId: z.string().optional(),
  /** True for the copy that was first in its cluster. */
  clusterFirst: z.boolean().optional(),
});

export type Contributor = z.infer<typeof contributor>;
export type ContributorRole = z.infer<typeof contributorRole>;
export type ArticleImage = z.infer<typeof articleImage>;
export type Dateline = z.infer<typeof dateline>;
export type SiteCard = z.infer<typeof siteCard>;
export type Repair = z.infer<typeof repair>;
export type ExtractedArticle = z.infer<typeof extractedArticle>;
export type Article = z.infer<typeof article>;
