import { riverpostSections } from '../content/riverpost.ts';
import { type Anchor, anchor, lines, scriptJson, text } from '../html.ts';
import type { Printed } from '../placement.ts';
import type { Surroundings } from './longyuan.ts';

/** An American town's paper: JSON-LD, by-lines, a news sitemap, newsletter box, cookie banner. */
export const riverpostName = 'River Post';

export const riverpostSectionOf = (article: Printed): { name: string; slug: string } =>
  riverpostSections[article.section as keyof typeof riverpostSections];

const head = (title: string, extra = ''): string => `<!DOCTYPE html>
<html lang="en-US">
<head>
<meta charset="UTF-8">
<title>${text(title)}</title>
${extra}<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/assets/css/site.css">
<script async src="/assets/js/analytics.js"></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<div class="cookie-banner">We use cookies to improve your experience. <button>Accept all</button> <button>Manage choices</button></div>
<header><a class="logo" href="/">${riverpostName}</a><nav><ul>${Object.values(riverpostSections)
  .map((section) => `<li><a href="/${section.slug}/">${text(section.name)}</a></li>`)
  .join('')}</ul></nav><a href="https://subscribe.riverpost-account.test/">Subscribe</a></header>`;

const footer = `<footer><p>© 2026 River Post Media Co. All rights reserved.</p><p>1 Mill Street, Riverton · News tips: tips@riverpost.test</p>
<ul><li><a href="#terms">Terms of use</a></li><li><a href="#privacy">Privacy policy</a></li><li><a href="#choices">Do not sell my information</a></li></ul></footer>
</body>
</html>`;

const newsletter = `<aside class="newsletter"><h3>Get the Morning Current</h3><p>The day’s top stories in your inbox at 6 a.m. Sign up for our free newsletter.</p><form><input type="email" placeholder="Your email"><button>Sign up</button></form></aside>`;

function visibleDate(iso: string): string {
  const local = new Date(`${iso.slice(0, 19)}Z`);
  const day = local.toLocaleDateString('en-US', { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' });
  const time = local.toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
  return `${day} at ${time.replace(' AM', ' a.m.').replace(' PM', ' p.m.')}`;
}

/** What the page says about itself for machines; some pages wrap it in a graph, as one plugin does. */
function linkedData(article: Printed, { origin, index }: { origin: string; index: number }): string {
  const section = riverpostSectionOf(article);
  const news = {
    '@type': 'NewsArticle',
    headline: article.headline,
    mainEntityOfPage: article.url,
    datePublished: article.publishedIso,
    ...(article.modifiedIso && { dateModified: article.modifiedIso }),
    author: (article.authors ?? []).map((name) => ({ '@type': 'Person', name })),
    publisher: { '@type': 'Organization', name: riverpostName, url: `${origin}/` },
    articleSection: section.name,
    keywords: article.keywords,
    isAccessibleForFree: true,
    ...(article.image && {
      image: [
        { '@type': 'ImageObject', url: `${origin}/assets/img/${article.image.name}.jpg`, width: 1200, height: 800 },
      ],
    }),
  };
  const crumbs = {
    '@type': 'BreadcrumbList',
    itemListElement: [riverpostName, section.name].map((name, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name,
      item: index === 0 ? `${origin}/` : `${origin}/${section.slug}/`,
    })),
  };
  const data =
    index % 2 === 0
      ? { '@context': 'https://schema.org', '@graph': [{ '@type': 'WebSite', name: riverpostName }, crumbs, news] }
      : [
          { '@context': 'https://schema.org', ...crumbs },
          { '@context': 'https://schema.org', ...news },
        ];
  // Every fifth page has the comma after the last member that some templates leave.
  const json = index % 5 === 3 ? scriptJson(data).replace(/(\s*[}\]])$/, ',$1') : scriptJson(data);
  return `<script type="application/ld+json">${json}</script>\n`;
}

