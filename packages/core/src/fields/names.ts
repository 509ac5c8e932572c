import { isCommonWord, isPlace } from './han-words.ts';
import { hasHan, hasKana, plainText } from './text.ts';

/** Telling persons from agencies, desks, login names and scraps. All patterns are looked at on names of at most 120 characters. */

export type NameKind = 'person' | 'organization' | 'none';

/** The most frequent Chinese family names in both scripts; together over 98 % of people. Compound ones below. */
const SURNAMES = new Set(
  '王李张張刘劉陈陳杨楊黄黃赵趙周吴吳徐孙孫朱马馬胡郭林何高梁郑鄭罗羅宋谢謝唐韩韓曹许許邓鄧萧蕭肖冯馮曾程蔡彭潘袁于董余苏蘇叶葉吕呂魏蒋蔣田杜丁沈姜范江傅钟鍾卢盧汪戴崔任陆陸廖姚方金邱丘夏谭譚韦韋贾賈邹鄒石熊孟秦阎閻薛侯雷白龙龍段郝孔邵史毛常万萬顾顧赖賴武康贺賀严嚴尹钱錢施牛洪龚龔汤湯陶黎温溫莫易樊乔喬文安殷颜顏庄莊章鲁魯倪庞龐邢俞翟蓝藍聂聶齐齊向申葛柴伍覃骆駱关關焦柳欧歐祝纪紀尚毕畢耿芦蘆左季管符辛苗詹曲欧靳祁路涂兰蘭甘裴梅童翁霍游阮尤岳柯牟滕谷舒卜成饶饒宁寧凌盛查单單冉鲍鮑华華包屈房喻解蒲卫衛简簡时時连連车車项項闵閔邬鄔吉党黨阳陽司费費蒙席晏隋古强強穆姬宫宮景米麦麥谈談柏瞿艾沙鄢桂窦竇郁缪繆畅暢巩鞏卓褚栾欒戚全娄婁甄郎池丛叢边邊岑农農苟迟遲保商臧佘卞虞刁冷应應匡栗仇练練楚揭师師官佟封燕桑巫敖原植邝鄺仲荆荊储儲宗楼樓干苑寇盖蓋南屠鞠荣榮井乐樂银銀奚明麻雍花闫冀郗木平代巴步能修晋晉都宿才胥元茹粟覃厉厲仝冼揭昝咸呼蔺藺鄂索闻聞莘贡貢劳勞逄扶郦酈璩濮寿壽扈郏浦宦容戈庾暨衡弘禄祿阙闕沃蔚夔隆晁勾訾阚闞丰巢蒯竺逯桓祖墨谯佟惠铁鐵拓邰郜信撒淳苍蒼阴陰帖裘伏狄隗荀亓况郅笪旷权危展慕凃辜粘湛嵇朴尧堯'.split(
    '',
  ),
);
const COMPOUND_SURNAME =
  /^(?:欧阳|歐陽|上官|司马|司馬|诸葛|諸葛|东方|東方|皇甫|尉迟|公孙|公孫|令狐|慕容|司徒|夏侯|端木|南宫|西门)/;

const HAN_ORGANIZATION =
  /(?:社|网|網|报|報|台|臺|部|局|院|厅|廳|委|会|會|处|處|所|公司|集团|集團|中心|频道|頻道|客户端|客戶端|新闻|新聞|日报|晚报|时报|周刊|週刊|杂志|雜誌|大学|大學|学院|學院|支部|编辑|編輯|编辑部|小编|传媒|傳媒|媒体|媒體|工作室|团队|團隊|娱乐|财经|财經|财经网|科技|之家|观察|觀察|在线|线上|雲|公众号|综合|綜合|整理|号|融媒|全媒|评论员|評論員|观察员|专刊|编委会|办|办公室|科室|街道|乡|镇|支队|大队|协会|學會|学会)$/;
const HAN_NONE =
  /(?:文章|作品|主页|主頁)$|資料照|资料图|资料照|供图|提供$|(?:特约|特約|首席|资深)$|翻攝|统计$|^(?:南都|全媒体|简介|簡介|介绍|介紹|佚名|未知|匿名|不详|管理员|系统管理员|本站|原创|本站原创|网友|網友|转载|無|无|暂无|编辑|編輯|小编|网络|互联网|采集|本报|本報|本刊|本网|本網|本社|本台|综合|綜合|综合报道|綜合報導|報導|报道|特约|实习|首席|见习|图片|图文|摄像|攝像|拍摄|制作|製作|後製|后期|剪辑|技术|视频|设计|海报|出镜|配音|字幕|策划|统筹|编导|来源|作者|记者|記者|通讯员|下载|查看|更多|关注|评论|分享|举报|打印)$/;
