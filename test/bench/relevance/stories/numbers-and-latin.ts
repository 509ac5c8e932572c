import { readStories } from './story.ts';

/** Reports that differ in a figure, a date or a Latin word. */
export const numbersAndLatin = readStories(`
quake-72 | haixia | 420 | 外海發生規模7.2地震 多地搖晃逾一分鐘 | 昨晚11時58分外海發生規模7.2地震，多地搖晃逾一分鐘，三條鐵路支線停駛檢查，未傳出人員傷亡。
quake-62 | jincheng | 340 | 山区发生6.2级地震 救援队连夜进村 | 昨夜山区发生6.2级地震，震源深度10公里。四支救援队连夜徒步进村，转移群众三千八百人。
quake-55 | jincheng | 15 | 5.5级余震再袭 学校操场变安置点 | 今晨6时又发生5.5级余震，县城三所学校的操场变成安置点，帐篷供应充足。
fair-135 | dongfang | 580 | 第135届广交会开幕 境外采购商增两成 | 第135届广交会昨日开幕，首日境外采购商比上届增加两成，新能源展位最受欢迎。
fair-136 | dongfang | 400 | 第136届广交会落幕 成交额创新高 | 第136届广交会落下帷幕，线下意向成交额创新高，六成订单来自共建国家。
gdp-52 | dongfang | 310 | 全年经济增长5.2% 居民消费贡献过半 | 统计部门公布，去年经济增长5.2%，其中居民消费贡献超过一半，服务业增加值占比继续提高。
gdp-48 | dongfang | 20 | 三季度增速4.8% 出口好于预期 | 三季度经济同比增长4.8%，出口好于预期，房地产投资仍在下降。
line-99 | jincheng | 70 | 99路公交改走滨河路 | 因地下管线施工，99路公交下月起改走滨河路，临时取消三个站点。
line-9 | jincheng | 160 | 地铁9号线跨年夜不打烊 | 地铁9号线跨年夜运营到凌晨两点，末班车后安排接驳大巴。
train-k128 | jincheng | 230 | K128次列车上的早产儿 | 昨天凌晨，K128次列车上一名孕妇早产，列车长广播寻人，两位医生在餐车接生，母子平安。
train-cr450 | keji | 50 | CR450动车组跑出450公里时速 | 新一代CR450动车组在试验线上跑出每小时450公里，车厢噪声比现有车型降低两分贝。
hotline-12345 | jincheng | 90 | 12345热线一年办结二十万件 | 市12345热线去年办结诉求二十万件，其中停车难、供暖不热和噪声投诉最多。
hotline-119 | jincheng | 610 | 119报警演练走进幼儿园 | 消防员走进幼儿园，教孩子们用模拟电话拨打119，说清楚地址和火情。
city-1949-bank | dongfang | 1300 | 1949年的一张汇票找到主人 | 银行整理档案时发现一张1949年没有兑付的汇票，经过半年查找，收款人的孙女昨天签收。
blackout-2003 | plains | 800 | Remembering the August 14, 2003 blackout | Twenty-some years on, line workers recalled how the August 14, 2003 blackout darkened eight states in nine seconds.
date-0126 | jincheng | 1000 | 1月26日起部分航班恢复 | 机场通报，1月26日起恢复飞往海口、三亚等地的12个航班，旅客需提前两小时到达。
date-0127 | haixia | 999 | 1月27日除夕 夜市照常營業 | 今年除夕落在1月27日，十二個夜市宣布照常營業至凌晨。
budget-45yi | dongfang | 260 | 4.5亿元补助老旧小区加装电梯 | 财政部门下达4.5亿元，补助六百个老旧小区加装电梯，每部补助不超过20万元。
budget-45wan | jincheng | 261 | 拾到45万元货款 环卫工原地等失主 | 环卫工在路边拾到一个装有45万元货款的布袋，原地等候两个小时，把钱还给失主。
phone-16 | keji | 66 | iPhone 16 拆解：电池更好换了 | 拆解团队发现，iPhone 16 的电池改用通电脱胶，更换时间从一小时缩短到十分钟。
phone-15 | keji | 430 | iPhone 15 换上 USB-C 接口 | iPhone 15 全系换上 USB-C 接口，旧数据线用户需要转接头。
chatgpt-class | keji | 110 | 老师用 ChatGPT 出题 学生找错 | 一所中学的语文老师让 ChatGPT 写出有错误的短文，学生分组找错，课堂讨论热烈。
deepseek-hospital | keji | 34 | 县医院接入 DeepSeek 病历质控提速 | 县医院在本地部署 DeepSeek 模型，出院病历的质控时间从两天缩短到二十分钟，医生复核后才能归档。
ai-court | weigang | 150 | 法院試用AI轉錄證供 | 司法機構在三個審裁處試用AI轉錄證供，準確率達九成五，最後文本仍由書記核對。
c919-route | dongfang | 75 | C919执飞新航线 上海直飞三亚 | 国产大飞机C919昨天开通上海至三亚航线，首航上座率九成六。
c909-island | haixia | 310 | C909支線客機首降離島 | C909支線客機首度降落離島機場，跑道僅1600公尺。
nasa-moon | plains | 210 | NASA delays crewed moon flight again | NASA pushed its next crewed moon flight to spring, citing a heat-shield test that must be repeated.
nasa-soil | keji | 215 | NASA公布火星样本取回新方案 | NASA公布火星样本取回的两种新方案，成本较原计划减少三分之一。
mrna-vaccine | keji | 480 | 国产mRNA疫苗进入三期试验 | 一款国产mRNA疫苗进入三期临床试验，可在冰箱冷藏条件下保存六个月。
covid-memorial | plains | 900 | COVID-19 memorial garden opens by the river | A garden with 312 stones, one for each county resident lost to COVID-19, opened Sunday by the river.
ipo-tea | dongfang | 58 | 奶茶品牌赴港IPO 首日涨四成 | 一家奶茶品牌昨日在港IPO，首日上涨四成，公开发售部分获得五千倍认购。
ipo-pause | dongfang | 640 | 三家公司撤回IPO申请 | 三家拟上市公司本周撤回IPO申请，理由均为调整战略规划。
lpr-cut | dongfang | 35 | LPR下调 百万房贷月供少五十六元 | 五年期LPR下调10个基点，按百万元三十年等额本息计算，房贷月供减少五十六元。
etc-rural | jincheng | 720 | 农村客运站装上ETC | 二十个农村客运站装上ETC通道，班车进站不用停车取卡。
wifi-temple | haixia | 270 | 古廟裝Wi-Fi 香客掃碼聽導覽 | 百年古廟裝設免費Wi-Fi，香客掃碼即可收聽四種語言的導覽。
ev-charging-5g | keji | 88 | 5G基站改造成充电桩 | 运营商把退网设备机房改造成充电站，5G基站与充电桩共用电源，一个站点一年省电费两万元。
ipv6-school | keji | 530 | 校园网升级IPv6 宿舍网速翻倍 | 三所高校的校园网升级到IPv6，宿舍晚高峰网速提高一倍。
nba-rookie | plains | 140 | NBA rookie from Marlow signs with Denver | Marlow High graduate Dre Coleman signed a four-year NBA contract with Denver on Friday.
nba-tour | weigang | 145 | NBA季前賽門票開售 半小時售罄 | NBA季前賽門票昨日公開發售，半小時內全數售罄，最貴的一張炒至三倍。
tesla-semi | plains | 95 | Tesla Semi trucks haul potatoes over the pass | A farm co-op has put three Tesla Semi trucks on the potato run over the pass, saving $400 a trip on fuel.
bmw-recall | dongfang | 350 | 宝马BMW召回部分电动车 | 因制动软件存在隐患，BMW召回一千二百辆电动车，车主可远程升级。
`);
