import type { LocalizedText } from '#platform/core'

/** What a block asks for. Lengths in characters; `required` counts when the page is published. */
export type Field =
  /** one line, in both languages */
  | { kind: 'line'; most: number; required?: true }
  /** structured text, in both languages */
  | { kind: 'text'; most: number; required?: true }
  /** the same in every language: a number, a sign */
  | { kind: 'word'; most: number; required?: true }
  | { kind: 'day' }
  | { kind: 'address' }
  | { kind: 'picture'; required?: true }
  | { kind: 'choice'; of: readonly string[] }
  /** addresses of products; none: all, or no one in particular */
  | { kind: 'products'; most: number }
  | { kind: 'rows'; most: number; fields: FlatFields }

export type FlatField = Exclude<Field, { kind: 'rows' }>
type FlatFields = { readonly [name: string]: FlatField }

/** A picture of the portal, and what it shows in words, for those who do not see it. */
export interface PictureValue {
  id: string
  alt: LocalizedText
}

type FlatValue<F> = F extends { kind: 'line' | 'text' }
  ? LocalizedText
  : F extends { kind: 'picture' }
    ? PictureValue | null
    : F extends { kind: 'choice'; of: readonly (infer Choice)[] }
      ? Choice
      : F extends { kind: 'products' }
        ? string[]
        : string

/** Values of the fields, by name. */
export type Values<Fields> = {
  -readonly [Name in keyof Fields]: Fields[Name] extends { kind: 'rows'; fields: infer Inner }
    ? { -readonly [Part in keyof Inner]: FlatValue<Inner[Part]> }[]
    : FlatValue<Fields[Name]>
}

const heading = { kind: 'line', most: 120 } as const
const counts = ['3', '6', '9'] as const

/** The blocks pages are made of, in the order in which they are offered. */
export const blockKinds = {
  text: { heading, text: { kind: 'text', most: 8000, required: true } },
  beside: {
    heading,
    text: { kind: 'text', most: 3000, required: true },
    picture: { kind: 'picture', required: true },
    side: { kind: 'choice', of: ['right', 'left'] },
  },
  picture: { picture: { kind: 'picture', required: true }, caption: { kind: 'line', most: 200 } },
  gallery: {
    heading,
    pictures: {
      kind: 'rows',
      most: 24,
      fields: { picture: { kind: 'picture', required: true }, caption: { kind: 'line', most: 200 } },
    },
  },
  figures: {
    heading,
    figures: {
      kind: 'rows',
      most: 6,
      fields: {
        value: { kind: 'word', most: 20, required: true },
        unit: { kind: 'line', most: 30 },
        label: { kind: 'line', most: 120, required: true },
      },
    },
  },
  story: {
    customer: { kind: 'line', most: 160, required: true },
    task: { kind: 'text', most: 2000, required: true },
    solution: { kind: 'text', most: 2000, required: true },
    result: { kind: 'text', most: 2000, required: true },
    picture: { kind: 'picture' },
  },
  certificates: {
    heading,
    certificates: {
      kind: 'rows',
      most: 24,
      fields: {
        name: { kind: 'line', most: 160, required: true },
        issuer: { kind: 'line', most: 160, required: true },
        number: { kind: 'word', most: 80 },
        until: { kind: 'day' },
        picture: { kind: 'picture' },
        document: { kind: 'address' },
      },
    },
  },
  questions: {
    heading,
    questions: {
      kind: 'rows',
      most: 30,
      fields: { question: { kind: 'line', most: 200, required: true }, answer: { kind: 'text', most: 2000, required: true } },
    },
  },
  products: { heading, products: { kind: 'products', most: 50 } },
  news: { heading, count: { kind: 'choice', of: counts } },
  cases: { heading, count: { kind: 'choice', of: counts } },
  action: {
    heading,
    text: { kind: 'line', most: 300 },
    label: { kind: 'line', most: 40 },
    to: { kind: 'choice', of: ['products', 'configure', 'call-back', 'mail', 'address'] },
    product: { kind: 'products', most: 1 },
    address: { kind: 'address' },
  },
} as const satisfies Record<string, { readonly [name: string]: Field }>

export type BlockKind = keyof typeof blockKinds
export type BlockValues<Kind extends BlockKind> = Values<(typeof blockKinds)[Kind]>

/** id: stays with the block while others come and go. */
export type Block = { [Kind in BlockKind]: { id: string; kind: Kind; values: BlockValues<Kind> } }[BlockKind]

export const blockNames = Object.keys(blockKinds) as BlockKind[]

/** The fields of a kind of block, in their order. */
export const fieldsOf = (kind: BlockKind): [name: string, field: Field][] => Object.entries(blockKinds[kind])

export const nothing: LocalizedText = { 'zh-CN': '', en: '' }

/** The value of a field nobody has filled in. */
export function emptyValue(field: Field): unknown {
  switch (field.kind) {
    case 'line':
    case 'text':
      return nothing
    case 'word':
    case 'day':
    case 'address':
      return ''
    case 'picture':
      return null
    case 'choice':
      return field.of[0]
    case 'products':
      return []
    case 'rows':
      return [emptyRow(field.fields)]
    default:
      return field satisfies never
  }
}

export const emptyRow = (fields: FlatFields): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, emptyValue(field)]))

export const emptyBlock = (kind: BlockKind, id: string): Block =>
  ({ id, kind, values: Object.fromEntries(fieldsOf(kind).map(([name, field]) => [name, emptyValue(field)])) }) as Block
