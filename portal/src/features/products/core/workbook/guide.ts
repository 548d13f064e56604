import { bilingual, forms, guideTitle } from './form.ts'
import type { CellValue, WrittenSheet } from './sheet.ts'

/** The first sheet: how to fill in the others. Nobody reads it but people. */
export function guideSheet(): WrittenSheet {
  const lines: [string, string][] = [
    ['产品表：怎样填写', 'The product form: how to fill it in'],
    [
      '1. 每张工作表的第一行是标题，第二行说明每一列；灰色说明行和以 # 或 ※ 开头的行不会被读取。',
      '1. Each sheet has headings in its first row and explains the columns in the second. That row, and every row that begins with # or ※, is not read.',
    ],
    [
      '2. 先填“产品”，再填“组”和“选项”，然后写规则和价格。其余工作表可以为空。',
      '2. Fill in Product first, then Groups and Options, then rules and prices. Every other sheet may stay empty.',
    ],
    [
      '3. 标识是简短的固定名称（字母、数字和 _），公式用它来引用；显示名称可以随时更改。',
      '3. An id is a short, lasting name (letters, digits and _) by which formulas call a thing; the names people read may change at any time.',
    ],
    ['4. 英文留空时使用中文，反之亦然。', '4. Where one language is empty, the other stands for both.'],
    [
      '5. 金额按平常的写法：12,800.00。价格公式的结果以最小货币单位（分）计。',
      '5. Amounts are written as usual: 12,800.00. Only price formulas count in minor units (cents).',
    ],
    [
      '6. 不要合并单元格；自己的备注写在标题为“备注”的列，或名称以 # 开头的工作表。',
      '6. Do not merge cells. Notes of your own go into a column headed Remark, or into a sheet whose name begins with #.',
    ],
    [
      '7. 单元格里的 Excel 公式按其计算结果读取；宏不会被读取。',
      '7. Of a formula of the spreadsheet its result is read; macros are not read.',
    ],
    [
      '8. 保存后在控制台“产品与模型”中导入，或运行 npm run fettle -- model publish 文件.xlsx。错误会按工作表和单元格列出。',
      '8. Save the file and import it in the console, or run npm run fettle -- model publish FILE.xlsx. What is wrong is listed by sheet and cell.',
    ],
  ]
  const formulas: [string, string, string][] = [
    ['a & b    a | b    !a    a => b', '并且、或者、非、则', 'and, or, not, then'],
    [
      'height <= 2400    size.carry >= load',
      '比较；“组.属性”是所选选项的属性',
      'comparisons; "group.attribute" is that of what is chosen',
    ],
    ['sum(mass)    max(power)    count(a, b)', '所选选项之和、最大值、个数', 'sum, largest, number of what is chosen'],
    ['offered(slot)    taken(slot)', '接口的提供数和占用数', 'how many of an interface are offered and taken'],
  ]
  const rows: CellValue[][] = [
    ...lines,
    [],
    ['工作表 Sheet', '用途', 'What it is for'],
    ...forms.map(({ title, note }) => [bilingual(title), note['zh-CN'], note.en]),
    [],
    ['公式 Formulas', '含义', 'Meaning'],
    ...formulas,
  ]
  return {
    name: guideTitle,
    rows,
    layout: {
      columns: [48, 48, 48].map(width => ({ width, kind: 'text' as const })),
      headings: [0, lines.length + 1, lines.length + forms.length + 3],
      frozen: 0,
    },
  }
}
