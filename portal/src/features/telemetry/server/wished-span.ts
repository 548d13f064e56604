import { invalid } from '#platform/server'
import { historyLimits } from '../core/index.ts'

/** The time somebody asks for, in milliseconds since 1970. Refused where it ends before it begins or is longer than charts show. */
export function demandSpan(wish: { from: string; to: string }): { from: number; to: number } {
  const [from, to] = [Date.parse(wish.from), Date.parse(wish.to)]
  if (to > from && to - from <= historyLimits.days * 86_400_000) return { from, to }
  throw invalid([
    {
      field: '/to',
      value: wish.to,
      message: { 'zh-CN': '结束时间须晚于开始时间，且不超过 400 天。', en: 'It has to be after `from`, by 400 days at most.' },
      remedy: { 'zh-CN': '请缩短或更正时间范围。', en: 'Shorten or correct the time.' },
    },
  ])
}
