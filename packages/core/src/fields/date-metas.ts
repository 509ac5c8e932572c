/** Names of `<meta>` elements that tell when a story appeared or changed, with how far each is trusted (json-ld is 10). */

const words = (text: string): readonly string[] => text.split(/\s+/);

export const META_PUBLISHED: readonly (readonly [weight: number, names: readonly string[]])[] = [
  [
    9,
    words(`article:published_time article:published og:article:published_time og:published_time bt:pubdate parsely-pub-date
    sailthru.date rnews:datepublished datepublished vr:published_time article.published cxenseparse:recs:publishtime
    cxense:publishtime lp.article:published_time weibo:article:create_at`),
  ],
  [
    8,
    words(`publishdate pubdate publish_date publish-date publication_date publication-date published published_date og:release_date
    article:published_date article:publicationdate article_date_original originalpublicationdate citation_publication_date
    citation_online_date dcterms.created dc.date.issued dcterms.issued dcsext.wt_firstpublished ptime pdate firstpublished
    first_published_date article:post_date cdate createddate dc.date.created dc.created release_date displaydate
    shareaholic:article_published_time datepublished_iso date_published published-date published_time pub-date founder:date`),
  ],
  [
    6,
    words(`date dc.date dcterms.date article:create_at created creation_date pub_date createdate create_date docdate
    dc.date.publish firstcreatetime timestamp time eomportal-firstpublished sort_date`),
  ],
];

export const META_MODIFIED: readonly string[] =
  words(`article:modified_time og:updated_time lastmod last-modified dcterms.modified
  dc.date.modified moddate datemodified dateupdate article:modified revised utime og:modified_time last_updated eomportal-lastupdate`);

const KNOWN = new Set([...META_PUBLISHED.flatMap(([, names]) => names), ...META_MODIFIED]);
const MAY_TELL = /date|time|publi|posted|issued|creat|fecha|datum/;
const PUBLISHED_NAME =
  /(?:publish(?:ed)?|publication|publicacion|pub|issued?|post(?:ed)?)[._:-]?(?:date|time|on|at)|(?:date|time|fecha)[._:-]?(?:de)?[._:-]?(?:publish(?:ed)?|publication|publicacion|pub|issued|posted)|[._:-]publish(?:ed)?$|(?:article|story|post|content)[._:-]?creat(?:ed|ion)[._:-]?(?:date|time|at)?$|^(?:fecha|datum)$/;
export const MODIFIED_META = /modif|updat|revis|changed|lastmod/;
const OTHER_NAME =
  /expir|event|video|music|book|end|start|image|accept|zone|user|account|comment|embargo|unpubl|format/;

/** Names that no list has, by what they are made of: `vf:article_publish_time`. */
export function otherDateMetas(metas: ReadonlyMap<string, unknown>): string[] {
  return [...metas.keys()].filter(
    (name) =>
      MAY_TELL.test(name) &&
      name.length <= 60 &&
      !KNOWN.has(name) &&
      !OTHER_NAME.test(name) &&
      (MODIFIED_META.test(name) ? /date|time|[._:-]modif/.test(name) : PUBLISHED_NAME.test(name)),
  );
}
