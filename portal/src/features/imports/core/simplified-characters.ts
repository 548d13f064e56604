/** The traditional characters that names of companies are made of; the rest of the script is left as it stands. */
const pairs =
  '機机 械械 電电 業业 廠厂 國国 東东 華华 區区 興兴 龍龙 馬马 鋼钢 鐵铁 銅铜 錫锡 鋁铝 責责 務务 團团 動动 車车 輪轮 軸轴 縣县 廣广 雲云 貿贸 實实 發发 開开 門门 長长 達达 運运 進进 遠远 連连 榮荣 慶庆 強强 偉伟 設设 備备 儀仪 製制 術术 資资 產产 質质 銀银 錦锦 鑽钻 鏈链 鑄铸 鍛锻 銳锐 鋒锋 鎮镇 時时 陽阳 陰阴 陸陆 際际 灣湾 濟济 漢汉 瀋沈 澤泽 無无 臺台 爾尔 愛爱 萬万 風风 飛飞 鳳凤 鴻鸿 鵬鹏 麗丽 齊齐 聯联 藝艺 蘇苏 莊庄 葉叶 創创 劉刘 劍剑 協协 衛卫 單单 壓压 塗涂 學学 寧宁 寶宝 專专 導导 層层 島岛 嶺岭 帶带 師师 應应 戰战 擴扩 數数 晉晋 曉晓 楊杨 樂乐 標标 橋桥 檢检 歐欧 氣气 湯汤 溫温 滾滚 潤润 灘滩 熱热 燈灯 環环 現现 瑪玛 畫画 礦矿 種种 穩稳 積积 競竞 筆笔 節节 範范 簡简 粵粤 紅红 級级 紡纺 純纯 紙纸 組组 絲丝 經经 網网 維维 線线 織织 績绩 羅罗 義义 習习 聖圣 舉举 蘭兰 號号 裝装 規规 視视 計计 訊讯 記记 訂订 試试 詩诗 話话 誠诚 語语 調调 豐丰 貝贝 財财 貨货 貴贵 費费 賀贺 賽赛 贏赢 軟软 載载 輕轻 輝辉 輸输 轉转 農农 選选 邊边 鄭郑 釘钉 針针 鈦钛 鉅钜 鋰锂 鎂镁 鏡镜 閥阀 關关 隊队 雙双 雞鸡 離离 難难 頂顶 順顺 預预 領领 頭头 題题 類类 顧顾 飾饰 駿骏 驅驱 驗验 魯鲁 鮮鲜 黃黄 點点'
const simple = new Map(pairs.split(' ').map(pair => [pair[0]!, pair[1]!]))

/** The text in simplified characters. */
export const simplified = (text: string): string => text.replace(/\p{Script=Han}/gu, sign => simple.get(sign) ?? sign)
