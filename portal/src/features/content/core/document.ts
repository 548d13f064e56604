import { z } from 'zod'
import type { LocalizedText } from '#platform/core'
import { type Block, type BlockKind, blockKinds, blockNames, type Field, nothing, type PictureValue } from './fields.ts'
import { isAddress } from './structured-text.ts'

/** What a page says, and what it says of itself. */
export interface PageDocument {
  /** last part of the address; '' for the home page */
  slug: string
  title: LocalizedText
  /** one or two sentences: for search engines, lists and shared links */
  summary: LocalizedText
  /** shown in lists and where a link is shared */
  picture: PictureValue | null
  /** of an article: YYYY-MM-DD, else '' */
  day: string
  blocks: Block[]
}

export const mostBlocks = 60

const noAddress = {
  message: {
    'zh-CN': '链接须为门户内路径、https 网址、邮箱或电话。',
    en: 'A link leads to a path of this portal, an https address, a mail address or a telephone.',
  },
  remedy: {
    'zh-CN': '请填写如 /products、https://…、mailto:… 或 tel:… 的地址，或留空。',
    en: 'Write it like /products, https://…, mailto:… or tel:…, or leave it empty.',
  },
}

const localized = (most: number) => z.strictObject({ 'zh-CN': z.string().max(most), en: z.string().max(most) })
const picture = z.strictObject({ id: z.uuid(), alt: localized(200) }).nullable()
const day = z.union([z.literal(''), z.iso.date()])

function schemaOf(field: Field): z.ZodType {
  switch (field.kind) {
    case 'line':
    case 'text':
      return localized(field.most)
    case 'word':
      return z.string().max(field.most)
    case 'day':
      return day
    case 'address':
      return z
        .string()
        .max(500)
        .refine(text => text === '' || isAddress(text), { params: noAddress })
    case 'picture':
      return picture
    case 'choice':
      return z.enum(field.of as [string, ...string[]])
    case 'products':
      return z.array(z.string().max(80)).max(field.most)
    case 'rows':
      return z.array(schemasOf(field.fields)).max(field.most)
    default:
      return field satisfies never
  }
}

const schemasOf = (fields: { readonly [name: string]: Field }) =>
  z.strictObject(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, schemaOf(field)])))

const blockOf = (kind: BlockKind) =>
  z.strictObject({ id: z.string().min(1).max(40), kind: z.literal(kind), values: schemasOf(blockKinds[kind]) })

const block = z.discriminatedUnion('kind', blockNames.map(blockOf) as [ReturnType<typeof blockOf>]) as unknown as z.ZodType<Block>

/** As it may be saved while it is being written: whatever is there is well-formed, but much may be missing. */
export const pageDocument: z.ZodType<PageDocument> = z.strictObject({
  slug: z.string().trim().max(60),
  title: localized(120),
  summary: localized(300),
  picture,
  day,
  blocks: z.array(block).max(mostBlocks),
})

/** A page nobody has written anything on. */
export const emptyDocument = (slug: string, day = ''): PageDocument => ({
  slug,
  title: nothing,
  summary: nothing,
  picture: null,
  day,
  blocks: [],
})
