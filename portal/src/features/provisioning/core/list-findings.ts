import { type FindingKind, findingOf } from '#features/imports/core'
import type { LocalizedText } from '#platform/core'

const text = (zh: string, en: string): LocalizedText => ({ 'zh-CN': zh, en })

/** What only a list of machines can be wrong in. */
const kinds = {
  'no-machines': {
    level: 'error',
    message: text('标题下面没有机器。', 'There are no machines below the headings.'),
    remedy: text('请在模板的标题行下面填写机器。', 'Fill in machines below the headings of the template.'),
  },
  'too-many-machines': {
    level: 'error',
    message: text('文件中有 {{rows}} 台机器，超过 {{most}} 台。', 'The file has {{rows}} machines, more than {{most}}.'),
    remedy: text('请拆成几个文件，分别登记。', 'Split it into several files and register them one after another.'),
  },
  'other-sheet': {
    level: 'warning',
    message: text('只读取第一张有机器的工作表，这一张未读取。', 'Only the first sheet with machines is read; this one was not.'),
    remedy: text('如果其中也有机器，请移到第一张表。', 'Move machines of it to the first sheet.'),
  },
  'serial-known': {
    level: 'warning',
    message: text(
      '此编号和型号已登记，不会更改。',
      'This serial number and model are registered already; nothing of it is changed.',
    ),
    remedy: text('如果不是同一台，请核对铭牌。', 'If it is another machine, check the nameplate.'),
  },
  'serial-twice': {
    level: 'error',
    message: text('与第 {{row}} 行的编号和型号相同。', 'Serial number and model are those of row {{row}}.'),
    remedy: text('请改正编号，或删除其中一行。', 'Correct the number, or delete one of the two rows.'),
  },
  'type-unknown': {
    level: 'error',
    message: text('没有这个代码的机型。', 'There is no type with this key.'),
    remedy: text(
      '请填写已有的代码：{{keys}}；或先新建机型；或留空。',
      'Use one there is ({{keys}}), make the type first, or leave it empty.',
    ),
  },
  'company-unknown': {
    level: 'error',
    message: text('门户中没有这家公司。', 'The portal knows no such company.'),
    remedy: text(
      '请填写公司在门户中的名称或统一社会信用代码；或先导入该客户；或留空，由客户认领。',
      'Write it as the portal has it, or its credit code; import the customer first; or leave it empty, and the customer claims the machine.',
    ),
  },
  'company-unclear': {
    level: 'error',
    message: text('有多家公司叫这个名称。', 'Several companies have this name.'),
    remedy: text('请改填统一社会信用代码。', 'Give the credit code instead.'),
  },
  'uri-unclear': {
    level: 'error',
    message: text('这不是完整的 URI。', 'This is no whole URI.'),
    remedy: text(
      '请连同协议填写，如 https://id.example.com/00122034 或 urn:…；空格和中文须编码；或留空。',
      'Write it with its scheme, as https://id.example.com/00122034 or urn:…, other characters encoded; or leave it empty.',
    ),
  },
  'year-unclear': {
    level: 'error',
    message: text('这不是 1900 至 2200 之间的年份。', 'This is no year between 1900 and 2200.'),
    remedy: text('请填写四位数字的年份，如 2026；或留空。', 'Write the year in four figures, as 2026, or leave it empty.'),
  },
  'configuration-unknown': {
    level: 'error',
    message: text('没有找到这份配置。', 'There is no such configuration.'),
    remedy: text(
      '请粘贴规格书的完整链接，如 …/c/abc123；或留空。',
      'Paste the whole link of the specification sheet, …/c/abc123, or leave it empty.',
    ),
  },
} as const satisfies Record<string, FindingKind>

type ListFindingCode = keyof typeof kinds

export const listFinding = (
  code: ListFindingCode,
  place: Parameters<typeof findingOf>[2],
  value: unknown = null,
  values: Record<string, string> = {},
) => findingOf(code, kinds[code], place, value, values)
