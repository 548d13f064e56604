import { readXlsx, writeXlsx } from 'hucre/xlsx'

type Cell = string | number | null
/** One row as somebody types it: columns by the first line of their Chinese heading. */
type Typed = Record<string, Cell>

const option = (
  group: string,
  id: string,
  zh: string,
  en: string,
  price: Cell,
  power: Cell,
  mass: Cell,
  air: Cell,
  speed: Cell,
): Typed => ({
  组: group,
  标识: id,
  '名称（中文）': zh,
  '名称（英文）': en,
  型号段: id.slice(0, 2).toUpperCase(),
  物料号: `PM-${id}`,
  价格: price,
  '属性 power': power,
  '属性 mass': mass,
  '属性 air': air,
  '属性 speed': speed,
})
const group = (id: string, zh: string, en: string, kind: string, more: Typed = {}): Typed => ({
  标识: id,
  '名称（中文）': zh,
  '名称（英文）': en,
  类型: kind,
  ...more,
})
const rule = (id: string, kind: string, cells: Typed, zh: string, en: string): Typed => ({
  标识: id,
  类型: kind,
  ...cells,
  '提示（中文）': zh,
  '提示（英文）': en,
})
const of = (name: string, value: Cell): Typed => ({ 选项或数值组: name, 值: value })

