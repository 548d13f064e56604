import { z } from 'zod'
import { fileFacts } from '#platform/core'

export const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
export const short = z.string().trim().max(200)
export const long = z.string().trim().max(5000)

/** Where the visitor came from, as the page knew it. */
export const sourceSchema = z
  .strictObject({
    utm_source: short,
    utm_medium: short,
    utm_campaign: short,
    utm_term: short,
    utm_content: short,
    /** host of the page that linked here */
    referrer: short,
    /** printed code that was scanned */
    qr: short,
  })
  .partial()
export type Source = z.output<typeof sourceSchema>

/** Files as they are listed. */
export const attachmentsSchema = z.array(fileFacts.extend({ id: z.string() }))
export type Attachment = z.output<typeof attachmentsSchema>[number]

/** When somebody would like to be called back, by the clock of the manufacturer. */
export const callBackTimes = ['any', 'morning', 'afternoon', 'evening'] as const
export type CallBackTime = (typeof callBackTimes)[number]
export const callBack = z.enum(callBackTimes)