/** Characters and words that no Chinese name has but text running on after a label has. */
const HAN_TEXT =
  /[的了这這被們们您你我他她它吗呢，。：；！？、“”《》]|^(?:从|從|在|对|對|就|与)\p{Script=Han}|^[于向](?:今|昨|本|记|他|她|我|此|该)|采访|報導|报道|消息|获悉|獲悉|记者|記者|新闻|新聞|发现|了解|表示|看到|注意|今日|今天|日前|近日|昨日|现场|專電|专电|訊$|讯$|电$|電$|摄$|攝$|专栏|作者|见习|网$|網$|社$/u;

/** Words of buttons and hotlines that stand behind a label now and then. */
const PAGE_WORD =
  /微信|微博|联系|聯絡|热线|熱線|投稿|登录|注册|首页|首頁|招聘|爆料|报料|邮箱|郵箱|电话|電話|申请|入口|公众号|客服|隐私|许可|广告|廣告/;

const LATIN_AGENCIES =
  /^(?:the )?(?:associated press|ap|reuters|afp|agence france[- ]presse|dpa(?:[-/ ]\w+)?|epd|kna|sid|upi|xinhua|pa|pa media|press association|ansa|efe|agencia efe|agencias?|agenturen|lusa|ritzau|ntb|tt|apa|belga|anp|ctk|čtk|pap|tass|interfax|ria|риа новости|bloomberg|pti|ians|ani|kyodo|yonhap|aap|canadian press|cp|pixabay|unsplash|pexels|shutterstock|istock(?:photo)?|getty images|getty|imago|picture alliance|cnn|bbc|nbc|abc|cbs|npr|wire(?: services?| reports?)?|agencies|news agencies|staff|newsroom|redaktion|die redaktion|redazione|redacción|redacao|redação|la rédaction|rédaction|redactie|editors?|editorial|admin|webmaster|guest|contributors?|correspondents?)$/i;
const LATIN_ORGANIZATION =
  /(?:^|[\s(-])(?:staff|team|desk|newsroom|news|press|agency|agencies|editors|editorial|editorial board|board|media|magazine|times|post|journal|tribune|herald|gazette|ledger|chronicle|observer|courier|examiner|bulletin|sentinel|register|dispatch|telegraph|guardian|inquirer|mercury|enterprise|advertiser|advocate|beacon|banner|argus|statesman|messenger|daily|weekly|monthly|network|online|radio|tv|television|university|college|institute|foundation|group|inc|ltd|llc|gmbh|ag|corp|company|committee|council|ministry|department|association|society|centre|center|redaktion|redaktionen|redazione|redacción|redacao|redação|rédaction|redactie|zeitung|nachrichten|agentur|verlag|editorial team|services?|reports?|wires?|bureau|community|publishing|productions|studios?|world|report|digest|today|deutschland|europe|international|security|support|marketing)\)?$/i;
const ORGANIZATION_START =
  /^(?:service|rubrique|\p{L}{0,16}redaktion|agencia|agência|agenzia|agencja|агентство|πρακτορείο|agence|redaktion|redakce|redakcja|редакция|редакция|university of|universität|institute|ministry|office of|polizei|polizeidirektion|polizeipräsidium|polizeiinspektion|bundespolizei|kreispolizeibehörde|feuerwehr|freiwillige feuerwehr|hauptzollamt|stadt|gemeinde|landkreis|landratsamt|ministerium|bundesministerium|mairie|préfecture|ministère|ville de|ayuntamiento|ministerio|gobierno|comune di|ministero|prefeitura|ministério|governo|police|policja|ministerstwo|министерство|пресс-служба|υπουργείο|government|department|department of|team|the .+ team)(?: |$)/iu;
const DOMAIN =
  /^[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|de|be|at|ch|cz|pl|ru|fr|it|es|nl|gr|co\.uk|uk|cn|tw|hk|io|tv|info|news|dk|se|no|fi|pt|eu|us|ca|au|in)$/i;
