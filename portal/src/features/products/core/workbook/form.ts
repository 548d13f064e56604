import type { LocalizedText } from '@fettle/engine'
import type { ColumnKind } from './sheet.ts'
import { type SheetKey, sheetTitles } from './sheet-titles.ts'
import { plain, yesNo } from './values.ts'

/** One column of a sheet of the form. */
export interface Column {
  /** place in the model below the row's own object: 'name/zh-CN'. Errors of the model find their cell by it */
  key: string
  /** further places that mean this column */
  also?: readonly string[]
  title: LocalizedText
  /** what to write, and an example */
  note: LocalizedText
  width?: number
  kind?: ColumnKind
  choices?: readonly Choice[]
  /** the sheet cannot be read without it */
  needed?: boolean
}

/** A word of the model that has a name people know: shown as "单选 choose-one", read in any of its forms. */
export interface Choice {
  value: string
  zh: string
}

export interface SheetForm {
  key: SheetKey
  title: LocalizedText
  /** what the sheet is for */
  note: LocalizedText
  needed?: boolean
  columns: readonly Column[]
}

export type { SheetKey }

export const bilingual = ({ 'zh-CN': zh, en }: LocalizedText, between = ' '): string => `${zh}${between}${en}`
export const choiceText = ({ zh, value }: Choice): string => `${zh} ${value}`

export const t = (zh: string, en: string): LocalizedText => ({ 'zh-CN': zh, en })

const column = (
  key: string,
  title: LocalizedText,
  note: LocalizedText,
  more: Omit<Column, 'key' | 'title' | 'note'> = {},
): Column => ({
  key,
  title,
  note,
  ...more,
})

const id = (note: LocalizedText) => column('id', t('标识', 'Id'), note, { needed: true, width: 18 })

const bothLanguages = (key: string, zh: string, en: string, note: LocalizedText, width = 24): Column[] => [
  column(`${key}/zh-CN`, t(`${zh}（中文）`, `${en} (Chinese)`), note, { width }),
  column(`${key}/en`, t(`${zh}（英文）`, `${en} (English)`), t('留空则与中文相同', 'empty: the same as in Chinese'), { width }),
]

const when = column('when', t('条件', 'When'), t('公式；留空表示总是', 'a formula; empty: always'), { width: 24 })
const unit = column('unit', t('单位', 'Unit'), t('如 kg、mm、W、1/min', 'such as kg, mm, W, 1/min'), { width: 8 })
const decimals = column('decimals', t('小数位', 'Decimals'), t('0 到 6', '0 to 6'), { width: 9, kind: 'number' })
const plainNumber = (key: string, title: LocalizedText, note: LocalizedText): Column =>
  column(key, title, note, { width: 10, kind: 'number' })
const switchOf = (key: string, title: LocalizedText, note: LocalizedText): Column =>
  column(key, title, note, { width: 9, choices: yesOrNo })

export const yesOrNo: readonly Choice[] = [
  { value: yesNo.true.split(' ')[1]!, zh: yesNo.true.split(' ')[0]! },
  { value: yesNo.false.split(' ')[1]!, zh: yesNo.false.split(' ')[0]! },
]

export const groupKinds: readonly Choice[] = [
  { value: 'choose-one', zh: '单选' },
  { value: 'choose-some', zh: '多选' },
  { value: 'yes-no', zh: '是否' },
  { value: 'number', zh: '数值' },
]
export const visibilities: readonly Choice[] = [
  { value: 'public', zh: '公开' },
  { value: 'staff', zh: '内部' },
  { value: 'hidden', zh: '隐藏' },
]
export const ruleKinds: readonly Choice[] = [
  { value: 'requires', zh: '需要' },
  { value: 'excludes', zh: '互斥' },
  { value: 'formula', zh: '公式' },
  { value: 'table', zh: '兼容表' },
  { value: 'capacity', zh: '容量' },
]
export const tableModes: readonly Choice[] = [
  { value: 'allowed', zh: '允许' },
  { value: 'forbidden', zh: '禁止' },
]
export const priceKinds: readonly Choice[] = [
  { value: 'base', zh: '基价' },
  { value: 'options', zh: '选项价' },
  { value: 'quantity', zh: '按数量' },
  { value: 'tier', zh: '分档' },
  { value: 'formula', zh: '公式' },
  { value: 'bundle', zh: '组合' },
  { value: 'surcharge', zh: '加价率' },
  { value: 'on-request', zh: '面议' },
]
export const tierModes: readonly Choice[] = [
  { value: 'each', zh: '每件' },
  { value: 'flat', zh: '一次' },
]
export const roles: readonly Choice[] = [
  { value: 'mass', zh: '质量' },
  { value: 'power', zh: '功率' },
  { value: 'lead-time', zh: '交货期' },
]
export const goals: readonly Choice[] = [
  { value: 'least', zh: '最小' },
  { value: 'greatest', zh: '最大' },
]
export const expectations: readonly Choice[] = [
  { value: 'possible', zh: '可行' },
  { value: 'impossible', zh: '不可行' },
]

