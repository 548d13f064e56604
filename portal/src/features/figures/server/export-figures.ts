import { sql } from 'kysely'
import { type FileAnswer, type Language, type LocalizedText, type SpreadsheetFormat, translate } from '#platform/core'
import { type Cell, exportRows, mediaTypes, type Platform, type SheetColumn, writeSpreadsheet } from '#platform/server'
import { type Day, type PeriodWish, type Span, type Step, sourceName } from '../core/index.ts'
import { countedPeriod } from './counted-period.ts'
import { knownProducts, productOf } from './known-products.ts'
import { allFacts, amountsIn } from './tables.ts'
import { writeTally } from './tally.ts'

type Wish = PeriodWish & { product?: string | undefined; format: SpreadsheetFormat; seesAmounts: boolean }

/** What was counted in a period, a row for each day, step, product and source; with amounts one for each currency of these too. */
export async function exportFigures(
  platform: Platform,
  language: Language,
  { product: slug, format, seesAmounts, ...wish }: Wish,
): Promise<FileAnswer> {
  const { database } = platform
  await writeTally(platform)
  const { period, timeZone } = await countedPeriod(platform, wish)
  const span = period.counted
  const products = await knownProducts(database)
  const product = productOf(products, slug)
  const names = new Map<string | null, LocalizedText>(products.map(({ id, name }) => [id, name]))
  const only = product ? sql`product_id = ${product.id}::uuid` : sql`true`
  const title = translate(language, 'figures:title')
  return exportRows<Row, Cell[]>(platform, {
    name: `${title}-${span.from}-${span.to}.${format}`,
    mediaType: mediaTypes[format],
    topic: 'figure-exports',
    query: () =>
      database
        .db<{ facts: Row }>()
        .selectFrom(sql<Row>`${seesAmounts ? factsAndAmounts(span) : countsOnly}`.as('facts'))
        .select([sql<Day>`facts.day::text`.as('day'), 'facts.fact', 'facts.product_id', 'facts.source', 'facts.currency'])
        .select([sql<number>`sum(facts.amount)::int`.as('amount'), sql<number | null>`sum(facts.net)::float8`.as('net')])
        .where(sql<boolean>`facts.day between ${span.from}::date and ${span.to}::date and ${only}`)
        .groupBy(['facts.day', 'facts.fact', 'facts.product_id', 'facts.source', 'facts.currency'])
        .orderBy('facts.day')
        .orderBy('facts.fact')
        .orderBy('facts.source')
        .orderBy('facts.currency', order => order.asc().nullsFirst()),
    present: async rows =>
      rows.map(({ day, fact, product_id, source, amount, currency, net }) => [
        day,
        translate(language, `figures:${currency === null ? 'step' : 'worth'}.${fact}`),
        names.get(product_id)?.[language] ?? '',
        fact === 'saved' ? '' : sourceName(source, language),
        amount,
        ...(seesAmounts ? [net === null ? null : { amount: net, currency: currency! }, currency] : []),
      ]),
    write: rows => writeSpreadsheet({ format, columns: columnsIn(language, seesAmounts), zone: timeZone, name: title }, rows),
  })
}

interface Row {
  day: Day
  fact: Step
  product_id: string | null
  source: string
  amount: number
  /** null: a count */
  currency: string | null
  /** minor units */
  net: number | null
}

const countsOnly = sql`(select *, null::text as currency, null::bigint as net from ${allFacts} as counted)`

const factsAndAmounts = (span: Span) => sql`(
  select * from ${countsOnly} as counted
  union all select day, fact, product_id, source, 1, currency, amount from ${amountsIn(span)} as amounts
)`

const columnsIn = (language: Language, seesAmounts: boolean): SheetColumn[] =>
  (
    [
      ['day', 'text', 12],
      ['figure', 'text', 14],
      ['product', 'text', 28],
      ['source', 'text', 28],
      ['count', 'number', 10],
      ...(seesAmounts
        ? ([
            ['net', 'money', 16],
            ['currency', 'text', 10],
          ] as const)
        : []),
    ] as const
  ).map(([key, kind, width]) => ({ title: translate(language, `figures:file.${key}`), kind, width }))