const sheets: Record<string, Typed[]> = {
  属性: [
    { 标识: 'air', '名称（中文）': '耗气量', '名称（英文）': 'Air consumption', 单位: 'L/min' },
    { 标识: 'speed', '名称（中文）': '最高速度', '名称（英文）': 'Top speed', 单位: '1/min' },
  ],
  组: [
    group('frame', '机架', 'Frame', '单选'),
    group('bag_width', '袋宽', 'Bag width', '数值', { 最小: 60, 最大: 320, 步长: 10, 单位: 'mm' }),
    group('film_width', '膜宽', 'Film width', '数值', { 最小: 60, 最大: 700, 步长: 10, 单位: 'mm' }),
    group('output', '每分钟袋数', 'Bags per minute', '数值', { 最小: 10, 最大: 120, 步长: 5, 单位: '1/min' }),
    group('doser', '计量装置', 'Doser', '单选'),
    group('feed', '上料', 'Feeding', '单选', { 可不选: '是' }),
    group('drive', '驱动', 'Drive', '单选'),
    group('seal', '袋型', 'Bag type', '单选'),
    group('cutter', '切刀', 'Cutter', '单选'),
    group('printer', '打码', 'Printer', '单选', { 可不选: '是' }),
    group('supply', '电源', 'Mains', '单选'),
    group('panel', '操作屏', 'Panel', '单选'),
    group('extras', '附件', 'Extras', '多选'),
  ],
  选项: [
    option('frame', 'carbon', '碳钢喷塑', 'Painted steel', null, null, 420, null, null),
    option('frame', 'steel_304', '304 不锈钢', 'Stainless 304', 18_000, null, 440, null, null),
    option('frame', 'steel_316', '316L 不锈钢', 'Stainless 316L', 36_500, null, 445, null, null),
    option('doser', 'cup', '容积杯', 'Volumetric cup', null, 0.4, 35, 20, 60),
    option('doser', 'auger', '螺杆计量', 'Auger', 12_600, 1.5, 80, null, 50),
    option('doser', 'heads_10', '10 斗组合秤', 'Multihead, 10', 52_000, 1.2, 260, 60, 65),
    option('doser', 'heads_14', '14 斗组合秤', 'Multihead, 14', 78_000, 1.8, 340, 80, 110),
    option('doser', 'liquid_pump', '液体泵', 'Liquid pump', 9_800, 1.1, 45, null, 40),
    option('doser', 'paste_piston', '膏体活塞', 'Paste piston', 15_400, 0.8, 70, 120, 35),
    option('doser', 'counter', '数粒机', 'Counter', 22_000, 0.6, 90, 30, 45),
    option('feed', 'z_elevator', 'Z 型提升机', 'Z elevator', 16_800, 0.75, 310, null, null),
    option('feed', 'screw_feeder', '螺旋上料', 'Screw feeder', 8_900, 1.5, 120, null, null),
    option('feed', 'vacuum_feeder', '真空上料', 'Vacuum feeder', 11_200, 2.2, 95, 180, null),
    option('feed', 'belt_feeder', '皮带上料', 'Belt feeder', 13_500, 0.55, 180, null, null),
    option('drive', 'pneumatic', '气动', 'Pneumatic', null, 0.3, 40, 250, 45),
    option('drive', 'servo_2', '双伺服', 'Two servos', 14_000, 1.6, 55, 120, 80),
    option('drive', 'servo_4', '四伺服', 'Four servos', 29_800, 3.2, 75, 60, 120),
    option('seal', 'pillow', '背封袋', 'Pillow bag', null, 0.8, 20, null, null),
    option('seal', 'gusset', '折角袋', 'Gusseted bag', 4_600, 0.9, 28, 20, null),
    option('seal', 'three_side', '三边封', 'Three-side seal', 5_200, 1, 26, null, null),
    option('seal', 'four_side', '四边封', 'Four-side seal', 7_900, 1.2, 32, null, null),
    option('seal', 'stick', '条形袋', 'Stick pack', 6_300, 0.7, 22, null, null),
    option('cutter', 'straight', '平切', 'Straight', null, null, 4, 10, null),
    option('cutter', 'zigzag', '花边切', 'Zigzag', 600, null, 4, 10, null),
    option('cutter', 'easy_tear', '易撕口', 'Easy tear', 1_900, null, 5, 15, null),
    option('printer', 'ribbon', '色带打码', 'Ribbon printer', 3_200, 0.1, 8, 10, null),
    option('printer', 'inkjet', '喷码机', 'Inkjet', 18_500, 0.2, 20, null, null),
    option('printer', 'laser', '激光打码', 'Laser', 46_000, 0.8, 38, null, null),
    option('supply', 'v220', '220 V 单相', '220 V, one phase', null, null, null, null, null),
    option('supply', 'v380', '380 V 三相', '380 V, three phases', 1_200, null, 6, null, null),
    option('supply', 'v480', '480 V 三相（出口）', '480 V, three phases (export)', 6_800, null, 48, null, null),
    option('panel', 'inch_7', '7 英寸', '7 inch', null, 0.1, 3, null, null),
    option('panel', 'inch_10', '10 英寸', '10 inch', 1_500, 0.1, 4, null, null),
    option('panel', 'inch_15', '15 英寸', '15 inch', 4_200, 0.1, 7, null, null),
    option('extras', 'nitrogen', '充氮', 'Nitrogen flushing', 5_800, null, 12, 40, null),
    option('extras', 'dust', '除尘', 'Dust extraction', 7_400, 1.1, 60, null, null),
    option('extras', 'ionizer', '静电消除', 'Static eliminator', 2_300, 0.1, 3, null, null),
    option('extras', 'punch', '打孔', 'Hole punch', 1_700, null, 6, 15, null),
    option('extras', 'checkweigher', '检重秤', 'Checkweigher', 28_000, 0.4, 140, 20, null),
    option('extras', 'metal_detector', '金属检测', 'Metal detector', 32_000, 0.3, 160, null, null),
    option('extras', 'conveyor', '成品输送', 'Outfeed conveyor', 4_900, 0.25, 55, null, null),
    option('extras', 'chain_bags', '连包', 'Chain bags', 2_600, null, 4, null, null),
    option('extras', 'remote', '远程诊断', 'Remote service', 3_600, 0.1, 2, null, null),
    option('extras', 'spares', '备件箱', 'Box of spares', 4_400, null, 18, null, null),
  ],
  规则: [
    rule(
      'film_fits',
      '公式',
      { 公式: 'film_width >= 2 * bag_width + 20' },
      '膜宽不够做这么宽的袋。',
      'The film is too narrow for this bag.',
    ),
    rule(
      'fast_drive',
      '公式',
      { 公式: 'output <= drive.speed' },
      '该驱动达不到所需速度。',
      'This drive does not reach the output.',
    ),
    rule(
      'fast_doser',
      '公式',
      { 公式: 'output <= doser.speed' },
      '该计量装置达不到所需速度。',
      'This doser does not reach the output.',
    ),
    rule('air_supply', '公式', { 公式: 'sum(air) <= 500' }, '总耗气量超过 500 L/min。', 'More than 500 L/min of air are needed.'),
    rule('one_phase', '需要', { 如果: 'v220', 则: 'sum(power) <= 4' }, '单相电源最多 4 kW。', 'One phase gives 4 kW at most.'),
    rule(
      'wet_needs_304',
      '需要',
      { 如果: 'liquid_pump | paste_piston', 则: 'steel_304 | steel_316' },
      '液体和膏体需要不锈钢机架。',
      'Liquids and pastes need a stainless frame.',
    ),
    rule('powder_dust', '需要', { 如果: 'auger', 则: 'dust' }, '粉料需要除尘。', 'Powder needs dust extraction.'),
    rule(
      'stick_narrow',
      '需要',
      { 如果: 'stick', 则: 'bag_width <= 80' },
      '条形袋最宽 80 mm。',
      'Stick packs are 80 mm wide at most.',
    ),
    rule(
      'gusset_servo',
      '需要',
      { 如果: 'gusset', 则: 'servo_2 | servo_4' },
      '折角袋需要伺服驱动。',
      'Gusseted bags need a servo drive.',
    ),
    rule(
      'laser_panel',
      '需要',
      { 如果: 'laser', 则: 'inch_10 | inch_15' },
      '激光打码需要 10 英寸以上操作屏。',
      'The laser needs a panel of 10 inches or more.',
    ),
    rule('servo_phases', '需要', { 如果: 'servo_4', 则: '!v220' }, '四伺服需要三相电源。', 'Four servos need three phases.'),
    rule(
      'chain_or_weigh',
      '互斥',
      { 互斥选项: 'chain_bags\ncheckweigher' },
      '连包不能逐袋检重。',
      'Chain bags cannot be weighed one by one.',
    ),
    rule(
      'punch_or_stick',
      '互斥',
      { 互斥选项: 'punch\nstick' },
      '条形袋没有打孔的位置。',
      'A stick pack has no room for a hole.',
    ),
  ],
  标准配置: [
    of('carbon', '是'),
    of('bag_width', 160),
    of('film_width', 360),
    of('output', 40),
    of('cup', '是'),
    of('pneumatic', '是'),
    of('pillow', '是'),
    of('straight', '是'),
    of('v220', '是'),
    of('inch_7', '是'),
  ],
  价格: [{ 标识: 'base', 类型: '基价', '名称（中文）': '标准机', '名称（英文）': 'Standard machine', 金额: '86,000.00' }],
  规格: [
    {
      标识: 'connected',
      '名称（中文）': '装机功率',
      '名称（英文）': 'Connected load',
      公式: 'sum(power)',
      单位: 'kW',
      小数位: 1,
      摘要: '是',
    },
    { 标识: 'weight', '名称（中文）': '整机质量', '名称（英文）': 'Mass', 公式: 'sum(mass)', 单位: 'kg', 含义: '质量' },
    { 标识: 'air_need', '名称（中文）': '耗气量', '名称（英文）': 'Air', 公式: 'sum(air)', 单位: 'L/min' },
  ],
  测试样例: [
    { 标识: 'coffee', '名称（中文）': '咖啡豆', '名称（英文）': 'Coffee beans', 应当: '可行', ...of('heads_14', '是') },
    of('output', 100),
    of('servo_4', '是'),
    {
      标识: 'too_fast',
      '名称（中文）': '气动 100 袋',
      '名称（英文）': 'Pneumatic at 100',
      应当: '不可行',
      ...of('pneumatic', '是'),
    },
    of('output', 100),
  ],
}

