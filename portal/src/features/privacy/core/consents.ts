import type { LocalizedText } from '#platform/core'

interface ConsentText {
  /** date from which on it was shown */
  version: string
  text: LocalizedText
}

/** What people are asked to agree to, by purpose: every version there ever was, the last one current. A changed text is a new version. */
export const consentTexts = {
  inquiry: [
    {
      version: '2026-11-20',
      text: {
        'zh-CN': '我同意为答复本次询价，通过以上方式与我联系，并为此保存我填写的内容。我可以随时撤回同意。',
        en: 'I agree to be contacted by the means above to answer this inquiry, and that what I entered is kept for that purpose. I can withdraw this consent at any time.',
      },
    },
  ],
} as const satisfies Record<string, readonly ConsentText[]>

export type ConsentPurpose = keyof typeof consentTexts

/** The text that is shown now. */
export const currentConsent = (purpose: ConsentPurpose): ConsentText => consentTexts[purpose].at(-1)!

/** The text of a version; null where there never was one. */
export const consentText = (purpose: string, version: string): LocalizedText | null =>
  (consentTexts as Record<string, readonly ConsentText[]>)[purpose]?.find(one => one.version === version)?.text ?? null
