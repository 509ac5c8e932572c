/**
 * Layouts of portals and publishing systems, written from scratch: how credits are marked up, not what any page says.
 * Wanted: `authors / source chain / editors / day and minute`, each empty when the page prints none.
 */
export interface Layout {
  readonly name: string;
  readonly head?: string;
  /** Between headline and text. */
  readonly meta?: string;
  readonly first?: string;
  readonly last?: string;
  /** Behind the text. */
  readonly tail?: string;
  readonly traditional?: boolean;
  /** How the page around it is built: nested tables of the 2000s, an application's divs without headings, a blog's theme. Default: plain. */
  readonly frame?: 'table' | 'app' | 'blog';
  /** Above the headline. */
  readonly above?: string;
  /** In place of the plain headline; `T` is its text. */
  readonly heading?: string;
  readonly wanted: string;
  readonly alternative?: string;
  /** `agency|place`. */
  readonly dateline?: string;
}

// One layout a line, to be read as a table.
// biome-ignore format: a table
export const LAYOUTS: readonly Layout[] = [
  // News agencies and party portals
  { name: 'time span, label and linked source', meta: '<div class="h-info"><span class="h-time"> 2024-03-12 09:41:07</span> 来源： <a href="//x.example/">新华网</a></div>', tail: '<div class="zan-wap"><span class="jc"><a>【纠错】</a></span><span class="editor"> 【责任编辑:陶叶阳 】 </span></div>', wanted: ' / 新华网 / 陶叶阳 / 2024-03-12 09:41' },
  { name: 'year, day and time in elements of their own', head: '<meta name="publishdate" content="2024-03-12">', meta: '<div class="header-cont"><div class="header-time left"><span class="year"><em>2024</em></span><span class="day"><em>03</em>/<em>12</em></span><span class="time">09:41:07</span></div><div class="source">来源：新华社</div></div>', tail: '<div class="editor">【责任编辑:佘贤若】</div>', wanted: ' / 新华社 / 佘贤若 / 2024-03-12' },
  { name: 'date and source in one cell, editors in brackets', meta: '<div class="box01"><div class="fl">2024年03月12日09:41　来源：<a href="#">人民网－人民日报</a></div></div>', tail: '<div class="edit clearfix">(责编：邹菁菁、高雷)</div>', wanted: ' / 人民网>人民日报 / 邹菁菁、高雷 / 2024-03-12 09:41' },
  { name: 'author paragraph above, padded name', meta: '<p class="author">本报记者　栾 菲　岳弘彬</p><div class="col-1-1">2024年03月12日09:41 | 来源：<a>人民网</a><em>小字号</em></div>', tail: '<div class="edit">(责编：曹昆、赵一阳)</div>', wanted: '栾菲、岳弘彬 / 人民网 / 曹昆、赵一阳 / 2024-03-12 09:41' },
  { name: 'source with a button glued on, editor in brackets', meta: '<div class="left-t" style="padding-left:6px;">2024年03月12日 09:41　来源：中国新闻网<a class="cyhd">参与互动</a>&nbsp;</div>', tail: '<div class="left_name right"><span>【编辑:房家梁】</span></div>', wanted: ' / 中国新闻网 / 房家梁 / 2024-03-12 09:41' },
  { name: 'source first, bar, date', meta: '<div class="info1">来源：央视新闻客户端 | 2024年03月12日 09:41:07</div>', tail: '<div class="zebian"><span>编辑：<i>于露</i></span><span> 责任编辑：<i>闫田田</i></span></div>', wanted: ' / 央视新闻客户端 / 于露、闫田田 / 2024-03-12 09:41' },
  { name: 'source and date in one inline box', meta: '<div class="function"><span class="info"><i>来源：<a href="#">央视网</a>　<em>2024年03月12日 09:41</em></i></span></div>', wanted: ' / 央视网 /  / 2024-03-12 09:41' },
  { name: 'spaced brackets around the editor', meta: '<div class="m-con-info"><span class="m-con-time">2024-03-12 09:41</span><span class="m-con-source">来源：<a>光明网-《光明日报》</a></span></div>', tail: '<div class="m-zbTool liability"><span class="m-liability"> [ 责编：徐皓 ] </span></div>', wanted: ' / 光明网>光明日报 / 徐皓 / 2024-03-12 09:41' },
  { name: 'four baidu spans with bars', meta: '<div class="pub_date"><span id="pubtime_baidu">发布时间： 2024-03-12 09:41:07</span> | <span id="source_baidu">来源: <a>中国网</a></span> | <span id="author_baidu">作者: 魏婧</span> | <span id="editor_baidu">责任编辑: 申罡</span></div>', wanted: '魏婧 / 中国网 / 申罡 / 2024-03-12 09:41' },
  { name: 'label and value in elements of their own', meta: '<div class="metadata-info"><time class="time">2024-03-12 09:41</time><span class="source"><span>来源：</span><a>环球网</a></span><span class="author"><span>作者：</span><span>白云怡</span></span></div>', tail: '<div class="edit"><span>责编：</span><span>魏少璞</span></div>', wanted: '白云怡 / 环球网 / 魏少璞 / 2024-03-12 09:41' },
  { name: 'label and value in blocks of their own', meta: '<div class="bar"><div>2024-03-12 09:41</div><div class="k">来源：</div><div class="v">环球时报</div><div class="k">作者：</div><div class="v">范凌志</div></div>', tail: '<div class="k">责任编辑：</div><div class="v">龙彦</div>', wanted: '范凌志 / 环球时报 / 龙彦 / 2024-03-12 09:41' },
  { name: 'reporter above, time and source below', meta: '<div class="news_about"><p>澎湃新闻记者 吕新文 实习生 桑怡</p><p>2024-03-12 09:41 <span>来源：<a>澎湃新闻</a></span></p></div>', tail: '<div class="i">责任编辑：郑浩</div><div class="i">图片编辑：乐浴峰</div><div class="i">校对：丁晓</div>', wanted: '吕新文、桑怡 / 澎湃新闻 / 郑浩、乐浴峰、丁晓 / 2024-03-12 09:41' },
  { name: 'source without a label beside the date', meta: '<div class="date-source"><span class="date">2024年03月12日 09:41</span><a href="#" class="source">北京青年报</a></div>', tail: '<p class="show_author">责任编辑：祝加贝 </p>', wanted: ' / 北京青年报 / 祝加贝 / 2024-03-12 09:41' },
  { name: 'unlabelled source in a span, staff code', head: '<meta name="mediaid" content="每日经济新闻">', meta: '<div class="date-source"><span class="date">2024年03月12日 09:41</span><span class="source ent-source">每日经济新闻</span></div>', tail: '<p class="article-editor">责任编辑：石秀珍 SF183</p>', wanted: ' / 每日经济新闻 / 石秀珍 / 2024-03-12 09:41' },
  { name: 'source link with an id and a report button', meta: '<div class="post_info">2024-03-12 09:41:07　来源: <a id="ne_article_source" href="#">上观新闻</a> <a class="post_jubao">举报</a></div>', tail: '<div class="post_author"><a><img src="/end.png" width="13" height="12"></a> 本文来源：上观新闻  责任编辑： 鲁甸_NB12345 </div>', wanted: ' / 上观新闻 / 鲁甸 / 2024-03-12 09:41' },
  { name: 'source behind the text only', meta: '<div class="post_time">2024-03-12 09:41:07</div>', tail: '<div class="ep-source cDGray"><span class="left"><a><img src="/c.png"></a> 本文来源：证券时报网 </span><span class="ep-editor">责任编辑：王晓易_NE0011</span></div>', wanted: ' / 证券时报网 / 王晓易 / 2024-03-12 09:41' },
  { name: 'source link, empty editor, return button', meta: '<div class="article-info"><span class="time" id="news-time">2024-03-12 09:41</span> <span>来源:<a href="#">新华社</a></span></div>', tail: '<p><a class="backsohu">返回搜狐，查看更多</a></p><p data-role="editor-name">责任编辑：<span>石宇辰</span></p>', wanted: ' / 新华社 / 石宇辰 / 2024-03-12 09:41' },
  { name: 'catalogue, linked source, author and time', meta: '<div class="a_Info"><span class="a_catalog"><a>国内</a></span><span class="a_source"><a>新京报</a></span><span class="a_author"> 曾金秋</span><span class="a_time">2024-03-12 09:41</span></div>', tail: '<div class="qq_editor">责任编辑：robinsli</div>', wanted: '曾金秋 / 新京报 / robinsli / 2024-03-12 09:41' },
  { name: 'microdata with labels apart', meta: '<p class="p_time"><span itemprop="datePublished" class="ss01">2024年03月12日 09:41</span><br><span>来源：</span><span itemprop="publisher" itemscope><span itemprop="name" class="ss03"><a>成都商报</a></span></span> <span>作者：</span><span itemprop="author" itemscope><span itemprop="name" class="ss04">逯望一</span></span></p>', tail: '<p class="iphone_none">[责任编辑：杨舟 PN001] </p>', wanted: '逯望一 / 成都商报 / 杨舟 / 2024-03-12 09:41' },
  { name: 'em per credit', meta: '<div class="list-brief"><em class="abody-infor-time">2024-03-12 09:41:07</em><em class="infor-from">来源：<a>国际在线</a></em><em>编辑：韩东林</em><em>责编：刘征宇</em></div>', wanted: ' / 国际在线 / 韩东林、刘征宇 / 2024-03-12 09:41' },
  { name: 'bold labels', meta: '<p class="pwz"><b>发稿时间：2024-03-12 09:41:00</b> <b>来源：</b><b><a>中国青年网</a></b> <i>作者：毕若旭</i></p>', tail: '<p class="zrbj">责任编辑：工 建</p>', wanted: '毕若旭 / 中国青年网 / 工建 / 2024-03-12 09:41' },
  { name: 'camel case ids', meta: '<div><span id="articleTime">2024年03月12日 09:41</span>　<span id="articleSource">来源：经济日报-中国经济网</span>　<span id="articleAuthor">康琼艳</span></div>', tail: '<p><span id="articleEditor">（责任编辑：王婉莹）</span></p>', wanted: '康琼艳 / 经济日报>中国经济网 / 王婉莹 / 2024-03-12 09:41' },
  { name: 'logo image before the source', meta: '<div class="info"><span><img src="/logo.png" alt="日报"></span><span>来源：</span><img src="/l2.png" width="20" height="20"><a href="#">深圳特区报</a><span>2024-03-12 09:41</span></div>', wanted: ' / 深圳特区报 /  / 2024-03-12 09:41' },
  { name: 'source name as the alt of an image', meta: '<div class="info">来源：<a href="#"><img src="/logo/szb.png" alt="羊城晚报"></a> 2024-03-12 09:41</div>', wanted: ' / 羊城晚报 /  / 2024-03-12 09:41' },
  // Publishing systems
  { name: 'government site: origin, counter, font size', meta: '<div class="info">发布时间：2024-03-12 信息来源：市住建局 浏览次数：<script>document.write(1)</script> 次 【字体：<a>大</a> <a>中</a> <a>小</a>】</div>', wanted: ' / 市住建局 /  / 2024-03-12' },
  { name: 'table cells', meta: '<table><tr><td>发布日期：2024-03-12 09:41</td><td>来源：<span>兰州日报</span></td><td>作者：<span>俞树红</span></td><td>浏览次数：12</td></tr></table>', wanted: '俞树红 / 兰州日报 /  / 2024-03-12 09:41' },
  { name: 'small labels, placeholder author', meta: '<div class="info"><small>时间:</small>2024-03-12 09:41<small>来源:</small>山谷晚报 <small>作者:</small>admin<small>点击:</small>33次</div>', tail: '<div class="dede_pages">(责任编辑：admin)</div>', wanted: ' / 山谷晚报 / admin / 2024-03-12 09:41' },
  { name: 'list of labelled items', meta: '<ul class="meta"><li>2024-03-12 09:41:07</li><li>来源：红网</li><li>作者：盛礼</li><li>编辑：田德政</li><li>分享到</li></ul>', wanted: '盛礼 / 红网 / 田德政 / 2024-03-12 09:41' },
  { name: 'definition list', meta: '<dl><dt>来源</dt><dd>湖北日报</dd><dt>作者</dt><dd>汪彤</dd><dt>时间</dt><dd>2024-03-12 09:41</dd></dl>', wanted: '汪彤 / 湖北日报 /  / 2024-03-12 09:41' },
  { name: 'source, comma-parted editors, roles of review', meta: '<p class="info">2024-03-12 09:41  来源：大众新闻·大众日报</p>', tail: '<p>责任编辑：石慧，任晓　　审签人：孙贵坤</p>', wanted: ' / 大众新闻·大众日报 / 石慧、任晓、孙贵坤 / 2024-03-12 09:41' },
  { name: 'first and second reading', meta: '<p class="info">2024-03-12 09:41  来源：齐鲁壹点</p>', tail: '<p>初审编辑：仇成梁</p><p>责任编辑：逯红栋</p>', wanted: ' / 齐鲁壹点 / 仇成梁、逯红栋 / 2024-03-12 09:41' },
  { name: 'many hands with bars', meta: '<p class="info">2024-03-12 09:41</p>', tail: '<p>来源丨长江日报</p><p>编辑丨熊思琪 审核丨陈洁 监制丨周劼 值班总编丨韩玮</p>', wanted: ' / 长江日报 / 熊思琪、陈洁、周劼、韩玮 / 2024-03-12 09:41' },
  { name: 'labels in lenticular brackets', meta: '<p class="info">2024-03-12 09:41 来源：南方+</p>', tail: '<p>【记者】肖文舸</p><p>【通讯员】岳宗</p><p>【校对】黄买冰</p>', wanted: '肖文舸、岳宗 / 南方+ / 黄买冰 / 2024-03-12 09:41' },
  { name: 'author and source in brackets', meta: '<p class="info">2024-03-12 09:41</p>', tail: '<p>【作者】 尚黎阳</p><p>【来源】 南方报业传媒集团南方+客户端</p>', wanted: '尚黎阳 / 南方报业传媒集团南方+客户端 /  / 2024-03-12 09:41' },
  { name: 'source credited in brackets at the end', meta: '<p class="info">2024-03-12 09:41</p>', last: '（来源：极目新闻）', wanted: ' / 极目新闻 /  / 2024-03-12 09:41' },
  { name: 'reporter and correspondents in the opening', meta: '<p class="info">2024-03-12 09:41 来源：湖北日报网</p>', first: '湖北日报讯（记者方琳、通讯员杨麟、覃凡）', wanted: '方琳、杨麟、覃凡 / 湖北日报网 /  / 2024-03-12 09:41' },
  { name: 'reporters at the end', meta: '<p class="info">2024-03-12 09:41 来源：扬子晚报网</p>', last: '（扬子晚报/紫牛新闻记者 徐韶达）', wanted: '徐韶达 / 扬子晚报网 /  / 2024-03-12 09:41' },
  { name: 'outlet, reporter and correspondent behind the text', meta: '<p class="info">2024-03-12 09:41 来源：南京日报</p>', tail: '<p>南京日报/紫金山新闻记者 段仁虎 通讯员 秦宣</p>', wanted: '段仁虎、秦宣 / 南京日报 /  / 2024-03-12 09:41' },
  { name: 'text and pictures by', meta: '<p class="info">2024-03-12 09:41</p>', first: '', tail: '<p>文/记者 冉孟军 图/记者 仲晓丽</p><p>编辑 匡小红</p>', wanted: '冉孟军、仲晓丽 /  / 匡小红 / 2024-03-12 09:41' },
  { name: 'original source phrase', meta: '<p class="info">2024-03-12 09:41 来源于：<a>财新网</a></p>', tail: '<p>责任编辑：凌华薇 | 版面编辑：吴秋晗</p>', wanted: ' / 财新网 / 凌华薇、吴秋晗 / 2024-03-12 09:41' },
  { name: 'outlet, date and authors with dots', meta: '<div class="title-info"><span>第一财经</span> <span>2024-03-12 09:41:07</span> <em>听新闻</em><p class="names">作者：缪琦 ▪ 武恬恬 <i>责编：盛媛</i></p></div>', wanted: '缪琦、武恬恬 / 第一财经 / 盛媛 / 2024-03-12 09:41' },
  { name: 'author link, dot, date', meta: '<div class="article-info"><p><span class="author"><a>卢奕贝</a></span> · <span>2024/03/12 09:41</span><span>浏览 3.2w</span></p><p>来源：界面新闻</p></div>', wanted: '卢奕贝 / 界面新闻 /  / 2024-03-12 09:41' },
  { name: 'public account', meta: '<div id="meta_content"><span id="copyright_logo">原创</span> <span class="rich_media_meta rich_media_meta_text">葛翎</span> <span id="profileBt"><a id="js_name">山谷生活周刊</a></span> <em id="publish_time">2024-03-12 09:41</em></div>', tail: '<p>- END -</p><p>撰文 | 葛翎</p><p>编辑 | 段跃初</p>', wanted: '葛翎 / 山谷生活周刊 / 段跃初 / 2024-03-12 09:41' },
  { name: 'hand-set credits above the text', meta: '<p class="info">2024-03-12 09:41</p>', first: '', head: '', tail: '<p>作者丨佘宗明</p><p>编辑丨迟道华　校对丨王心</p><p>来源：新京报评论</p>', wanted: '佘宗明 / 新京报评论 / 迟道华、王心 / 2024-03-12 09:41' },
  { name: 'contribution and final review', meta: '<p class="info">2024-03-12 09:41 来源：党委宣传部</p>', tail: '<p>（供稿：陆峰 撰稿：瞿晨 初审：濮阳磊 终审：麻建国）</p>', wanted: '陆峰、瞿晨 / 党委宣传部 / 濮阳磊、麻建国 / 2024-03-12 09:41' },
  { name: 'newspaper page', meta: '<p class="sec">《山谷日报》（2024年03月12日 第 03 版）</p><p class="sec">本报记者 赫英海</p>', wanted: '赫英海 / 山谷日报 /  / 2024-03-12' },
  { name: 'ethnic names with a dot', meta: '<p class="info">2024-03-12 09:41 来源：天山网 作者：阿依努尔·买买提 编辑：帕提古丽</p>', wanted: '阿依努尔·买买提 / 天山网 / 帕提古丽 / 2024-03-12 09:41' },
  { name: 'foreign author with nationality, translator', meta: '<p class="info">2024-03-12 09:41 来源：参考消息网</p><p>作者：（英）马丁·雅克 译者：黄朝翰</p>', wanted: '马丁·雅克、黄朝翰 / 参考消息网 /  / 2024-03-12 09:41' },
  { name: 'source and reporter run together', meta: '<p class="info">来源：四川日报记者：寇敏芳编辑：宋丝丝2024-03-12 09:41</p>', wanted: '寇敏芳 / 四川日报 / 宋丝丝 / 2024-03-12 09:41' },
  { name: 'source with issue number', meta: '<p class="info">来源：《求是》2024/06 作者：本刊评论员 2024-03-12 09:41</p>', wanted: ' / 求是 /  / 2024-03-12 09:41' },
  { name: 'reprinted from, in the last line', meta: '<p class="info">2024-03-12 09:41</p>', tail: '<p>（转自：山谷发布）</p>', wanted: ' / 山谷发布 /  / 2024-03-12 09:41' },
  { name: 'according to, in the opening', meta: '<p class="info">2024-03-12 09:41</p>', first: '据山谷日报报道，', wanted: ' / 山谷日报 /  / 2024-03-12 09:41' },
  { name: 'meta elements only', head: '<meta name="source" content="浙江在线"><meta name="author" content="来源：浙江在线 吴佳妮"><meta name="publishdate" content="2024-03-12 09:41:07">', wanted: '吴佳妮 / 浙江在线 /  / 2024-03-12 09:41' },
  { name: 'ContentSource', head: '<meta name="ContentSource" content="省政府办公厅"><meta name="PubDate" content="2024-03-12 09:41"><meta name="Author" content="省府办">', wanted: ' / 省政府办公厅 /  / 2024-03-12 09:41' },
  // Hong Kong, Macau, Taiwan, overseas
  { name: 'HK: time and source in spans', traditional: true, meta: '<div class="con_author"><span>時間：2024-03-12 09:41:07</span><span>來源：大公網</span></div>', tail: '<div class="editor">責任編輯：符濤</div>', wanted: ' / 大公網 / 符濤 / 2024-03-12 09:41' },
  { name: 'HK: written by, printed at', traditional: true, meta: '<div><span>撰文：陳倩婷</span><span>出版：2024-03-12 09:41</span><span>更新：2024-03-12 11:02</span></div>', wanted: '陳倩婷 /  /  / 2024-03-12 09:41' },
  { name: 'TW: reporter and place', traditional: true, meta: '<div class="time">2024/03/12 09:41</div><p>記者譚宇哲／台北報導</p>', wanted: '譚宇哲 /  /  / 2024-03-12 09:41' },
  { name: 'TW: outlet, reporter, place', traditional: true, meta: '<div><time datetime="2024-03-12 09:41">2024-03-12 09:41</time> <span>聯合報</span> <span>記者邱瓊玉／台北即時報導</span></div>', wanted: '邱瓊玉 / 聯合報 /  / 2024-03-12 09:41' },
  { name: 'TW: agency line and editor at the end', traditional: true, meta: '<div>2024/3/12 09:41（3/12 10:02 更新）</div>', first: '（中央社記者蘇龍麒台北12日電）', last: '（編輯：翟思嘉）1130312', wanted: '蘇龍麒 / 中央社 / 翟思嘉 / 2024-03-12 09:41' },
  { name: 'TW: name, slash, place', traditional: true, meta: '<div>2024-03-12 09:41</div><p>卓琦 / 綜合報導</p>', wanted: '卓琦 /  /  / 2024-03-12 09:41' },
  { name: 'TW: text and picture', traditional: true, meta: '<div>2024-03-12 09:41</div><p>文／瞿欣怡　圖／沈明德</p><p>責任編輯／藍立晴</p>', wanted: '瞿欣怡、沈明德 /  / 藍立晴 / 2024-03-12 09:41' },
  { name: 'TW: translator of agencies', traditional: true, meta: '<div>2024-03-12 09:41</div><p>編譯廖綉玉／綜合外電</p>', wanted: '廖綉玉 /  /  / 2024-03-12 09:41' },
  { name: 'SG: slashes for colons', meta: '<div><h4>文 / 翁德兰</h4><span>来自 / 联合早报</span> <span>发布 / 2024年3月12日 9:41 AM</span></div>', wanted: '翁德兰 / 联合早报 /  / 2024-03-12 09:41' },
  { name: 'MY: reports and pictures', meta: '<div>2024-03-12 09:41</div><p>报道：郑紫薇</p><p>摄影：甄易成</p>', first: '（怡保12日讯）', wanted: '郑紫薇、甄易成 /  /  / 2024-03-12 09:41' },
  { name: 'FR: published and changed', meta: '<p>发表时间： 12/03/2024 - 09:41更改时间： 12/03/2024 - 11:20</p><p>作者： 古莉</p>', wanted: '古莉 /  /  / 2024-03-12 09:41' },
  { name: 'US: bracketed dateline with reporter', first: '【山谷时报2024年03月12日讯】（山谷时报记者易如综合报导）', tail: '<p>责任编辑：林妍#</p>', wanted: '易如 / 山谷时报 / 林妍 / 2024-03-12' },
  // Not names
  { name: 'no person: desk, team, platform', meta: '<p class="info">2024-03-12 09:41 来源：山谷晚报 作者：佚名 编辑：小编</p>', wanted: ' / 山谷晚报 /  / 2024-03-12 09:41' },
  { name: 'no person: sentences with 记者 and 编辑', meta: '<p class="info">2024-03-12 09:41 来源：山谷晚报</p>', first: '记者从镇政府获悉，', last: '编辑部将继续关注工程进展，记者将带来更多报道。', wanted: ' / 山谷晚报 /  / 2024-03-12 09:41' },
  { name: 'no source: a notice below and a list beside', meta: '<p class="info">2024-03-12 09:41</p>', tail: '<p>凡本网注明“来源：山谷网”的作品，未经授权不得转载。</p>', wanted: ' /  /  / 2024-03-12 09:41' },
  // More ways of the same
  { name: 'bars between all credits', meta: '<div class="source">2024-03-12 09:41 | 来源：安徽日报 | 作者：田婷 | 编辑：刘晓芳</div>', wanted: '田婷 / 安徽日报 / 刘晓芳 / 2024-03-12 09:41' },
  { name: 'no blanks between spans', meta: '<div class="tit_sub"><span>2024年03月12日09:41</span><span>来源：闽南网</span><span>责任编辑：林汝城</span><span>阅读：1032</span></div>', wanted: ' / 闽南网 / 林汝城 / 2024-03-12 09:41' },
  { name: 'source with channel in quotes', meta: '<p class="t">来源：“山谷发布”微信公众号 2024-03-12 09:41</p>', wanted: ' / 山谷发布 /  / 2024-03-12 09:41' },
  { name: 'source: account on a platform', meta: '<p class="t">2024-03-12 09:41 来源：微信公众号“法治日报”</p>', wanted: ' / 法治日报 /  / 2024-03-12 09:41' },
  { name: 'two sources with a blank', meta: '<p class="t">2024-03-12 09:41　来源：新华网　综合</p>', wanted: ' / 新华网 /  / 2024-03-12 09:41' },
  { name: 'two sources with a comma sign', meta: '<p class="t">2024-03-12 09:41</p>', tail: '<p>来源：央视新闻、山谷气象</p>', wanted: ' / 央视新闻>山谷气象 /  / 2024-03-12 09:41' },
  { name: 'synthesis of several outlets', meta: '<p class="t">2024-03-12 09:41</p>', tail: '<p>（综合新华社、央视新闻报道）</p>', wanted: ' / 新华社>央视新闻 /  / 2024-03-12 09:41' },
  { name: 'agency in brackets at the end', meta: '<p class="t">2024-03-12 09:41</p>', last: '（新华社）', wanted: ' / 新华社 /  / 2024-03-12 09:41' },
  { name: 'agency and reporter in brackets at the end', meta: '<p class="t">2024-03-12 09:41</p>', last: '（新华社记者 鞠焕宗）', wanted: '鞠焕宗 / 新华社 /  / 2024-03-12 09:41' },
  { name: 'wire dateline with two reporters', meta: '<p class="t">2024-03-12 09:41</p>', first: '新华社成都3月12日电（记者吴光于、谢佼）', wanted: '吴光于、谢佼 / 新华社 /  / 2024-03-12 09:41' },
  { name: 'own reporter, place and day', meta: '<p class="t">2024-03-12 09:41 来源：科技日报</p>', first: '科技日报讯 （记者付丽丽 通讯员祖红亮）', wanted: '付丽丽、祖红亮 / 科技日报 /  / 2024-03-12 09:41' },
  { name: 'square and name', meta: '<p class="t">2024-03-12 09:41 来源：人民法院报</p>', first: '', tail: '<p>■ 本报记者 柴靖静</p>', wanted: '柴靖静 / 人民法院报 /  / 2024-03-12 09:41' },
  { name: 'name and outlet with slash and bar', meta: '<p class="t">2024-03-12 09:41</p><p>文 | 记者 粟裕平</p>', wanted: '粟裕平 /  /  / 2024-03-12 09:41' },
  { name: 'name in a line of its own', meta: '<p class="writer">茹晴</p><p class="t">2024-03-12 09:41 来源：文汇报</p>', wanted: '茹晴 / 文汇报 /  / 2024-03-12 09:41' },
  { name: 'blogger on a platform', meta: '<div class="author-info"><img class="avatar" src="/a.png" alt="头像"><a class="author-name">山谷观察家</a><span>2024-03-12 09:41</span><span>发布于：山谷省</span><button>关注</button></div>', wanted: '山谷观察家 / 山谷观察家 /  / 2024-03-12 09:41' },
  { name: 'duty chief and layout', meta: '<p class="t">2024-03-12 09:41 来源：新快报</p>', tail: '<p>责编：王凤　校对：朱艳　签发：刘必军</p>', wanted: ' / 新快报 / 王凤、朱艳、刘必军 / 2024-03-12 09:41' },
  { name: 'editors with bars and dots', meta: '<p class="t">2024-03-12 09:41 来源：荔枝新闻</p>', tail: '<p>编辑 | 柏灵 ｜ 主编 | 端然</p>', wanted: ' / 荔枝新闻 / 柏灵、端然 / 2024-03-12 09:41' },
  { name: 'editor in angle brackets', meta: '<p class="t">2024-03-12 09:41 来源：四川新闻网</p>', tail: '<p>编辑：<a href="mailto:x@y.example">叶明强</a></p>', wanted: ' / 四川新闻网 / 叶明强 / 2024-03-12 09:41' },
  { name: 'editor, colon missing', meta: '<p class="t">2024-03-12 09:41 来源：大河网</p>', tail: '<p class="editor">编辑 胡心洁 审核 高亢</p>', wanted: ' / 大河网 / 胡心洁、高亢 / 2024-03-12 09:41' },
  { name: 'editor and login', meta: '<p class="t">2024-03-12 09:41 来源：东北网</p>', tail: '<div>[责任编辑：DN1112]</div>', wanted: ' / 东北网 / DN1112 / 2024-03-12 09:41' },
  { name: 'contributions office as author', meta: '<p class="t">发布日期：2024-03-12　作者：党政办　来源：山谷镇　点击数：33</p>', wanted: ' / 山谷镇 /  / 2024-03-12' },
  { name: 'university news', meta: '<div class="arti_metas"><span class="arti_publisher">发布者：茆长峰</span><span class="arti_update">发布时间：2024-03-12</span><span class="arti_views">浏览次数：<span>10</span></span></div>', tail: '<p>（文：茆长峰 图：端木清 审核：巴图）</p>', wanted: '茆长峰、端木清 /  / 巴图 / 2024-03-12' },
  { name: 'press office of a firm', meta: '<p>发布人：市场部 发布时间：2024/3/12 9:41:07 信息来源：山谷集团</p>', wanted: ' / 山谷集团 /  / 2024-03-12 09:41' },
  { name: 'english labels on a chinese page', meta: '<p>Source: 山谷日报　Author: 覃星星　2024-03-12 09:41</p>', wanted: '覃星星 / 山谷日报 /  / 2024-03-12 09:41' },
  { name: 'date above, everything else behind the title in small', meta: '<h2>——两岸居民盼早日通车</h2><p>2024-03-12 09:41:07　　山谷商报　　　　记者 覃星星</p>', wanted: '覃星星 / 山谷商报 /  / 2024-03-12 09:41' },
  { name: 'source between brackets without a label', meta: '<p>2024-03-12 09:41　[山谷商报]</p>', wanted: ' / 山谷商报 /  / 2024-03-12 09:41' },
  { name: 'HK: professional dispatch', traditional: true, meta: '<p>2024-03-12 09:41</p>', first: '【明報專訊】', wanted: ' / 明報 /  / 2024-03-12 09:41' },
  { name: 'HK: reporter in brackets', traditional: true, meta: '<p>2024-03-12 09:41</p>', first: '香港文匯報訊（記者 藍松山）', wanted: '藍松山 / 香港文匯報 /  / 2024-03-12 09:41' },
  { name: 'HK: text and editing', traditional: true, meta: '<p>2024-03-12 09:41</p>', tail: '<p>文：葉詩敏</p><p>編輯：鄺健銘</p>', wanted: '葉詩敏 /  / 鄺健銘 / 2024-03-12 09:41' },
  { name: 'TW: news network and reporter', traditional: true, meta: '<p>鉅亨網記者凌梓郡 台北</p><p>2024-03-12 09:41</p>', wanted: '凌梓郡 / 鉅亨網 /  / 2024-03-12 09:41' },
  { name: 'TW: two reporters and a place', traditional: true, meta: '<p>2024-03-12 09:41</p><p>記者潘維庭、陳民峰／台北報導</p>', wanted: '潘維庭、陳民峰 /  /  / 2024-03-12 09:41' },
  { name: 'TW: outlet slash reporter', traditional: true, meta: '<p>2024-03-12 09:41</p><p>民視新聞／韋玉齡、藍諾 台北報導</p>', wanted: '韋玉齡、藍諾 / 民視新聞 /  / 2024-03-12 09:41' },
  { name: 'TW: compiled by', traditional: true, meta: '<p>2024-03-12 09:41</p><p>編輯／柯沛辰</p>', tail: '<p>核稿編輯：詹雅婷</p>', wanted: ' /  / 柯沛辰、詹雅婷 / 2024-03-12 09:41' },
  { name: 'TW: writer then outlet in spans', traditional: true, meta: '<div class="meta-info"><span class="source">山谷時報</span><span class="author"><a href="/reporter/1">游念育</a></span><time datetime="2024-03-12 09:41">09:41 2024/03/12</time></div>', wanted: '游念育 / 山谷時報 /  / 2024-03-12 09:41' },
  { name: 'overseas: edited by', meta: '<p>2024-03-12 09:41</p><p>（山谷综合讯）</p>', tail: '<p>责任编辑：华子明</p>', wanted: ' /  / 华子明 / 2024-03-12 09:41' },
  { name: 'translation with original author and link', meta: '<p>2024-03-12 09:41</p>', tail: '<p>作者：[美] 约翰·史密斯　翻译：戚悦　校对：童祁</p>', wanted: '约翰·史密斯、戚悦 /  / 童祁 / 2024-03-12 09:41' },
  { name: 'no person: reporters without a name', meta: '<p class="t">2024-03-12 09:41 来源：法治日报 作者：本网记者</p>', wanted: ' / 法治日报 /  / 2024-03-12 09:41' },
  { name: 'no person: a photo credit of an agency', meta: '<p class="t">2024-03-12 09:41 来源：法治日报</p>', tail: '<p>图片来源：视觉中国</p>', wanted: ' / 法治日报 /  / 2024-03-12 09:41' },
  // A third reading: what else people print
  { name: 'source and date swapped, no labels', meta: '<div class="info"><span>山谷晚报</span>　<span>2024-03-12 09:41</span></div>', wanted: ' / 山谷晚报 /  / 2024-03-12 09:41' },
  { name: 'reprint mark in brackets before the source', meta: '<p>2024-03-12 09:41　（转载）　来源：中国环境报</p>', wanted: ' / 中国环境报 /  / 2024-03-12 09:41' },
  { name: 'column of key and value', meta: '<table class="kv"><tr><th>来源</th><td>省自然资源厅</td></tr><tr><th>发布日期</th><td>2024-03-12</td></tr></table>', wanted: ' / 省自然资源厅 /  / 2024-03-12' },
  { name: 'index card of an office', meta: '<div><span>索引号：006939748/2024-0033</span><span>发布机构：山谷县人民政府</span><span>发文日期：2024-03-12</span></div>', wanted: ' /  /  / 2024-03-12' },
  { name: 'issuing office as source', meta: '<div>日期：2024-03-12　来源：山谷县人民政府办公室　字号：<a>大</a><a>中</a><a>小</a></div>', wanted: ' / 山谷县人民政府办公室 /  / 2024-03-12' },
  { name: 'reporter of a station', meta: '<p>2024-03-12 09:41 来源：总台央广</p>', first: '央广网北京3月12日消息（总台央广记者黎明）', wanted: '黎明 / 总台央广 /  / 2024-03-12 09:41' },
  { name: 'film crew', meta: '<p>2024-03-12 09:41 来源：央视新闻客户端</p>', tail: '<p>（总台记者 贺英杰 于晨 李季）</p>', wanted: '贺英杰、于晨、李季 / 央视新闻客户端 /  / 2024-03-12 09:41' },
  { name: 'our reporter, intern, place', meta: '<p>2024-03-12 09:41 来源：每日经济新闻</p><p>每经记者：鄢银婵　　每经编辑：魏官红</p>', wanted: '鄢银婵 / 每日经济新闻 / 魏官红 / 2024-03-12 09:41' },
  { name: 'three lines of a weekly', meta: '<p>2024-03-12 09:41 来源：中国新闻周刊</p><p>本刊记者/隗延章</p><p>编辑/杨时旸</p>', wanted: '隗延章 / 中国新闻周刊 / 杨时旸 / 2024-03-12 09:41' },
  { name: 'dot before the name', meta: '<p>2024-03-12 09:41 来源：经济参考报</p><p>●本报记者 桑彤</p>', wanted: '桑彤 / 经济参考报 /  / 2024-03-12 09:41' },
  { name: 'with round brackets and a colon', meta: '<p>2024-03-12 09:41 来源：重庆日报</p>', tail: '<p>（记者：佘振芳 编辑：栗园园 审核：廖雪梅）</p>', wanted: '佘振芳 / 重庆日报 / 栗园园、廖雪梅 / 2024-03-12 09:41' },
  { name: 'glued editor in the last paragraph', meta: '<p>2024-03-12 09:41 来源：河南日报客户端</p>', last: '编辑：陈静 审核 ：李文 王军', wanted: ' / 河南日报客户端 / 陈静、李文、王军 / 2024-03-12 09:41' },
  { name: 'producer, desk and layout with slashes', meta: '<p>2024-03-12 09:41 来源：北京晚报</p>', tail: '<p>监制/盛一鸣　统筹/储一鸣　编辑/殷之龙　设计/全昌连</p>', wanted: ' / 北京晚报 / 盛一鸣、储一鸣、殷之龙 / 2024-03-12 09:41' },
  { name: 'who wrote, below, with a bio', meta: '<p>2024-03-12 09:41 来源：光明日报</p>', tail: '<p>（作者：郦波，系南京师范大学教授）</p>', wanted: '郦波 / 光明日报 /  / 2024-03-12 09:41' },
  { name: 'who wrote, without a colon, with a bio', meta: '<p>2024-03-12 09:41 来源：学习时报</p>', tail: '<p>（作者滕建群系中国国际问题研究院研究员）</p>', wanted: '滕建群 / 学习时报 /  / 2024-03-12 09:41' },
  { name: 'two who wrote, with bios', meta: '<p>2024-03-12 09:41 来源：经济日报</p>', tail: '<p>（作者 裘勇 单位：清华大学）</p>', wanted: '裘勇 / 经济日报 /  / 2024-03-12 09:41' },
  { name: 'special contributor', meta: '<p>2024-03-12 09:41 来源：联合早报网</p><p>特约撰稿人 阮煜琳</p>', wanted: '阮煜琳 / 联合早报网 /  / 2024-03-12 09:41' },
  { name: 'full-width bars and spaces', meta: '<p>２０２４－０３－１２　０９：４１　｜　来源：长城网　｜　作者：郄建荣</p>', wanted: '郄建荣 / 长城网 /  / 2024-03-12 09:41' },
  { name: 'source then a link to the original', meta: '<p>2024-03-12 09:41　来源：<a href="#">澎湃新闻</a> <a href="#">查看原文</a></p>', wanted: ' / 澎湃新闻 /  / 2024-03-12 09:41' },
  { name: 'source, then counter', meta: '<p>来源：中国江苏网 | 2024-03-12 09:41:07 | 评论(0) | 浏览(33)</p>', wanted: ' / 中国江苏网 /  / 2024-03-12 09:41' },
  { name: 'source as a badge with an icon', meta: '<div class="bar"><i class="icon"></i><span class="from">来自：澎湃号·政务</span><span>2024-03-12 09:41</span></div>', wanted: ' / 澎湃号·政务 /  / 2024-03-12 09:41' },
  { name: 'station with channel', meta: '<p>来源：山谷广播电视台《新闻联播》 2024-03-12 09:41</p>', wanted: ' / 山谷广播电视台 /  / 2024-03-12 09:41' },
  { name: 'HK: agency, place, date', traditional: true, meta: '<p>2024-03-12 09:41</p>', first: '香港中通社3月12日電 ', wanted: ' / 香港中通社 /  / 2024-03-12 09:41' },
  { name: 'HK: reporter with colon', traditional: true, meta: '<p>2024-03-12 09:41 文匯網</p>', tail: '<p>記者：戴小橋</p><p>編輯：卜靜</p>', wanted: '戴小橋 / 文匯網 / 卜靜 / 2024-03-12 09:41' },
  { name: 'TW: desk of the day', traditional: true, meta: '<p>2024-03-12 09:41</p><p>中央社 記者蘇思云台北12日電</p>', wanted: '蘇思云 / 中央社 /  / 2024-03-12 09:41' },
  { name: 'TW: writer and photographer in brackets', traditional: true, meta: '<p>2024-03-12 09:41</p>', tail: '<p>（記者簡浩正／攝影鄧博仁）</p>', wanted: '簡浩正、鄧博仁 /  /  / 2024-03-12 09:41' },
  { name: 'TW: responsible editor with a bar', traditional: true, meta: '<p>2024-03-12 09:41 記者 游明煌</p>', tail: '<p>責任編輯｜林玠均</p>', wanted: '游明煌 /  / 林玠均 / 2024-03-12 09:41' },
  { name: 'TW: published and updated with labels', traditional: true, meta: '<p>發布時間：2024-03-12 09:41　更新時間：2024-03-12 11:02</p><p>撰文者：鄧凱元</p>', wanted: '鄧凱元 /  /  / 2024-03-12 09:41' },
  { name: 'Macau: page of the paper', traditional: true, meta: '<p>2024年3月12日 星期二</p>', first: '【本報消息】', wanted: ' /  /  / 2024-03-12' },
  { name: 'posts before the name', meta: '<p>2024-03-12 09:41</p>', tail: '<p>（本文来源：山谷日报 作者：山谷大学经济研究中心副主任、研究员逯望一）</p>', wanted: '逯望一 / 山谷日报 /  / 2024-03-12 09:41' },
  { name: 'a person as the source', meta: '<p>2024-03-12 09:41　来源: 覃星星　编辑: 柴靖静</p>', wanted: '覃星星 /  / 柴靖静 / 2024-03-12 09:41' },
  { name: 'correspondents of a house', meta: '<p>2024-03-12 09:41</p>', first: '本站讯（职工通讯员 覃星星 逯望一）', wanted: '覃星星、逯望一 /  /  / 2024-03-12 09:41' },
];