/** What stands in the second column of the product sheet. */
const product: Record<string, [Cell, Cell?]> = {
  标识: ['vffs-320'],
  名称: ['立式包装机 VFFS 320', 'Vertical packaging machine VFFS 320'],
  简介: ['制袋、充填、封口一次完成，袋宽 60 至 320 mm。', 'Forms, fills and seals bags of 60 to 320 mm in one run.'],
  税名: ['增值税', 'VAT'],
  '税率 %': [13],
  型号代码: ['VFFS-{frame}{doser}{drive}'],
}

/** The options there are: what the story says it has published. */
export const optionCount = sheets.选项!.length

/**
 * The empty product form, as it was downloaded, filled in with a packaging machine by its headings.
 * slip: a rule with 20 times the width of the bag where twice was meant, so that no film fits any bag
 */
export async function fillIn(form: Uint8Array, { slip }: { slip: boolean }): Promise<Uint8Array> {
  return typed(form, [
    ...Object.entries(product).map(([item, cells]): Change => ['产品', rows => writeProduct(rows, item, cells)]),
    ...Object.entries(sheets).map(([sheet, lines]): Change => [sheet, rows => append(rows, lines)]),
    ['规则', rows => slip && setCell(rows, 'film_fits', '公式', 'film_width >= 20 * bag_width + 20')],
  ])
}