const decided = [
  column('item', t('选项或数值组', 'Option or number'), t('其标识', 'its id'), {
    also: ['option', 'number'],
    width: 22,
    needed: true,
  }),
  column(
    'value',
    t('值', 'Value'),
    t('选项：是、否或件数；数值组：数值', 'of an option yes, no or pieces; of a number its value'),
    { also: ['chosen', 'quantity'], width: 12, needed: true },
  ),
]

/** The lines of the sheet of the product itself: one under the other, the texts in two columns. */
export const productLines: readonly {
  key: string
  title: LocalizedText
  note: LocalizedText
  localized?: boolean
  needed?: boolean
}[] = [
  {
    key: 'id',
    title: t('标识', 'Id'),
    note: t('产品的固定标识，再次导入时成为新版本', 'names the product for good: the same id again is its next version'),
    needed: true,
  },
  { key: 'version', title: t('版本', 'Version'), note: t('如 1.0.0', 'such as 1.0.0'), needed: true },
  { key: 'name', title: t('名称', 'Name'), note: t('访客看到的名称', 'as visitors read it'), localized: true, needed: true },
  {
    key: 'description',
    title: t('简介', 'Description'),
    note: t('一两句话，可不填', 'a sentence or two; may be empty'),
    localized: true,
  },
  {
    key: 'currency',
    title: t('货币', 'Currency'),
    note: t('三个大写字母，如 CNY、EUR', 'three capitals, such as CNY or EUR'),
    needed: true,
  },
  {
    key: 'tax/name',
    title: t('税名', 'Tax name'),
    note: t('如 增值税；不写则不计税', 'such as VAT; empty: no tax'),
    localized: true,
  },
  {
    key: 'tax/percent',
    title: t('税率 %', 'Tax percent'),
    note: t('13 或 13%；不足 1% 时须写百分号', '13 or 13%; below 1 with the sign: 0.5%'),
  },
  {
    key: 'typeCode',
    title: t('型号代码', 'Type code'),
    note: t('组的标识写在花括号中：VM{base}-{spindle}', 'ids of groups in braces: VM{base}-{spindle}'),
  },
  {
    key: 'untranslated',
    title: t('未翻译', 'Untranslated'),
    note: t('只有一种语言时写“是”', 'yes, where all texts are in one language'),
  },
]

