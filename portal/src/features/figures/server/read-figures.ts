import { type RawBuilder, sql } from 'kysely'
import type { Database, Platform } from '#platform/server'
import {
  addDays,
  type Counts,
  countsOf,
  type Day,
  daysIn,
  type Figures,
  type FiguresBefore,
  inDays,
  medianOf,
  other,
  type Period,
  type PeriodWish,
  type Span,
  type Step,
  steps,
  stepsBefore,
  weeksTo,
} from '../core/index.ts'
import { readBefore } from './before.ts'
import { countedPeriod } from './counted-period.ts'
import { type KnownProduct, knownProducts, productOf, view } from './known-products.ts'
import { amountsOf, shownSources } from './read-amounts.ts'
import { allFacts } from './tables.ts'
import { writeTally } from './tally.ts'

const shownWeeks = 12

type Wish = PeriodWish & {
  product?: string | undefined
  /** whether the reader may see what was offered to whom, and so what it is worth */
  seesAmounts: boolean
}

/** What the page shows of a period, of all products or of one. Fails with `invalid` for a period that has not begun, 404 for an unknown product. */
export async function readFigures(platform: Platform, { product: slug, seesAmounts, ...wish }: Wish): Promise<Figures> {
  const { database } = platform
  await writeTally(platform)
  const { period, today, timeZone } = await countedPeriod(platform, wish)
  const products = await knownProducts(database)
  const product = productOf(products, slug)
  const only = product ? sql`product_id = ${product.id}::uuid` : sql`true`
  const { counted, earlier } = period
  const began = await firstDays(database)
  const [sums, sumsEarlier] = [await sumsOf(database, counted, only), await sumsOf(database, earlier, only)]
  const [answers, answersEarlier] = [await firstAnswers(database, counted, only), await firstAnswers(database, earlier, only)]
  const [stays, staysEarlier] = [await staysIn(database, counted, only), await staysIn(database, earlier, only)]
  const { before } = await readBefore(database, product)
  return {
    today,
    timeZone,
    period,
    began,
    sampleUntil: await sampleUntil(database),
    product: product && view(product),
    products: products.map(view),
    steps: steps.map(step => stepOf(step, { period, began, product, before, sums, sumsEarlier })),
    answering: {
      minutes: answers.minutes,
      earlierMinutes: known(began.leads, earlier) ? answersEarlier.minutes : null,
      beforeMinutes: before.answerHours === null ? null : before.answerHours * 60,
      judged: answers.judged,
      inTime: answers.inTime,
      unanswered: await unanswered(database, counted, only),
    },
    configuring: {
      seconds: medianOf(stays),
      earlierSeconds: known(began.pages, earlier) ? medianOf(staysEarlier) : null,
      stays: stays.reduce((sum, { amount }) => sum + amount, 0),
    },
    weeks: await weekly(database, counted.to, began, only),
    sources: bounded(await sumsBy<string>(database, sql`source`, counted, sql`${only} and fact <> 'saved'`)),
    byProduct: product ? [] : await perProduct(database, counted, products),
    amounts: seesAmounts ? await amountsOf(database, { period, product, products, known: known(began.leads, earlier) }) : null,
  }
}

interface Known {
  period: Period
  began: Figures['began']
  product: KnownProduct | null
  before: FiguresBefore
  sums: Counts
  sumsEarlier: Counts
}

function stepOf(step: Step, { period, began, product, before, sums, sumsEarlier }: Known): Figures['steps'][number] {
  if (step === 'visits' && product) return { step, now: null, earlier: null, before: null }
  const first = isOfPages(step) ? began.pages : began.leads
  const perMonth = perMonthBefore(before, step)
  return {
    step,
    now: sums[step],
    earlier: known(first, period.earlier) ? sumsEarlier[step] : null,
    before: perMonth === null ? null : inDays(perMonth, daysIn(period.counted)),
  }
}

function perMonthBefore(before: FiguresBefore, step: Step): number | null {
  const remembered = stepsBefore.find(one => one === step)
  return remembered ? before[remembered] : null
}

const isOfPages = (step: Step) => step === 'visits' || step === 'opened' || step === 'configured'

/** Whether a span was counted from its first day. */
const known = (began: Day | null, { from }: Span): boolean => began !== null && began <= from

const within = ({ from, to }: Span, column = sql`day`) => sql`${column} between ${from}::date and ${to}::date`

/** Counts by whatever `key` says. */
async function sumsBy<Key extends string>(
  database: Database,
  key: RawBuilder<unknown>,
  span: Span,
  only: RawBuilder<unknown>,
): Promise<Map<Key, Counts>> {
  const { rows } = await sql<{ key: Key; fact: Step; amount: number }>`
    select ${key}::text as key, fact, sum(amount)::float8 as amount from ${allFacts} as facts
    where ${within(span)} and ${only} group by 1, 2`.execute(database.db())
  const byKey = Map.groupBy(rows, row => row.key)
  return new Map([...byKey].map(([key, facts]) => [key, countsOf(Object.fromEntries(facts.map(one => [one.fact, one.amount])))]))
}

