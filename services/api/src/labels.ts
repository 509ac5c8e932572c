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
  /** @param day when it was found to be gone, `2026-03-01` */
  readonly goneNotice: (day: string) => string;
  readonly sites: string;
  readonly aboutSite: string;
  readonly site: Readonly<
    Record<
      | 'domain'
      | 'operator'
      | 'newsService'
      | 'icp'
      | 'business'
      | 'broadcastProduction'
      | 'valueAddedTelecom'
      | 'legalCounsel'
      | 'reportPhones'
      | 'copyright'
      | 'feeds'
      | 'articles'
      | 'first'
      | 'last'
      | 'perDay',
      string
    >
  >;
  readonly findSite: string;
}