/** Job titles, credentials and page furniture that stand where a name might. */
const LATIN_NONE =
  /^(?:do|da|dos|das|em|en|à|aus|from|dal|dalla) |^(?:last )?(?:updated|published|posted|modified)(?: |$)|^(?:(?:senior|junior|chief|lead|associate|assistant|managing|contributing|deputy|executive|political|sports?|business|technology|tech|science|health|news|entertainment|foreign|national|international|special|guest|freelance|digital|video|photo|web|copy|features?|staff|city|education|crime|police|(?:reporter|writer|author|editor|columnist|correspondent|contributor|journalist|producer|photographer|critic|blogger|intern|analyst)s?|in|at|of|for|and|the|to) ?)+$|^(?:no author|гость|gast|guest author|invité|by|von|par|por|di|and|und|unknown|anonymous|null|undefined|n\/a|none|author|authors|byline|follow|share|email|e-mail|print|comments?|updated?|published|posted|read more|more|bio|see more|view profile|profile|contact|user|root|test|default|about the authors?|home|subscribe|sign up|log in|login|md|phd|ph\.d\.?|m\.d\.?|ms|rd|rdn|mba|esq|jr\.?|sr\.?|facebook|twitter|x|linkedin|instagram|min read|link copied|copy link|listen|save|gift article|bookmark|name|last|stand|uhr|vor|ago|ceo|cto|founder|co-founder|president|director|professor|wire|nachrichtenagentur|sponsored|sat|sun|mon|tue|tues|wed|thu|thurs|fri|autorenseite(?: von)?|mehr|alle artikel)$|^[\w-]+(?:\.[\w-]+){2,}$|\{\{|\}\}/i;

/**
 * What a cleaned name stands for. `none`: a job title, a placeholder (`佚名`, `admin`), a number, a scrap of text.
 */
export function nameKind(name: string): NameKind {
  if (name.length < 2 || name.length > 80 || !/\p{L}/u.test(name)) return 'none';
  // `の記事一覧をみる`: a link to all that the writer wrote.
  if (hasKana(name) && /一覧|[みる見読]る$/.test(name)) return 'none';
  if (hasKana(name))
    return /新聞|オンライン|編集部|デジタル|ニュース|通信|社$|部$/.test(name)
      ? 'organization'
      : name.length <= 16
        ? 'person'
        : 'none';
  if (hasHan(name)) {
    if (HAN_NONE.test(name) || /[，。！？；=<>{}]/.test(name) || isPlace(name) || PAGE_WORD.test(name)) return 'none';
    if (isHanPerson(name)) return 'person';
    if (HAN_ORGANIZATION.test(name.replace(/[》」）)]$/, '')) && name.length <= 20) return 'organization';
    if (HAN_TEXT.test(name) || /[得很没都您]/.test(name)) return 'none';
    return name.length <= 12 ? 'person' : 'none';
  }
  if (/[=<>{}]|^(?:image|images|photo|photos|picture|credit|bild|foto) ?:/i.test(name)) return 'none';
  // A clock, a date or a reading time; a login name has its digits inside its only word.
  if (/^\+?\d|[\s:.]\d+$|\d[:.]\d/.test(name)) return 'none';
  if (LATIN_NONE.test(name) || /^https?:|^www\.|@/.test(name) || /\d{4}/.test(name) || name.split(' ').length > 8)
    return 'none';
  if (LATIN_AGENCIES.test(name) || /\bstaff\b/i.test(name) || DOMAIN.test(name) || ORGANIZATION_START.test(name))
    return 'organization';
  // One word before `News` is an outlet; `Anna News` is not a name anyone has.
  if (LATIN_ORGANIZATION.test(name)) return 'organization';
  return 'person';
}

/** A Chinese personal name of 2-4 characters with a known surname, or a foreign one with a middle dot. Strict. */
export function isHanPerson(name: string): boolean {
  if (/^\p{Script=Han}{1,6}(?:[·•・．]\p{Script=Han}{1,8}){1,3}$/u.test(name))
    return name.length > 3 && !name.split(/[·•・．]/).some((part) => HAN_ORGANIZATION.test(part));
  if (!/^\p{Script=Han}{2,4}$/u.test(name) || HAN_TEXT.test(name) || HAN_NONE.test(name)) return false;
  if (COMPOUND_SURNAME.test(name)) return name.length >= 3;
  if (name.length === 4 || isPlace(name) || isCommonWord(name)) return false;
  if (/(?:新闻|新聞|财经|娱乐|科技|之家|中心|频道|[报報网網社刊办局厅委部院处署])$/.test(name)) return false;
  return SURNAMES.has(name[0] ?? '');
}

