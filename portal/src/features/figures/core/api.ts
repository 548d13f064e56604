import { z } from 'zod'
import { endpoint, fileAnswer, spreadsheetFormats } from '#platform/core'
import { daysIn, isDay } from './days.ts'
import { mostDays, type PeriodWish, periodKinds } from './periods.ts'
import { steps, valuedSteps } from './steps.ts'

const short = z.string().max(200)

const origin = z.object({ utm_source: short.optional(), qr: short.optional(), referrer: short.optional() })
const slug = z.string().min(1).max(100)
const fact = z.discriminatedUnion('fact', [
  z.strictObject({ fact: z.literal('visits'), source: origin.default({}) }),
  z.strictObject({ fact: z.enum(['opened', 'configured']), product: slug, source: origin.default({}) }),
  /** seconds in which somebody did something on the configurator */
  z.strictObject({ fact: z.literal('stay'), product: slug, seconds: z.number().min(0).max(86_400) }),
])
export type PageFact = z.output<typeof fact>

export const tellFact = endpoint({
  id: 'figures.tellFact',
  method: 'POST',
  path: '/facts',
  summary:
    'Count something that happened on a page. Nothing is kept of who it was; programs, staff and who opted out are not counted',
  access: 'public',
  body: fact,
  bodyLimit: 4000,
  limit: 'fact',
  idempotency: 'ignored',
  audit: { none: 'a visitor’s page adds one to a count' },
})

const day = z
  .string()
  .max(10)
  .refine(isDay, {
    params: {
      message: { 'zh-CN': '没有这一天。', en: 'There is no such day.' },
      remedy: { 'zh-CN': '请按 YYYY-MM-DD 填写日期。', en: 'Give a date as YYYY-MM-DD.' },
    },
  })
const wish = {
  period: z.enum(periodKinds).default('month'),
  at: day.optional(),
  from: day.optional(),
  to: day.optional(),
  product: slug.optional(),
}
const spanFits = {
  path: ['to'],
  params: {
    message: { 'zh-CN': '时间段须先起后止，且不超过 1,100 天。', en: 'A span ends after it begins, and has 1,100 days at most.' },
    remedy: { 'zh-CN': '请修改起止日期。', en: 'Change one of its days.' },
  },
}
/** Whether a span of one's own is one; what is not given fits. */
export const fits = ({ from, to }: Pick<PeriodWish, 'from' | 'to'>): boolean =>
  from === undefined || to === undefined || (from <= to && daysIn({ from, to }) <= mostDays)

const span = z.object({ from: z.string(), to: z.string() })
const counts = z.object(Object.fromEntries(steps.map(step => [step, z.number()])) as Record<(typeof steps)[number], z.ZodNumber>)
const worth = z.object({
  currency: z.string(),
  /** net, minor units, and how many inquiries, offers or accepted offers that is */
  ...(Object.fromEntries(valuedSteps.map(step => [step, z.object({ net: z.number(), count: z.number() })])) as Record<
    (typeof valuedSteps)[number],
    z.ZodObject<{ net: z.ZodNumber; count: z.ZodNumber }>
  >),
})
/** What steps are worth in one currency; currencies are never added. */
export type Worth = z.output<typeof worth>

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const product = z.object({ slug: z.string(), name: localizedText })

const figures = z.object({
  today: z.string(),
  timeZone: z.string(),
  period: z.object({ kind: z.enum(periodKinds), whole: span, counted: span, earlier: span }),
  /** first day on which something was counted; null: nothing yet. pages: visits and what is done on pages. leads: inquiries and what becomes of them */
  began: z.object({ pages: z.string().nullable(), leads: z.string().nullable() }),
  /** up to this day the figures are the demo's invention */
  sampleUntil: z.string().nullable(),
  /** the one asked for */
  product: product.nullable(),
  products: z.array(product),
  /** null: not counted (a visit is of no product), or not counted yet in the earlier days */
  steps: z.array(
    z.object({ step: z.enum(steps), now: z.number().nullable(), earlier: z.number().nullable(), before: z.number().nullable() }),
  ),
  answering: z.object({
    /** median from inquiry to first answer */
    minutes: z.number().nullable(),
    earlierMinutes: z.number().nullable(),
    beforeMinutes: z.number().nullable(),
    /** first answers that a rule was held against, and those that kept it */
    judged: z.number(),
    inTime: z.number(),
    /** inquiries of the period without an answer until now */
    unanswered: z.number(),
  }),
  configuring: z.object({ seconds: z.number().nullable(), earlierSeconds: z.number().nullable(), stays: z.number() }),
  /** weeks up to the end of the period, earliest first */
  weeks: z.array(z.object({ from: z.string(), counts: counts.nullable() })),
  /** most visits first; at most 30, the rest as `other` */
  sources: z.array(z.object({ source: z.string(), counts })),
  byProduct: z.array(z.object({ product, counts, seconds: z.number().nullable(), answerMinutes: z.number().nullable() })),
  /** null: the reader may not see offers */
  amounts: z
    .object({
      /** a row for each currency there is an amount in, now or earlier */
      now: z.array(worth),
      /** null: not counted yet in the earlier days */
      earlier: z.array(worth).nullable(),
      /** of the whole portal: most offered first; none where one product was asked for */
      byProduct: z.array(z.object({ product, worth })),
      /** most offered first; at most 30, the rest as `other` */
      bySource: z.array(z.object({ source: z.string(), worth })),
    })
    .nullable(),
})
export type Figures = z.output<typeof figures>

