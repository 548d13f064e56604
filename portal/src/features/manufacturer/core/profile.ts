import { z } from 'zod'
import { noPhone } from '#features/accounts/core'
import { defaultTimeZone, isTimeZone, type LocalizedText, normalizeEmail, normalizePhone, notATimeZone } from '#platform/core'

const words = (most: number) => z.string().trim().max(most)
const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const text = (most: number) => z.object({ 'zh-CN': words(most), en: words(most) })

const noEmail = {
  message: { 'zh-CN': '这不是邮箱地址。', en: 'This is not an e-mail address.' },
  remedy: {
    'zh-CN': '请填写完整的邮箱，如 sales@example.com，或留空。',
    en: 'Give a whole address such as sales@example.com, or none.',
  },
}

/** How many lines and facts there may be. */
export const mostLines = 10
export const mostFacts = 6

/** What the manufacturer says of itself on every page, mail and document. */
export const manufacturerProfile = z.object({
  name: localizedText,
  legalName: localizedText,
  /** one plain sentence: what is made here and for whom */
  about: localizedText,
  address: localizedText,
  phone: z.string(),
  email: z.string(),
  hours: localizedText,
  /** IANA: dates on documents are of this zone */
  timeZone: z.string().default(defaultTimeZone),
  /** filings and the like, shown in the footer */
  legalLines: z.array(localizedText),
  /** facts in numbers for the home page */
  facts: z.array(z.object({ value: z.string(), unit: localizedText.optional(), label: localizedText })),
  /** terms under which a price on a sheet holds, beside its validity */
  priceTerms: localizedText,
})
export type ManufacturerProfile = z.output<typeof manufacturerProfile>

/** The same as it may be saved. What was saved under other limits is still shown. */
export const profileToSave = z.object({
  name: text(60),
  legalName: text(120),
  about: text(300),
  address: text(300),
  phone: words(40).refine(number => number === '' || normalizePhone(number) !== null, { params: noPhone }),
  email: words(254).refine(address => address === '' || z.email().safeParse(normalizeEmail(address)).success, {
    params: noEmail,
  }),
  hours: text(200),
  timeZone: words(64).default(defaultTimeZone).refine(isTimeZone, { params: notATimeZone }),
  legalLines: z.array(text(200)).max(mostLines),
  facts: z.array(z.object({ value: words(20).min(1), unit: text(30).optional(), label: text(120) })).max(mostFacts),
  priceTerms: text(1000),
})

/** Where a text stands in one language only, it stands for both: nothing is missing on a page in the other. Lines that say nothing go. */
export function filledIn(profile: ManufacturerProfile): ManufacturerProfile {
  const both = (said: LocalizedText): LocalizedText => ({ 'zh-CN': said['zh-CN'] || said.en, en: said.en || said['zh-CN'] })
  const name = both(profile.name)
  const legalName = both(profile.legalName)
  return {
    ...profile,
    name,
    legalName: isSaid(legalName) ? legalName : name,
    about: both(profile.about),
    address: both(profile.address),
    hours: both(profile.hours),
    legalLines: profile.legalLines.filter(isSaid).map(both),
    facts: profile.facts.map(({ value, unit, label }) => ({
      value,
      ...(unit && isSaid(unit) ? { unit: both(unit) } : {}),
      label: both(label),
    })),
    priceTerms: both(profile.priceTerms),
  }
}

/** A text is said where it stands in one language at least. */
export const isSaid = (said: LocalizedText): boolean => said['zh-CN'] !== '' || said.en !== ''

const yourCompany: LocalizedText = { 'zh-CN': '贵公司名称', en: 'Your company' }
const none: LocalizedText = { 'zh-CN': '', en: '' }

/** The profile before anybody has filled it in. */
export const blankProfile: ManufacturerProfile = {
  name: none,
  legalName: none,
  about: none,
  address: none,
  phone: '',
  email: '',
  hours: none,
  timeZone: defaultTimeZone,
  legalLines: [],
  facts: [],
  priceTerms: none,
}

/** Who runs the portal until the manufacturer has said so. */
export const unnamedManufacturer: ManufacturerProfile = { ...blankProfile, name: yourCompany, legalName: yourCompany }
