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
  '_src alt amp aria-hidden charset class content data-actualsrc data-component data-echo data-hi-res-src data-image data-lazy ' +
    'data-lazy-src data-original data-qa data-src data-srcset data-testid data-type data-url datetime height hidden href ' +
    'http-equiv id itemprop itemtype lang name property pubdate rel role src src2 srcset style title type value width xml:lang ⚡',
);
