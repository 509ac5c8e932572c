/**
 * What class names and ids say about an element. CMS authors name things by purpose in every language's English;
 * one pass of an Aho-Corasick automaton over the name finds all words at the cost of one look-up per character.
 */

/** Bit numbers, in the order of `words`. They are features of the trained model: append, never reorder. */
export const classBitCount = 23;

/** `|` is a word edge: anything but a letter, or the step from lower to upper case. */
const words: readonly string[] = [
  // 0 the story itself
  'content article entry post| story body| text artibody |zoom| trs detail |main| |news storybody articlebody maintext prose wenzhang zhengwen cnt',
  // 1 comments
  'comment disqus |reply respond discuss pinglun |coment |kommentar',
  // 2 sharing
  'share sharing |social facebook twitter whatsapp weibo weixin wechat addthis bdshare |sns bshare jiathis sociable follow telegram',
  // 3 related stories
  'relat recommend suggest read|more readmore |more| popular trending most| |hot| |rank |also| promo teaser tuijian xiangguan recirc |next| latest onward similar outbrain taboola similar newsfeed recent |top|',
  // 4 navigation
  '|nav navi menu breadcrumb crumb paging pagin |pager |pages |tab| |tabs| topbar toolbar |skip |jump |toc',
  // 5 page head and foot
  'header masthead footer |foot| |foot |bottom copyright |legal banner |head| |top|bar disclaimer |logo contentinfo',
  // 6 side column
  '|side aside rail| widget |right| |left| column|right colright rightcol rightbar leftcol leftbar sidebar secondary |module complementary',
  // 7 advertising
  '|ad| |ads| |adv| advert sponsor |dfp |gpt| adslot adbox adunit |promo guanggao adsense |gg| |commercial',
  // 8 byline and date
  '|meta| meta| |meta byline author |date date| |time time| publish |source| |info| info| credit dateline |editor laiyuan |zuozhe posted |by| timestamp |updated reporter',
  // 9 pictures
  'caption figure |image |img |photo |picture |pic| gallery video media| |media |player slideshow carousel slider foto |legende |pic lightbox',
  // 10 forms, letters, walls
  'newsletter subscri signup sign|up login register paywall cookie consent gdpr modal popup overlay |donat |form| |alert regwall |membership |optin |callout',
  // 11 tags
  '|tag| |tags| |tag keyword topic categor label |taxonomy',
  // 12 unseen
  '|hidden |hide| sr|only visuallyhidden visually noprint print|only printonly invisible screenreader |collapsed |offscreen assistive noshow',
  // 13 titles
  'title headline |hed| heading |biaoti',
  // 14 summary
  '|lead| |lead summary standfirst |intro abstract |deck| |dek| |dek subtitle excerpt zhaiyao daodu |lede chapeau |teaser vorspann |sub|head subhead ingress description |sapo',
  // 15 quotes
  '|quote pullquote blockquote pull|quote citat |zitat',
  // 16 about the author
  '|bio| |bio about profile contributor |vcard |avatar biography',
  // 17 lists of things
  '|list| list| |items |grid |card |cards |feed |stream |river |item|',
  // 18 editor's tools and read-outs
  'tool| |tools print |email |audio |listen |font |zoom|in |button |btn| |btn |rating |vote |poll |quiz |survey',
  // 19 posts of social networks set into a story
  'twitter|tweet instagram|media |tweet| |tweets| embed',
  // 20 names that CMSs give to the very element with the story's text
  'articlebody article|body story|body storybody entry|content post|content article|content articlecontent postcontent post|body postbody storytext story|text article|text articletext bodytext body|text news|content newscontent news|text newstext |trs artibody maincontent content|body contentbody field|name|body rich|text richtext wysiwyg |prose article|main| articlemain endtext main|text detail|content contentdetail text|content news|body newsbody single|content body|content',
  // 21 structured data's own name for it
  'articlebody|item',
  // 22 the place of readers' comments, not a count of them
  '|comment| |comments| |commentlist |comment|list |comments|list comments|area comment|body |disqus |respond| |replies |comment|text comment|content comment|thread comment|wrap |pinglun |kommentar commentblock |coments commentsection comment|section comments|section',
];

const edge = 26;
const symbols = 27;

function build(): { next: Int16Array; out: Int32Array } {
  const trie: Int32Array[] = [new Int32Array(symbols).fill(-1)];
  const found: number[] = [0];
  words.forEach((line, bit) => {
    for (const word of line.split(' ')) {
      let at = 0;
      for (const char of word) {
        const symbol = char === '|' ? edge : char.charCodeAt(0) - 97;
        const row = trie[at];
        if (!row) throw new Error('trie row missing');
        let to = row[symbol] ?? -1;
        if (to < 0) {
          to = trie.length;
          row[symbol] = to;
          trie.push(new Int32Array(symbols).fill(-1));
          found.push(0);
        }
        at = to;
      }
      found[at] = (found[at] ?? 0) | (1 << bit);
    }
  });
  const next = new Int16Array(trie.length * symbols);
  const out = Int32Array.from(found);
  const fail = new Int32Array(trie.length);
  const queue: number[] = [0];
  for (let head = 0; head < queue.length; head += 1) {
    const at = queue[head] ?? 0;
    const back = fail[at] ?? 0;
    out[at] = (out[at] ?? 0) | (out[back] ?? 0);
    for (let symbol = 0; symbol < symbols; symbol += 1) {
      const to = trie[at]?.[symbol] ?? -1;
      const elsewhere = at === 0 ? 0 : (next[back * symbols + symbol] ?? 0);
      if (to < 0) {
        next[at * symbols + symbol] = elsewhere;
      } else {
        next[at * symbols + symbol] = to;
        fail[to] = elsewhere;
        queue.push(to);
      }
    }
  }
  return { next, out };
}

const automaton = build();

/** Bit set of what the words in `name` (a class list or an id) say. Reads the first 200 characters. */
export function classBits(name: string): number {
  const { next, out } = automaton;
  let at = next[edge] ?? 0;
  let bits = 0;
  let lower = false;
  let onEdge = true;
  const end = Math.min(name.length, 200);
  for (let index = 0; index < end; index += 1) {
    const code = name.charCodeAt(index);
    if (code >= 97 && code <= 122) {
      at = next[at * symbols + code - 97] ?? 0;
      lower = true;
      onEdge = false;
    } else if (code >= 65 && code <= 90) {
      if (lower) {
        at = next[at * symbols + edge] ?? 0;
        bits |= out[at] ?? 0;
      }
      at = next[at * symbols + code - 65] ?? 0;
      lower = false;
      onEdge = false;
    } else if (!onEdge) {
      at = next[at * symbols + edge] ?? 0;
      lower = false;
      onEdge = true;
    } else continue;
    bits |= out[at] ?? 0;
  }
  at = next[at * symbols + edge] ?? 0;
  return bits | (out[at] ?? 0);
}
