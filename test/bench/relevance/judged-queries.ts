/** What a person types, and what they should get: 3 is what they look for, 2 is about the same, 1 touches it, the rest 0. */
export interface JudgedQuery {
  readonly kind: Kind;
  readonly q: string;
  /** Document key → grade. */
  readonly grades: ReadonlyMap<string, number>;
}

export const kinds = {
  same: 'question, same script',
  crossed: 'question, crossed script',
  names: 'people and places',
  numbers: 'numbers and dates',
  latin: 'Latin words',
  clause: 'long clauses',
  single: 'one character',
  'typo-en': 'typos, English',
  'typo-zh': 'typos, homophones',
  headline: 'headline→body',
} as const;
export type Kind = keyof typeof kinds;

/** `kind | query | key:grade key:grade …`. Judged by reading, before and independent of any ranking. */
const table = `
same | 无人机 打药 小麦 | wheat-drone:3
same | 定制公交 通勤 | bus-line:3 line-99:1
same | 沙尘暴 预警 | dust-warning:3 dust-mongolia:2
same | 博物馆 夜场 | museum-night:3 rare-characters:1
same | 学校食堂 家长 监督 | school-lunch:3
same | 社区夜间看病 | clinic-night:3
same | 苹果出口 | apple-export:3
same | 光伏治沙 放羊 | solar-sand:3
same | 老人 助餐 食堂 | elder-care:3
same | 恐龙足迹 | fossil:3
same | 供暖 检修 | heating:3
same | 直播卖药材 | herb:3
same | 租房 租金 下降 | housing-rent:3
same | 無人機表演 改期 | drone-show:3
same | 颱風 農業損失 | typhoon-crops:3 typhoon:1
same | wild bees on a lawn | bees-campus:3
same | bus fares free ridership | fare-free:3 bus-strike:1
same | flood wall sandbags | ice-jam:3
crossed | 無人機 打藥 小麥 | wheat-drone:3
crossed | 恐龍足跡 | fossil:3
crossed | 蘭州 品質學校 | lanzhou-quality-school:3 school-quality-hk:1
crossed | 網絡詐騙 老人 | elder-fraud:3 elder-phone:1
crossed | 渡轮 深宵 班次 | ferry:3
crossed | 蛋挞 老饼店 | bakery:3
crossed | 急症室 轮候时间 | hospital-wait:3
crossed | 电车 冷气 | tram:3
crossed | 雪豹 紅外相機 | snow-leopard:3
crossed | 養蜂人 | wang-jianguo-bees:3
crossed | 離境退稅 | tax-refund:3
crossed | 台风 蔬果 损失 | typhoon-crops:3 typhoon:1
crossed | 唐楼 社区厨房 | heritage:3
crossed | 煤礦 關閉 公園 | coal-mine:3
crossed | 抹香鲸 搁浅 | whale-strand:3 whale-song:1
crossed | 再生稻 畝產 | rice-hybrid:3
names | 李明 | li-ming-choir:3
names | 李明辉 | li-minghui-patent:3
names | 李曉明 | li-xiaoming-swim:3
names | 王建军 | wang-jianjun-train:3
names | 王建國 養蜂 | wang-jianguo-bees:3
names | 陈志远 | chen-zhiyuan-violin:3 chen-zhiyuan-mayor:3
names | 陳志遠 小提琴 | chen-zhiyuan-violin:3 chen-zhiyuan-mayor:1
names | 欧阳娜 | ouyang-na-film:3
names | 买买提·艾山 | maimaiti-baker:3
names | 扎西卓玛 | zhaxi-vet:3
names | 杨晓燕 | yang-xiaoyan-class:3 marathon:2
names | 彭国强 | peng-kwokkeung:3 tram:2
names | 魏小龙 | wei-xiaolong:3
names | Jane Smithson | smith-jane:3
names | Emeka Okafor | okafor-judge:3 overtime-win:1
names | Dana Whitlock | ice-jam:3
names | 南京 | nanjing-wall:3 nanjing-east-duck:3 nanjing-road-shop:1
names | 上海南京路 | nanjing-road-shop:3
names | 中山大学 | zhongshan-univ:3
names | 中山市 灯饰 | zhongshan-city-lamp:3
names | 孙中山纪念馆 | sun-zhongshan-hall:3
names | 西宁 | xining-tulip:3
names | 寧西鐵路 | ningxi-rail:3
names | 长春冰雪节 | changchun-ice:3
names | 吉林市 | jilin-city:3 jilin-prov-corn:1
names | 和田玉 | hetian-jade:3
names | 台中绿美图 | taichung-library:3
names | 通州运河 | tongzhou-canal:3
names | 南通家纺 | nantong-textile:3
names | 清溪河 | river-clean:3
numbers | 7.2级地震 | quake-72:3 quake-62:1 quake-55:1
numbers | 6.2級地震 | quake-62:3 quake-72:1 quake-55:1
numbers | 5.5级余震 | quake-55:3
numbers | 第135届广交会 | fair-135:3 fair-136:1
numbers | 第136屆廣交會 | fair-136:3 fair-135:1
numbers | 经济增长5.2% | gdp-52:3 gdp-48:1
numbers | 增速4.8% | gdp-48:3
numbers | 99路公交 | line-99:3
numbers | 地铁9号线 | line-9:3
numbers | K128次列车 | train-k128:3
numbers | 12345热线 | hotline-12345:3
numbers | 1949年 汇票 | city-1949-bank:3
numbers | 1月26日 航班 | date-0126:3
numbers | 1月27日除夕 | date-0127:3
numbers | 4.5亿元 | budget-45yi:3
numbers | 45万元 | budget-45wan:3
numbers | August 14, 2003 | blackout-2003:3
numbers | 二百六十多个足迹 | fossil:3
latin | iPhone 16 | phone-16:3 phone-15:1
latin | iphone 15 接口 | phone-15:3 phone-16:1
latin | ChatGPT | chatgpt-class:3
latin | deepseek 病历 | deepseek-hospital:3
latin | ＡＩ轉錄 | ai-court:3
latin | C919 | c919-route:3
latin | NASA moon | nasa-moon:3 nasa-soil:1
latin | NASA 火星样本 | nasa-soil:3 nasa-moon:1
latin | mRNA疫苗 | mrna-vaccine:3
latin | covid memorial | covid-memorial:3
latin | IPO | ipo-tea:3 ipo-pause:3
latin | LPR | lpr-cut:3
latin | 农村 ETC | etc-rural:3
latin | wifi 古廟 | wifi-temple:3
latin | 5G基站 充电 | ev-charging-5g:3
latin | IPv6 | ipv6-school:3
latin | NBA | nba-rookie:3 nba-tour:3
latin | tesla truck | tesla-semi:3
latin | BMW 召回 | bmw-recall:3
clause | 往年背着药桶下地，一家三口要忙两天，还常常漏喷 | wheat-drone:3
clause | 受新疆东移冷空气影响，今天下午到明天，河西走廊和中部地区将出现大风、扬沙和降温天气 | dust-warning:3
clause | 讲解员把灯光调暗，请观众用手电筒寻找陶罐上的蛙纹 | museum-night:3
clause | 孩子放學後有點發燒，走路十分鐘就到了，醫生看完開了藥 | clinic-night:3
clause | 以前果子再好也只能按吨卖给客商，价格由别人说了算 | apple-export:3
clause | 拉琴的时候，觉得自己可以去很远的地方 | school-orchestra:3
clause | 学校教的是三年前的技术，企业要的是明年的技术 | vocational:3
clause | 騙徒以「包裹未能派送」為由，誘使收件人點擊連結並輸入信用卡資料 | scam:3
clause | 骗徒以包裹未能派送为由诱使收件人点击链接 | scam:3
clause | 不是农民不爱看书，是书没有送到心坎上 | farm-reading:3
clause | 转身后听不到任何声音，只记得教练说要数到十二下腿 | swim:3
clause | 做风筝先要知道风从哪里来 | kite-master:3
clause | the audience of 480 applauded before anybody had come on stage | town-theatre:3
clause | Our members were burning four dollars in diesel for every hundred bushels | grain-elevator:3
clause | 老人要把二十万元转给领导，银行柜员发现异常，拖延办理并报警 | elder-fraud:3
clause | 三十四年里他开过五种机车安全行车三百万公里 | wang-jianjun-train:3
single | 茶 | tea-spring:3 tea-ban:3 herb:1 ipo-tea:2
single | 盐 | salt-lake:3 salt-diet:3 nanjing-east-duck:2
single | 鹽 | salt-lake:3 salt-diet:3 nanjing-east-duck:2
single | 虎 | tiger-escape:3
single | 鲸 | whale-song:3 whale-strand:3
single | 煤 | coal-mine:3 coal-price:3 ming-lamps:1
single | 猫 | cat-station:3
single | 稻 | rice-hybrid:3 paddy-field:3
single | 竹 | bamboo:3 kite-master:2
single | 菌 | mushroom:3
single | 酒 | wine:3
single | 馕 | maimaiti-baker:3
single | 鐘 | old-pier:3
typo-en | libary of things | library-tools:3 library-fines:1
typo-en | meteorite hunt Corlis | meteor:3
typo-en | electric busses school bord | school-buses:3
typo-en | wilfire smoke | smoke-days:3
typo-en | coverd brige | covered-bridge:3
typo-en | iphnoe 16 | phone-16:3 phone-15:1
typo-en | chatgtp | chatgpt-class:3
typo-en | grain elevater Halsey | grain-elevator:3 hail-damage:1
typo-en | Orphium theater | town-theatre:3
typo-en | basketbal double overtme | overtime-win:3
typo-en | granny smtih frost | smith-orchard:3
typo-en | astronmy club | astronomy-club:3 meteor:1
typo-en | deepsek | deepseek-hospital:3
typo-zh | 兰州 品质学效 | lanzhou-quality-school:3 school-quality-hk:1
typo-zh | 恐龙足机化石 | fossil:3
typo-zh | 无人积送血 | drone-delivery:3
typo-zh | 油子面馆 牛柔面 | lanzhou-noodle:3
typo-zh | 郁金乡节 | xining-tulip:3
typo-zh | 明厨亮造 | school-lunch:3
typo-zh | 马零薯 脱毒 | potato:3
typo-zh | 光福治沙 | solar-sand:3
typo-zh | 带款 抵压 | loan-small:3
typo-zh | 陈之远 | chen-zhiyuan-violin:3 chen-zhiyuan-mayor:3
typo-zh | 李小明 | li-xiaoming-swim:3
typo-zh | 蘭洲 牛肉面 | lanzhou-noodle:3 lanzhou-quality-school:1
typo-zh | 公交改到滨和路 | line-99:3
typo-zh | 养老今 开户 | pension:3
headline | 麦田飞来“新农具” 临河镇组织飞防保春管 | wheat-drone:3
headline | 静川苹果首次自营出口 二十一吨果品发往东南亚 | apple-export:3
headline | 北山铁路支线铺轨贯通 石门到省城将只要一小时四十分钟 | railway:3
headline | 公路施工现场发现二百六十多个恐龙足迹 | fossil:3
headline | 河西职院产教融合见成效 九成七学生毕业前签约 | vocational:3
headline | 清溪河水质升至三类 市民家门口多了亲水公园 | river-clean:3
headline | 內地修路掘出恐龍足跡 專家稱保存罕見 | fossil:3
headline | 高原蘋果首度直接出口 果農戶均增收六千元 | apple-export:3
headline | 黃河柴家峽大橋合龍 誤差僅三毫米 | bridge:3
headline | 定源种薯远销十一省 农户扫码查病毒检测 | potato:3
headline | 环城半马万人参赛 本地选手一小时五分夺冠 | marathon:3
headline | 乌鞘岭大雪困住三百辆车 养护站护送孕妇就医 | snow-road:3
headline | 八十岁以上老人一餐八元 社区食堂日供二百六十人 | elder-care:3
headline | 公营急诊分流 非紧急病人可转夜间门诊 | hospital-wait:3
headline | Riverton girls stun Marlow on a last-second steal | overtime-win:3
headline | Fallen bridge rebuilt by hand over Tull Creek | covered-bridge:3
headline | 港隊小將背泳摘金 打破六年紀錄 | swim:3
headline | 市博物馆暑期周五周六开放到晚上十点 | museum-night:3
headline | 小区门口的自助书房刷身份证进门借书 | library:3
`;

/** @throws Error for a line that is no `kind | query | key:grade …` */
export const readQueries = (lines: string): readonly JudgedQuery[] =>
  lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [kind = '', q = '', graded = ''] = line.split(' | ');
      if (!(kind in kinds) || q === '' || graded === '') throw new Error(`no judged query: ${line}`);
      const grades = graded.split(' ').map((each): [string, number] => {
        const [key = '', grade = ''] = each.split(':');
        return [key, Number(grade)];
      });
      return { kind: kind as Kind, q, grades: new Map(grades) };
    });

export const judgedQueries = readQueries(table);
