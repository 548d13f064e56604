import type { LocalizedText } from '#platform/core'

/**
 * What whoever accepts agrees to, beside the offer itself. A changed text is a new version: version and hash are kept with every
 * acceptance.
 */
export const agreement: { version: string; text: LocalizedText } = {
  version: '2026-11-01',
  text: {
    'zh-CN': '我已阅读本报价及其条款，有权代表我方接受，并同意按此内容订立合同。',
    en: 'I have read this offer with its terms, may accept it for my company, and agree to a contract on these terms.',
  },
}
