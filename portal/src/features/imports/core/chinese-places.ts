/** Provinces with their cities of prefecture rank, as names of companies begin with them (GB/T 2260). */
const provinces: Readonly<Record<string, string>> = {
  北京: '',
  天津: '',
  上海: '',
  重庆: '',
  河北: '石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水',
  山西: '太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁',
  内蒙古: '呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布',
  辽宁: '沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛',
  吉林: '长春 四平 辽源 通化 白山 松原 白城 延边',
  黑龙江: '哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化',
  江苏: '南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 昆山 江阴 张家港 常熟 太仓 宜兴 丹阳',
  浙江: '杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 义乌 慈溪 余姚 乐清 瑞安',
  安徽: '合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城',
  福建: '福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 晋江 石狮',
  江西: '南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶',
  山东: '济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 滕州',
  河南: '郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店',
  湖北: '武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施',
  湖南: '长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西',
  广东: '广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮',
  广西: '南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左',
  海南: '海口 三亚 三沙 儋州',
  四川: '成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳',
  贵州: '贵阳 六盘水 遵义 安顺 毕节 铜仁',
  云南: '昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 大理',
  西藏: '拉萨 日喀则 昌都 林芝 山南 那曲',
  陕西: '西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛',
  甘肃: '兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南',
  青海: '西宁 海东',
  宁夏: '银川 石嘴山 吴忠 固原 中卫',
  新疆: '乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 伊犁',
  台湾: '台北 新北 桃园 台中 台南 高雄 新竹',
  香港: '',
  澳门: '',
}

/** City or province -> province. */
const provinceOf = new Map(
  Object.entries(provinces).flatMap(([province, cities]) =>
    [province, ...cities.split(' ').filter(Boolean)].map(place => [place, province] as const),
  ),
)

/** What may follow the name of a place, the longer first. */
const ranks = ['维吾尔自治区', '壮族自治区', '回族自治区', '特别行政区', '自治区', '省', '市']
const longestPlace = Math.max(...[...provinceOf.keys()].map(place => place.length))

/** The place a text begins with and what follows it; null where it begins with none. */
export function leadingPlace(text: string): { place: string; rest: string } | null {
  for (let length = longestPlace; length >= 2; length--) {
    const place = text.slice(0, length)
    if (place.length < length || !(provinceOf.has(place) || place === '中国')) continue
    const after = text.slice(length)
    const rank = ranks.find(one => after.startsWith(one)) ?? ''
    return { place, rest: after.slice(rank.length) }
  }
  return null
}

/** Whether it is the name of a place and nothing else. */
export const isPlace = (text: string): boolean => leadingPlace(text)?.rest === ''

/** Whether what two names say of their place can be true of one company: nothing, one city, or a city and its province. */
export function placesAgree(a: readonly string[], b: readonly string[]): boolean {
  const [here, there] = [a.filter(isKnown), b.filter(isKnown)]
  if (here.length === 0 || there.length === 0) return true
  const [cities, others] = [here.filter(isCity), there.filter(isCity)]
  if (cities.length > 0 && others.length > 0) return cities.some(city => others.includes(city))
  return here.some(one => there.some(other => provinceOf.get(one) === provinceOf.get(other)))
}

const isKnown = (place: string): boolean => provinceOf.has(place)
const isCity = (place: string): boolean => provinceOf.get(place) !== place
