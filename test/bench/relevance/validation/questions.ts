/**
 * Questions to the validation set, `kind | query | key:grade …`, judged by reading before anything was ranked. This set is for
 * checking: whoever changes the ranking looks at the other one (judged-queries.ts), and at this one only for the figures.
 */
export const validationTable = `
same | 骑手 工伤 保障 | rider-insurance:3
same | 外卖骑手闯红灯 | rider-redlight:3 rider-insurance:1
same | 奶茶含糖量标识 | milk-tea-grade:3 milk-tea-shops:1
same | 一周打一次的胰岛素 | insulin-pen:3
same | 换脸诈骗 | deepfake-scam:3
same | AI绘画 著作权 判决 | ai-picture-case:3 ai-voice-case:1
same | 海上发射火箭 | rocket-sea:3
same | 大熊猫回国 | panda-return:3 panda-rust:1
same | 房贷利率下调 | mortgage-cut:3
same | 网络主播偷税 补缴 | tax-freelance:3
same | 老小区加装电梯 补偿 | elevator-old:3
same | 幼儿园变养老院 | kindergarten-close:3
same | 自动化码头 | port-auto:3 port-strike:1
same | 竹简 出土 | bamboo-slips:3
same | 海關 螞蟻 郵包 | customs-ant:3
same | 劏房 最低面積 | subdivided-flat:3
same | 白海豚 數目 | pink-dolphin:3
same | 花蓮地震 大樓傾斜 | quake-hualien:3 quake-drill:1
same | 鳳梨 出口 日本 | pineapple-export:3
same | replace lead water pipes | lead-pipes:3 water-rates:1
same | nurses strike contract | nurse-strike:3 hospital-merger:1
same | data center electricity | data-center:3
crossed | 騎手 職業傷害 | rider-insurance:3
crossed | 奶茶 分級 標示 | milk-tea-grade:3 milk-tea-shops:1
crossed | 人民幣匯率 | yuan-rate:3
crossed | 鐵路 靜音車廂 | rail-quiet:3
crossed | 養老院 幼兒園 | kindergarten-close:3
crossed | 沉船 瓷器 機器人 | shipwreck:3
crossed | 氫能 重型卡車 | hydrogen-truck:3
crossed | 紅火蟻 草皮 | fire-ant:3
crossed | 巨額彩票糾紛 法院 | court-lottery:3
crossed | 港铁 车门 手袋 | mtr-door:3 mtr-fare:1
crossed | 巴士 安全带 罚款 | bus-seatbelt:3 scooter-ban:1
crossed | 蚝民 养殖 | oyster-farm:3
crossed | 野猪 银行 | boar-downtown:3
crossed | 霓虹灯牌 保育 | neon-sign:3
crossed | 妈祖绕境 | temple-mazu:3
crossed | 鸡蛋 限购 | egg-shortage:3
crossed | 登革热 台南 | dengue-tainan:3 quake-drill:1
crossed | 晶圆厂 再生水 | chip-water:3 chip-engineer-tw:1
crossed | 独立书店 预约 | bookshop-tw:3
crossed | 离岛海缆 | undersea-cable:3
names | 周海涛 | rider-novelist:3
names | 秦诗雨 | tabletennis-girl:3
names | 高海峰 | swim-strait:3
names | 何以寧 演唱會 | concert-ticket:3
names | 任小蕾 | opera-young:3
names | 邵藝 導演 | film-dialect:3
names | 佟伯谦 | opera-mask:3
names | 殷悦 | ai-voice-case:3
names | 贺兰兰 | rider-insurance:3
names | 罗建波教练 | football-coach:3
names | 庞国荣 | minibus-mirror:3
names | 叶荣基 练马师 | horse-retire:3
names | 梁耀辉 | cathedral-bell:3
names | 洪启明 | chip-engineer-tw:3
names | 潘威廷 | baseball-perfect:3
names | 马嘉礼 | choir-tribe:3
names | 石佩珊 | bookshop-tw:3
names | Odell Fairweather | jazz-archive:3
names | Ostrowski | lead-pipes:3
names | Lindqvist farm | dairy-robots:3
names | Yolanda Reyes | phone-ban:3
names | Whitcomb Elementary | measles-school:3 space-camp:1
names | Lakeview hospital | hospital-merger:3 nurse-strike:3
names | 黄大仙站 | black-rain:3
names | 花莲 | quake-hualien:3 bookshop-tw:3
names | 台南 | dengue-tainan:3 quake-drill:3
names | 平溪 | lantern-tw:3
names | 冷湖 望远镜 | telescope-sky:3
names | 团山湖 | flood-lake:3
names | 后海湾 | oyster-farm:3
names | 马祖 | undersea-cable:3
names | 维也纳 合唱 | choir-tribe:3
names | 高黎坡 | coffee-farm:3
names | 福滿 | panda-return:3
numbers | 17号线 | metro-line17:3
numbers | G7次 | train-g7:3
numbers | 6.8级地震 | quake-hualien:3
numbers | 規模6.8 | quake-hualien:3
numbers | 504比特 | quantum-chip:3
numbers | 1974年 青铜鸟 | museum-bronze:3
numbers | 七月八日 合龙 | flood-lake:3 bridge-tide:1
numbers | 12月31日 地铁通宵 | metro-night:3
numbers | 806元 金价 | gold-price:3 gold-mine:1
numbers | 6.9823 | yuan-rate:3
numbers | 尾号638 | lost-wallet:3
numbers | 430万 换脸 | deepfake-scam:3
numbers | 3400 rodents | owl-barn:3
numbers | 600 megawatts | data-center:3
numbers | 6200 lead pipes | lead-pipes:3
numbers | 4.5 percent water | water-rates:3
numbers | highway 61 | heat-wave:3
numbers | 71-70 | wildcat-hoop:3
numbers | 99球 完全比赛 | baseball-perfect:3
numbers | 八號風球 | typhoon-signal:3
numbers | 24特国01 | bond-local:3
latin | chatgpt 作文 | gpt-homework:3
latin | 飞机 wifi | starlink-plane:3
latin | usb c 充电 | usb-c-law:3
latin | harmonyos | openharmony:3
latin | GLP1 减肥 | glp1-drug:3
latin | pm2.5 | pm25-day:3
latin | ＧＤＰ百强 | gdp-county:3
latin | esg | esg-report:3
latin | a380 餐厅 | a380-kitchen:3
latin | nvidia 研发 | nvidia-tw:3
latin | uber | uber-tw:3
latin | youtube 阿嬷 | youtube-farmer:3
latin | gpu | nvidia-tw:3
latin | robotaxi parade | self-driving:3
latin | bitcoin atm | crypto-atm:3
latin | EF2 tornado | tornado-siren:3
latin | kindergarten pupils | teacher-raise:3
latin | milking robot | dairy-robots:3 robot-surgery:1
latin | AI 舊照片 | k11-art:3
clause | 骗子用换脸技术冒充老板与财务人员视频通话 | deepfake-scam:3
clause | 村民站在梯田上看球，门票两斤土豆，全部送给敬老院 | football-village:3
clause | 遛狗没有牵绳，老人因为躲避摔倒骨折，狗的主人要不要赔偿 | court-dog:3
clause | 工人抓住兩次漲潮之間的四十分鐘 | bridge-tide:3
clause | 隧道内货车起火后值班员关闭入口，乘客从逃生通道走出来 | tunnel-fire:3
clause | 乘客把装着现金的背包忘在出租车上，司机绕了半个城送回来 | lost-wallet:3
clause | 老闆會依聊天內容替客人選書 | bookshop-tw:3
clause | 船员用二氧化碳扑熄机舱的火，乘客穿上救生衣等候 | ferry-fire:3
clause | 紅色小巴沒有固定路線，司機把記憶中的站頭畫成地圖 | minibus-mirror:3
clause | 车主三年前失窃的脚踏车停在家门口，篮子里有道歉信 | bike-thief:3
clause | 用语音在等餐的间隙记下句子 | rider-novelist:3
clause | 海水溫度偏高，漁民說冷氣團來了就有魚 | mullet-roe:3
clause | Two of five sirens were silent because of dead batteries | tornado-siren:3
clause | the library framed a letter from the borrower's granddaughter about a very late book | library-late:3
clause | Neighbors worry about the pipeline that would cross their farms | corn-ethanol:3
clause | 手机是年轻人睡不着最常见的原因 | sleep-clinic:3
single | 雪 | snow-road:3 cold-wave:2
single | 狗 | court-dog:3 pet-funeral:3 snakehead-goose:1
single | 犬 | public-housing-pet:3
single | 鹅 | snakehead-goose:3
single | 蚝 | oyster-farm:3
single | 馬 | horse-retire:3
single | 金 | gold-price:3 gold-mine:3
single | 蚁 | fire-ant:3 customs-ant:3
single | 鐘 | cathedral-bell:3
single | 蛋 | egg-shortage:3
single | 氫 | hydrogen-truck:3
single | 象 | elephant-walk:3
single | 奶 | milk-tea-grade:3 milk-tea-shops:3
single | 旱 | drought-well:3
typo-en | measels outbreak school | measles-school:3
typo-en | tornado sirnes | tornado-siren:3
typo-en | ethonol plant | corn-ethanol:3
typo-en | hospitl merger | hospital-merger:3
typo-en | semiconducter plant | chip-plant:3
typo-en | jazz recrodings archive | jazz-archive:3
typo-en | mastadon | museum-dino:3
typo-en | kindergarden class | teacher-raise:3
typo-en | self drivng taxi | self-driving:3
typo-en | highschool phone puoches | phone-ban:3
typo-en | harmonios | openharmony:3
typo-en | Yutube 醃梅 | youtube-farmer:3
typo-zh | 外买骑手 | rider-insurance:3 rider-redlight:3 rider-novelist:1
typo-zh | 乃茶 分级 | milk-tea-grade:3 milk-tea-shops:1
typo-zh | 糖料病 胰岛素 | insulin-pen:3
typo-zh | 大雄猫 回国 | panda-return:3 panda-rust:1
typo-zh | 秦腔剧园 | opera-young:3
typo-zh | 寒朝预警 | cold-wave:3
typo-zh | 人形机气人 马拉松 | robot-marathon:3
typo-zh | 竹减 水井 | bamboo-slips:3
typo-zh | 加装电提 | elevator-old:3
typo-zh | 核电占 供暖 | nuclear-heat:3
typo-zh | 登隔热 | dengue-tainan:3
typo-zh | 港铁加介 | mtr-fare:3
typo-zh | 周海滔 小说 | rider-novelist:3
typo-zh | 預置菜 | ready-dishes:3
typo-zh | 公机金 租房 | housing-fund-rent:3
typo-zh | 折叠手机屏目 | glass-phone:3
headline | 全省外卖骑手都有了职业伤害保障 平台掏钱 | rider-insurance:3
headline | 秦腔遇上九零后：一票难求 | opera-young:3
headline | 超長氣溫波動將至 寒潮預警發出 | cold-wave:3
headline | 跨江大桥合龙 误差仅1.5毫米 | bridge-tide:3
headline | 人形机器人“跑马” 2小时40分完赛 | robot-marathon:3
headline | 港铁车门夾袋事件 将检查全部同型列车 | mtr-door:3
headline | 房委會放寬公屋養狗 | public-housing-pet:3
headline | 潘威廷投出完全比賽 | baseball-perfect:3
headline | Council votes to remove lead service lines | lead-pipes:3
headline | EF2 tornado destroys homes in Dunmore | tornado-siren:3
`;
