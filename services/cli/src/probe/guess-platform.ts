/** What a page gives away of the system that made it. */
export interface PlatformClues {
  readonly html: string;
  readonly headers: readonly (readonly [string, string])[];
  /** Addresses that the page links to. */
  readonly urls: readonly string[];
}

/** Marks of systems, strongest first. All expressions are linear. */
const htmlMarks: readonly [name: string, mark: RegExp][] = [
  ['WordPress', /\/wp-(?:content|includes|json)\//],
  ['Drupal', /\/sites\/(?:default|all)\/|data-drupal-/],
  ['Joomla', /\/media\/jui\/|\/components\/com_/],
  ['Ghost', /content="Ghost \d|\/ghost\/api\//],
  ['Arc XP', /\/pf\/dist\/|arc-cdn|window\.Fusion/],
  ['Blogger', /blogger\.com\/static|blogspot\.com\/feeds/],
  ['Squarespace', /static1?\.squarespace\.com/],
  ['Wix', /static\.wixstatic\.com/],
  ['Shopify', /cdn\.shopify\.com/],
  ['Discuz', /Powered by Discuz|discuz_uid/],
  ['DedeCMS', /\/plus\/(?:view|list|count)\.php|dedeajax/i],
  ['PHPCMS', /index\.php\?m=content&|\/statics\/js\/phpcms/],
  ['JEECMS', /jeecms/i],
  ['Founder (方正翔宇)', /FounderNewsCMS|<!--enpcontent-->|<!--\/enpcontent-->|enpproperty/i],
  ['TRS WCM (拓尔思)', /trs_editor|TRS_Editor|<meta[^>]{1,40}name="(?:PubDate|ContentSource|ColumnName)"/],
  ['Enorth (北方网)', /enorth|\/inc\/cms\//i],
  ['Next.js', /<script id="__NEXT_DATA__"/],
  ['Nuxt', /window\.__NUXT__/],
];
/** Shapes of article addresses that Chinese systems write. */
const urlMarks: readonly [name: string, mark: RegExp][] = [
  ['TRS WCM (拓尔思)', /\/t\d{8}_\d+\.s?html?$/],
  ['Founder (方正翔宇)', /\/content_\d+\.s?html?$|\/c\d+-\d+\.html$/],
  ['Enorth (北方网)', /\/system\/\d{4}\/\d{2}\/\d{2}\/\d+\.s?html?$/],
];
/** So many addresses of one shape are no chance. */
const urlMarkMin = 3;

/** The content system by what it leaves in its pages; undefined when nothing tells. A guess, and said to be one. */
export function guessPlatform({ html, headers, urls }: PlatformClues): string | undefined {
  const generator = /<meta[^>]{0,80}name=["']?generator["']?[^>]{0,80}content=["']([^"'<>]{1,80})/i
    .exec(html)?.[1]
    ?.trim();
  const mark = htmlMarks.find(([, expression]) => expression.test(html))?.[0];
  if (generator !== undefined && generator !== '') {
    const isSame = mark === undefined || generator.toLowerCase().includes((mark.split(' ')[0] ?? '').toLowerCase());
    return isSame ? generator : `${mark} (${generator})`;
  }
  if (mark !== undefined) return mark;
  const shape = urlMarks.find(([, expression]) => urls.filter((url) => expression.test(url)).length >= urlMarkMin)?.[0];
  if (shape !== undefined) return shape;
  const poweredBy = headers.find(([name]) => name.toLowerCase() === 'x-powered-by')?.[1];
  return poweredBy?.slice(0, 80);
}
