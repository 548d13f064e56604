import type { LocalizedText } from '#platform/core'

/** Something that was noticed in a file, with where it stands and what to do about it. */
export interface Finding {
  /** error: the row is not taken; on the whole file or sheet, nothing of it is. warning: the row is taken, as the message says */
  level: 'error' | 'warning'
  code: string
  /** name of the sheet as the file has it; '' : the file */
  sheet: string
  /** as Excel counts, from 1; null: the whole sheet */
  row: number | null
  /** letter and heading: "D 电话"; null: the whole row */
  column: string | null
  /** as it stands in the cell, shortened */
  value: string | null
  message: LocalizedText
  remedy: LocalizedText
}

/** Where something was noticed. */
export type Place = Pick<Finding, 'sheet' | 'row' | 'column'>

const text = (zh: string, en: string): LocalizedText => ({ 'zh-CN': zh, en })

/** Something a file can be wrong in. `{{…}}` of its words is filled in. */
export interface FindingKind {
  level: Finding['level']
  message: LocalizedText
  remedy: LocalizedText
}

/** Everything a file can be wrong in. */
const kinds = {
  'no-sheet': {
    level: 'error',
    message: text('没有找到名为“公司”“联系人”或“机器”的工作表。', 'There is no sheet named Companies, Contacts or Machines.'),
    remedy: text('请下载模板，把您的数据复制进去。', 'Download the template and copy your data into it.'),
  },
  'too-many-rows': {
    level: 'error',
    message: text('文件共有 {{rows}} 行，超过 20,000 行。', 'The file has {{rows}} rows, more than 20,000.'),
    remedy: text('请拆成几个文件，分别导入。', 'Split it into several files and import them one after another.'),
  },
  'no-rows': {
    level: 'error',
    message: text('标题下面没有数据。', 'There is nothing below the headings.'),
    remedy: text('请在模板的标题行下面填写您的数据。', 'Fill in your data below the headings of the template.'),
  },
  'no-headings': {
    level: 'error',
    message: text('没有找到列标题。', 'No row of headings was found.'),
    remedy: text('请把模板中的标题行放在数据上方。', 'Put the headings of the template above the data.'),
  },
  'missing-heading': {
    level: 'error',
    message: text('缺少列“{{name}}”。', 'The column “{{name}}” is missing.'),
    remedy: text('请从模板复制这个列标题。', 'Copy this heading from the template.'),
  },
  'double-heading': {
    level: 'error',
    message: text('列“{{name}}”出现了两次。', 'The column “{{name}}” is there twice.'),
    remedy: text('请只保留一列。', 'Keep one of the two.'),
  },
  'unknown-heading': {
    level: 'warning',
    message: text('不认识这一列，未读取。', 'This column is not known and was not read.'),
    remedy: text('如果需要其中的内容，请改用模板中的标题。', 'Use a heading of the template if you need what is in it.'),
  },
  'sheet-not-read': {
    level: 'warning',
    message: text('这张工作表不属于模板，未读取。', 'This sheet is not of the template and was not read.'),
    remedy: text(
      '如果其中有客户数据，请移到“公司”“联系人”或“机器”表。',
      'Move customers in it to Companies, Contacts or Machines.',
    ),
  },
  'double-sheet': {
    level: 'error',
    message: text('有两张相同的工作表。', 'There are two sheets of the same kind.'),
    remedy: text('请合并成一张。', 'Put them together into one.'),
  },
  missing: {
    level: 'error',
    message: text('没有填写“{{name}}”。', '“{{name}}” is empty.'),
    remedy: text('请填写，或删除这一行。', 'Fill it in, or delete the row.'),
  },
  'too-long': {
    level: 'error',
    message: text('内容超过 {{most}} 个字符。', 'It is longer than {{most}} characters.'),
    remedy: text('请缩短。', 'Shorten it.'),
  },
  merged: {
    level: 'error',
    message: text(
      '单元格与相邻的列合并，无法知道值属于哪一列。',
      'The cell is merged across columns, so it is not clear what its value belongs to.',
    ),
    remedy: text('请取消合并，在每个单元格中填写值。', 'Unmerge it and fill in each cell.'),
  },
  'merged-down': {
    level: 'warning',
    message: text('合并的单元格：值用于它覆盖的每一行。', 'A merged cell: its value was read for every row it covers.'),
    remedy: text('如果不对，请取消合并并逐行填写。', 'If that is wrong, unmerge it and fill in each row.'),
  },
  formula: {
    level: 'error',
    message: text('公式没有结果。', 'The formula has no result.'),
    remedy: text('请在 Excel 中重新计算并保存，或粘贴为值。', 'Calculate and save the file in Excel, or paste the value.'),
  },
  'formula-failed': {
    level: 'error',
    message: text('公式出错。', 'The formula failed.'),
    remedy: text('请改正公式，或粘贴为值。', 'Correct the formula, or paste the value.'),
  },
  'code-wrong': {
    level: 'warning',
    message: text('统一社会信用代码的校验位不对，未采用。', 'The check sign of this credit code is wrong; it was left out.'),
    remedy: text('请核对营业执照上的代码。', 'Compare it with the company’s licence.'),
  },
  'digits-lost': {
    level: 'error',
    message: text('Excel 把它存成了科学计数，数字已丢失。', 'Excel keeps this as a scientific number; digits are lost.'),
    remedy: text('请把列格式设为文本，重新填写这个号码。', 'Format the column as text and type it again.'),
  },
  'phone-unclear': {
    level: 'warning',
    message: text('这不是完整的电话号码，未采用。', 'This is not a whole phone number; it was left out.'),
    remedy: text('请补上区号或国家代码，如 0519-88881234。', 'Add the area or country code, such as +49 89 123456.'),
  },
  'phone-first': {
    level: 'warning',
    message: text('有多个号码，只采用第一个。', 'There are several numbers; only the first was read.'),
    remedy: text('其他号码请写在备注中，或另起一行。', 'Write the others into the notes.'),
  },
  'email-wrong': {
    level: 'warning',
    message: text('这不是一个邮箱地址，未采用。', 'This is not one e-mail address; it was left out.'),
    remedy: text('请填写一个地址，如 name@company.com。', 'Give one address, such as name@company.com.'),
  },
  'date-unclear': {
    level: 'error',
    message: text('无法看出这是哪一天。', 'It is not clear which day this is.'),
    remedy: text('请写成 2021-03-05。', 'Write it as 2021-03-05.'),
  },
  'date-future': {
    level: 'warning',
    message: text('交付日期在将来。', 'The day of delivery is in the future.'),
    remedy: text('请核对年份。', 'Check the year.'),
  },
  'warranty-first': {
    level: 'warning',
    message: text('质保在交付之前就结束了。', 'The warranty ends before the delivery.'),
    remedy: text('请核对两个日期。', 'Check both dates.'),
  },
  'zeros-lost': {
    level: 'warning',
    message: text(
      '编号比同列的其他编号短，Excel 可能丢掉了前面的零。',
      'It is shorter than the other numbers of the column: Excel may have dropped leading zeros.',
    ),
    remedy: text(
      '请与铭牌核对；列格式设为文本后可保留零。',
      'Compare it with the nameplate; a column formatted as text keeps zeros.',
    ),
  },
  unreachable: {
    level: 'warning',
    message: text('没有电话也没有邮箱。', 'There is neither a phone number nor an e-mail address.'),
    remedy: text('如果有，请补上，以便联系并识别此人。', 'Add one, so that this person can be reached and recognised.'),
  },
  'company-wrong': {
    level: 'error',
    message: text('此行的公司有错误，未导入。', 'The company of this row has an error and is not imported.'),
    remedy: text('请先改正“公司”表中的那一行。', 'Correct the row of that company first.'),
  },
  'twice-in-file': {
    level: 'warning',
    message: text('与第 {{row}} 行相同，只写入一次。', 'The same as row {{row}}; it is written once.'),
    remedy: text(
      '如果不是同一个，请补充编号、电话或邮箱加以区分。',
      'If it is another, tell them apart by number, phone or e-mail.',
    ),
  },
  'other-owner': {
    level: 'warning',
    message: text('此机器已登记在另一家公司名下，未更改。', 'This machine is known as another company’s; that was not changed.'),
    remedy: text(
      '请核对编号和型号。导入不会转移机器的归属。',
      'Check number and model. An import does not move a machine to another owner.',
    ),
  },
} as const satisfies Record<string, FindingKind>

export type FindingCode = keyof typeof kinds

/** A finding of this kind. values: for the places in its words */
export const finding = (
  code: FindingCode,
  place: Place,
  value: unknown = null,
  values: Record<string, LocalizedText | string> = {},
): Finding => findingOf(code, kinds[code], place, value, values)

/** The same of a kind that another reader of files knows. */
export function findingOf(
  code: string,
  { level, message, remedy }: FindingKind,
  place: Place,
  value: unknown = null,
  values: Record<string, LocalizedText | string> = {},
): Finding {
  const fill = (words: LocalizedText): LocalizedText => ({ 'zh-CN': filled(words['zh-CN'], 'zh-CN'), en: filled(words.en, 'en') })
  const filled = (words: string, language: 'zh-CN' | 'en') =>
    words.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const given = values[name]
      return typeof given === 'object' ? given[language] : (given ?? '')
    })
  return { level, code, ...place, value: shown(value), message: fill(message), remedy }
}

const shown = (value: unknown): string | null => {
  if (value === null || value === undefined || value === '') return null
  const words = value instanceof Date ? value.toISOString().slice(0, 10) : String(value)
  return words.length > 60 ? `${words.slice(0, 59)}…` : words
}
