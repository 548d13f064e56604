import type { LocalizedText, ModelError } from '@fettle/engine'
import { type CellValue, cellName, columnName, type Place } from './sheet.ts'
import { hundredfold } from './values.ts'

/** An error of a model with the cell it comes from. `path` is that place as Excel writes it: "选项 Options!D7". */
export interface WorkbookError extends ModelError {
  place: Place
}

export const inWorkbook = (place: Place, error: Omit<ModelError, 'path'>): WorkbookError => ({
  ...error,
  path: pathOf(place),
  place,
})

export const pathOf = (place: Place): string => `${place.sheet}!${cellName(place)}`

const problem = (code: string, place: Place, message: LocalizedText, remedy: LocalizedText, value?: CellValue) =>
  inWorkbook(place, { code, ...(value === undefined || value === null ? {} : { value: shown(value) }), message, remedy })

const text = (zh: string, en: string): LocalizedText => ({ 'zh-CN': zh, en })

const shown = (value: CellValue): string => {
  const words = value instanceof Date ? (Number.isNaN(value.getTime()) ? '?' : value.toISOString().slice(0, 10)) : String(value)
  return words.length > 80 ? `${words.slice(0, 77)}…` : words
}

export const missingSheet = (sheet: string) =>
  problem(
    'missing-sheet',
    { sheet, row: 0, column: 0 },
    text(`缺少工作表“${sheet}”。`, `The sheet "${sheet}" is missing.`),
    text('请下载模板，把这张工作表复制过来并填写。', 'Download the template, copy this sheet from it and fill it in.'),
    sheet,
  )

export const misspeltSheet = (sheet: string, nearest: string) =>
  problem(
    'unknown-sheet',
    { sheet, row: 0, column: 0 },
    text(`没有名为“${sheet}”的工作表。`, `There is no sheet named "${sheet}" in the form.`),
    text(
      `您是否想写“${nearest}”？请改名；若只是备注，请在名称前加“#”。`,
      `Did you mean "${nearest}"? Rename it, or put # before its name where it is a note.`,
    ),
    sheet,
  )

export const ignoredSheet = (sheet: string) =>
  problem(
    'sheet-not-read',
    { sheet, row: 0, column: 0 },
    text(`工作表“${sheet}”不属于产品表，未读取。`, `The sheet "${sheet}" is no part of the form and was not read.`),
    text('如果其中有产品数据，请移到相应的工作表。', 'Move what belongs to the product into the sheets of the form.'),
    sheet,
  )

export const doubleSheet = (sheet: string, first: string) =>
  problem(
    'duplicate-sheet',
    { sheet, row: 0, column: 0 },
    text(`工作表“${sheet}”与“${first}”是同一张表。`, `The sheets "${sheet}" and "${first}" are the same sheet of the form.`),
    text('请合并成一张。', 'Put them together into one.'),
    sheet,
  )

export const noHeadings = (place: Place) =>
  problem(
    'missing-headings',
    place,
    text('没有找到列标题。', 'No row with column headings was found.'),
    text('请把模板中的标题行放在数据上方。', 'Put the row of headings from the template above the data.'),
  )

export const unknownHeading = (place: Place, value: string, nearest: string | undefined) =>
  problem(
    'unknown-heading',
    place,
    text(`不认识列标题“${shown(value)}”。`, `The heading "${shown(value)}" is not known here.`),
    nearest === undefined
      ? text(
          '请改用模板中的标题；若只是备注，请把标题改为“备注”。',
          'Use a heading of the template, or "Remark" for notes of your own.',
        )
      : text(
          `您是否想写“${nearest}”？备注列请用“备注”作标题。`,
          `Did you mean "${nearest}"? Head notes of your own with "Remark".`,
        ),
    value,
  )

export const doubleHeading = (place: Place, value: string, first: Place) =>
  problem(
    'duplicate-heading',
    place,
    text(
      `列标题“${shown(value)}”重复，${cellName(first)} 已有。`,
      `The heading "${shown(value)}" stands twice; first in ${cellName(first)}.`,
    ),
    text('请删除其中一列，或合并两列。', 'Remove one of the two columns.'),
    value,
  )

export const missingColumn = (place: Place, heading: string) =>
  problem(
    'missing-column',
    place,
    text(`缺少列“${heading}”。`, `The column "${heading}" is missing.`),
    text('请补上这一列；可从模板复制标题。', 'Add the column; its heading can be copied from the template.'),
    heading,
  )

