import { roles } from '#features/accounts/core'
import type { LocalizedText } from '#platform/core'
import { Failure, type LocalizedFieldError } from '#platform/server'
import { type Hindrance, type OfferContent, rolesForDiscount } from '../core/index.ts'

/** Says at each place what stands in the way of sending, and what to do about it. */
export const incomplete = (found: readonly Hindrance[], content: OfferContent): Failure =>
  new Failure({
    status: 422,
    type: 'offer-incomplete',
    title: { 'zh-CN': '报价还不能发送', en: 'The offer cannot be sent yet' },
    detail: { 'zh-CN': '报价有需要处理的地方，尚未发送。', en: 'Something in the offer needs a correction. Nothing was sent.' },
    errors: found.map(one => explain(one, content)),
  })

function explain(one: Hindrance, { lines, validUntil }: OfferContent): LocalizedFieldError {
  const line = (place: number) => lines[place]!.name || `#${place + 1}`
  switch (one.kind) {
    case 'no-lines':
      return {
        field: '/content/lines',
        message: { 'zh-CN': '报价没有任何行。', en: 'The offer has no lines.' },
        remedy: { 'zh-CN': '请至少添加一行。', en: 'Add one at least.' },
      }
    case 'no-name':
      return {
        field: `/content/lines/${one.place}/name`,
        message: { 'zh-CN': `第 ${one.place + 1} 行没有名称。`, en: `Line ${one.place + 1} has no name.` },
        remedy: { 'zh-CN': '请填写名称，或删除此行。', en: 'Give it one, or remove the line.' },
      }
    case 'no-price':
      return {
        field: `/content/lines/${one.place}/unitPrice`,
        message: {
          'zh-CN': `第 ${one.place + 1} 行“${line(one.place)}”没有单价。`,
          en: `Line ${one.place + 1}, “${line(one.place)}”, has no price.`,
        },
        remedy: { 'zh-CN': '请填写单价；免费请填 0。', en: 'Give its price; 0 where it is free.' },
      }
    case 'over-limit':
      return {
        field: `/content/lines/${one.place}/discountPercent`,
        value: `${one.percent} %`,
        message: {
          'zh-CN': `第 ${one.place + 1} 行“${line(one.place)}”比目录价低 ${one.percent}%，超过您的上限 ${one.limit}%。`,
          en: `Line ${one.place + 1}, “${line(one.place)}”, is ${one.percent} % below the list; your limit is ${one.limit} %.`,
        },
        remedy: whoMay(one.percent),
      }
    case 'payment':
      return {
        field: '/content/terms/payment',
        value: `${one.sum} %`,
        message: { 'zh-CN': `各期付款合计为 ${one.sum}%。`, en: `The instalments add up to ${one.sum} %.` },
        remedy: { 'zh-CN': '合计应为 100%。', en: 'They have to add up to 100 %.' },
      }
    case 'expired':
      return {
        field: '/content/validUntil',
        value: validUntil,
        message: { 'zh-CN': `有效期 ${validUntil} 已过。`, en: `The last day, ${validUntil}, is over.` },
        remedy: { 'zh-CN': '请填写今天或以后的日期。', en: 'Give today or a later day.' },
      }
  }
}

function whoMay(percent: number): LocalizedText {
  const names = rolesForDiscount(percent).flatMap(role => (role in roles ? [roles[role as keyof typeof roles].name] : []))
  const list = (language: 'zh-CN' | 'en') => names.map(name => name[language]).join(language === 'en' ? ', ' : '、')
  return {
    'zh-CN': `请减少折扣，或请有权限的同事发送：${list('zh-CN')}。`,
    en: `Lower the discount, or have it sent by a colleague who may: ${list('en')}.`,
  }
}