export function riverpostArticle(article: Printed, around: Surroundings & { origin: string; index: number }): string {
  const section = riverpostSectionOf(article);
  const { image, authors = [], photographers } = article;
  const extra = `<link rel="canonical" href="${article.url}">
<meta property="og:title" content="${text(article.headline)}">
<meta property="og:type" content="article">
<meta property="og:site_name" content="${riverpostName}">
${linkedData(article, around)}`;
  const figure = image
    ? `<figure><img src="/assets/img/${image.name}.jpg" width="${image.width}" height="${image.height}" alt=""><figcaption>${text(image.caption ?? '')}</figcaption></figure>\n`
    : '';
  const { modifiedIso } = article;
  const updated = modifiedIso ? ` · Updated <time datetime="${modifiedIso}">${visibleDate(modifiedIso)}</time>` : '';
  const last = article.blocks.length - 1;
  return `${head(`${article.headline} - ${riverpostName}`, extra)}
<main id="main"><nav class="breadcrumbs"><a href="/">${riverpostName}</a> <span>/</span> <a href="/${section.slug}/">${text(section.name)}</a></nav>
<article>
<h1>${text(article.headline)}</h1>
<div class="byline">By <span class="author">${authors.map(text).join('</span> and <span class="author">')}</span>${photographers ? ` <span class="photo">Photos by ${photographers.map(text).join(', ')}</span>` : ''}</div>
<div class="dates">Published <time datetime="${article.publishedIso}">${visibleDate(article.publishedIso)}</time>${updated}</div>
<ul class="share"><li><a href="https://www.facebook.test/sharer?u=${encodeURIComponent(article.url)}">Share on Facebook</a></li><li><a href="mailto:?subject=story">Email</a></li><li><button>Print</button></li></ul>
${figure}<div class="story-body">
${lines(article.blocks, ({ kind, text: words }, index) => {
  const block = kind === 'subhead' ? `<h2>${text(words)}</h2>` : `<p>${text(words)}</p>`;
  if (index === 1) return `${block}\n${newsletter}`;
  const readMore = around.related[0];
  return index === last && readMore
    ? `<p class="read-more"><strong>READ MORE:</strong> ${anchor(readMore)}</p>\n${block}`
    : block;
})}
</div>
</article>
<section class="comments"><h3>Comments</h3><p>Log in to join the conversation. Comments are moderated between 8 a.m. and 8 p.m.</p></section>
<section class="related"><h3>More from ${text(section.name)}</h3><ul>
${lines(around.related, (link) => `<li>${anchor(link)}</li>`)}
</ul></section>
<aside class="most-read"><h3>Most read</h3><ol>
${lines(around.hot, (link) => `<li>${anchor(link)}</li>`)}
</ol></aside></main>
${footer}`;
}

export function riverpostListPage(title: string, rows: readonly Printed[], hot: readonly Anchor[], extra = ''): string {
  return `${head(title === riverpostName ? `${riverpostName}: news for Riverton and the Cedar valley` : `${title} - ${riverpostName}`)}
<main id="main">${title === riverpostName ? '' : `<h1>${text(title)}</h1>`}
${lines(
  rows,
  (row) =>
    `<div class="teaser"><h3>${anchor(row.link)}</h3><p>${text((row.blocks[0]?.text ?? '').split('. ')[0] ?? '')}.</p><span>${row.published.slice(0, 10)}</span></div>`,
)}
${extra}<aside class="most-read"><h3>Most read</h3><ol>
${lines(hot, (link) => `<li>${anchor(link)}</li>`)}
</ol></aside></main>
${footer}`;
}

