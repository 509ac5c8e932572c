import { readStories } from './story.ts';

/** Things that have a word of one character, and reports that only mention them. */
export const topics = readStories(`
tea-spring | jincheng | 30 | 高山春茶开采 一斤卖出八百元 | 海拔一千二百米的茶园昨天开采头茬春茶，茶农说今年茶芽早、香气足，一斤鲜茶卖出八百元。
tea-ban | haixia | 260 | 茶農轉作 老茶園改種咖啡 | 因採茶人手不足，山區五戶茶農把老茶園改種咖啡，茶廠也改成烘豆坊。
salt-lake | jincheng | 480 | 盐湖边的采盐人 | 盐湖边，采盐人用铁耙把盐堆成小山。如今机械采盐占了九成，老盐工改当讲解员。
salt-diet | keji | 36 | 减盐三克 血压降四个点 | 一项为期两年的研究显示，每天减盐三克，高血压患者的收缩压平均下降四毫米汞柱，代用盐效果相近。
snow-leopard | jincheng | 52 | 红外相机拍到雪豹一家四口 | 保护区的红外相机拍到雪豹母亲带着三只幼崽饮水，这是当地首次记录到一窝三崽。
snow-removal | plains | 300 | Snow plow names, chosen by third graders | The county’s nine plows now carry names picked by third graders, among them Snowtorious and Plowy McPlowface.
tiger-escape | dongfang | 610 | 东北虎下山觅食 村民连夜撤离 | 一只东北虎下山进入玉米地，村民连夜撤离，林业部门用无人机跟踪，老虎清晨返回山林。
whale-song | keji | 130 | 座头鲸的歌声有了方言地图 | 科学家用十年录音绘出座头鲸歌声的方言地图，发现鲸群相遇后会互相学习新曲调。
whale-strand | haixia | 420 | 抹香鯨擱淺 志工澆水十四小時 | 一頭抹香鯨擱淺沙灘，志工輪流澆水十四小時，漲潮時鯨終於游回外海。
coal-mine | dongfang | 720 | 最后一车煤出井 百年煤矿变公园 | 随着最后一车煤出井，开采百年的煤矿正式关闭，井架保留下来，变成工业公园。
coal-price | dongfang | 14 | 动力煤价格连跌五周 | 港口库存高企，动力煤价格连跌五周，电厂采购观望。
horse-race | jincheng | 440 | 草原赛马会上的女骑手 | 十七岁的女骑手在草原赛马会上夺得五千米冠军，她的马是自己接生、自己驯的。
rice-hybrid | jincheng | 23 | 再生稻一种两收 亩产突破一千三 | 再生稻头季收割后留桩再发，一种两收，示范田两季亩产突破一千三百公斤。
mushroom | jincheng | 75 | 雨后采菌有讲究 医院接诊中毒十七例 | 雨后野生菌大量上市，市医院一周接诊中毒患者十七例，医生提醒不认识的菌不要采、不要吃。
cat-station | weigang | 310 | 車站店長是隻貓 | 一隻三花貓獲委任為車站榮譽店長，每日巡視月台，周末訪客增加三成。
cloud-sea | jincheng | 64 | 云海涌上观景台 摄影者守候五天 | 雨后初晴，云海从山谷涌上观景台，摄影爱好者守候五天，终于拍到佛光。
cloud-computing | keji | 240 | 云计算中心搬进山洞 省下一半电费 | 企业把云计算中心搬进恒温山洞，利用自然冷源，制冷电费省下一半。
river-ice | jincheng | 310 | 黄河封河 冰上检测确保安全 | 黄河内蒙古段封河，水文人员每天上冰打孔测厚度，确保冰凌不成灾。
bamboo | dongfang | 210 | 以竹代塑 一根竹子做成吸管 | 企业用竹纤维制成吸管和餐盒，三个月可以降解，订单排到明年春天。
wine | dongfang | 530 | 贺兰山葡萄酒走进国际赛场 | 贺兰山东麓的葡萄酒在国际比赛中获得三枚金奖，酒庄预约参观人数翻番。
lamp-study | haixia | 80 | 屋頂農場供應營養午餐 | 國小屋頂闢成農場，種出的空心菜與番茄直接供應營養午餐，學童輪值澆水。
school-merge | jincheng | 250 | 乡村小规模学校合并 校车接送到村口 | 县里把十一所小规模学校合并成三所，新增二十四辆校车，接送到村口。
school-quality-hk | weigang | 130 | 教育局擬推優質學校獎勵計劃 | 教育局擬推優質學校獎勵計劃，按學校課程創新與學生身心健康評分，首年撥款兩億元。
school-ai | keji | 11 | 小学开设人工智能通识课 | 新学期，全市小学三年级起开设人工智能通识课，每周一节，不布置书面作业。
network-safety | weigang | 180 | 網絡安全周開幕 學生學識別釣魚電郵 | 網絡安全周開幕，一千名學生在工作坊學習識別釣魚電郵和深偽短片。
elder-fraud | jincheng | 41 | 银行柜员识破骗局 老人保住养老钱 | 老人要把二十万元转给“领导”，银行柜员发现异常，拖延办理并报警，保住了养老钱。
elder-phone | keji | 350 | 社区教老人用智能手机 课程排到年底 | 社区开设智能手机课，教老人挂号、打车和识别诈骗，名额一周报满，课程排到年底。
housing-rent | dongfang | 46 | 租金连降六个月 毕业生租房更从容 | 大城市租金连降六个月，新毕业大学生租房选择增多，租住面积平均增加五平方米。
housing-hk | weigang | 210 | 公屋輪候時間跌至五年新低 | 公屋一般申請者平均輪候時間跌至五點一年，是五年新低，當局稱明年供應再增兩成。
loan-small | dongfang | 99 | 小微企业贷款不再看抵押 | 银行按纳税和水电数据给小微企业授信，贷款不再看抵押，最快当天到账。
tax-refund | dongfang | 290 | 离境退税改为即买即退 | 境外旅客在商店购物后可以当场拿到退税款，即买即退的商店增加到七百家。
drone-delivery | keji | 60 | 无人机送血 急救快了四十分钟 | 中心血站用无人机向山区医院送血，三十公里只飞二十二分钟，比汽车快四十分钟。
drone-show | weigang | 16 | 無人機表演改期 強風成主因 | 原定周六晚舉行的無人機表演因強風改期，主辦方稱一千架無人機已完成檢查。
pension | dongfang | 130 | 个人养老金开户三步走 | 手机银行三步可以开立个人养老金账户，每年缴存上限一万二千元，可以抵税。
marathon-hk | weigang | 300 | 馬拉松跑手中暑 急救電單車三分鐘到場 | 馬拉松賽事中一名跑手中暑暈倒，急救電單車三分鐘到場，送院後情況穩定。
bridge-old | haixia | 540 | 百年吊橋封閉維修 居民改搭渡船 | 百年吊橋因鋼索銹蝕封閉維修半年，兩岸居民改搭免費渡船。
dust-mongolia | jincheng | 210 | 蒙古气旋南下 首都出现浮尘 | 受蒙古气旋影响，首都出现浮尘天气，能见度降到两公里，中小学停止户外课。
typhoon-crops | haixia | 390 | 颱風過境 蔬果損失三億元 | 颱風帶來豪雨，蔬果損失逾三億元，農業單位啟動低利貸款與現金救助。
museum-robbery | plains | 120 | Thieves steal a fiddle from the county museum | Thieves broke into the county museum on Sunday and took a 1790 fiddle that had come west by wagon.
bus-strike | plains | 21 | Bus drivers vote to strike over split shifts | Riverton’s bus drivers voted 88-4 to strike unless the transit agency ends split shifts.
library-fines | plains | 500 | Library drops late fines and books come home | Since the library dropped late fines in January, 1,900 overdue books have come home.
bridge-toll | plains | 650 | Toll on the river bridge to end after 61 years | The toll on the river bridge, a quarter since 1974, ends on New Year’s Day.
school-phones | plains | 9 | Phones stay in lockers at two middle schools | Two middle schools asked students to leave phones in lockers; teachers say lunchrooms are loud again.
hail-damage | plains | 175 | Hail the size of golf balls flattens wheat | Hail the size of golf balls flattened 4,000 acres of wheat north of Halsey late on Thursday.
astronomy-club | plains | 260 | Astronomy club counts shooting stars for science | Members of the astronomy club lay in a pasture for three nights and counted 611 shooting stars.
vaccine-clinic | plains | 390 | Free flu vaccine at the firehouse | The county offers free flu vaccine at both firehouses through November; no appointment is needed.
`);