export const noHeadingHere = (place: Place, value: CellValue) =>
  problem(
    'no-heading',
    place,
    text('这一格有内容，但该列没有标题。', 'This cell is filled, but its column has no heading.'),
    text('请给该列加上标题，或清除这一格。', 'Give the column a heading, or clear the cell.'),
    value,
  )

export const merged = (place: Place, to: Omit<Place, 'sheet'>) =>
  problem(
    'merged-cells',
    place,
    text(
      `${cellName(place)}:${cellName(to)} 是合并单元格，无法确定每一行的内容。`,
      `${cellName(place)}:${cellName(to)} are merged, so the content of each row is not certain.`,
    ),
    text('请取消合并，并在每一行填写内容。', 'Unmerge them and fill in every row.'),
  )

export const tooManyRows = (place: Place, limit: number) =>
  problem(
    'too-many-rows',
    place,
    text(
      `超过 ${limit.toLocaleString('en')} 行，其余未读取。`,
      `There are more than ${limit.toLocaleString('en')} rows; the rest was not read.`,
    ),
    text('请删除多余的行，或拆成几个产品。', 'Remove rows that are not needed, or split the product.'),
  )

export const tooManyColumns = (place: Place, limit: number) =>
  problem(
    'too-many-columns',
    place,
    text(
      `超过 ${limit} 列（到 ${columnName(limit - 1)}）。`,
      `There are more than ${limit} columns (up to ${columnName(limit - 1)}).`,
    ),
    text('请删除右侧多余的内容。', 'Clear what stands on the right.'),
  )

export const empty = (place: Place, heading: string) =>
  problem(
    'empty-cell',
    place,
    text(`“${heading}”没有填写。`, `"${heading}" is empty.`),
    text('请填写这一格；若整行不需要，请删除整行。', 'Fill the cell, or delete the whole row where it is not needed.'),
  )

export const dateInstead = (place: Place, value: CellValue) =>
  problem(
    'date-instead',
    place,
    text('这一格是日期，不是文字或数字。', 'The cell holds a date where a text or number is expected.'),
    text(
      'Excel 会把“3-5”这样的内容变成日期：请先把单元格格式改为“文本”，再重新输入。',
      'Excel turns what looks like "3-5" into a date: format the cell as text, then type it again.',
    ),
    value,
  )

export const errorValue = (place: Place, value: string) =>
  problem(
    'formula-error',
    place,
    text(`这一格的 Excel 公式出错：${value}。`, `The spreadsheet's own formula in this cell failed: ${value}.`),
    text(
      '请修正公式，或直接填写内容。规则中的公式前不写“=”。',
      'Correct it, or write the value itself. Formulas of rules have no = before them.',
    ),
    value,
  )

export const unsolved = (place: Place) =>
  problem(
    'formula-without-result',
    place,
    text(
      '这一格是 Excel 公式，但文件中没有计算结果。',
      'The cell holds a formula of the spreadsheet, and the file has no result for it.',
    ),
    text(
      '请在 Excel 或 WPS 中打开并保存一次，或改为直接填写数值。',
      'Open and save the file in Excel once, or write the value itself.',
    ),
  )

export const noNumber = (place: Place, value: CellValue) =>
  problem(
    'not-a-number',
    place,
    text(`“${shown(value)}”不是数字。`, `"${shown(value)}" is not a number.`),
    text(
      '请只写数字，如 12800 或 12,800.50；小数点用“.”，单位不写。',
      'Write digits only, such as 12800 or 12,800.50, with a point for decimals and no unit.',
    ),
    value,
  )

export const tooFine = (place: Place, value: CellValue, currency: string, digits: number) =>
  problem(
    'too-many-decimals',
    place,
    text(
      `金额 ${shown(value)} 的小数位超过 ${currency} 的 ${digits} 位。`,
      `The amount ${shown(value)} has more than the ${digits} decimals of ${currency}.`,
    ),
    text('请四舍五入后填写。', 'Round it.'),
    value,
  )

export const notAmong = (place: Place, value: CellValue, choices: readonly string[], nearest?: string) =>
  problem(
    'not-among',
    place,
    text(`“${shown(value)}”不在可选内容之中。`, `"${shown(value)}" is not one of the choices here.`),
    nearest === undefined
      ? text(`请从中选择：${choices.join('、')}。`, `Choose one of: ${choices.join(', ')}.`)
      : text(
          `您是否想写“${nearest}”？可选：${choices.join('、')}。`,
          `Did you mean "${nearest}"? The choices are: ${choices.join(', ')}.`,
        ),
    value,
  )