export const forms: readonly SheetForm[] = [
  {
    key: 'product',
    title: sheetTitles.product,
    note: t('产品本身：标识、名称、货币、税、型号代码', 'The product itself: id, name, currency, tax, type code'),
    needed: true,
    columns: [
      column('item', t('项目', 'Item'), t('不要改动', 'leave as it is'), { width: 22, needed: true }),
      column('value', t('内容', 'Content'), t('有两种语言时在此写中文', 'in Chinese where there are two languages'), {
        width: 44,
        needed: true,
      }),
      column('en', t('英文', 'English'), t('留空则与中文相同', 'empty: the same as in Chinese'), { width: 44 }),
    ],
  },
  {
    key: 'attributes',
    title: sheetTitles.attributes,
    note: t('选项所带的数值：功率、质量、长度……', 'Numbers that options carry: power, mass, length …'),
    columns: [
      id(t('字母、数字和 _，如 power', 'letters, digits and _, such as power')),
      ...bothLanguages('name', '名称', 'Name', t('如 功率', 'such as power')),
      unit,
      decimals,
    ],
  },
  {
    key: 'interfaces',
    title: sheetTitles.interfaces,
    note: t('选项提供和占用的连接：插槽、端口、刀位', 'What options offer and take: slots, ports, places'),
    columns: [id(t('如 slot', 'such as slot')), ...bothLanguages('name', '名称', 'Name', t('如 插槽', 'such as slot'))],
  },
  {
    key: 'groups',
    title: sheetTitles.groups,
    note: t('问题：每组是一个要回答的问题，按此顺序出现', 'Questions: each group is one, in this order'),
    needed: true,
    columns: [
      id(t('如 spindle；与选项的标识不可相同', 'such as spindle; no option may have the same')),
      ...bothLanguages('name', '名称', 'Name', t('如 主轴', 'such as spindle')),
      column('kind', t('类型', 'Kind'), t('单选、多选、是否、数值', 'choose one, choose some, yes or no, a number'), {
        width: 18,
        choices: groupKinds,
        needed: true,
      }),
      column('parent', t('上级选项', 'Parent option'), t('只在选了该选项时才问', 'asked only while this option is chosen'), {
        width: 16,
      }),
      column('section', t('显示在', 'Shown under'), t('第一层组的标识', 'id of a first-level group'), { width: 14 }),
      switchOf('optional', t('可不选', 'May be left'), t('单选：可以一个也不选', 'choose one: or none')),
      plainNumber('min', t('最小', 'Min'), t('数值的最小值；多选至少几项', 'of the number; of choices at least')),
      plainNumber('max', t('最大', 'Max'), t('数值的最大值；多选最多几项', 'of the number; of choices at most')),
      plainNumber('step', t('步长', 'Step'), t('数值的步长，默认 1', 'of the number; 1 where empty')),
      unit,
      column('code', t('型号段', 'Code'), t('数值的型号段，如 L{value}', 'of the number in the type code, such as L{value}'), {
        width: 12,
      }),
      ...bothLanguages('help', '说明', 'Help', t('帮助访客选择的一句话', 'a sentence that helps to choose'), 32),
    ],
  },
  {
    key: 'options',
    title: sheetTitles.options,
    note: t(
      '每组的答案，一行一个，右侧是属性、接口和价格的列',
      'The answers of each group, one a row; attributes, interfaces and prices in columns on the right',
    ),
    needed: true,
    columns: [
      column('group', t('组', 'Group'), t('组的标识', 'id of its group'), { width: 16, needed: true }),
      id(t('如 sp12_direct', 'such as sp12_direct')),
      ...bothLanguages('name', '名称', 'Name', t('访客看到的名称', 'as visitors read it')),
      ...bothLanguages('use', '用途', 'Use', t('一句话：适合做什么', 'one line: what it is good for'), 32),
      column('code', t('型号段', 'Code'), t('出现在型号代码中', 'its part of the type code'), { width: 10 }),
      column('part', t('物料号', 'Part number'), t('ERP 中的编号', 'as in the ERP'), { width: 14 }),
      plainNumber('quantity/min', t('最少件数', 'Pieces min'), t('不填：一件', 'empty: one piece')),
      plainNumber('quantity/max', t('最多件数', 'Pieces max'), t('与最少件数一起填', 'together with the least')),
      plainNumber('quantity/step', t('件数步长', 'Pieces step'), t('默认 1', '1 where empty')),
      column('visibility', t('可见', 'Visible'), t('不填：公开', 'empty: public'), { width: 14, choices: visibilities }),
      column('media/image', t('图片', 'Picture'), t('图片地址', 'address of a picture'), { width: 16 }),
      column('media/drawing', t('图纸', 'Drawing'), t('图纸地址', 'address of a drawing'), { width: 16 }),
    ],
  },
  {
    key: 'rules',
    title: sheetTitles.rules,
    note: t('什么需要什么，什么与什么不能一起', 'What needs what, and what does not go together'),
    columns: [
      id(t('每条规则一个', 'one for each rule')),
      column('kind', t('类型', 'Kind'), t('需要、互斥、公式、兼容表、容量', 'requires, excludes, formula, table, capacity'), {
        width: 18,
        choices: ruleKinds,
        needed: true,
      }),
      column('if', t('如果', 'If'), t('需要：公式，如 sp15 | sp18', 'requires: a formula, such as sp15 | sp18'), { width: 26 }),
      column('then', t('则', 'Then'), t('需要：此时必须成立的公式', 'requires: what must hold then'), { width: 26 }),
      column(
        'options',
        t('互斥选项', 'Excluded options'),
        t('互斥：至多选其一的选项，一行一个', 'excludes: at most one of these, a line each'),
        { width: 24 },
      ),
      column(
        'formula',
        t('公式', 'Formula'),
        t('公式：总是成立，如 load <= size.carry', 'formula: holds always, such as load <= size.carry'),
        { width: 30 },
      ),
      column('interface', t('接口', 'Interface'), t('容量：占用不超过提供', 'capacity: no more taken than offered'), {
        width: 14,
      }),
      column(
        'mode',
        t('方式', 'Mode'),
        t('兼容表：所列为允许（默认）或禁止', 'table: what it lists is allowed (default) or forbidden'),
        { width: 14, choices: tableModes },
      ),
      when,
      ...bothLanguages(
        'message',
        '提示',
        'Message',
        t('访客看到的原因，一句话', 'the reason as visitors read it, one sentence'),
        40,
      ),
    ],
  },
  {
    key: 'tables',
    title: sheetTitles.tables,
    note: t(
      '表格 table：标题行写组或选项的标识，每行一种组合。矩阵 matrix：一个组在左、一个组在上，可搭配处打勾',
      'table: ids of groups or options in a row, below it one combination a row. matrix: one group on the left, one on top, a tick where they fit',
    ),
    columns: [],
  },
  {
    key: 'defaults',
    title: sheetTitles.defaults,
    note: t('访客未选时的建议，靠前的优先', 'What is proposed where nothing is chosen; earlier rows first'),
    columns: [...decided, when],
  },
  {
    key: 'objectives',
    title: sheetTitles.objectives,
    note: t('应尽量小或尽量大的值，如总质量', 'What is wanted to be as small, or as great, as it can be, such as the mass'),
    columns: [
      column('goal', t('目标', 'Goal'), t('最小或最大', 'least or greatest'), { width: 16, choices: goals, needed: true }),
      column('of', t('公式', 'Formula'), t('如 sum(mass)', 'such as sum(mass)'), { width: 30, needed: true }),
    ],
  },
  {
    key: 'prices',
    title: sheetTitles.prices,
    note: t(
      '价格规则，按此顺序计算；选项的单价写在“选项”工作表。没有任何一条则为面议',
      'Price rules in their order; prices of options stand in the sheet of options. None at all: on request',
    ),
    columns: [
      id(t('每条一个；分档的后续行可留空', 'one each; further rows of tiers may leave it empty')),
      column('kind', t('类型', 'Kind'), t('见下拉列表', 'see the list'), { width: 18, choices: priceKinds, needed: true }),
      ...bothLanguages('name', '名称', 'Name', t('价格明细中的名称', 'its line in the price')),
      column('amount', t('金额', 'Amount'), t('不含税，如 12,800.00', 'without tax, such as 12,800.00'), {
        width: 16,
        kind: 'money',
      }),
      column(
        'of',
        t('对象', 'Of'),
        t(
          '按数量、分档：数值组或选项；加价率：价格规则，不填为其上全部',
          'quantity, tier: number or option; surcharge: price rules, empty: all above',
        ),
        { width: 18 },
      ),
      plainNumber(
        'upTo',
        t('至', 'Up to'),
        t('分档：到此值为止（含）；不填为以上全部', 'tier: to this value inclusive; empty: all above'),
      ),
      column('mode', t('方式', 'Mode'), t('分档：金额乘以数量，或只计一次', 'tier: times the value, or once'), {
        width: 14,
        choices: tierModes,
      }),
      column(
        'formula',
        t('公式', 'Formula'),
        t('公式：结果以分（最小货币单位）计', 'formula: its value is in minor units (cents)'),
        { width: 30 },
      ),
      plainNumber(
        'percent',
        t('百分比', 'Percent'),
        t('加价率：5 或 5%；不足 1% 时须写百分号', 'surcharge: 5 or 5%; below 1 with the sign: 0.5%'),
      ),
      when,
    ],
  },
  {
    key: 'bom',
    title: sheetTitles.bom,
    note: t('选项物料号以外的物料', 'Parts beyond the part numbers of options'),
    columns: [
      column('part', t('物料号', 'Part number'), t('ERP 中的编号', 'as in the ERP'), { width: 18, needed: true }),
      ...bothLanguages('name', '名称', 'Name', t('物料名称', 'name of the part')),
      column('quantity', t('数量', 'Quantity'), t('公式，默认 1', 'a formula; 1 where empty'), { width: 24 }),
      unit,
      when,
    ],
  },
  {
    key: 'spec',
    title: sheetTitles.spec,
    note: t(
      '规格书的各行：公式的值，或某组所选的名称',
      'Lines of the specification: the value of a formula, or what is chosen in a group',
    ),
    columns: [
      id(t('每行一个', 'one a line')),
      ...bothLanguages('name', '名称', 'Name', t('如 总质量', 'such as mass')),
      column('formula', t('公式', 'Formula'), t('如 sum(mass)', 'such as sum(mass)'), { width: 30 }),
      column('group', t('组', 'Group'), t('或者：显示所选的组', 'or: the group whose choice is shown'), { width: 16 }),
      unit,
      decimals,
      switchOf('headline', t('摘要', 'Headline'), t('配置时始终显示', 'always in sight while configuring')),
      column('role', t('含义', 'Role'), t('门户据此识别', 'what the portal may read it as'), { width: 16, choices: roles }),
      when,
    ],
  },
  {
    key: 'examples',
    title: sheetTitles.examples,
    note: t(
      '必须可行或必须不可行的选择；每次检查都会验证',
      'Choices that must stay possible, or impossible; every check tests them',
    ),
    columns: [
      id(t('同一样例的后续行可留空', 'further rows of the same example may leave it empty')),
      ...bothLanguages('name', '名称', 'Name', t('如 出口标准机', 'such as standard for export')),
      column('expect', t('应当', 'Expected'), t('可行或不可行', 'possible or impossible'), {
        width: 20,
        choices: expectations,
        needed: true,
      }),
      ...decided,
    ],
  },
]

