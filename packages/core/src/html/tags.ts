/** What the tree builder and the walkers need to know about HTML element names. */

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** Elements without content or end tag (HTML § 13.1.2, and the obsolete ones that parsers still treat so). */
export const voidTags = set(
  'area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr',
);

/** Elements that flow inside a line: they never end a block of text. Everything unknown counts as a block. */
export const inlineTags = set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb rp rt ruby s samp small ' +
    'span strike strong sub sup time tt u var wbr img br picture source map area amp-img',
);

/** Elements whose start tag ends an open paragraph (HTML § 13.2.6.4.7). */
export const closesParagraph = set(
  'address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 ' +
    'h4 h5 h6 header hgroup hr main menu nav ol p pre search section summary table ul li dd dt',
);

/** An end tag never reaches past these (HTML's "element in scope"). */
export const scopeTags = set('applet caption html table td th marquee object template');

/** Their content is never text of the page. */
export const opaqueTags = set(
  'script style noscript template svg math iframe object applet select option optgroup datalist textarea head canvas ' +
    'noembed noframes audio video map',
);

/** White space beside these is layout of the source. Unknown elements are not among them: they may stand inside a line. */
export const layoutTags: ReadonlySet<string> = new Set([
  ...closesParagraph,
  ...[
    'html',
    'head',
    'body',
    'tbody',
    'thead',
    'tfoot',
    'tr',
    'td',
    'th',
    'caption',
    'script',
    'style',
    'meta',
    'link',
    'title',
  ],
]);

/** What may stand in a head; anything else ends it, its end tag missing or not (HTML § 13.2.6.4.4). */
export const headContentTags = set('meta link script style title base basefont noscript template head object bgsound');

export const headingTags = set('h1 h2 h3 h4 h5 h6');

/**
 * Attributes that any part of the parser reads. The others (a third to two thirds of all) cost as much as the elements
 * themselves; test/tidy.test.ts holds this list against the code.
 */
export const readAttributes = set(
  '_src alt amp aria-hidden charset class content data-actualsrc data-component data-date data-datetime data-echo data-hi-res-src data-image data-lazy ' +
    'data-lazy-src data-original data-qa data-src data-srcset data-testid data-time data-timestamp data-type data-url datetime height hidden href ' +
    'http-equiv id itemprop itemtype lang name property pubdate rel role src src2 srcset style title type value width xml:lang ⚡',
);

/** Their text is never shown as text of the page. */
const silentTags = set('script style noscript template svg math iframe object canvas select textarea audio video map');

/** Elements that end a line of text for a reader; unknown ones don't, as browsers have it. */
const lineTags = set(
  'address article aside blockquote body br button center dd details dialog div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section summary table tbody td tfoot th thead ' +
    'title tr ul',
);

/** What an element is by its name, as bits: half a dozen walks ask it of every element. */
export const tagBit = {
  void: 1 << 0,
  inline: 1 << 1,
  closesParagraph: 1 << 2,
  scope: 1 << 3,
  opaque: 1 << 4,
  layout: 1 << 5,
  headContent: 1 << 6,
  heading: 1 << 7,
  silent: 1 << 8,
  line: 1 << 9,
} as const;

const bitsByName = new Map<string, number>();
for (const [names, bit] of [
  [voidTags, tagBit.void],
  [inlineTags, tagBit.inline],
  [closesParagraph, tagBit.closesParagraph],
  [scopeTags, tagBit.scope],
  [opaqueTags, tagBit.opaque],
  [layoutTags, tagBit.layout],
  [headContentTags, tagBit.headContent],
  [headingTags, tagBit.heading],
  [silentTags, tagBit.silent],
  [lineTags, tagBit.line],
] as const) {
  for (const name of names) bitsByName.set(name, (bitsByName.get(name) ?? 0) | bit);
}

/** The bits of `tagBit` that hold for elements of that name. */
export const bitsOfTag = (name: string): number => bitsByName.get(name) ?? 0;

/** Attributes that walks look for on every element, as bits of those that it has. */
export const attributeBit = {
  class: 1 << 0,
  id: 1 << 1,
  href: 1 << 2,
  style: 1 << 3,
  role: 1 << 4,
  itemprop: 1 << 5,
  property: 1 << 6,
  hidden: 1 << 7,
  'aria-hidden': 1 << 8,
  rel: 1 << 9,
  'data-testid': 1 << 10,
  'data-component': 1 << 11,
  'data-qa': 1 << 12,
  'data-type': 1 << 13,
  content: 1 << 14,
  name: 1 << 15,
  src: 1 << 16,
  title: 1 << 17,
  alt: 1 << 18,
  width: 1 << 19,
  height: 1 << 20,
  type: 1 << 21,
} as const;
