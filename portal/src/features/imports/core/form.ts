import type { LocalizedText } from '#platform/core'

export const sheetKinds = ['company', 'contact', 'machine'] as const
export type SheetKind = (typeof sheetKinds)[number]

export type ColumnKind = 'text' | 'code' | 'phone' | 'email' | 'date' | 'serial'

export interface FormColumn<Field extends string = string> {
  field: Field
  title: LocalizedText
  /** other headings that mean it */
  also: readonly string[]
  kind: ColumnKind
  required?: true
  /** characters at most */
  most: number
  /** in the template, in characters */
  width: number
  example: string
  /** for the template's guide */
  help: LocalizedText
}

const column = <Field extends string>(
  field: Field,
  kind: ColumnKind,
  title: [zh: string, en: string],
  rest: { also?: readonly string[]; required?: true; most?: number; width?: number; example: string; help: [string, string] },
): FormColumn<Field> => ({
  field,
  kind,
  title: { 'zh-CN': title[0], en: title[1] },
  also: rest.also ?? [],
  most: rest.most ?? 200,
  width: rest.width ?? 20,
  example: rest.example,
  help: { 'zh-CN': rest.help[0], en: rest.help[1] },
  ...(rest.required ? { required: rest.required } : {}),
})

/** Rows whose company begins with this are examples of the template and are not read. */
export const exampleMark = /^(示例|例)[:：]|^example:/i
const exampleCompany = '示例：常州磊鑫机械有限公司'

const companyOf = column('company', 'text', ['公司', 'Company'], {
  also: ['公司名称', '客户', '客户名称', '单位', '单位名称', 'company name', 'customer'],
  required: true,
  width: 32,
  example: exampleCompany,
  help: [
    '公司名称，与“公司”表中的写法相同；不在表中的公司会一并新建。',
    'The company’s name as on the sheet of companies; one that is not there is made too.',
  ],
})
const notes = column('notes', 'text', ['备注', 'Notes'], {
  also: ['说明', 'remark', 'remarks', 'note'],
  most: 2000,
  width: 30,
  example: '',
  help: ['您自己的备注。加密保存。', 'Notes of your own. They are kept sealed.'],
})
const phone = (example: string) =>
  column('phone', 'phone', ['电话', 'Phone'], {
    also: ['手机', '手机号', '联系电话', '座机', '电话号码', 'telephone', 'mobile', 'tel', 'phone number'],
    example,
    help: [
      '手机号，或带区号的座机，如 0519-88881234；国外号码加国家代码，如 +49。列格式请设为文本。',
      'With country code (+49 89 123456), a Chinese mobile number, or a landline with area code. Format the column as text.',
    ],
  })
const email = (example: string) =>
  column('email', 'email', ['邮箱', 'E-mail'], {
    also: ['电子邮箱', '邮件', 'mail', 'e-mail address', 'email address'],
    most: 254,
    width: 26,
    example,
    help: ['一个邮箱地址。', 'One e-mail address.'],
  })

