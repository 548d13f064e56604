import type { LocalizedText, ModelError } from '@fettle/engine'

/** What keeps a file from being read as a workbook at all. */
const problem = (code: string, fileName: string, message: LocalizedText, remedy: LocalizedText): ModelError => ({
  code,
  path: fileName,
  message,
  remedy,
})

const text = (zh: string, en: string): LocalizedText => ({ 'zh-CN': zh, en })
const saveAgain = text(
  '请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”后重试。',
  'Open it in Excel and save it as "Excel Workbook (.xlsx)", then try again.',
)

export const oldFormat = (fileName: string, kind: string) =>
  problem(
    'workbook-format',
    fileName,
    text(`这是 ${kind} 文件，产品表需要 .xlsx。`, `This is ${kind}; the product form is read from .xlsx.`),
    saveAgain,
  )

export const passwordProtected = (fileName: string) =>
  problem(
    'workbook-protected',
    fileName,
    text('文件有密码保护，无法读取。', 'The file is protected by a password and cannot be read.'),
    text(
      '请在 Excel 中取消“用密码进行加密”，保存后重试。',
      'Remove the password in Excel (File, Info, Encrypt with Password), save it, then try again.',
    ),
  )

export const damaged = (fileName: string) =>
  problem(
    'workbook-damaged',
    fileName,
    text(
      '文件已损坏或不完整，无法作为 Excel 工作簿读取。',
      'The file is damaged or incomplete and cannot be read as a workbook.',
    ),
    text(
      '请重新获取文件，或在 Excel 中打开并另存为 .xlsx 后重试。',
      'Get the file again, or open it in Excel, save it as .xlsx and try again.',
    ),
  )

export const tooLarge = (fileName: string, megabytes: number, limit: number) =>
  problem(
    'workbook-too-large',
    fileName,
    text(
      `文件解压后为 ${megabytes} MB，超过上限 ${limit} MB，未读取。`,
      `The file unpacks to ${megabytes} MB, more than the limit of ${limit} MB, and was not read.`,
    ),
    text(
      '请删除图片、空白的格式行和不需要的工作表。',
      'Remove pictures, empty rows that are only formatted, and sheets that are not needed.',
    ),
  )

export const tooManyCells = (fileName: string) =>
  problem(
    'workbook-too-large',
    fileName,
    text('某张工作表的行列过多，未读取。', 'A sheet spans too many rows and columns and was not read.'),
    text(
      '请删除远处的内容和只有格式的空行、空列，或使用模板重新填写。',
      'Delete what stands far off, and empty rows and columns that are only formatted.',
    ),
  )

export const macrosLeft = (fileName: string) =>
  problem(
    'macros-not-read',
    fileName,
    text('工作簿中的宏未读取，也不会运行。', 'The macros in the workbook were not read and are never run.'),
    text('无需处理；也可另存为 .xlsx 去掉宏。', 'Nothing needs to be done; saving it as .xlsx removes them.'),
  )
