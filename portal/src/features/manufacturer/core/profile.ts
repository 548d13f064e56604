import { z } from 'zod'
import { noPhone } from '#features/accounts/core'
import {
  defaultTimeZone,
  inBothLanguages,
  isTimeZone,
  type LocalizedText,
  normalizeEmail,
  normalizePhone,
  notATimeZone,
} from '#platform/core'
import { isIcpFiling, isPolicingFiling, notIcpFiling, notPolicingFiling, tidyFiling } from './filings.ts'

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
/** Characters of the imprint, in each language. */
export const mostImprint = 5000

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
  /** '沪ICP备12345678号-1', shown in the footer; empty: none */
  icpFiling: z.string().default(''),
  /** '沪公网安备31010402000001号', shown in the footer; empty: none */
  policingFiling: z.string().default(''),
  /** copyright and the like, shown in the footer below the filings */
  legalLines: z.array(localizedText),
  /** who answers for the site, in paragraphs between empty lines; has a page of its own. Empty: none */
  imprint: localizedText.default(() => ({ 'zh-CN': '', en: '' })),
  /** facts in numbers for the home page */
  facts: z.array(z.object({ value: z.string(), unit: localizedText.optional(), label: localizedText })),
  /** terms under which a price on a sheet holds, beside its validity */
  priceTerms: localizedText,
})
export type ManufacturerProfile = z.output<typeof manufacturerProfile>

const filing = (isOne: (text: string) => boolean, params: typeof notIcpFiling) =>
  z
    .string()
    .max(60)
    .transform(tidyFiling)
    .refine(text => text === '' || isOne(text), { params })
    .default('')

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
  icpFiling: filing(isIcpFiling, notIcpFiling),
  policingFiling: filing(isPolicingFiling, notPolicingFiling),
  legalLines: z.array(text(200)).max(mostLines),
  imprint: text(mostImprint).default(() => ({ 'zh-CN': '', en: '' })),
  facts: z.array(z.object({ value: words(20).min(1), unit: text(30).optional(), label: text(120) })).max(mostFacts),
  priceTerms: text(1000),
})

/**
 * A profile as any version saved it. Before filings had fields of their own they stood among the legal lines: one that is nothing but a
 * number is taken from there.
 */
export function fromKept(kept: Partial<ManufacturerProfile>): ManufacturerProfile {
  const profile = { ...blankProfile, ...kept }
  if (kept.icpFiling !== undefined) return profile
  const numberIn = (isOne: (text: string) => boolean) =>
    profile.legalLines.map(line => tidyFiling(line['zh-CN'])).find(isOne) ?? ''
  const [icpFiling, policingFiling] = [numberIn(isIcpFiling), numberIn(isPolicingFiling)]
  const isNumber = (line: LocalizedText) => [icpFiling, policingFiling].includes(tidyFiling(line['zh-CN']))
  return { ...profile, icpFiling, policingFiling, legalLines: profile.legalLines.filter(line => !isNumber(line)) }
}

/** Where a text stands in one language only, it stands for both: nothing is missing on a page in the other. Lines that say nothing go. */
export function filledIn(profile: ManufacturerProfile): ManufacturerProfile {
  const name = inBothLanguages(profile.name)
  const legalName = inBothLanguages(profile.legalName)
  return {
    ...profile,
    name,
    legalName: isSaid(legalName) ? legalName : name,
    about: inBothLanguages(profile.about),
    address: inBothLanguages(profile.address),
    hours: inBothLanguages(profile.hours),
    legalLines: profile.legalLines.filter(isSaid).map(inBothLanguages),
    imprint: inBothLanguages(profile.imprint),
    facts: profile.facts.map(({ value, unit, label }) => ({
      value,
      ...(unit && isSaid(unit) ? { unit: inBothLanguages(unit) } : {}),
      label: inBothLanguages(label),
    })),
    priceTerms: inBothLanguages(profile.priceTerms),
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
  icpFiling: '',
  policingFiling: '',
  legalLines: [],
  imprint: none,
  facts: [],
  priceTerms: none,
}

/** Who runs the portal until the manufacturer has said so. */
export const unnamedManufacturer: ManufacturerProfile = { ...blankProfile, name: yourCompany, legalName: yourCompany }
