/**
 * Pages that are stories and pages that are none, made here from scratch: what sites show beside their articles, in English and in
 * Chinese. For measuring the verdict: precision and recall in verdict.test.ts.
 */

export interface MadePage {
  readonly name: string;
  readonly url: string;
  readonly html: string;
}

type Language = 'en' | 'zh';

// biome-ignore format: lists of words
const WORDS = {
  en: {
    subjects: ['The council', 'A baker', 'The river', 'Engineers', 'The old bridge', 'Two teachers', 'The ferry', 'A farmer', 'The museum', 'Volunteers'],
    verbs: ['reopened', 'voted on', 'repaired', 'sold', 'measured', 'planted', 'closed', 'found', 'painted', 'counted'],
    objects: ['the stone wall', 'a plan for the harbour', 'eleven new benches', 'the school roof', 'a lost bell', 'the northern road', 'forty apple trees', 'the town archive', 'a small mill', 'the winter market'],
    ends: ['after a flood two winters ago', 'before the summer begins', 'in spite of heavy rain', 'with money from the county', 'for the first time since 1931', 'while traffic waited', 'at the request of shopkeepers', 'during the night of the storm'],
  },
  zh: {
    subjects: ['镇议会', '一位面包师', '山谷河', '工程人员', '百年石桥', '两位教师', '渡船公司', '当地农民', '县博物馆', '志愿者'],
    verbs: ['重新开放了', '表决通过了', '修缮了', '出售了', '测量了', '种下了', '关闭了', '发现了', '粉刷了', '清点了'],
    objects: ['古老的石墙', '港口改造方案', '十一条新长椅', '学校屋顶', '遗失多年的铜钟', '北部公路', '四十棵苹果树', '镇上的档案', '一座小磨坊', '冬季集市'],
    ends: ['以应对两年前那样的洪水', '赶在夏天到来之前完工', '尽管当天下着大雨', '费用由县里承担', '这是多年以来的第一次', '沿线交通一度中断', '回应了店主们的请求', '居民纷纷表示欢迎'],
  },
} as const;

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
const headline = (language: Language, n: number): string => {
  const { subjects, verbs, objects } = WORDS[language];
  const words = [pick(subjects, n), pick(verbs, n * 3 + 1), pick(objects, n * 7 + 2)];
  return words.join(language === 'en' ? ' ' : '');
};
const sentence = (language: Language, n: number): string => {
  const { subjects, verbs, objects, ends } = WORDS[language];
  return language === 'en'
    ? `${pick(subjects, n)} ${pick(verbs, n + 1)} ${pick(objects, n * 3)} ${pick(ends, n * 5 + 1)}, and ${pick(subjects, n + 4).toLowerCase()} ${pick(verbs, n + 6)} ${pick(objects, n + 2)}.`
    : `${pick(subjects, n)}${pick(verbs, n + 1)}${pick(objects, n * 3)}，${pick(ends, n * 5 + 1)}，${pick(subjects, n + 4)}也${pick(verbs, n + 6)}${pick(objects, n + 2)}。`;
};
const paragraph = (language: Language, n: number, sentences = 3): string =>
  `<p>${Array.from({ length: sentences }, (_, at) => sentence(language, n * 11 + at)).join(language === 'en' ? ' ' : '')}</p>`;
const paragraphs = (language: Language, count: number, sentences = 3): string =>
  Array.from({ length: count }, (_, n) => paragraph(language, n, sentences)).join('\n');
const link = (language: Language, n: number, text = headline(language, n)): string =>
  `<a href="/2024/03/${String(10 + (n % 20))}/${88_000 + n}.html">${text}</a>`;
const many = (count: number, make: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => make(n)).join('\n');

