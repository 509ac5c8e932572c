import { readStories } from './story.ts';

/** Names that contain, resemble or share characters with each other, and places that hide in other words. */
export const peopleAndPlaces = readStories(`
li-ming-choir | jincheng | 40 | 退休教师李明组建社区合唱团 | 六十五岁的李明退休后没有闲着，她在家属院里贴出告示，三个月招来四十名团员。合唱团每周二、周四排练，学会了十六首老歌。
li-minghui-patent | keji | 300 | 工程师李明辉十年拿下二十项专利 | 焊接工程师李明辉在车间一角搭起实验台，十年间获得二十项专利，把管道焊接的返修率从百分之八降到千分之五。
li-xiaoming-swim | jincheng | 12 | 游泳教练李晓明跳河救起落水少年 | 昨天下午，在河边散步的游泳教练李晓明听见呼救，脱下外衣跳进河里，两分钟后把落水少年托上岸。
ming-lamps | haixia | 700 | 黎明前的燈塔 守塔人最後一班 | 全島最後一位守塔人在黎明前關掉煤油燈，燈塔自此改為自動控制。他說，三十年來每天最怕的是霧。
wang-jianguo-bees | jincheng | 500 | 养蜂人王建国带富半个村 | 王建国养蜂二十年，去年把技术写成手册，手把手教会了四十户邻居，全村蜂蜜卖出三百多万元。
wang-jianjun-train | jincheng | 900 | 火车司机王建军安全行车三百万公里 | 再有一个月，火车司机王建军就要退休。三十四年里他开过五种机车，安全行车三百万公里。
chen-zhiyuan-violin | weigang | 60 | 陳志遠製琴四十年 小提琴遠銷歐洲 | 製琴師陳志遠的工作室藏在工廈七樓，他用楓木和雲杉製作小提琴，四十年來完成二百一十把，最遠的一把賣到克雷莫納。
chen-zhiyuan-mayor | haixia | 8 | 副市長陳志遠視察抽水站 | 副市長陳志遠昨日視察河岸抽水站，要求汛期前完成三部備用機組測試。
chen-zhi-chess | jincheng | 200 | 十岁棋手陈智夺少年围棋冠军 | 十岁的陈智在决赛中执黑中盘获胜，成为这项赛事最年轻的冠军。
ouyang-na-film | weigang | 90 | 歐陽娜首執導演筒 紀錄片入圍影展 | 演員歐陽娜首次擔任導演，作品記錄三代漁民的生活，入圍下月舉行的國際影展。
ouyang-river | dongfang | 1200 | 欧阳水库除险加固完工 | 欧阳水库除险加固工程日前通过验收，下游六个乡镇的防洪标准提高到五十年一遇。
maimaiti-baker | jincheng | 150 | 买买提·艾山的馕坑搬进大学食堂 | 来自喀什的买买提·艾山在大学食堂支起馕坑，每天打出六百个馕，中午不到十二点就卖光。
zhaxi-vet | jincheng | 260 | 兽医扎西卓玛骑马走遍三十个牧场 | 扎西卓玛是乡里唯一的女兽医，她骑马走遍三十个牧场，一年接种牛羊一万两千头。
smith-orchard | plains | 77 | Granny Smith growers face a late frost | Orchard owners along the ridge lit smudge pots on Tuesday to save the Granny Smith crop from a late frost.
smith-jane | plains | 33 | Jane Smithson named fire chief | Riverton’s first woman fire chief, Jane Smithson, was sworn in Monday after 22 years in the department.
okafor-judge | plains | 410 | Judge Okafor steps down after three decades | Judge Emeka Okafor, who heard the county’s first televised trial, will retire in June after thirty years on the bench.
nanjing-wall | jincheng | 45 | 南京城墙开放夜游 三处城门亮灯 | 南京城墙本周起开放夜游，中华门等三处城门亮灯到晚上十点，游客可以登城看秦淮河。
nanjing-road-shop | dongfang | 130 | 上海南京路百年鞋店换新颜 | 位于上海南京路步行街的百年鞋店重新开门，老柜台变成修鞋体验区，年轻顾客多了三成。
nanjing-east-duck | weigang | 610 | 盐水鸭真空装抵港 | 來自南京的真空包裝鹽水鴨首次在本地超市上架，首批三千隻三日售罄。
zhongshan-city-lamp | dongfang | 220 | 中山市灯饰企业抱团出海 | 广东中山市古镇的八十家灯饰企业共同设立海外仓，把交货时间从四十天缩短到五天。
zhongshan-univ | keji | 70 | 中山大学团队绘出深海珊瑚图谱 | 中山大学海洋科学学院团队用三年时间绘出一百六十种深海珊瑚的图谱，其中九种为新记录。
sun-zhongshan-hall | haixia | 1500 | 孫中山紀念館修復彩繪 | 建於上世紀的孫中山紀念館啟動彩繪修復，工匠以礦物顏料逐層補色，工期八個月。
zhongshan-hill | jincheng | 18 | 终南山中山路塌方抢通 | 受连日降雨影响，终南山中一段山路塌方，养护人员连夜清理土石，今晨恢复单向通行。
xining-tulip | jincheng | 25 | 西宁郁金香节迎来最好花期 | 西宁三百万株郁金香本周进入盛花期，人民公园延长开放时间，并加开两条赏花专线。
ningxi-rail | dongfang | 820 | 宁西铁路复线全线送电 | 宁西铁路复线昨日全线送电成功，货运能力将提高一倍。
changchun-ice | jincheng | 330 | 长春冰雪节造出百米滑道 | 长春冰雪节用三万立方米冰块造出百米滑道，开园首日排队两小时。
changchun-flower | keji | 560 | 长春花碱合成路线缩短一半 | 研究人员找到长春花碱的新合成路线，步骤减少一半，成本有望下降七成。
jilin-city | dongfang | 95 | 吉林市碳纤维产业园投产 | 吉林市碳纤维产业园一期投产，年产原丝两万吨，主要供应风电叶片企业。
jilin-prov-corn | jincheng | 96 | 吉林玉米带试种耐密品种 | 吉林省在十二个县试种耐密玉米，亩株数从四千增加到六千。
hetian-jade | dongfang | 640 | 和田玉市场推行一物一码 | 新疆和田玉交易中心推行一物一码，买家扫码可看产地、重量和检测证书。
paddy-field | haixia | 180 | 稻禾田邊的圖書館 | 村民在稻禾田邊用舊穀倉改建圖書館，孩子放學後赤腳就能走進來看書。
lanzhou-noodle | jincheng | 6 | 兰州牛肉面馆推出小碗装 | 兰州三十家牛肉面馆推出小碗装，价格减半，老人和孩子不用再为剩面发愁。
lanzhou-quality-school | jincheng | 420 | 兰州将打造一批品质学校 | 记者从全省教育工作会议上获悉，今年将支持兰州新建改建二十所学校，在师资、课程和校园环境上打造一批品质学校。
lankao-tung | jincheng | 380 | 兰考泡桐做成古筝卖到海外 | 河南兰考的泡桐木纹理均匀，当地八十家乐器厂年产古筝三十万台。
macau-bridge | weigang | 28 | 澳門輕軌東線動工 | 澳門輕軌東線昨日動工，全長七點七公里，設六個車站，預計四年後完成。
tongzhou-canal | jincheng | 55 | 北京通州运河游船增加夜班 | 北京通州大运河游船周末增加夜班，末班时间延到晚上九点半。
nantong-textile | dongfang | 610 | 南通家纺集市直播间凌晨不熄灯 | 江苏南通的家纺集市里，两百个直播间凌晨仍在试样，一条四件套从下单到发货只要六小时。
hualien-quake-help | haixia | 400 | 花蓮民宿業者自救會成立 | 地震後訂房取消八成，花蓮一百二十家民宿業者成立自救會，推出互助住宿券。
taichung-library | haixia | 22 | 台中綠美圖啟用 首日湧入兩萬人 | 台中綠美圖館昨日啟用，圖書館與美術館相連，首日湧入兩萬人參觀。
wei-xiaolong | jincheng | 44 | 通讯员魏小龙镜头里的果园四季 | 县里的通讯员魏小龙用五年时间拍摄同一片果园，三百幅照片昨天在县文化馆展出。
yang-xiaoyan-class | jincheng | 190 | 乡村教师杨晓燕把跑步写进课表 | 天水中学教师杨晓燕把每天两公里跑步写进课表，全校学生的近视率两年下降六个百分点。
peng-kwokkeung | weigang | 510 | 彭國強獲頒運輸業終身成就獎 | 任職電車公司逾三十年的彭國強昨晚獲頒運輸業終身成就獎，他笑言最懷念當售票員的日子。
`);
