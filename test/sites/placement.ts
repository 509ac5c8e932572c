import type { ArticleImage, Contributor, Dateline } from '../../packages/contracts/src/article.ts';
import type { Story } from './content/story.ts';
import type { Anchor } from './html.ts';
import type { ExpectedArticle } from './model.ts';

/** What stands before the first paragraph: `龙源网3月12日讯 据河西晨报报道（记者 李晓峰）`. */
interface Lead {
  readonly agency: string;
  /** With a place it is a wire report: `西部社兰州3月2日电`. */
  readonly place?: string;
  /** `据…报道`: whom the site has it from. */
  readonly via?: string;
  readonly reporters?: readonly string[];
  readonly correspondents?: readonly string[];
}

/** One story as one site printed it. */
export interface Placement {
  readonly path: string;
  readonly story: string;
  /** Local time as printed: `2024-03-12`, `2024-03-12 09:30` or `2024-03-12 09:30:15`. */
  readonly published: string;
  /** Local time of the last change, in the form of `published`. */
  readonly modified?: string;
  readonly section: string;
  readonly headline?: string;
  readonly alternativeHeadline?: string;
  readonly lead?: Lead;
  readonly authors?: readonly string[];
  readonly photographers?: readonly string[];
  readonly editor?: string;
  readonly source?: readonly string[];
  readonly keywords?: readonly string[];
  /** Picture number and what is printed below it. */
  readonly image?: {
    readonly name: string;
    readonly caption?: string;
    readonly width?: number;
    readonly height?: number;
  };
  /** So many paragraphs are left out at the end. */
  readonly shortenBy?: number;
  /** Subheads, by the number of the paragraph that each stands before. */
  readonly subheads?: Readonly<Record<number, string>>;
}

interface Block {
  readonly kind: 'paragraph' | 'subhead';
  readonly text: string;
}

/** A placement with its story put in: what a template prints. */
export interface Printed extends Placement {
  readonly url: string;
  readonly headline: string;
  readonly blocks: readonly Block[];
  /** ISO 8601 with the site's offset. */
  readonly publishedIso: string;
  readonly modifiedIso?: string;
  readonly precision: 'day' | 'minute' | 'second';
  readonly dateline?: Dateline;
  readonly link: Anchor;
}

/** The words before the first paragraph, and whether they name the day. */
type LeadStyle = (lead: Lead, published: string) => { readonly words: string; readonly dated: boolean };

/** `龙源网3月12日讯 据…报道（记者 甲 乙）`, or `西部社兰州3月2日电（记者甲、乙）` with a place. */
export const mainlandLead: LeadStyle = (lead, published) => {
  const day = `${Number(published.slice(5, 7))}月${Number(published.slice(8, 10))}日`;
  const people = lead.place
    ? credit('记者', lead.reporters, '、', '')
    : [credit('记者', lead.reporters, ' ', ' '), credit('通讯员', lead.correspondents, ' ', ' ')]
        .filter(Boolean)
        .join(' ');
  const credits = people && `（${people}）`;
  if (lead.agency === '本报') return { words: `本报讯${credits}`, dated: false };
  const via = lead.via ? ` 据${lead.via}报道` : '';
  return {
    words: `${lead.agency}${lead.place ?? ''}${day}${lead.place ? '电' : '讯'}${via}${credits || ' '}`,
    dated: true,
  };
};

/** `【濠江日報訊】（記者 甲）`. */
export const hongKongLead: LeadStyle = (lead) => {
  const people = credit('記者', lead.reporters, '、', ' ');
  return { words: `【${lead.agency}訊】${people && `（${people}）`}`, dated: false };
};

/** `RIVERTON, March 4 (Valley Wire) — `. */
export const englishLead: LeadStyle = (lead, published) => {
  const date = new Date(`${published.slice(0, 10)}T00:00:00Z`);
  const day = date.toLocaleDateString('en-US', { month: 'long', day: 'numeric', timeZone: 'UTC' });
  return { words: `${lead.place ?? ''}, ${day} (${lead.agency}) — `, dated: true };
};

function credit(label: string, names: readonly string[] | undefined, separator: string, blank: string): string {
  return names?.length ? `${label}${blank}${names.join(separator)}` : '';
}

/** Puts the story into a site's placement. */
export function print(
  placement: Placement,
  story: Story,
  site: { origin: string; lead: LeadStyle; offset: (published: string) => string },
): Printed {
  const { published, lead, subheads = {}, shortenBy = 0 } = placement;
  const kept = story.paragraphs.slice(0, story.paragraphs.length - shortenBy);
  const opening = lead && site.lead(lead, published);
  const blocks = kept.flatMap((paragraph, index): Block[] => {
    const first = index === 0 && opening ? opening.words : '';
    const subhead = subheads[index];
    const block: Block = { kind: 'paragraph', text: first + paragraph };
    return subhead ? [{ kind: 'subhead', text: subhead }, block] : [block];
  });
  const headline = placement.headline ?? story.headline;
  const precision = published.length === 10 ? 'day' : published.length === 16 ? 'minute' : 'second';
  const toIso = (printed: string): string => {
    const time = { 10: '00:00:00', 16: `${printed.slice(11)}:00` }[printed.length] ?? printed.slice(11);
    return `${printed.slice(0, 10)}T${time}${site.offset(printed)}`;
  };
  return {
    ...placement,
    url: site.origin + placement.path,
    headline,
    blocks,
    publishedIso: toIso(published),
    ...(placement.modified && { modifiedIso: toIso(placement.modified) }),
    precision,
    ...(lead && { dateline: datelineOf(lead, opening?.dated ? published.slice(0, 10) : undefined) }),
    link: { href: placement.path, title: headline },
  };
}

const datelineOf = ({ agency, place }: Lead, date: string | undefined): Dateline => ({
  agency,
  ...(place && { place }),
  ...(date && { date }),
});

/** What a parser is to make of a printed article, as far as every template shows it. */
export function expectedOf(article: Printed, more: Partial<ExpectedArticle> = {}): ExpectedArticle {
  const { dateline, alternativeHeadline, source, keywords } = article;
  const people = contributorsOf(article);
  return {
    headline: article.headline,
    bodyParagraphs: article.blocks.map((block) => block.text),
    datePublished: article.publishedIso,
    datePublishedPrecision: article.precision,
    ...(article.modifiedIso && { dateModified: article.modifiedIso }),
    ...(alternativeHeadline && { alternativeHeadline }),
    ...(people.length > 0 && { contributors: people }),
    ...(source && { sourceChain: [...source] }),
    ...(keywords && { keywords: [...keywords] }),
    ...(dateline && { dateline }),
    repairs: [],
    ...more,
  };
}

function contributorsOf({ lead, authors, photographers, editor }: Placement): Contributor[] {
  const people = (names: readonly string[] | undefined, role: Contributor['role']): Contributor[] =>
    (names ?? []).map((name) => ({ name, role }));
  return [
    ...people(lead?.reporters, 'reporter'),
    ...people(lead?.correspondents, 'correspondent'),
    ...people(authors, 'author'),
    ...people(photographers, 'photographer'),
    ...people(editor ? [editor] : undefined, 'editor'),
  ];
}

/** The picture as the page declares it, or nothing. */
export function imagesOf({ image }: Placement, origin: string): { images?: ArticleImage[] } {
  if (!image) return {};
  const { name, ...declared } = image;
  return { images: [{ url: `${origin}/assets/img/${name}.jpg`, ...declared }] };
}