const SITE = { en: 'Valley News', zh: '山谷网' };
const MENU = {
  en: ['News', 'Sports', 'Business', 'Opinion', 'Weather', 'Video'],
  zh: ['首页', '新闻', '体育', '财经', '评论', '视频'],
};
const FOOT = {
  en: '<p>© 2024 Valley News. All rights reserved.</p><p><a href="/about">About us</a> <a href="/privacy">Privacy</a> <a href="/contact">Contact</a></p>',
  zh: '<p>版权所有 山谷传媒集团 未经授权不得转载</p><p><a href="/about">关于我们</a> <a href="/contact">联系我们</a> <a href="/map">网站地图</a></p>',
};

interface Made {
  readonly title: string;
  readonly main: string;
  readonly head?: string;
  readonly aside?: boolean;
}
function page(language: Language, { title, main, head = '', aside = true }: Made): string {
  const menu = MENU[language].map((name, n) => `<li><a href="/c${n}/">${name}</a></li>`).join('');
  const side = aside
    ? `<aside class="sidebar"><h3>${language === 'en' ? 'Most read' : '热点排行'}</h3><ul>${many(8, (n) => `<li>${link(language, n + 30)}</li>`)}</ul></aside>`
    : '';
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${title}${language === 'en' ? ' | ' : '_'}${SITE[language]}</title>${head}</head><body>
<header><a href="/">${SITE[language]}</a><nav><ul>${menu}</ul></nav></header><main>${main}</main>${side}<footer>${FOOT[language]}</footer></body></html>`;
}

const ld = (value: Record<string, unknown>): string =>
  `<script type="application/ld+json">${JSON.stringify({ '@context': 'https://schema.org', ...value })}</script>`;
const card = (language: Language, n: number): string =>
  `<div class="card"><img src="/i/${n}.jpg" width="320" height="200"><h2>${link(language, n)}</h2><p>${sentence(language, n)}</p><span class="time">2024-03-${10 + (n % 20)}</span></div>`;
const dated = (language: Language, n: number): string =>
  `<li>${link(language, n)}<span>2024-03-${10 + (n % 20)}</span></li>`;
const post = (language: Language, n: number): string =>
  `<div class="post" id="p${n}"><div class="postauthor"><b>${language === 'en' ? `rider${n}` : `山谷网友${n}`}</b><br>${language === 'en' ? 'Posts' : '帖子'}: ${n * 37}</div><div class="postbody"><p>${language === 'en' ? 'Posted' : '发表于'} 2024-03-${10 + n} 09:${10 + n}</p>${sentence(language, n * 5)}${n % 2 ? sentence(language, n * 5 + 1) : ''}</div></div>`;

/** Stories: a refusal of one loses it. */
export function storyPages(): readonly MadePage[] {
  const at = (path: string, host = 'www.valley.example.com'): string => `https://${host}${path}`;
  const head = (language: Language, n = 3): string => `<h1>${headline(language, n)}</h1>`;
  const meta = {
    en: '<div class="byline">By Anna Berg, March 12, 2024</div>',
    zh: '<div class="info">2024-03-12 09:41 来源：山谷日报 作者：覃星星</div>',
  };
  // One page a line, to be read as a table.
  // biome-ignore format: a table
  const made: readonly (readonly [name: string, path: string, language: Language, main: string, head?: string])[] = [
    ['plain', '/2024/03/12/story-of-a-bridge', 'en', head('en') + meta.en + paragraphs('en', 6)],
    ['plain, Chinese', '/system/2024/03/12/013088231.shtml', 'zh', head('zh') + meta.zh + paragraphs('zh', 6)],
    ['a brief with long lists around it', '/2024/03/12/88231.html', 'en', `${head('en') + meta.en + paragraph('en', 1, 2)}<h3>Related</h3><ul>${many(25, (n) => `<li>${link('en', n)}</li>`)}</ul>`],
    ['a brief, Chinese', '/2024/03/12/88231.html', 'zh', `${head('zh') + meta.zh + paragraph('zh', 1, 2)}<h3>相关新闻</h3><ul>${many(25, (n) => `<li>${link('zh', n)}</li>`)}</ul>`],
    ['cards of other stories below', '/a/88231', 'en', `${head('en') + meta.en + paragraphs('en', 4)}<section class="more">${many(15, (n) => card('en', n))}</section>`],
    ['cards below, Chinese', '/a/88231', 'zh', `${head('zh') + meta.zh + paragraphs('zh', 3)}<div class="tuijian">${many(15, (n) => card('zh', n))}</div>`],
    ['a number behind a section', '/news/88231', 'en', head('en') + meta.en + paragraphs('en', 5)],
    ['index.html in a folder of its own', '/2024/03/12/bridge/index.html', 'en', head('en') + meta.en + paragraphs('en', 5)],
    ['an address that is a query', '/?p=88231', 'en', head('en') + meta.en + paragraphs('en', 4)],
    ['a script and an id', '/index.php?m=content&id=88231', 'zh', head('zh') + meta.zh + paragraphs('zh', 4)],
    ['a script and an id, lists around it', '/index.php?id=88231', 'en', `${head('en') + meta.en + paragraphs('en', 3)}<div>${many(12, (n) => card('en', n))}</div>`],
    ['a list of things', '/2024/03/12/nine-mills', 'en', head('en') + meta.en + many( 9, (n) => `<h2>${n + 1}. ${headline('en', n + 9)}</h2><p>${sentence('en', n)}</p><p><a href="/buy/${n}">See it</a></p>`, )],
    ['questions and answers', '/2024/03/12/interview', 'zh', head('zh') + meta.zh + many( 6, (n) => `<p><strong>山谷日报：${sentence('zh', n)}</strong></p><p>镇长：${sentence('zh', n + 3)}${sentence('zh', n + 4)}</p>`, )],
    ['a film above the text', '/2024/03/12/film', 'en', `${head('en') + meta.en}<iframe src="https://player.example/1"></iframe>${paragraphs('en', 4)}`, ld({ '@type': 'VideoObject', name: 'x' }) + ld({ '@type': 'NewsArticle', headline: headline('en', 3) })],
    ['text and many pictures', '/2024/03/12/pictures', 'zh', head('zh') + meta.zh + many(9, (n) => `<p><img src="/i/${n}.jpg" width="640" height="480"></p>${paragraph('zh', n, 1)}`)],
    ['comments below', '/2024/03/12/talk', 'en', `${head('en') + meta.en + paragraphs('en', 4)}<div id="comments"><h3>20 comments</h3>${many(20, (n) => `<div class="comment"><b>reader${n}</b><p>${sentence('en', n)}</p></div>`)}</div>`],
    ['a notice with a table', '/xxgk/202403/t20240312_88231.html', 'zh', `${head('zh')}<div>发布时间：2024-03-12 信息来源：县住建局</div>${paragraphs('zh', 2)}<table>${many(8, (n) => `<tr><td>${n + 1}</td><td>第${n + 1}标段</td><td>${n * 13 + 7}万元</td></tr>`)}</table><p>特此公告。</p>`],
    ['lines parted by breaks', '/news/show.asp?id=88231', 'zh', `<table><tr><td>${head('zh')}</td></tr><tr><td>2024-3-12 9:41:07 来源：山谷报</td></tr><tr><td>${many(6, (n) => `　　${sentence('zh', n)}${sentence('zh', n + 1)}<br><br>`)}</td></tr></table>`],
    ['a page of a printed paper', '/html/2024-03/12/content_88231.htm', 'zh', `<div>第03版：综合</div>${head('zh')}<div>山谷日报 2024年03月12日</div>${paragraphs('zh', 4)}<div><a href="node_3.htm">上一版</a> <a href="node_5.htm">下一版</a></div>`],
    ['about an error', '/2024/03/12/error-404', 'en', `<h1>Error 404: the story of the page not found</h1>${meta.en}${paragraphs('en', 6)}`],
    ['about tests of humans', '/2024/03/12/captcha', 'en', `<h1>Why every captcha asks whether you are human</h1>${meta.en}${paragraphs('en', 6)}`],
    ['about pages that are gone', '/2024/03/12/404', 'zh', `<h1>为什么网页会提示页面不存在</h1>${meta.zh}${paragraphs('zh', 6)}`],
    ['the start of a paid story', '/2024/03/12/paid', 'en', `${head('en') + meta.en + paragraphs('en', 2)}<div class="paywall">Subscribe to continue reading. Already a subscriber? Log in.</div>`, ld({ '@type': 'NewsArticle', headline: headline('en', 3), isAccessibleForFree: false })],
    ['one picture and its caption', '/2024-03/12/c_88231.htm', 'zh', `${head('zh') + meta.zh}<p><img src="/i/1.jpg" width="900" height="600"></p><p>${sentence('zh', 2)}新华社记者 覃星星 摄</p>`],
    ['a form to log in above it', '/2024/03/12/member', 'en', `<form><input name="u"><input type="password" name="p"><button>Log in</button></form>${head('en') + meta.en + paragraphs('en', 4)}`],
    ['a few words with structured data', '/2024/03/12/flash', 'en', `${head('en')}<p>${headline('en', 5)} today.</p><ul>${many(12, (n) => `<li>${link('en', n)}</li>`)}</ul>`, ld({ '@type': 'NewsArticle', headline: headline('en', 3), datePublished: '2024-03-12T09:41:00Z' })],
    ['a flash of one sentence', '/flash/88231.html', 'zh', `${head('zh')}<div>2024-03-12 09:41:07</div><p>山谷网3月12日讯，${sentence('zh', 3)}</p><div class="rank">${many(12, (n) => `<div>${link('zh', n)}</div>`)}</div>`],
    ['a blog without dates', '/posts/why-bridges-stand', 'en', head('en') + paragraphs('en', 5)],
    ['traditional layout with many boxes', '/detail/88231', 'zh', `<div class="left">${many(10, (n) => `<div>${link('zh', n + 3)}</div>`)}</div><div class="mid">${head('zh') + meta.zh + paragraphs('zh', 3)}</div><div class="right">${many(20, (n) => `<div>${link('zh', n)}</div>`)}</div>`],
  ];
  return made.map(([name, path, language, main, extra]) => ({
    name,
    url: at(path),
    html: page(language, {
      title: /<h1>(.*?)<\/h1>/.exec(main)?.[1] ?? headline(language, 3),
      main,
      head: extra ?? '',
    }),
  }));
}

