import { readStories } from '../stories/story.ts';

/** English reports, and some that mix scripts. Everything is invented. */
export const englishWires = readStories(`
lead-pipes | plains | 10 | City to dig up 6,200 lead pipes by 2031 | The council voted 7-2 on Tuesday to replace 6,200 lead service lines at no cost to homeowners. Public works director Marlene Ostrowski said crews will begin on the north side, where tests found 14 parts per billion.
water-rates | plains | 85 | Water rates to rise 4.5 percent in each of three years | A typical household will pay $3.10 more a month. The utility says the money is for mains that date from 1911, not for the lead program.
hospital-merger | plains | 30 | Two county hospitals to merge, keep both emergency rooms | St. Brendan and Lakeview hospitals will share surgeons and a billing office. Nurses asked for a promise in writing that neither maternity ward closes.
nurse-strike | plains | 150 | Nurses end strike after nine days | Nurses at Lakeview hospital approved a contract that limits patients per nurse to five. The vote was 812 to 97.
measles-school | plains | 12 | Measles case closes elementary school for a day | Health officials traced 140 contacts after a second grader at Whitcomb Elementary tested positive for measles. Vaccination clinics run through Saturday.
teacher-raise | plains | 60 | Teachers get 5 percent and smaller kindergarten classes | The contract caps kindergarten at 20 pupils. Starting pay rises to $51,300, still behind the suburbs.
phone-ban | plains | 18 | Students lock phones in pouches; lunch gets louder | The high school hands out magnetic pouches at the door. Principal Yolanda Reyes says fights are down and lunch is louder than it has been in years.
robot-surgery | plains | 200 | Surgeon in one city, patient in another | Dr. Priyanka Raman removed a gallbladder from 180 miles away with a robot and a fiber line. The delay was 38 milliseconds.
river-ferry | plains | 240 | Cable ferry runs again after 40 years | Two cars at a time cross on the restored cable ferry, which has no engine and uses the current.
railway-bike | plains | 95 | Rail trail gap closes, 74 miles without a car | The last gap was a trestle over Cutter Creek. Cyclists can now ride 74 miles from the capital to the lake.
corn-ethanol | plains | 44 | Ethanol plant to bury its carbon a mile down | The plant would pump carbon dioxide into sandstone 6,400 feet below. Neighbors worry about the pipeline, which crosses 31 farms.
dairy-robots | plains | 66 | Cows choose when to be milked | On the Lindqvist farm four robots milk 240 cows around the clock. Milk per cow is up 9 percent and Nils Lindqvist sleeps until six.
bison-return | plains | 270 | Bison back on tribal land after 150 years | Thirty bison walked off two trailers onto 3,000 acres of prairie. Elders sang; the animals ignored them and ate.
owl-barn | plains | 310 | Barn owls paid in mice | Vineyards put up nest boxes; each family of barn owls eats about 3,400 rodents a year.
tornado-siren | plains | 25 | Tornado hits after sirens fail | An EF2 tornado destroyed 19 homes in Dunmore on Friday night. Two of five sirens were silent because of dead batteries. Nobody was killed.
heat-wave | plains | 110 | Heat wave buckles highway 61 | Pavement on highway 61 buckled when the temperature hit 104 degrees. Crews cut relief joints at night.
wildcat-hoop | plains | 35 | Wildcats win title on a shot from half court | Freshman Tariq Boone threw the ball from half court with 0.4 seconds left. Final: Wildcats 71, Hornets 70.
chess-prison | plains | 180 | Prison chess team beats the university | Inmates at Cold Spring won 6-4 over a video link. The university captain asked for a rematch.
jazz-archive | plains | 420 | Tapes from a flooded basement turn out to be lost jazz | Archivists dried 212 reels and found a 1958 session by pianist Odell Fairweather, thought to be lost.
library-late | plains | 505 | Book returned 83 years late, with an apology | The borrower's granddaughter mailed back the copy of a 1940 novel. The library framed her letter.
data-center | plains | 15 | Data center would use as much power as 80,000 homes | The developer of the data center asks for 600 megawatts and a tax break for 20 years. Residents filled the gym.
chip-plant | plains | 70 | Chip plant delays opening to 2028 | The semiconductor plant blames a shortage of electricians. Contractors laid off 400 workers.
self-driving | plains | 40 | Self-driving taxis stop for a parade and stay | Eleven robotaxis froze on Main Street during the parade. Police pushed two by hand.
crypto-atm | plains | 28 | County caps crypto ATM deposits at $1,000 a day | Sheriff Len Abernathy said seniors lost $2.3 million to scammers who sent them to bitcoin machines.
museum-dino | plains | 330 | Boy trips over a mastodon | Nine-year-old Julian Park tripped over a tusk on a family hike; the mastodon is 1.2 million years old.
space-camp | plains | 390 | Balloon built by students reaches 103,000 feet | The payload from Whitcomb High carried a thermometer and a plush otter. It landed in a bean field 90 miles away.
gpt-homework | keji | 46 | 老师用ChatGPT批作文 学生用它写作文 | 一所中学抽查发现，三成作文有ChatGPT的痕迹，老师也用同一个工具写评语，校长决定把作文搬回课堂手写。
starlink-plane | keji | 32 | 飞机上用Wi-Fi看直播 低轨卫星上了客机 | 航空公司给四十架客机装上低轨卫星天线，万米高空Wi-Fi网速达到200Mbps，乘客可以看直播。
usb-c-law | keji | 135 | USB-C成为法定接口 旧充电线去哪儿 | 新规要求手机、平板统一使用USB-C接口，旧的充电线可以送到营业厅回收。
openharmony | keji | 98 | HarmonyOS设备突破十亿台 | 开发者大会公布，HarmonyOS生态设备超过十亿台，原生应用一万五千个。
glp1-drug | keji | 39 | GLP-1减重药进医保谈判 | 减重药司美格鲁肽等GLP-1类药物进入医保谈判，医生提醒停药后体重容易反弹。
pm25-day | jincheng | 125 | PM2.5平均浓度首次低于三十 | 全省细颗粒物PM2.5平均浓度为二十九微克每立方米，蓝天比五年前多四十七天。
gdp-county | dongfang | 220 | 县域GDP百强榜出炉 最后一名也过千亿 | 百强县GDP门槛首次超过一千亿元，苏南四县市仍居前列。
esg-report | dongfang | 185 | 上市公司ESG报告将强制披露 | 四百余家上市公司须在2026年首次披露ESG报告，内容包括碳排放和供应链用工。
a380-kitchen | weigang | 290 | 退役A380變成餐廳 經濟艙座位最搶手 | 一架退役的A380客機停在機場旁改成餐廳，經濟艙座位因便宜最搶手，廁所排隊和飛行時一樣長。
k11-art | weigang | 215 | AI修復舊照片 街坊認出自己的爸爸 | 社區中心用AI修復八百張五十年代街景舊照片，展覽首日有街坊認出抱着西瓜的是自己的爸爸。
nvidia-tw | haixia | 47 | NVIDIA擴編研發中心 徵才一千人 | NVIDIA宣布在台擴編研發中心，三年內徵才一千人，地點在南港，以GPU與機器人為主。
uber-tw | haixia | 150 | Uber司機改領固定底薪 | Uber與計程車行合作推出底薪方案，每月保障四萬元，司機須每天上線八小時。
youtube-farmer | haixia | 345 | 八十歲阿嬤拍YouTube教醃梅 | 阿嬤的YouTube頻道有二十萬人訂閱，教醃梅、曬菜脯，孫子負責拿手機。
gogoro-alps | haixia | 410 | 電動機車環島一千公里 換電四十次 | 兩名大學生騎電動機車環島，九天一千公里，換電池四十次，最貴的一餐是鮪魚便當。
`);