export const notUsed = (place: Place, value: CellValue, heading: string, kind: string) =>
  problem(
    'not-used',
    place,
    text(`“${kind}”不使用“${heading}”这一列。`, `"${heading}" has no meaning for "${kind}".`),
    text('请清除这一格，或更改类型。', 'Clear the cell, or change the kind.'),
    value,
  )

export const duplicate = (place: Place, value: string, first: Place) =>
  problem(
    'duplicate-id',
    place,
    text(
      `标识“${shown(value)}”重复，已在 ${pathOf(first)} 使用。`,
      `The id "${shown(value)}" is used twice; first in ${pathOf(first)}.`,
    ),
    text('请为其中一个换一个标识。', 'Give one of the two another id.'),
    value,
  )

export const unknownId = (place: Place, value: string, what: LocalizedText, nearest: string | undefined) =>
  problem(
    'unknown-reference',
    place,
    text(`没有名为“${shown(value)}”的${what['zh-CN']}。`, `There is no ${what.en} named "${shown(value)}".`),
    nearest === undefined
      ? text('请填写已有的标识，或先添加它。', 'Write an id that exists, or add this one first.')
      : text(`您是否想写“${nearest}”？`, `Did you mean "${nearest}"?`),
    value,
  )

export const wrongCount = (place: Place, value: string, message: LocalizedText) =>
  problem(
    'options-of-group',
    place,
    message,
    text(
      '请在“选项 Options”工作表中增加或删除该组的行，或更改组的类型。',
      'Add or remove rows of this group in the sheet "选项 Options", or change the kind of the group.',
    ),
    value,
  )

export const looseTable = (place: Place, value: string, nearest: string | undefined) =>
  problem(
    'unknown-reference',
    place,
    text(
      `规则工作表中没有名为“${shown(value)}”的兼容表规则。`,
      `The sheet of rules has no row of kind table named "${shown(value)}".`,
    ),
    nearest === undefined
      ? text('请在“规则 Rules”中加一行，类型为“兼容表 table”。', 'Add a row of kind "兼容表 table" to the sheet "规则 Rules".')
      : text(`您是否想写“${nearest}”？`, `Did you mean "${nearest}"?`),
    value,
  )

export const tableWithoutBody = (place: Place, value: string) =>
  problem(
    'missing-table',
    place,
    text(`兼容表“${shown(value)}”没有内容。`, `The table "${shown(value)}" has no body.`),
    text(
      '请在“兼容表 Tables”工作表中写：表格 table，标识，其下是标题行和各行。',
      'Write it in the sheet "兼容表 Tables": "表格 table" and the id, below it a row of column ids and the rows.',
    ),
    value,
  )

export const expectedTable = (place: Place, value: CellValue) =>
  problem(
    'syntax',
    place,
    text(
      '这里应当是一个表的开头：A 列写“表格 table”或“矩阵 matrix”，B 列写规则的标识。',
      'A table begins here: "表格 table" or "矩阵 matrix" in column A, the id of its rule in column B.',
    ),
    text('请补上开头一行；表与表之间空一行。', 'Add this first row. Leave an empty row between tables.'),
    value,
  )

export const blankInTable = (place: Place) =>
  problem(
    'empty-cell',
    place,
    text(
      '表中有空格，不清楚是“任意”还是漏填。',
      'A cell of the table is empty: it is not clear whether anything is allowed there.',
    ),
    text('任意内容请写“*”，否则请填写。', 'Write * for anything, or fill it in.'),
  )

export const forbiddenMatrix = (place: Place) =>
  problem(
    'wrong-kind',
    place,
    text('矩阵只表示可以搭配的组合，不能用于“禁止”。', 'A matrix says what goes together; it cannot be of the mode "forbidden".'),
    text(
      '请清除规则的“方式”一格并反过来打勾，或改用“表格 table”的形式。',
      'Clear the mode of the rule and mark the opposite, or write it as "表格 table".',
    ),
  )

export const unclearPercent = (place: Place, value: number) => {
  const meant = hundredfold(value)
  return problem(
    'unclear-percent',
    place,
    text(`${value} 是 ${meant}%，还是 ${value}%？`, `Does ${value} mean ${meant}% or ${value}%?`),
    text(
      `若为 ${meant}%，请写 ${meant}；若确为 ${value}%，请连百分号一起写：${value}%。`,
      `For ${meant} percent write ${meant}. For less than one percent write the sign too: ${value}%.`,
    ),
    value,
  )
}