const valve = option('extras', 'valve', '单向排气阀', 'Degassing valve', 8_600, 0.2, 14, 30, null)
const valveRule = rule(
  'valve_servo',
  '需要',
  { 如果: 'valve', 则: 'servo_2 | servo_4' },
  '排气阀需要伺服驱动。',
  'The valve needs a servo drive.',
)
/** The cells somebody types for it. */
export const coffeeValve: Cell[] = ['1.1.0', ...Object.values(valve), ...Object.values(valveRule)].filter(cell => cell !== null)

/** A new option with its price and a rule, typed into the form of the product. */
export const addCoffeeValve = (form: Uint8Array): Promise<Uint8Array> =>
  typed(form, [
    ['产品', rows => writeProduct(rows, '版本', ['1.1.0'])],
    ['选项', rows => append(rows, [valve])],
    ['规则', rows => append(rows, [valveRule])],
  ])

type Row = Cell[]
type Change = [sheet: string, change: (rows: Row[]) => void]

/** A workbook with some cells typed anew; what is not cells (widths, colours) is lost, as with a plain spreadsheet program. */
async function typed(form: Uint8Array, changes: Change[]): Promise<Uint8Array> {
  const { sheets } = await readXlsx(form)
  for (const [name, change] of changes) {
    const sheet = sheets.find(one => one.name.startsWith(`${name} `))
    if (!sheet) throw new Error(`The form has no sheet ${name}`)
    change(sheet.rows as Row[])
  }
  return writeXlsx({ sheets: sheets.map(({ name, rows }) => ({ name, rows })) })
}

function append(rows: Row[], lines: Typed[]): void {
  for (const line of lines) {
    const row: Row = []
    for (const [heading, value] of Object.entries(line)) row[columnOf(rows, heading)] = value
    rows.push(Array.from(row, cell => cell ?? null))
  }
}

/** A heading that is not there is written beside the others, as the columns of attributes are. */
function columnOf([headings]: Row[], heading: string): number {
  const at = headings!.findIndex(cell => String(cell).split('\n')[0] === heading)
  return at >= 0 ? at : headings!.push(heading) - 1
}

function setCell(rows: Row[], id: string, heading: string, value: Cell): void {
  rows.find(([first]) => first === id)![columnOf(rows, heading)] = value
}

function writeProduct(rows: Row[], item: string, [content, english]: [Cell, Cell?]): void {
  const row = rows.find(([first]) => new RegExp(`^${item} [A-Z]`).test(String(first)))
  if (!row) throw new Error(`The product sheet has no line ${item}`)
  row[1] = content
  if (english !== undefined) row[2] = english
}
