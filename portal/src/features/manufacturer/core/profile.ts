import { z } from 'zod'
import { defaultTimeZone, endpoint, type LocalizedText } from '#platform/core'

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })

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

export const getManufacturer = endpoint({
  id: 'manufacturer.getManufacturer',
  method: 'GET',
  path: '/manufacturer',
  summary: 'Who runs this portal',
  access: 'public',
  result: manufacturerProfile,
})

const yourCompany: LocalizedText = { 'zh-CN': '贵公司名称', en: 'Your company' }
const none: LocalizedText = { 'zh-CN': '', en: '' }

/** Until the manufacturer has said who it is. */
export const unnamedManufacturer: ManufacturerProfile = {
  name: yourCompany,
  legalName: yourCompany,
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
