import { encode } from '../encode.ts';

/**
 * Simplified text → the mangled form that copy farms serve: traditional script character by character, and the reading
 * in brackets behind some characters (`網(wǎng)`). Within a page a character is glossed always or never; a character
 * that is the same in both scripts is never glossed.
 */
export function mangle(text: string, { misaligned = false } = {}): string {
  const traditional = toTraditional(text);
  return misaligned ? glossBytes(traditional) : glossCharacters(traditional);
}

/** Pairs simplified-traditional, only of characters whose way back is unambiguous. */
const scriptPairs =
  '万萬与與专專业業东東丝絲两兩严嚴个個临臨为為丽麗举舉么麼义義乌烏乐樂习習乡鄉书書买買亏虧亚亞产產亩畝亲親亿億仅僅从從仪儀们們价價众眾优優会會伟偉传傳体體侧側偿償储儲儿兒党黨兰蘭关關兴興养養兽獸内內册冊写寫军軍农農冯馮冲衝决決况況冻凍净淨准準减減几幾凭憑划劃刘劉则則刚剛创創别別剂劑剧劇办辦务務动動励勵势勢匀勻区區医醫华華协協单單卖賣卫衛厂廠厅廳历歷压壓厕廁厨廚县縣参參双雙发發变變叶葉号號吨噸听聽启啟员員响響喷噴团團园園围圍国國图圖场場坏壞块塊坚堅垩堊壮壯声聲处處备備复復头頭奥奧妇婦婴嬰孙孫学學宁寧实實审審对對寻尋导導将將尔爾尘塵尽盡层層属屬岁歲岗崗岩巖岭嶺峡峽师師带帶帮幫广廣库庫应應开開异異张張弹彈强強归歸当當录錄径徑态態总總愿願戏戲战戰户戶扩擴扫掃扬揚护護报報担擔拟擬拣揀拨撥择擇挂掛挡擋挥揮损損换換据據摄攝摆擺摊攤数數断斷无無旧舊时時显顯晓曉暂暫术術机機权權条條来來杨楊极極构構枪槍标標栋棟栏欄树樹样樣桥橋检檢楼樓槛檻毕畢气氣汇匯汉漢沟溝没沒洁潔洒灑洼窪浅淺浇澆测測济濟浏瀏浓濃涛濤涡渦润潤涨漲温溫游遊溅濺滞滯满滿滨濱滩灘灯燈炖燉点點烂爛烟煙烧燒热熱熏燻爱愛状狀独獨玛瑪环環现現电電画畫疗療监監盖蓋码碼砖磚础礎确確离離种種积積称稱稳穩笔筆筹籌签簽简簡类類紧緊红紅约約级級纪紀纳納纸紙纹紋线線练練组組织織终終绍紹经經结結绕繞给給络絡统統继繼绩績绪緒续續维維综綜绿綠缓緩编編缩縮缮繕网網罗羅职職联聯肃肅肿腫胜勝脑腦脚腳脱脫腾騰舆輿节節芦蘆苇葦苏蘇苹蘋荐薦药藥获獲营營蓝藍虚虛虽雖补補袭襲装裝见見观觀规規视視览覽计計订訂认認让讓训訓议議讯訊记記讲講许許论論设設访訪证證评評识識诉訴诊診词詞试試诗詩话話询詢该該语語误誤说說请請读讀课課调調谐諧谭譚谱譜负負财財责責账賬货貨质質购購贯貫贴貼贸貿费費贾賈资資赋賦赛賽赞贊赵趙赶趕车車轨軌转轉软軟轴軸轻輕载載较較辆輛辑輯输輸辖轄边邊达達过過运運还還这這进進远遠违違连連迹跡适適选選递遞邓鄧邮郵邻鄰郑鄭酿釀释釋针針钟鐘钢鋼钱錢铁鐵铃鈴铲鏟铸鑄铺鋪链鏈销銷锈鏽锐銳错錯锣鑼键鍵镇鎮镜鏡长長门門闭閉问問闯闖间間闻聞阀閥阅閱队隊阳陽阵陣陇隴陈陳险險随隨隐隱难難雾霧静靜韩韓页頁顶頂项項顺順须須顾顧顿頓预預领領频頻颗顆题題额額颤顫风風飘飄飞飛饭飯饮飲馆館馈饋馒饅马馬驶駛驻駐驾駕验驗鱼魚鸡雞鸣鳴鹃鵑鹏鵬鹭鷺麦麥黄黃齐齊龄齡龙龍';

/** Characters that this farm's list glosses, each with its one fixed reading. */
const readings =
  '產chǎn 發fā 業yè 經jīng 現xiàn 環huán 標biāo 創chuàng 統tǒng 區qū 戰zhàn 數shù 網wǎng 應yīng 當dāng 聯lián 護hù 續xù 內nèi 風fēng 轉zhuǎn 據jù 優yōu 務wù 規guī 責zé 認rèn 鄉xiāng 嚴yán 計jì 協xié 達dá 習xí 節jié 說shuō 穩wěn 準zhǔn 復fù 細xì 農nóng 費fèi 養yǎng 監jiān 驅qū 爭zhēng 滿mǎn 醫yī 機jī 學xué 導dǎo 設shè 術shù 驗yàn 調diào 強qiáng 構gòu 關guān 領lǐng 進jìn 結jié 質zhì 評píng 價jià';

const toTraditionalTable = new Map<string, string>();
const scriptChars = [...scriptPairs];
for (let index = 0; index + 1 < scriptChars.length; index += 2) {
  toTraditionalTable.set(scriptChars[index] ?? '', scriptChars[index + 1] ?? '');
}

const readingTable = new Map(readings.split(' ').map((entry) => [entry.slice(0, 1), entry.slice(1)]));

function toTraditional(text: string): string {
  return [...text].map((char) => toTraditionalTable.get(char) ?? char).join('');
}

/** As an editor in Hong Kong would have it: the traditional forms that a table alone cannot choose. */
export function toHongKong(text: string): string {
  return toTraditional(text)
    .replaceAll('后', '後')
    .replaceAll(/(?<!公)里/g, '裏')
    .replaceAll('“', '「')
    .replaceAll('”', '」');
}

function glossCharacters(text: string): string {
  return [...text].map((char) => (readingTable.has(char) ? `${char}(${readingTable.get(char)})` : char)).join('');
}

/**
 * The same as the real farms do it, on GBK bytes without minding where a character begins: where a pattern straddles two
 * characters the text breaks (`侵犯?jìng)€(gè)人`).
 */
function glossBytes(text: string): string {
  let bytes = latin1(encode(text, 'gb18030'));
  for (const [char, reading] of readingTable) {
    const pattern = latin1(encode(char, 'gb18030'));
    bytes = bytes.replaceAll(pattern, pattern + latin1(encode(`(${reading})`, 'gb18030')));
  }
  const decoded = new TextDecoder('gb18030').decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
  return decoded.replaceAll('\uFFFD(', '?');
}

const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