/** A live blog: entries by the minute, never finished, so no article. */
export function riverpostLiveBlog(origin: string, path: string): string {
  const entries = [
    ['9:47 p.m.', 'With all 14 precincts counted, the water bond passes, 6,211 to 4,870.'],
    ['9:20 p.m.', 'Precincts 3, 8 and 11 are in. The bond leads by 900 votes.'],
    ['8:55 p.m.', 'The first absentee ballots favor the bond two to one.'],
    ['8:02 p.m.', 'Polls have closed. The clerk expects first results before nine.'],
    ['5:30 p.m.', 'A line of about sixty at the senior center; the wait is 25 minutes.'],
  ] as const;
  const data = {
    '@context': 'https://schema.org',
    '@type': 'LiveBlogPosting',
    headline: 'Election night live: the water bond and council races',
    coverageStartTime: '2025-11-04T17:00:00-06:00',
    url: origin + path,
    liveBlogUpdate: entries.map(([time, articleBody]) => ({ '@type': 'BlogPosting', headline: time, articleBody })),
  };
  return `${head('Election night live: the water bond and council races - River Post', `<script type="application/ld+json">${scriptJson(data)}</script>\n`)}
<main id="main"><h1>LIVE: Election night, the water bond and council races</h1><p class="live">Live updates · refreshes every minute</p>
${lines(entries, ([time, words]) => `<div class="live-entry"><h4>${time}</h4><p>${words}</p></div>`)}
</main>
${footer}`;
}

/** A picture gallery: twelve pictures, a line below each. */
export function riverpostGallery(): string {
  const captions =
    'Fog on the Cedar|The parade turns onto Front Street|Sack race|Pie judging|The brass band|Tractor pull|Face paint|Lemonade|Fiddlers|Fireworks over the mill|Cleanup crew|The last bus home'.split(
      '|',
    );
  return `${head('Photos: River Days 2026 - River Post', '<meta property="og:type" content="website">\n')}
<main id="main"><h1>Photos: River Days 2026</h1><div class="gallery" data-count="12">
${lines(captions, (caption, index) => `<figure class="slide"><img src="/assets/img/river-days-${index + 1}.jpg" width="1200" height="800" alt=""><figcaption>${index + 1} / 12 ${caption}</figcaption></figure>`)}
</div></main>
${footer}`;
}

export function riverpostVideo(): string {
  const data = {
    '@context': 'https://schema.org',
    '@type': 'VideoObject',
    name: 'Watch: the ice goes out at Mill Bend',
    uploadDate: '2026-03-03T12:00:00-06:00',
    duration: 'PT1M12S',
    contentUrl: 'https://cdn.riverpost-video.test/ice.mp4',
  };
  return `${head('Watch: the ice goes out at Mill Bend - River Post', `<meta property="og:type" content="video.other">\n<script type="application/ld+json">${scriptJson(data)}</script>\n`)}
<main id="main"><h1>Watch: the ice goes out at Mill Bend</h1><video controls poster="/assets/img/ice-jam.jpg" src="https://cdn.riverpost-video.test/ice.mp4"></video><p>Video by Sam Ives. 1:12</p></main>
${footer}`;
}

/** A story for subscribers: two sentences, then the wall. */
export function riverpostPaywall(origin: string, path: string): string {
  const data = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: 'Inside the mill deal: who knew what, and when',
    url: origin + path,
    datePublished: '2026-09-20T06:00:11-05:00',
    isAccessibleForFree: false,
    hasPart: { '@type': 'WebPageElement', isAccessibleForFree: false, cssSelector: '.paywall' },
  };
  return `${head('Inside the mill deal: who knew what, and when - River Post', `<script type="application/ld+json">${scriptJson(data)}</script>\n`)}
<main id="main"><article><h1>Inside the mill deal: who knew what, and when</h1><p>For eleven weeks the offer sat in a drawer at city hall.</p>
<div class="paywall"><h2>Subscribe to continue reading</h2><p>This story is for subscribers only. Get unlimited access for $1 a week.</p><p>Already a subscriber? Log in.</p></div></article></main>
${footer}`;
}

/** Google's news sitemap: address, title, date and language of each story. */
export function riverpostNewsSitemap(rows: readonly Printed[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
${lines(
  rows,
  (row) =>
    `<url><loc>${row.url}</loc><news:news><news:publication><news:name>${riverpostName}</news:name><news:language>en</news:language></news:publication><news:publication_date>${row.publishedIso}</news:publication_date><news:title>${text(row.headline)}</news:title></news:news></url>`,
)}
</urlset>`;
}
