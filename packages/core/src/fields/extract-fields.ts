import type { Contributor, Dateline, SiteCard } from '@newsmill/contracts';
import type { AnyNode, Document } from 'domhandler';
import type { DateContext, DatePrecision, ZoneChoice } from '../dates/index.ts';
import { findBreadcrumb } from './breadcrumb.ts';
import { parseDateline } from './dateline.ts';
import { type Evidence, metaOf, type PageOrigin, zoneOf } from './evidence.ts';
import { findHeadline } from './headline.ts';
import { textValue } from './json-ld.ts';
import { layoutOf } from './layout.ts';
import { findAlternativeHeadline, findCopyright, findDescription, findKeywords, isFree } from './notes.ts';
import { findPeople, findPublisher } from './people.ts';
import { findPublished } from './published.ts';
import { findSiteCard } from './site-card.ts';
import { findSources, withCredit } from './sources.ts';
import { hasHan } from './text.ts';

export interface FieldsInput extends PageOrigin {
  /** The element that holds the body, when it is known. */
  readonly bodyRoot?: AnyNode | undefined;
  /** The body's paragraphs in order, when they are known. */
  readonly bodyBlocks?: readonly { readonly text: string; readonly node: AnyNode }[] | undefined;
  /** BCP 47 of the body, e.g. `zh-Hans`. */
  readonly language?: string | undefined;
}

/** Everything but the body. A field that is not on the page is absent. */
export interface FieldsResult {
  readonly headline?: string;
  readonly alternativeHeadline?: string;
  readonly description?: string;
  readonly contributors?: Contributor[];
  readonly publisher?: { name: string; domain?: string };
  readonly sourceChain?: string[];
  readonly dateline?: Dateline;
  readonly datePublished?: string;
  readonly datePublishedPrecision?: DatePrecision;
  readonly dateModified?: string;
  readonly sectionPath?: string[];
  readonly keywords?: string[];
  readonly copyrightNotice?: string;
  readonly isAccessibleForFree?: boolean;
  readonly siteCard: SiteCard;
  /** Field → where it came from; the zone of a date that names none is told too: `meta-line (zone: tld)`. */
  readonly provenance: Record<string, string>;
}

/** Han characters and next to no kana: a Chinese page may quote a Japanese name. */
function looksChinese(sample: string): boolean {
  if (!hasHan(sample)) return false;
  const kana = sample.match(/[\u3041-\u3096\u30a1-\u30fa]/g)?.length ?? 0;
  return kana * 20 < sample.length;
}

const AMERICAN = /^en(?:-us)?$/;
const DAY_FIRST_HOSTS = /\.(?:uk|au|nz|ie|in|za|ca|sg|hk|pk|ng|ke)$/;

function dateContext(
  evidence: Evidence,
  input: FieldsInput,
  language: string | undefined,
  chinese: boolean,
  zone: ZoneChoice,
): DateContext {
  const monthFirst =
    AMERICAN.test(language ?? '') &&
    !DAY_FIRST_HOSTS.test(evidence.host) &&
    !evidence.declaredLanguage?.startsWith('en-gb');
  return {
    now: input.fetchedAt,
    zoneHint: zone.offset,
    summerTime: zone.summerTime,
    dayFirst: !monthFirst,
    yearFirst: chinese ? true : undefined,
  };
}

/** Extracts all fields but the body. Candidates from all evidence are weighed; the winner's evidence is in `provenance`. */
export function extractFields(_doc: Document, evidence: Evidence, input: FieldsInput): FieldsResult {
  const provenance: Record<string, string> = {};
  const headline = findHeadline(evidence);
  if (headline) provenance.headline = headline.from;
  const blocks = input.bodyBlocks ?? [];
  const nodes = blocks.length > 0 ? blocks.map((block) => block.node) : input.bodyRoot ? [input.bodyRoot] : [];
  const layout = layoutOf(
    evidence,
    headline?.line,
    nodes,
    blocks.map((block) => block.text),
  );
  const sample = `${headline?.text ?? ''}${layout.lead.join('')}`;
  const chinese = input.language ? input.language.startsWith('zh') : looksChinese(sample);
  const language = input.language ?? (chinese ? 'zh' : evidence.declaredLanguage);
  const zone = zoneOf(evidence, language);
  const context = dateContext(evidence, input, language?.toLowerCase(), chinese, zone);

  const dates = findPublished(evidence, layout, input.url, context);
  const { published } = dates;
  if (published)
    provenance.datePublished =
      published.date.zone === 'hint' ? `${published.from} (zone: ${zone.reason})` : published.from;
  const modified =
    dates.modified && published && Date.parse(dates.modified.date.iso) > Date.parse(published.date.iso)
      ? dates.modified
      : undefined;
  if (modified) provenance.dateModified = modified.from;

  const people = findPeople(evidence, layout, chinese);
  if (people) provenance.contributors = people.from;
  const publisher = findPublisher(evidence);
  if (publisher) provenance.publisher = publisher.from;
  const named = findSources(evidence, layout, chinese ? publisher?.name : undefined);
  const sources = named ? withCredit(named, layout.lead[0]) : undefined;
  if (sources) provenance.sourceChain = sources.from;

  const line = layout.lead[0] ? parseDateline(layout.lead[0], { published: published?.date.iso }) : undefined;
  let dateline: Dateline | undefined;
  if (line) {
    const { length: _, ...rest } = line;
    dateline = rest;
    provenance.dateline = 'body-lead';
  }
  const breadcrumb = findBreadcrumb(evidence, headline?.text ?? '');
  const section = textValue(evidence.ld?.articleSection) ?? metaOf(evidence.metas, 'article:section', 'section');
  const sectionPath = breadcrumb?.path ?? (section && section.length < 60 ? [section] : undefined);
  if (sectionPath) provenance.sectionPath = breadcrumb?.from ?? 'meta:section';

  const alternative = findAlternativeHeadline(evidence, layout, headline?.text ?? '');
  if (alternative) provenance.alternativeHeadline = alternative.from;
  const description = findDescription(evidence);
  if (description) provenance.description = description.from;
  const keywords = findKeywords(evidence);
  if (keywords) provenance.keywords = keywords.from;
  const copyright = findCopyright(evidence, layout);
  if (copyright) provenance.copyrightNotice = copyright.from;
  const free = isFree(evidence);
  if (free !== undefined) provenance.isAccessibleForFree = 'json-ld:isAccessibleForFree';
  const site = findSiteCard(evidence, input.url, breadcrumb?.path[0], publisher?.name);
  if (site.nameFrom) provenance['site.name'] = site.nameFrom;

  return {
    ...(headline ? { headline: headline.text } : {}),
    ...(alternative ? { alternativeHeadline: alternative.text } : {}),
    ...(description ? { description: description.text } : {}),
    ...(people ? { contributors: [...people.contributors] } : {}),
    ...(publisher
      ? { publisher: { name: publisher.name, ...(publisher.domain ? { domain: publisher.domain } : {}) } }
      : {}),
    ...(sources ? { sourceChain: [...sources.chain] } : {}),
    ...(dateline ? { dateline } : {}),
    ...(published ? { datePublished: published.date.iso, datePublishedPrecision: published.date.precision } : {}),
    ...(modified ? { dateModified: modified.date.iso } : {}),
    ...(sectionPath ? { sectionPath: [...sectionPath] } : {}),
    ...(keywords ? { keywords: [...keywords.words] } : {}),
    ...(copyright ? { copyrightNotice: copyright.text } : {}),
    ...(free === undefined ? {} : { isAccessibleForFree: free }),
    siteCard: site.card,
    provenance,
  };
}
