import { z } from 'zod'
import { outcome } from '#features/outcomes/core'
import { endpoint, fileAnswer } from '#platform/core'

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const own = { customer: 'device.read-own' } as const
const staff = { staff: 'device.read' } as const
const month = z.string().regex(/^\d{4}-\d{2}$/)
const language = z.object({ language: z.enum(['zh-CN', 'en']).default('zh-CN') })
const severities = ['critical', 'high', 'medium', 'low'] as const

const machine = z.object({
  device: z.object({ id: z.string(), serial: z.string(), model: z.string() }),
  /** the index, 100: as usual; null: not known then. null in place of both: what is found was not open to the company */
  health: z.object({ before: z.number().int().nullable(), end: z.number().int().nullable() }).nullable(),
  /** what counts hours: how many in the month, and what it said last */
  counters: z.array(z.object({ name: localizedText, unit: z.string(), added: z.number(), end: z.number() })),
  /** share of the month's hours with readings; of the part in which the company had the machine */
  availability: z.number(),
  /** those by rules alone where what is found was not open to the company */
  alarms: z.object(
    Object.fromEntries(severities.map(one => [one, z.number().int()])) as Record<(typeof severities)[number], z.ZodNumber>,
  ),
  /** null: not open to the company */
  findings: z
    .array(
      z.object({
        text: localizedText,
        since: z.string(),
        until: z.string().nullable(),
        verdict: z.enum(['confirmed', 'no-fault']).nullable(),
      }),
    )
    .nullable(),
  service: z.array(z.object({ number: z.number().int(), about: localizedText.nullable(), at: z.string() })),
  maintenance: z.object({ done: z.number().int(), due: z.array(localizedText) }),
  /** null: not open to the company. Hours; null: no number, since there is nothing to tell it by */
  outlook: z
    .array(
      z.object({
        component: localizedText,
        remaining: z.object({ lower: z.number(), median: z.number(), upper: z.number(), beyond: z.boolean() }).nullable(),
      }),
    )
    .nullable(),
})
export type MachineFacts = z.output<typeof machine>

const facts = z.object({
  machines: z.array(machine),
  /**
   * what came of warnings at all of them at which what is found was open to the company, in the month and in the 365 days until its end; absent:
   * there was none, it was made before it was told, or staff read it
   */
  outcomes: z.object({ month: outcome, year: outcome }).optional(),
})
export type ReportFacts = z.output<typeof facts>

const summary = z.object({
  id: z.string(),
  month,
  machines: z.number().int(),
  madeAt: z.string(),
  /** of the present month: made anew each time it is read, and kept nowhere */
  soFar: z.boolean(),
})
export type ReportSummary = z.output<typeof summary>

const report = summary.extend({ company: z.string(), facts })
export type HealthReport = z.output<typeof report>

export const listMyReports = endpoint({
  id: 'reports.listMyReports',
  method: 'GET',
  path: '/my/reports',
  summary: 'Monthly health reports of the own company, the last first, the present month so far among them: 120 at most',
  access: own,
  result: z.object({ items: z.array(summary) }),
})

export const getMyReport = endpoint({
  id: 'reports.getMyReport',
  method: 'GET',
  path: '/my/reports/{month}',
  summary: 'The health report of the own company about a month, or about the present one so far',
  access: own,
  params: z.object({ month }),
  result: report,
})

export const getMyReportPdf = endpoint({
  id: 'reports.getMyReportPdf',
  method: 'GET',
  path: '/my/reports/{month}/pdf',
  summary: 'The health report of the own company about a month, as PDF',
  access: own,
  params: z.object({ month }),
  query: language,
  transfers: 'download',
  limit: 'export',
  result: fileAnswer,
})

export const listReports = endpoint({
  id: 'reports.listReports',
  method: 'GET',
  path: '/console/reports',
  summary: 'Health reports of all companies, the last first',
  access: staff,
  query: z.object({ cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }),
  result: z.object({ items: z.array(summary.extend({ company: z.string() })), nextCursor: z.string().nullable() }),
})

export const getReport = endpoint({
  id: 'reports.getReport',
  method: 'GET',
  path: '/console/reports/{reportId}',
  summary: 'A health report, without machines that their owner does not share with the manufacturer',
  access: staff,
  params: z.object({ reportId: z.uuid() }),
  result: report,
})