/** The form of a sheet by its name: in Chinese, in English or both, numbered or not. */
export function formNamed(sheetName: string): SheetForm | undefined {
  const name = withoutNumber(sheetName)
  const found = forms.find(({ title }) => [title['zh-CN'], title.en, bilingual(title)].some(one => plain(one) === name))
  return found ?? (/^(?:兼容表|tables?\b)/.test(name) ? formOf('tables') : undefined)
}

/** Whether a sheet is the guide that the form brings along. */
export const isGuide = (sheetName: string): boolean =>
  [guideTitle, ...guideTitle.split(' ')].some(one => plain(one) === withoutNumber(sheetName))

/** As names of sheets are compared: '3. 组 Groups' is '组 groups'. */
const withoutNumber = (sheetName: string): string => plain(sheetName).replace(/^\d+\s*[.、-]?\s*/, '')

/** Whether rates are written on a sheet, which people like to show as percentages. */
export const holdsRates = (sheetName: string): boolean => ['product', 'prices'].includes(formNamed(sheetName)?.key ?? '')

export const formOf = (key: SheetKey): SheetForm => forms.find(form => form.key === key)!
export const sheetTitle = (key: SheetKey): string => bilingual(formOf(key).title)
export const guideTitle = '说明 Guide'

/** Columns whose headings carry an id: "属性 power", "提供 slot", "占用 slot", "价格 list". */
export const carrying = {
  attributes: t('属性', 'Attribute'),
  offers: t('提供', 'Offers'),
  takes: t('占用', 'Takes'),
  amounts: t('价格', 'Price'),
} as const
export type Carrying = keyof typeof carrying

/** Heads columns of notes that are the factory's own. */
export const remarks: ReadonlySet<string> = new Set(['备注', 'remark', 'remarks', 'note', 'notes'])

/** How an option without a price is marked. */
export const onRequest = '面议 on request'
export const tableStarts = { table: '表格 table', matrix: '矩阵 matrix' } as const
export const matrixMarks = { yes: '✓', no: '' } as const
