import type { LocalizedText } from '#platform/core'

/** What a visitor agrees to when he sends an inquiry. A changed text gets a new version; the version is stored with the consent. */
export const contactConsent: { version: string; text: LocalizedText } = {
  version: '2026-11-20',
  text: {
    'zh-CN': '我同意为答复本次询价，通过以上方式与我联系，并为此保存我填写的内容。我可以随时撤回同意。',
    en: 'I agree to be contacted by the means above to answer this inquiry, and that what I entered is kept for that purpose. I can withdraw this consent at any time.',
  },
}
