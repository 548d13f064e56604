import { type ColumnType, type RawBuilder, sql } from 'kysely'
import type { Day, FiguresBefore, Span, ValuedStep } from '../core/index.ts'

/** A calendar day goes in as text; it is read with `::text`. */
type DayColumn = ColumnType<never, Day, Day>
type DayOrNone = ColumnType<never, Day | null, Day | null>

/** Rows of migrations/0039-figures.sql and 0049-figure-amount.sql. */
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
  figure_amount: {
    fact: ValuedStep
    subject_id: string
    version: number
    day: DayColumn
    product_id: string
    source: string
    currency: string
    amount: number
  }
  figure_before: Remembered & { only_one: ColumnType<boolean, never, never>; visits: number | null }
  figure_before_product: Remembered & { product_id: string }
  figure_sample: { only_one: ColumnType<boolean, never, never>; until: DayColumn }
  figure_mail: { person_id: string; language: 'zh-CN' | 'en'; sent_for: DayColumn }
}

type Remembered = Record<Exclude<keyof FiguresBefore, 'visits' | 'note' | 'answerHours'>, number | null> & {
  answer_hours: number | null
  note: string
  revision: number
  updated_at: Date
}

/** Every step as rows of (day, fact, product_id, source, amount). */
export const allFacts = sql`(
  select day, fact, product_id, source, amount from figure_day
  union all select inquired_on, 'inquired', product_id, source, 1 from figure_lead
  union all select answered_on, 'answered', product_id, source, 1 from figure_lead where answered_on is not null
  union all select offered_on, 'offered', product_id, source, 1 from figure_lead where offered_on is not null
  union all select won_on, 'won', product_id, source, 1 from figure_lead where won_on is not null
)`

/** What something is worth, by its day: of an offer the last version that was sent in the span. Rows as in figure_amount. */
export const amountsIn = ({ from, to }: Span): RawBuilder<unknown> => sql`(
  select distinct on (fact, subject_id) fact, subject_id, day, product_id, source, currency, amount from figure_amount
  where day between ${from}::date and ${to}::date order by fact, subject_id, version desc
)`
