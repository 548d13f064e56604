import { inBothLanguages, type Language, type LocalizedText } from '#platform/core'
import type { PageDocument } from './document.ts'
import { type Block, type Field, fieldsOf, type PictureValue } from './fields.ts'

/** A value of a page with its field, and where it stands: '/blocks/2/values/picture'. */
export interface Found {
  field: Field
  value: unknown
  at: string
}

/** Every value of the blocks, those in rows too, in reading order. */
export function valuesIn(blocks: readonly Block[]): Found[] {
  return blocks.flatMap(({ kind, values }, place) =>
    fieldsOf(kind).flatMap(([name, field]) => {
      const value = (values as Record<string, unknown>)[name]
      const at = `/blocks/${place}/values/${name}`
      if (field.kind !== 'rows') return [{ field, value, at }]
      const rows = value as Record<string, unknown>[]
      return [
        { field, value, at },
        ...rows.flatMap((row, line) =>
          Object.entries(field.fields).map(([part, inner]) => ({ field: inner, value: row[part], at: `${at}/${line}/${part}` })),
        ),
      ]
    }),
  )
}

/** Ids of the pictures a page shows. */
export const picturesIn = (document: PageDocument): string[] => [
  ...new Set(
    [
      document.picture,
      ...valuesIn(document.blocks).flatMap(({ field, value }) => (field.kind === 'picture' ? value : [])),
    ].flatMap(picture => (picture ? (picture as PictureValue).id : [])),
  ),
]

/** Where a text stands in one language only, it stands for both. */
export function filledIn(document: PageDocument): PageDocument {
  return fill(document) as PageDocument
}

function fill(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fill)
  if (typeof value !== 'object' || value === null) return value
  if (isLocalized(value)) return inBothLanguages(value)
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, fill(part)]))
}

const isLocalized = (value: object): value is LocalizedText =>
  'zh-CN' in value && 'en' in value && typeof value.en === 'string' && typeof value['zh-CN'] === 'string'

/** A text in a language, or in the other where it stands in that one only. */
export const saidIn = (text: LocalizedText, language: Language): string => text[language] || text['zh-CN'] || text.en

export const isSaid = (text: LocalizedText): boolean => text['zh-CN'].trim() !== '' || text.en.trim() !== ''
