import { Readable } from 'node:stream'
import { bilingual } from '#features/imports/core'
import type { FileAnswer, Language } from '#platform/core'
import { mediaTypes, translate, writeWorkbook } from '#platform/server'
import { listColumns } from '../core/list-form.ts'

/** The workbook to fill in: machines with an example, and a guide in both languages. */
export async function listTemplate(language: Language): Promise<FileAnswer> {
  const say = (key: string) => [translate('zh-CN', `provisioning:guide.${key}`), translate('en', `provisioning:guide.${key}`)]
  const example = listColumns.map(({ field, example }) => (field === 'serial' ? `示例：${example}` : example))
  const content = await writeWorkbook([
    {
      name: '机器 Machines',
      widths: listColumns.map(({ width }) => width),
      rows: [listColumns.map(({ title }) => bilingual(title)), example],
    },
    {
      name: '说明 Guide',
      widths: [70, 70],
      rows: [
        ...['title', 'whole', 'known', 'texts', 'most'].map(say),
        ['', ''],
        ...listColumns.map(({ title, help, required }) => [
          `${title['zh-CN']}${required ? '（必填）' : ''}：${help['zh-CN']}`,
          `${title.en}${required ? ' (needed)' : ''}: ${help.en}`,
        ]),
      ],
    },
  ])
  return {
    name: `${translate(language, 'provisioning:fileName.template')}.xlsx`,
    mediaType: mediaTypes.xlsx,
    bytes: content.length,
    content: Readable.from([content]),
  }
}
