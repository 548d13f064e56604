import { z } from 'zod'
import { endpoint } from '#platform/core'

const fromBeforeTo = {
  message: { 'zh-CN': '结束时间须晚于开始时间。', en: 'The end has to be later than the beginning.' },
  remedy: { 'zh-CN': '请修改其中一个时间。', en: 'Change one of the two.' },
}

const rule = z.object({
  /** working hours within which a new lead is to be dealt with; 0: nobody is reminded */
  within: z.number().int().min(0).max(400),
  /** 1 Monday … 7 Sunday */
  days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  /** minutes of the day, in the manufacturer's time zone */
  from: z.number().int().min(0).max(1439),
  to: z.number().int().min(1).max(1440),
})
export type AnsweringRule = z.output<typeof rule>

/** Until somebody says otherwise. */
export const usualAnswering: AnsweringRule = { within: 4, days: [1, 2, 3, 4, 5], from: 8 * 60 + 30, to: 17 * 60 + 30 }

const access = { staff: 'answering.manage' } as const

export const getAnswering = endpoint({
  id: 'sales.getAnswering',
  method: 'GET',
  path: '/answering',
  summary: 'Within how many working hours a new lead is to be dealt with',
  access,
  concurrency: 'etag',
  result: rule,
})

export const saveAnswering = endpoint({
  id: 'sales.saveAnswering',
  method: 'PUT',
  path: '/answering',
  summary:
    'Say within how many working hours a new lead is to be dealt with. Whoever looks after it is reminded then, administrators after twice that',
  access,
  concurrency: 'if-match',
  audit: 'answering.changed',
  body: rule.refine(({ from, to }) => from < to, { path: ['to'], params: fromBeforeTo }),
  result: rule,
})
