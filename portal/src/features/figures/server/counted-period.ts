import { readManufacturer } from '#features/manufacturer/server'
import { invalid, type Platform } from '#platform/server'
import { type Day, dayIn, type Period, type PeriodWish, periodOf } from '../core/index.ts'

/** The period by the manufacturer's calendar, as far as it has come today. Fails with `invalid` where it has not begun. */
export async function countedPeriod(
  { database, now }: Platform,
  wish: PeriodWish,
): Promise<{ period: Period; today: Day; timeZone: string }> {
  const { timeZone } = await readManufacturer(database)
  const today = dayIn(now(), timeZone)
  const period = periodOf(wish, today)
  if (!period) throw notBegun(today)
  return { period, today, timeZone }
}

const notBegun = (today: Day) =>
  invalid([
    {
      field: '/period',
      message: { 'zh-CN': '该时间段尚未开始，或先止后起。', en: 'This period has not begun, or ends before it begins.' },
      remedy: { 'zh-CN': `请选择 ${today} 及以前的日期。`, en: `Choose days up to ${today}.` },
    },
  ])
