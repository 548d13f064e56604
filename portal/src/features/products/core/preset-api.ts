import { z } from 'zod'
import { endpoint } from '#platform/core'

const notACurrency = {
  message: { 'zh-CN': '没有这种货币。', en: 'There is no such currency.' },
  remedy: { 'zh-CN': '请填写 ISO 4217 代码，如 CNY、EUR、USD。', en: 'Give an ISO 4217 code such as CNY, EUR or USD.' },
}

const notAPercentage = {
  message: {
    'zh-CN': '税率须在 0 到 100 之间，最多两位小数。',
    en: 'A tax is between 0 and 100 percent, with two decimals at most.',
  },
  remedy: {
    'zh-CN': '请填写数字，如 13；不计税请清空税名和税率。',
    en: 'Give a number such as 13, or neither name nor rate for no tax.',
  },
}

const noTaxName = {
  message: { 'zh-CN': '有税率而没有税名。', en: 'There is a rate but no name of the tax.' },
  remedy: { 'zh-CN': '请填写税名，如 增值税，至少一种语言。', en: 'Name the tax, such as VAT, in one language at least.' },
}

const isCurrency = (code: string) => Intl.supportedValuesOf('currency').includes(code)
const word = z.string().trim().max(40)
const percent = z.number().refine(value => value >= 0 && value <= 100 && Math.abs(value * 100 - Math.round(value * 100)) < 1e-6, {
  params: notAPercentage,
})

const preset = z.object({
  /** ISO 4217 */
  currency: z.string(),
  /** null: without tax */
  tax: z.object({ name: z.object({ 'zh-CN': z.string(), en: z.string() }), percent: z.number() }).nullable(),
})
/** What the form of a new product and a new offer begin with. */
export type ProductPreset = z.output<typeof preset>

/** Until somebody says otherwise. */
export const usualPreset: ProductPreset = { currency: 'CNY', tax: null }

export const getPreset = endpoint({
  id: 'products.getPreset',
  method: 'GET',
  path: '/product-preset',
  summary: 'The currency and tax that the form of a new product and a new offer begin with',
  access: { staff: 'manufacturer.manage' },
  concurrency: 'etag',
  result: preset,
})

export const savePreset = endpoint({
  id: 'products.savePreset',
  method: 'PUT',
  path: '/product-preset',
  summary: 'Say with which currency and tax new products and offers begin. What is there already stays as it is',
  access: { staff: 'manufacturer.manage' },
  concurrency: 'if-match',
  audit: 'product-preset.changed',
  body: z.object({
    currency: z.string().trim().toUpperCase().refine(isCurrency, { params: notACurrency }),
    tax: z
      .object({ name: z.object({ 'zh-CN': word, en: word }), percent })
      .refine(({ name }) => name['zh-CN'] !== '' || name.en !== '', { path: ['name', 'zh-CN'], params: noTaxName })
      .nullable(),
  }),
  result: preset,
})