const LEAD_WORD =
  /^(?:post author |author |eine? \p{L}{4,12} (?=von ))?(?:(?:erstellt|geschrieben|verfasst|written|reported|reporting|posted|published|story|text|words|article|submitted|review|reviewed|photos?|created|medically reviewed|edited)? ?(?:by|von|vom|par|por|di|door|av|af|από|автор|autoren|autorinnen|autor|contributors?(?=:)|author|autore|auteur|autora|text|tekst|texte|foto|fotos|от|oleh)(?: ?[:：] ?| +(?=\p{Lu}|[@‘'"]))|[Bb]y(?=\p{Lu}\p{Ll}))/iu;
/** `FOCUS-Online-Experte Robin Roe`, `Gastautorin Anna Berg` */
const LEAD_POST =
  /^(?:[\p{L}\d-]{2,30}-)?(?:Expert(?:e|in)|Redakteur(?:in)?|Reporter(?:in)?|(?:A|Gasta)utor(?:in)?|Korrespondent(?:in)?|Volontär(?:in)?) (?=\p{Lu}\p{Ll}+ \p{Lu})/u;
const TAIL =
  /(?:[\s,|·•–—-]+(?:updated|published|posted|last updated|date|on|am|\d{1,2}[./:])\b.*)$|\s*[|•·–—]\s.*$|\s+[-(]\s?.*$|\s+(?:is|was|has|covers|writes|joined|who) .*$|,? (?:for|of|at|in|from) (?:the )?[\p{Lu}].*$/iu;

const withoutAddresses = (text: string): string =>
  text.replace(/[\w.+-]{1,60}@[\w.-]{1,60}/g, ' ').replace(/https?:\/\/\S{1,200}|(?<=\s)@\w{2,30}/g, ' ');

/** A printed name without `By`, titles, staff codes, mail addresses, handles and brackets. */
export function cleanName(printed: string): string {
  const plain = plainText(printed, 160);
  const bare = plain.includes('@') || plain.includes('http') ? withoutAddresses(plain) : plain;
  let name = bare.replace(LEAD_WORD, '').replace(LEAD_POST, '').trim();
  if (hasHan(name)) {
    return name
      .replace(/[_\s(（【[]{1,3}[A-Za-z]{1,4}\d{2,6}[)）】\]]?$/, '')
      .replace(/[_]\w{2,8}$/, '')
      .replace(
        /^(\p{Script=Han}{2,4}?)(?:综合|綜合|独家|現場|现场|即時)?(?:报道|報道|报导|報導|整理|编译|編譯|编写|采写|(?<=\p{Script=Han}{3})[译譯])$/u,
        (whole: string, rest: string) => (isHanPerson(rest) ? rest : whole),
      )
      .replace(
        /^(?:(?:本报|本報|本刊|本网|实习|见习|首席|特约|特派|资深|全媒体|融媒体)?(?:记者|記者|通讯员|通訊員|作者|编辑|編輯|摄影|文|研究员|教授|主任|部长|院长|所长|会长|博士|主席|董事长|总经理|分析师|评论员)\s?[:：/／|]?\s?)+(?=\p{Script=Han}{2})/u,
        '',
      )
      .replace(
        /^[\s\-–—:：|·•、，,.。()（）【】[\]〔〕《》"“”/／□■◎●▲▪◆※*#]+|[\s\-–—:：|·•、，,。()（）【】[\]〔〕《》"“”/／□■◎●▲▪◆※*#]+$/g,
        '',
      )
      .replace(/^(\p{Script=Han}) (\p{Script=Han})$/u, '$1$2');
  }
  const cut = name.replace(TAIL, '');
  if (cut.length > 2) name = cut;
  return name.replace(/^[\s\-–—:|·•,.()[\]"“”/*]+|[\s\-–—:|·•,，()[\]"“”/*;]+$/g, '').replace(/(?<=\p{Ll}{2})\.$/u, '');
}

const LATIN_SPLIT =
  /\s*(?:;|,|\||•|·|\/|&| (?:and|And|AND) (?=\p{L})| und (?=\p{Lu})| et (?=\p{Lu})| y (?=\p{Lu})| e (?=\p{Lu})| og (?=\p{Lu})| och (?=\p{Lu})| i (?=\p{Lu})| a (?=\p{Lu})| и (?=\p{Lu})| και (?=\p{Lu})| with (?=\p{Lu})|\n)\s*/u;

/** The single names in a list of names, printed the Chinese or the Latin way; not yet judged. */
export function splitNames(list: string): string[] {
  const text = plainText(list, 600)
    .replace(/\d{4}年\d{1,2}月\d{1,2}日.*$/u, '')
    .replace(/(?:著者|筆者|文責|取材|執筆|ライター)\s?[:：]?\s?/gu, ' ');
  if (!hasHan(text)) {
    const parts = text.split(LATIN_SPLIT).map(cleanName);
    // `hessenschau.de, Frankfurt, Germany`: a site signs with its address.
    const names = parts.length > 1 && DOMAIN.test(parts[0] ?? '') ? parts.slice(0, 1) : parts;
    return names.filter((name) => name !== '');
  }
  // Two-character names are padded to the width of three: `王 静、吕腾龙`.
  const padded = text
    // `张 胜 男`, and no more of the kind.
    .replace(
      /(?<!\p{Script=Han}[\s　]?)(\p{Script=Han})[\s　](\p{Script=Han})[\s　](\p{Script=Han})(?![\s　]?\p{Script=Han})/gu,
      '$1$2$3',
    )
    .replace(/(?<!\p{Script=Han})(\p{Script=Han})[\s　]{1,2}(\p{Script=Han})(?!\p{Script=Han})/gu, '$1$2');
  return padded
    .split(/[、，,;；:：/／&＆\s　|｜丨▪◆●■□]+|(?<=\p{Script=Han}{2})[和与與](?=\p{Script=Han}{2})/u)
    .map(cleanName)
    .filter((name) => name !== '');
}

const PARTICLE =
  /^(?:de|da|do|dos|das|di|du|del|della|dello|der|den|des|van|von|vom|zu|zur|zum|bin|ibn|ben|al|el|la|le|los|y|e|af|av|ter|ten|te|tot|of|abu|’t|'t|d’|d')$/i;
const NAME_WORD =
  /^(?:\p{Lu}[\p{L}\p{M}'’.-]{0,24}|\p{Lo}[\p{Lo}\p{M}'’·・.-]{0,24}|(?:al|el|d|l|o|mc|mac|de|la|le|van)[-'’]?\p{Lu}[\p{L}'’-]{1,20})$/u;
/** Words that open a heading, a button or a title but no name. */
const NOT_A_NAME_WORD =
  /^(?:the|read|more|and|for|with|from|this|that|about|how|why|what|when|where|your|our|all|new|news|by|an?|in|on|to|at|is|are|view|see|follow|share|copy|copied|link|listen|save|email|print|post|posted|published|updated?|photos?|illustrations?|image|video|watch|comments?|reply|ago|mins?|minutes?|hours?|today|yesterday|january|february|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|uhr|stand|lesezeit|kommentare?|der|die|das|und|ist|mit|für|staff|writer|reporter|editor|correspondent|columnist|contributor|senior|chief|ceo|cto|founder|subscribe|newsletter|advertisement|links?|stories|related|external|increase|decrease|text|size|font|printer|drucken|drukuj|prześlij|zobacz|także|member|updates|released|issue|terms|tools|users?|featured|galleries|profiles|company|trademark|pending|options|settings|jetzt|hier|zum|sie|ihre?|unsere?|wir|viel|tipps?|fotos?|фото|читайте|также|leggi|anche|voir|lire|aussi|partager|imprimer|imprimir|compartir|stampa|condividi|udostępnij|glossary|previous|time|transcript|download|actu|top|filed|story|güncelleme|yayınlanma|giriş|tarihi|نشر|نُشر|آخر|تحديث|sponsored|home|menu|search|login|category|categories|tags?|topics?|latest|posts|articles?|artikel|autorenseite|weitere|alle|über|autor(?:in)?|click|here|e-mail|mail|redakteur(?:in)?|ressort|mehr|veröffentlicht|about|signs|publisher|feed|biography|guest|team|contact|website|opens|window)$/i;

/** A word of a button, a heading or a date, and no name. */
export function isPageWord(word: string): boolean {
  return NOT_A_NAME_WORD.test(word);
}

/**
 * Looks like a person's full name: two to five words that names are made of. For text that merely stands where a byline may
 * be; `single` lets one word pass.
 */
export function isLatinPerson(name: string, single = false): boolean {
  if (/[\d@:!?…+_=]/.test(name) || name.length > 50) return false;
  const words = name.split(/\s+/);
  if (words.length > 6 || (words.length < 2 && !single)) return false;
  let real = 0;
  for (const word of words) {
    if (PARTICLE.test(word)) continue;
    if (!NAME_WORD.test(word) || NOT_A_NAME_WORD.test(word.replace(/[.,]$/, ''))) return false;
    real += 1;
  }
  return real >= (single ? 1 : 2) || (real === 1 && words.length >= 2);
}