/** Everything else that a crawler meets. */
export function otherPages(): readonly MadePage[] {
  // One page a line, to be read as a table.
  // biome-ignore format: a table
  const made: readonly (readonly [name: string, url: string, language: Language, made: Made])[] = [
    ['front page', '/', 'en', { title: 'Home', main: many(6, (s) => `<section><h2>${pick(MENU.en, s)}</h2>${many(6, (n) => card('en', s * 6 + n))}</section>`), }],
    ['front page, Chinese', '/index.html', 'zh', { title: '首页', main: many( 8, (s) => `<div class="mod"><h2>${pick(MENU.zh, s)}</h2><ul>${many(10, (n) => `<li>${link('zh', s * 10 + n)}</li>`)}</ul></div>`, ), }],
    ['front page of links only', '/', 'zh', { title: '山谷网', main: `<div>${many(60, (n) => link('zh', n))}</div>`, aside: false }],
    ['section of cards', '/politics/', 'en', { title: 'Politics', main: `<h1>Politics</h1>${many(12, (n) => card('en', n))}` }],
    ['section at an address like a story', '/politics-and-government-2024.html', 'en', { title: 'Politics and government', main: `<h1>Politics and government</h1>${many(12, (n) => card('en', n))}` }],
    ['section with long teasers', '/culture/', 'en', { title: 'Culture', main: `<h1>Culture</h1>${many(8, (n) => `<article><h2>${link('en', n)}</h2>${paragraph('en', n, 2)}<a href="/x/${n}">Read more</a></article>`)}`, }],
    ['second page of a section', '/news/page/3/', 'en', { title: 'News - Page 3', main: `<h1>News</h1>${many(10, (n) => card('en', n))}<div class="pagination"><a href="/news/page/2/">Previous</a> <a href="/news/page/4/">Next</a></div>`, }],
    ['tag', '/tag/bridges/', 'en', { title: 'Bridges', main: `<h1>Tag: bridges</h1>${many(10, (n) => card('en', n))}` }],
    ['tag, Chinese', '/tag/shiqiao/', 'zh', { title: '石桥', main: `<h1>石桥 相关新闻</h1>${many(12, (n) => card('zh', n))}` }],
    ['search results', '/search?q=bridge', 'en', { title: 'Search results for bridge', main: `<h1>Search results</h1><p>120 results for “bridge”</p>${many(10, (n) => `<div class="result"><h3>${link('en', n)}</h3><p>… ${sentence('en', n)} …</p></div>`)}`, }],
    ['search results, Chinese', '/s?q=%E7%9F%B3%E6%A1%A5', 'zh', { title: '石桥_搜索', main: `<p>找到约 120 条结果</p>${many(10, (n) => `<div class="result"><h3>${link('zh', n)}</h3><p>${sentence('zh', n)}…</p><p>山谷网 2024-03-12</p></div>`)}`, }],
    ['writer', '/author/anna-berg/', 'en', { title: 'Anna Berg', main: `<h1>Anna Berg</h1><p>Anna Berg writes about rivers, roads and bridges. She joined Valley News in 2011.</p>${many(12, (n) => card('en', n))}`, }],
    ['topic with an introduction', '/topics/the-flood', 'en', { title: 'The flood', main: `<h1>The flood</h1><p>${sentence('en', 1)}</p>${many(14, (n) => card('en', n))}` }],
    ['topic, Chinese', '/zt/2024shiqiao/', 'zh', { title: '专题：百年石桥', main: `<h1>百年石桥</h1><p>导语：${sentence('zh', 1)}</p>${many(5, (s) => `<h2>${pick(MENU.zh, s + 1)}</h2><ul>${many(8, (n) => `<li>${link('zh', s * 8 + n)}</li>`)}</ul>`)}`, }],
    ['archive of a month', '/2024/03/', 'en', { title: 'March 2024', main: `<h1>March 2024</h1><ul>${many(40, (n) => dated('en', n))}</ul>` }],
    ['list of a government site', '/xwzx/gzdt/index.html', 'zh', { title: '工作动态', main: `<div>当前位置：<a href="/">首页</a> > <a href="/xwzx/">新闻中心</a></div><ul class="list">${many(20, (n) => dated('zh', n))}</ul><div>共120页 <a href="index_1.html">下一页</a></div>`, }],
    ['list with digests', '/col/col88231/index.html', 'zh', { title: '基层动态', main: many( 10, (n) => `<div class="item"><h3>${link('zh', n)}</h3><p>${sentence('zh', n)}${link('zh', n, '[详细]')}</p></div>`, ), }],
    ['list of a publishing system', '/system/count//0018005/000000000000_000000123.shtml', 'zh', { title: '山谷新闻', main: `<ul>${many(30, (n) => dated('zh', n))}</ul>` }],
    ['a list in tables', '/news/list.asp?class=3', 'zh', { title: '新闻列表', main: `<table>${many(20, (n) => `<tr><td>·</td><td>${link('zh', n)}</td><td>2024-3-${n + 1}</td></tr>`)}</table>`, }],
    ['contents of a printed paper', '/html/2024-03/12/node_3.htm', 'zh', { title: '山谷日报 第03版：综合', main: `<div>2024年03月12日 星期二</div><img src="/page3.jpg" width="400" height="600"><ul>${many(9, (n) => `<li>${link('zh', n)}</li>`)}</ul><ul>${many(8, (n) => `<li><a href="node_${n}.htm">第0${n + 1}版：要闻</a></li>`)}</ul>`, }],
    ['roll of the latest', '/roll/', 'zh', { title: '滚动新闻', main: `<ul>${many(50, (n) => `<li>[<a href="/c1/">新闻</a>] ${link('zh', n)} <em>3-12 09:${10 + (n % 50)}</em></li>`)}</ul>`, }],
    ['pictures', '/gallery/flood', 'en', { title: 'The flood in pictures', head: ld({ '@type': 'ImageGallery', name: 'The flood in pictures' }), main: `<h1>The flood in pictures</h1>${many(12, (n) => `<figure><img src="/g/${n}.jpg" width="900" height="600"><figcaption>${n + 1}/12</figcaption></figure>`)}`, }],
    ['pictures without a type', '/photos/2024/flood', 'en', { title: 'Photos: the flood', main: `<h1>Photos: the flood</h1>${many(12, (n) => `<figure><img src="/g/${n}.jpg" width="900" height="600"><figcaption>${headline('en', n)}</figcaption></figure>`)}`, }],
    ['pictures, Chinese', '/tuji/88231.html', 'zh', { title: '高清组图：百年石桥', main: `<h1>高清组图：百年石桥</h1><div class="swiper">${many(12, (n) => `<div><img src="/g/${n}.jpg" width="900" height="600"></div>`)}</div><p>1/12 石桥旧影</p>`, }],
    ['film', '/video/88231/', 'en', { title: 'Watch: the bridge opens', head: ld({ '@type': 'VideoObject', name: 'Watch: the bridge opens' }), main: `<h1>Watch: the bridge opens</h1><video src="/v.mp4"></video><p>${sentence('en', 3)}</p>${many(12, (n) => `<div>${link('en', n)}<span>02:1${n % 10}</span></div>`)}`, }],
    ['film in a frame', '/videos/the-bridge-opens', 'en', { title: 'The bridge opens', main: `<h1>The bridge opens</h1><iframe src="https://player.example/1" allowfullscreen></iframe><p>The bridge opens after two years.</p>`, }],
    ['film, Chinese', '/v/2024/03/12/VIDEk88231.shtml', 'zh', { title: '[山谷联播]石桥恢复通车', head: '<meta property="og:type" content="video">', main: `<h1>[山谷联播]石桥恢复通车</h1><div id="player"></div><p>本期视频主要内容：石桥恢复通车。</p><ul>${many(12, (n) => `<li>${link('zh', n)}</li>`)}</ul>`, }],
    ['live reports', '/live/flood', 'en', { title: 'Live: the flood', head: ld({ '@type': 'LiveBlogPosting', headline: 'Live: the flood' }), main: `<h1>Live: the flood</h1>${many(12, (n) => `<div><time datetime="2024-03-12T09:${10 + n}:00Z">09:${10 + n}</time>${paragraph('en', n, 2)}</div>`)}`, }],
    ['discussion with a type', '/forum/88231', 'en', { title: 'Which bridge is best?', head: ld({ '@type': 'DiscussionForumPosting', headline: 'Which bridge is best?' }), main: `<h1>Which bridge is best?</h1>${many(12, (n) => post('en', n))}`, }],
    ['discussion', '/viewtopic.php?f=3&t=88231', 'en', { title: 'Which bridge is best? - View topic', head: '<meta name="generator" content="phpBB">', main: `<h2><a href="/viewtopic.php?t=88231">Which bridge is best?</a></h2>${many(12, (n) => post('en', n))}`, }],
    ['discussion, Chinese', '/thread-88231-1-1.html', 'zh', { title: '哪座桥最好看 - 山谷论坛', head: '<meta name="generator" content="Discuz! X3.4">', main: `<h1><a href="thread-88231-1-1.html">哪座桥最好看</a></h1>${many(12, (n) => post('zh', n))}<div>回复 收藏 返回列表</div>`, }],
    ['question', '/questions/88231', 'en', { title: 'How old is the bridge?', head: ld({ '@type': 'QAPage' }), main: `<h1>How old is the bridge?</h1>${many(6, (n) => post('en', n))}`, }],
    ['gone', '/2024/03/12/gone', 'en', { title: 'Page not found', main: `<h1>Page not found</h1><p>Sorry, we cannot find the page that you asked for. It may have moved.</p><h3>Popular stories</h3><ul>${many(10, (n) => `<li>${link('en', n)}</li>`)}</ul>`, }],
    ['gone, in other words', '/2024/03/12/lost', 'en', { title: 'Oops', main: `<h1>Oops! That page can’t be found.</h1><p>It looks like nothing was found at this location. Maybe try a search?</p><form><input name="s"></form>`, }],
    ['gone, Chinese', '/2024/03/12/88.html', 'zh', { title: '404', main: `<h1>抱歉，您访问的页面不存在</h1><p>您要查看的内容可能已被删除或者更改了地址，3秒后自动返回首页。</p><ul>${many(10, (n) => `<li>${link('zh', n)}</li>`)}</ul>`, }],
    ['taken down, Chinese', '/2024/03/12/89.html', 'zh', { title: '提示', main: '<div class="tip">该文章已被删除</div><a href="/">返回首页</a>', aside: false }],
    ['server error', '/2024/03/12/90.html', 'en', { title: 'Service unavailable', main: '<h1>503 Service Unavailable</h1><p>The server is temporarily unable to service your request.</p>', aside: false, }],
    ['refused', '/2024/03/12/91.html', 'en', { title: 'Access Denied', main: '<h1>Access Denied</h1><p>You don’t have permission to access this page on this server.</p><p>Reference #18.2d3c</p>', aside: false, }],
    ['test of humans', '/2024/03/12/92.html', 'en', { title: 'Just a moment...', main: '<p>Verify you are human by completing the action below.</p>', aside: false }],
    ['test of humans, Chinese', '/2024/03/12/93.html', 'zh', { title: '访问验证', main: '<p>您的访问过于频繁，请拖动滑块完成验证</p>', aside: false }],
    ['log in', '/login', 'en', { title: 'Log in', main: '<form><label>E-mail</label><input name="e"><label>Password</label><input type="password" name="p"><button>Log in</button></form><p>No account yet? Create an account.</p>', aside: false, }],
    ['log in, Chinese', '/user/login', 'zh', { title: '用户登录', main: '<form><p>请登录后继续访问</p><input name="u"><input type="password" name="p"></form>', aside: false, }],
    ['nothing but a wall', '/2024/03/12/paid', 'en', { title: headline('en', 3), head: ld({ '@type': 'NewsArticle', headline: headline('en', 3), isAccessibleForFree: false }), main: `<h1>${headline('en', 3)}</h1><div>Subscribe to continue reading</div>`, }],
    ['moved', '/2024/03/12/94.html', 'en', { title: 'Redirecting', head: '<meta http-equiv="refresh" content="0; url=/new">', main: '<p>Redirecting…</p>', aside: false, }],
    ['moved by script', '/2024/03/12/95.html', 'zh', { title: '跳转中', main: '<script>window.location.href="/new.html";</script><p>正在跳转</p>', aside: false }],
    ['map of the site', '/sitemap.html', 'en', { title: 'Site map', main: `<h1>Site map</h1><ul>${many(80, (n) => `<li><a href="/s/${n}/">${pick(MENU.en, n)} ${n}</a></li>`)}</ul>`, }],
    ['built by scripts only', '/2024/03/12/96.html', 'en', { title: 'Valley News', main: '<div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript>', aside: false, }],
    ['results of matches', '/sports/results', 'en', { title: 'Results', main: `<h1>Results</h1><table>${many(30, (n) => `<tr><td><a href="/t/${n}">Town ${n}</a></td><td>${n % 5}:${n % 3}</td><td><a href="/t/${n + 1}">Town ${n + 1}</a></td></tr>`)}</table>`, }],
    ['shows to hear', '/podcasts/', 'en', { title: 'Podcasts', main: `<h1>Podcasts</h1>${many(10, (n) => `<div><h3>${link('en', n)}</h3><audio src="/${n}.mp3"></audio><p>${sentence('en', n)}</p></div>`)}`, }],
  ];
  return made.map(([name, path, language, what]) => ({
    name,
    url: `https://www.valley.example.com${path}`,
    html: page(language, what),
  }));
}