const sumsOf = async (database: Database, span: Span, only: RawBuilder<unknown>): Promise<Counts> =>
  (await sumsBy<'all'>(database, sql`'all'`, span, only)).get('all') ?? countsOf({})

async function firstDays(database: Database): Promise<Figures['began']> {
  const { rows } = await sql<Figures['began']>`
    select (select min(day) from figure_day where fact <> 'saved')::text as pages,
      (select least(min(inquired_on), (select min(day) from figure_day where fact = 'saved')) from figure_lead)::text as leads`.execute(
    database.db(),
  )
  return rows[0]!
}

/** Up to which day the figures are invented; null: they are not. */
async function sampleUntil(database: Database): Promise<Day | null> {
  const { rows } = await sql<{ until: Day }>`select until::text from figure_sample`.execute(database.db())
  return rows[0]?.until ?? null
}

async function firstAnswers(database: Database, span: Span, only: RawBuilder<unknown>) {
  const { rows } = await sql<{ minutes: number | null; judged: number; inTime: number }>`
    select percentile_disc(0.5) within group (order by answer_minutes) as minutes,
      count(in_time)::int as judged, (count(*) filter (where in_time))::int as "inTime"
    from figure_lead where ${within(span, sql`answered_on`)} and ${only}`.execute(database.db())
  return rows[0]!
}

async function unanswered(database: Database, span: Span, only: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from figure_lead
    where ${within(span, sql`inquired_on`)} and answered_on is null and ${only}`.execute(database.db())
  return rows[0]!.count
}

async function staysIn(database: Database, span: Span, only: RawBuilder<unknown>) {
  const { rows } = await sql<{ product: string; value: number; amount: number }>`
    select product_id as product, seconds as value, sum(amount)::float8 as amount from figure_stay
    where ${within(span)} and ${only} group by 1, 2`.execute(database.db())
  return rows
}

/** Weeks before anything was counted are null, not 0. */
async function weekly(database: Database, until: Day, { pages, leads }: Figures['began'], only: RawBuilder<unknown>) {
  const mondays = weeksTo(until, shownWeeks)
  const span = { from: mondays[0]!, to: addDays(mondays.at(-1)!, 6) }
  const sums = await sumsBy<Day>(database, sql`date_trunc('week', day)::date`, span, only)
  const first = [pages, leads].filter(day => day !== null).toSorted()[0]
  return mondays.map(from => ({
    from,
    counts: first === undefined || addDays(from, 6) < first ? null : (sums.get(from) ?? countsOf({})),
  }))
}

/** The largest, and the rest as `other`. */
function bounded(sums: ReadonlyMap<string, Counts>): Figures['sources'] {
  const weight = ({ visits, inquired, configured }: Counts) => [visits, inquired, configured] as const
  const sorted = [...sums]
    .filter(([source]) => source !== other)
    .toSorted(([, a], [, b]) => {
      const [x, y] = [weight(a), weight(b)]
      return y[0] - x[0] || y[1] - x[1] || y[2] - x[2]
    })
  const rest = [...sorted.slice(shownSources), ...[...sums].filter(([source]) => source === other)]
  return [
    ...sorted.slice(0, shownSources).map(([source, counts]) => ({ source, counts })),
    ...(rest.length > 0 ? [{ source: other, counts: rest.map(([, counts]) => counts).reduce(added) }] : []),
  ]
}

const added = (a: Counts, b: Counts): Counts => countsOf(Object.fromEntries(steps.map(step => [step, a[step] + b[step]])))

async function perProduct(database: Database, span: Span, products: readonly KnownProduct[]): Promise<Figures['byProduct']> {
  const sums = await sumsBy<string>(database, sql`product_id`, span, sql`product_id is not null`)
  const stays = Map.groupBy(await staysIn(database, span, sql`true`), ({ product }) => product)
  const { rows: answers } = await sql<{ product: string; minutes: number | null }>`
    select product_id as product, percentile_disc(0.5) within group (order by answer_minutes) as minutes
    from figure_lead where ${within(span, sql`answered_on`)} group by 1`.execute(database.db())
  return products
    .map(product => ({
      product: view(product),
      counts: sums.get(product.id) ?? countsOf({}),
      seconds: medianOf(stays.get(product.id) ?? []),
      answerMinutes: answers.find(answer => answer.product === product.id)?.minutes ?? null,
    }))
    .toSorted((a, b) => b.counts.opened - a.counts.opened)
}
