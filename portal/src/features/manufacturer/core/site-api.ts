import { z } from 'zod'
import { endpoint, languages } from '#platform/core'

const site = z.object({
  /** those the portal speaks; the default comes first where it is among them */
  languages: z.array(z.enum(languages)),
  /** where visitors reach it, as PUBLIC_URL says */
  address: z.string(),
})

const access = { staff: 'manufacturer.manage' } as const

const noLanguage = {
  message: { 'zh-CN': '没有选择语言。', en: 'No language is chosen.' },
  remedy: { 'zh-CN': '请至少选择一种语言。', en: 'Choose one at least.' },
}

export const getSite = endpoint({
  id: 'manufacturer.getSite',
  method: 'GET',
  path: '/site',
  summary: 'Which languages the portal speaks, and where visitors reach it',
  access,
  concurrency: 'etag',
  result: site,
})

export const saveSite = endpoint({
  id: 'manufacturer.saveSite',
  method: 'PUT',
  path: '/site',
  summary: 'Choose the languages the portal speaks. Pages in another one lead to the same page in one that is offered',
  access,
  concurrency: 'if-match',
  audit: 'site.changed',
  body: z.object({
    languages: z
      .array(z.enum(languages))
      .max(languages.length)
      .refine(chosen => chosen.length > 0, { params: noLanguage }),
  }),
  result: site,
})
