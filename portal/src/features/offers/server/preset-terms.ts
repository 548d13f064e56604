import type { Language } from '#platform/core'
import type { OfferTerms } from '../core/index.ts'

/** What the first draft proposes, in the customer's language; sales changes it as agreed. */
export const firstTerms: Readonly<Record<Language, OfferTerms>> = {
  'zh-CN': {
    delivery: '需方工厂交货，含包装',
    leadWeeks: 12,
    payment: [
      { percent: 30, text: '合同生效后 7 日内' },
      { percent: 60, text: '发货前' },
      { percent: 10, text: '验收合格后 30 日内' },
    ],
    installation: '',
    warranty: '验收合格之日起 12 个月',
    notes: '',
  },
  en: {
    delivery: 'FCA our works (Incoterms 2020), packing included',
    leadWeeks: 12,
    payment: [
      { percent: 30, text: 'within 7 days of the contract' },
      { percent: 60, text: 'before dispatch' },
      { percent: 10, text: 'within 30 days of acceptance' },
    ],
    installation: '',
    warranty: '12 months from acceptance',
    notes: '',
  },
}