export const form = {
  company: {
    title: { 'zh-CN': '公司', en: 'Companies' },
    also: ['客户', '客户公司', 'customers', 'company'],
    columns: [
      column('name', 'text', ['公司名称', 'Company name'], {
        also: ['公司', '名称', '客户', '客户名称', '单位名称', 'company', 'customer', 'name'],
        required: true,
        width: 32,
        example: exampleCompany,
        help: ['营业执照上的全称最好。', 'Best the full name, as it is registered.'],
      }),
      column('creditCode', 'code', ['统一社会信用代码', 'Credit code or VAT number'], {
        also: [
          '信用代码',
          '税号',
          '纳税人识别号',
          'credit code',
          'vat',
          'vat number',
          'vat id',
          'tax number',
          'unified social credit code',
        ],
        most: 40,
        width: 24,
        example: '91320411MA1WXYD26U',
        help: [
          '18 位，会核对校验位。国外公司填增值税号。它最能认出同一家公司。',
          'The Chinese 18-sign code (its check sign is verified), or a VAT number. Nothing tells better that two are one.',
        ],
      }),
      column('address', 'text', ['地址', 'Address'], {
        also: ['公司地址', '通讯地址'],
        most: 500,
        width: 36,
        example: '江苏省常州市武进区常武中路 18 号',
        help: ['一个单元格写完整地址。', 'The whole address in one cell.'],
      }),
      phone('0519-88881234'),
      email('info@leixin.example'),
      notes,
    ],
  },
  contact: {
    title: { 'zh-CN': '联系人', en: 'Contacts' },
    also: ['人员', 'people', 'persons', 'contact'],
    columns: [
      companyOf,
      column('name', 'text', ['姓名', 'Name'], {
        also: ['联系人', '联系人姓名', 'contact', 'contact name', 'person'],
        required: true,
        width: 14,
        example: '王磊',
        help: ['一行一人。', 'One person a row.'],
      }),
      column('post', 'text', ['职务', 'Post'], {
        also: ['职位', '岗位', '部门', 'title', 'job title', 'position', 'role'],
        width: 16,
        example: '生产经理',
        help: ['他在公司的职务。', 'What he does there.'],
      }),
      phone('13800138000'),
      email('wang.lei@leixin.example'),
      notes,
    ],
  },
  machine: {
    title: { 'zh-CN': '机器', en: 'Machines' },
    also: ['设备', '已交付设备', '机床', 'devices', 'equipment', 'installed base', 'machine'],
    columns: [
      column('serial', 'serial', ['出厂编号', 'Serial number'], {
        also: ['序列号', '机号', '机器编号', '设备编号', '编号', 'serial', 'serial no', 's/n', 'sn'],
        required: true,
        most: 80,
        width: 18,
        example: '00120815',
        help: [
          '铭牌上的编号。列格式请设为文本，否则 Excel 会丢掉前面的零。',
          'As on the nameplate. Format the column as text, or Excel drops leading zeros.',
        ],
      }),
      column('model', 'text', ['型号', 'Model'], {
        also: ['产品', '产品名称', '产品型号', '机型', 'product', 'product name', 'machine model'],
        required: true,
        width: 24,
        example: 'VMC-850',
        help: ['产品或型号名称；本门户没有的旧型号也可以。', 'The product, or any older model’s name.'],
      }),
      companyOf,
      column('deliveredOn', 'date', ['交付日期', 'Delivered on'], {
        also: ['发货日期', '交货日期', '出厂日期', 'delivered', 'delivery date', 'shipped on'],
        width: 14,
        example: '2021-03-05',
        help: ['日期，如 2021-03-05 或 2021/3/5。', 'A date such as 2021-03-05.'],
      }),
      column('warrantyUntil', 'date', ['质保至', 'Warranty until'], {
        also: ['质保到期', '保修至', '保修截止', '质保截止日期', 'warranty', 'warranty end'],
        width: 14,
        example: '2023-03-04',
        help: ['质保的最后一天。', 'The last day of the warranty.'],
      }),
      column('typeCode', 'text', ['配置代码', 'Type code'], {
        also: ['配置', '订货号', '型号代码', 'configuration', 'configuration code', 'order code'],
        width: 24,
        example: 'VMC850-12K-BT40-24T',
        help: ['交付时的配置，如订货代码。', 'What was delivered, such as the order code.'],
      }),
      column('site', 'text', ['安装地点', 'Site'], {
        also: ['地点', '车间', '安装地址', 'location', 'plant'],
        width: 24,
        example: '二号车间',
        help: ['机器放在哪里。', 'Where the machine stands.'],
      }),
    ],
  },
} as const satisfies Record<SheetKind, { title: LocalizedText; also: readonly string[]; columns: readonly FormColumn[] }>

export type FieldOf<Kind extends SheetKind> = (typeof form)[Kind]['columns'][number]['field']

/** Columns of a sheet, as data. */
export const columnsOf = (kind: SheetKind): readonly FormColumn[] => form[kind].columns

/** As a heading or the name of a sheet stands in the template, in both languages: "公司名称 Company name". */
export const bilingual = (title: LocalizedText): string => `${title['zh-CN']} ${title.en}`

/** A heading or sheet name without what only writing adds. */
export const plainHeading = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

/** Whether the text is one of the names, alone or in both languages. */
export const means = (text: string, { title, also }: { title: LocalizedText; also: readonly string[] }): boolean =>
  [title['zh-CN'], title.en, bilingual(title), ...also].some(name => plainHeading(name) === plainHeading(text))

/** Most rows of one file, of all its sheets. */
export const mostRows = 20_000
/** Bytes of one file. */
export const mostBytes = 10_000_000
