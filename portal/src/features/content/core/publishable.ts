import type { LocalizedText } from '#platform/core'
import { isSlug, type PageKind, takenSlugs } from './address.ts'
import type { PageDocument } from './document.ts'
import type { Field, PictureValue } from './fields.ts'
import { isSaid, valuesIn } from './reading.ts'
import { wrongLinks } from './structured-text.ts'

/** Why a page cannot be shown yet. field: JSON pointer into the document */
export interface Lack {
  field: string
  value?: string
  message: LocalizedText
  remedy: LocalizedText
}

/** Everything that keeps a page from being published, in reading order; empty: it may be. */
export function lacks(kind: PageKind, document: PageDocument): Lack[] {
  return [
    ...slugLacks(kind, document.slug),
    ...(isSaid(document.title) ? [] : [{ field: '/title/zh-CN', ...noTitle }]),
    ...(kind === 'news' && document.day === '' ? [{ field: '/day', ...noDay }] : []),
    ...(document.picture && !isSaid(document.picture.alt) ? [{ field: '/picture', ...noAlt }] : []),
    ...(document.blocks.length === 0 ? [{ field: '/blocks', ...noBlocks }] : []),
    ...valuesIn(document.blocks).flatMap(({ field, value, at }) =>
      valueLacks(field, value).map(lack => ({ field: at, ...lack })),
    ),
  ]
}

/** What is wrong with an address, whoever else has it. */
export function slugLacks(kind: PageKind, slug: string): Lack[] {
  if (kind === 'home') return []
  if (!isSlug(slug)) return [{ field: '/slug', value: slug, ...noSlug }]
  if (kind === 'page' && takenSlugs.has(slug)) return [{ field: '/slug', value: slug, ...portalsOwn }]
  return []
}

function valueLacks(field: Field, value: unknown): Omit<Lack, 'field'>[] {
  switch (field.kind) {
    case 'line':
      return field.required && !isSaid(value as LocalizedText) ? [missing] : []
    case 'text': {
      const text = value as LocalizedText
      if (field.required && !isSaid(text)) return [missing]
      const [wrong] = [...wrongLinks(text['zh-CN']), ...wrongLinks(text.en)]
      return wrong === undefined ? [] : [{ value: wrong.slice(0, 100), ...noLink }]
    }
    case 'word':
      return field.required && value === '' ? [missing] : []
    case 'picture': {
      const picture = value as PictureValue | null
      if (!picture) return field.required ? [noPicture] : []
      return isSaid(picture.alt) ? [] : [noAlt]
    }
    case 'rows':
      return (value as unknown[]).length === 0 ? [noRows] : []
    default:
      return []
  }
}

const noSlug = {
  message: {
    'zh-CN': '地址只能包含小写字母、数字和连字符。',
    en: 'An address is made of lower-case letters, digits and hyphens.',
  },
  remedy: { 'zh-CN': '请填写如 about 或 new-works 的地址。', en: 'Write it like about or new-works.' },
}
const portalsOwn = {
  message: { 'zh-CN': '该地址属于门户自身的页面。', en: 'The portal has a page of its own there.' },
  remedy: { 'zh-CN': '请换一个地址，例如在后面加一个词。', en: 'Choose another, for example by adding a word.' },
}
const noTitle = {
  message: { 'zh-CN': '缺少标题。', en: 'The title is missing.' },
  remedy: { 'zh-CN': '请填写至少一种语言的标题。', en: 'Give it in one language at least.' },
}
const noDay = {
  message: { 'zh-CN': '新闻缺少日期。', en: 'News need a date.' },
  remedy: { 'zh-CN': '请选择日期。', en: 'Choose the date.' },
}
const noBlocks = {
  message: { 'zh-CN': '页面还没有内容。', en: 'There is nothing on this page.' },
  remedy: { 'zh-CN': '请添加至少一个内容块。', en: 'Add one block at least.' },
}
const missing = {
  message: { 'zh-CN': '此项必填。', en: 'This is required.' },
  remedy: { 'zh-CN': '请填写至少一种语言，或删除这个内容块。', en: 'Give it in one language at least, or remove the block.' },
}
const noRows = {
  message: { 'zh-CN': '列表为空。', en: 'The list is empty.' },
  remedy: { 'zh-CN': '请添加一项，或删除这个内容块。', en: 'Add an entry, or remove the block.' },
}
const noPicture = {
  message: { 'zh-CN': '缺少图片。', en: 'The picture is missing.' },
  remedy: { 'zh-CN': '请上传图片，或删除这个内容块。', en: 'Upload one, or remove the block.' },
}
const noAlt = {
  message: { 'zh-CN': '图片缺少文字说明。', en: 'The picture is not described.' },
  remedy: {
    'zh-CN': '请用一句话说明图片内容，供看不到图片的人使用。',
    en: 'Say in one sentence what it shows, for those who do not see it.',
  },
}
const noLink = {
  message: { 'zh-CN': '链接地址无效。', en: 'A link leads nowhere.' },
  remedy: {
    'zh-CN': '请使用以 /、https://、mailto: 或 tel: 开头的地址。',
    en: 'Use an address that begins with /, https://, mailto: or tel:.',
  },
}
