import { Readable } from 'node:stream'
import { type FileAnswer, inLanguage, type Language } from '#platform/core'
import {
  type Cell,
  mediaTypes,
  type Platform,
  type SheetColumn,
  translate,
  writeSpreadsheet,
  writeWorkbook,
} from '#platform/server'
import type { Finding } from '../core/findings.ts'
import { bilingual, columnsOf, form } from '../core/form.ts'
import { sheetKinds } from '../core/index.ts'
import { findImport } from './read-imports.ts'
import { allRows, isErased, type StagedRow } from './staged-rows.ts'

/** The workbook to fill in: a guide in both languages, and a sheet with an example for each kind. */
export async function importTemplate(language: Language): Promise<FileAnswer> {
  const say = (key: string) => [translate('zh-CN', `imports:${key}`), translate('en', `imports:${key}`)]
  const guide = [
    say('guide.title'),
    ...['sheets', 'names', 'examples', 'texts', 'once', 'safe'].map(one => say(`guide.${one}`)),
    ['', ''],
    say('guide.columns'),
    ...sheetKinds.flatMap(kind =>
      columnsOf(kind).map(({ title, help, required }) => [
        `${form[kind].title['zh-CN']} · ${title['zh-CN']}${required ? '（必填）' : ''}：${help['zh-CN']}`,
        `${form[kind].title.en} · ${title.en}${required ? ' (needed)' : ''}: ${help.en}`,
      ]),
    ),
  ]
  const content = await writeWorkbook([
    { name: '说明 Guide', widths: [70, 70], rows: guide },
    ...sheetKinds.map(kind => ({
      name: bilingual(form[kind].title),
      widths: columnsOf(kind).map(({ width }) => width),
      rows: [columnsOf(kind).map(({ title }) => bilingual(title)), columnsOf(kind).map(({ example }) => example)],
    })),
  ])
  return {
    name: `${translate(language, 'imports:fileName.template')}.xlsx`,
    mediaType: mediaTypes.xlsx,
    bytes: content.length,
    content: Readable.from([content]),
  }
}

/** What became of every row, one a line, with the values of the file so that it can be corrected and sent again. */
export async function importReport(platform: Platform, importId: string, language: Language): Promise<FileAnswer> {
  const { file_name } = await findImport(platform, importId)
  const rows = (await allRows(platform, importId)).filter(row => !isErased(row))
  const t = (key: string, values = {}) => translate(language, `imports:${key}`, values)
  const column = (key: string, width: number, kind: SheetColumn['kind'] = 'text'): SheetColumn => ({
    title: t(`report.${key}`),
    kind,
    width,
  })
  async function* lines(): AsyncGenerator<Cell[]> {
    for (const { file, judged, candidates } of rows) {
      yield [
        t(`verdict.${judged.verdict}`),
        t(`kind.${file.kind}`),
        file.sheet,
        file.row,
        (file.kind === 'company' ? file.values.name : file.values.company) ?? '',
        (file.kind === 'machine' ? file.values.serial : file.kind === 'contact' ? file.values.name : '') ?? '',
        alike({ judged, candidates }, t),
        judged.fills.map(field => titleOf(file.kind, field, language)).join(t('list')),
        judged.differs.map(({ field, known, given }) => `${titleOf(file.kind, field, language)}: ${known} ≠ ${given}`).join('\n'),
        judged.findings.map(one => sayFinding(one, language)).join('\n'),
      ]
    }
  }
  return {
    name: `${t('fileName.report')} ${file_name}`,
    mediaType: mediaTypes.xlsx,
    bytes: null,
    content: writeSpreadsheet(
      {
        format: 'xlsx',
        name: t('fileName.report'),
        zone: 'UTC',
        columns: [
          column('verdict', 12),
          column('kind', 10),
          column('sheet', 16),
          column('row', 8, 'number'),
          column('company', 32),
          column('name', 20),
          column('same', 32),
          column('fills', 24),
          column('differs', 40),
          column('findings', 60),
        ],
      },
      lines(),
    ),
  }
}

const alike = ({ candidates }: Pick<StagedRow, 'judged' | 'candidates'>, t: (key: string) => string): string =>
  candidates.map(({ name, reasons }) => `${name} (${reasons.map(reason => t(`reason.${reason}`)).join(t('list'))})`).join('\n')

const titleOf = (kind: StagedRow['file']['kind'], field: string, language: Language): string => {
  const column = columnsOf(kind).find(one => one.field === field)
  return column ? inLanguage(column.title, language) : field
}

const sayFinding = ({ column, value, message, remedy }: Finding, language: Language): string =>
  [column, value && `“${value}”`, inLanguage(message, language), inLanguage(remedy, language)].filter(Boolean).join(' ')
