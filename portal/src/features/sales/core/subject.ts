import { z } from 'zod'
import { localizedText } from './inquiry-parts.ts'

/**
 * What an inquiry is about that is not a configuration: priced lines of another feature, as they were shown to whoever asked. Sales shows
 * them, and knows no more of them.
 */
export const subjectSchema = z.object({
  /** how it is called in lists and mails */
  name: localizedText,
  lines: z.array(
    z.object({
      name: localizedText,
      /** for what, and for how long */
      text: localizedText,
      /** minor units, without tax */
      net: z.number().int(),
    }),
  ),
  /** the sum */
  net: z.number().int(),
  currency: z.string(),
  /** without language: where staff deal with it, and where whoever asked sees how it stands */
  deskPath: z.string(),
  ownPath: z.string(),
})
export type InquirySubject = z.output<typeof subjectSchema>
