export { sitemapLinks } from './links.ts';
export {
  parseSitemap,
  SITEMAP_ENTRIES_MAX,
  type Sitemap,
  type SitemapEntry,
  type SitemapFailure,
  type SitemapNews,
  sniffSitemap,
} from './parse-sitemap.ts';