const staff = { staff: 'figures.read' } as const

export const getFigures = endpoint({
  id: 'figures.getFigures',
  method: 'GET',
  path: '/figures',
  summary:
    'From visits to orders: a period, the one before and the time before Fettle, by week, source and product; with amounts of money for whoever may see offers',
  access: staff,
  query: z.object(wish).refine(fits, spanFits),
  result: figures,
})

export const exportFigures = endpoint({
  id: 'figures.exportFigures',
  method: 'GET',
  path: '/figures/file',
  summary:
    'What was counted in a period by day, product and source, as an Excel workbook or CSV, with amounts for whoever may see offers. There is nothing of people in it',
  access: staff,
  query: z.object({ ...wish, format: z.enum(spreadsheetFormats).default('xlsx') }).refine(fits, spanFits),
  limit: 'export',
  transfers: 'download',
  result: fileAnswer,
})

const perMonth = z.number().int().min(0).max(1_000_000_000).nullable()
const before = z.object({
  /** a month; null: not known. Visits are of no product */
  visits: perMonth,
  inquired: perMonth,
  answered: perMonth,
  offered: perMonth,
  won: perMonth,
  /** from inquiry to first answer, usually */
  answerHours: z.number().min(0).max(10_000).nullable(),
  /** where the figures are taken from */
  note: z.string().trim().max(500),
})
export type FiguresBefore = z.output<typeof before>
export const nothingBefore: FiguresBefore = {
  visits: null,
  inquired: null,
  answered: null,
  offered: null,
  won: null,
  answerHours: null,
  note: '',
}

/** of one product; absent: of the whole portal. Neither is worked out from the other */
const ofWhich = z.object({ product: slug.optional() })

export const getBefore = endpoint({
  id: 'figures.getBefore',
  method: 'GET',
  path: '/figures/before',
  summary: 'A usual month before Fettle, of the whole portal or of one product, as it was entered',
  access: staff,
  query: ofWhich,
  concurrency: 'etag',
  result: before,
})

export const saveBefore = endpoint({
  id: 'figures.saveBefore',
  method: 'PUT',
  path: '/figures/before',
  summary: 'Say what a usual month was before Fettle, of the whole portal or of one product, so that the change is visible',
  access: { staff: 'figures.manage' },
  query: ofWhich,
  concurrency: 'if-match',
  audit: 'figures.before-changed',
  body: before,
  result: before,
})

const mail = z.object({ weekly: z.boolean() })

export const getMail = endpoint({
  id: 'figures.getMail',
  method: 'GET',
  path: '/figures/mail',
  summary: 'Whether one gets the figures of each week by mail',
  access: staff,
  keys: 'refused',
  result: mail,
})

export const saveMail = endpoint({
  id: 'figures.saveMail',
  method: 'PUT',
  path: '/figures/mail',
  summary: 'Get the figures of each week by mail, in the language of the call, or no more',
  access: staff,
  keys: 'refused',
  audit: 'figures.mail-changed',
  body: mail,
  result: mail,
})

export const sendMailNow = endpoint({
  id: 'figures.sendMailNow',
  method: 'POST',
  path: '/figures/mail/preview',
  summary: 'Mail oneself the figures of last week, to see what comes',
  access: staff,
  keys: 'refused',
  audit: { none: 'a mail to oneself with what one may read anyway' },
})
