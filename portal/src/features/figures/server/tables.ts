import { type ColumnType, sql } from 'kysely'
import type { Day, FiguresBefore } from '../core/index.ts'

/** A calendar day goes in as text; it is read with `::text`. */
type DayColumn = ColumnType<never, Day, Day>
type DayOrNone = ColumnType<never, Day | null, Day | null>

/** Rows of migrations/0039-figures.sql. */
export interface FigureTables {
  figure_day: { day: DayColumn; fact: string; product_id: string | null; source: string; amount: number }
  figure_stay: { day: DayColumn; product_id: string; seconds: number; amount: number }
  figure_lead: {
    lead_id: string
    product_id: string
    source: string
    asked_at: Date
    inquired_on: DayColumn
    answered_on: DayOrNone
    answer_minutes: number | null
    in_time: boolean | null
    offered_on: DayOrNone
    won_on: DayOrNone
  }
  figure_before: Record<Exclude<keyof FiguresBefore, 'note' | 'answerHours'>, number | null> & {
    only_one: ColumnType<boolean, never, never>
    answer_hours: number | null
    note: string
    revision: number
    updated_at: Date
  }
  figure_sample: { only_one: ColumnType<boolean, never, never>; until: DayColumn }
  figure_mail: { person_id: string; language: 'zh-CN' | 'en'; sent_for: DayColumn }
}

/** Every step as rows of (day, fact, product_id, source, amount). */
export const allFacts = sql`(
  select day, fact, product_id, source, amount from figure_day
  union all select inquired_on, 'inquired', product_id, source, 1 from figure_lead
  union all select answered_on, 'answered', product_id, source, 1 from figure_lead where answered_on is not null
  union all select offered_on, 'offered', product_id, source, 1 from figure_lead where offered_on is not null
  union all select won_on, 'won', product_id, source, 1 from figure_lead where won_on is not null
)`
