import { sql } from 'kysely'
import { type FileAnswer, type Language, type LocalizedText, type SpreadsheetFormat, translate } from '#platform/core'
import { exportRows, mediaTypes, type Platform, type SheetColumn, writeSpreadsheet } from '#platform/server'
import { type Day, type PeriodWish, type Step, sourceName } from '../core/index.ts'
import { countedPeriod } from './counted-period.ts'
import { knownProducts, productOf } from './known-products.ts'
import { allFacts } from './tables.ts'
import { writeTally } from './tally.ts'

type Wish = PeriodWish & { product?: string | undefined; format: SpreadsheetFormat }

/** What was counted in a period, a row for each day, step, product and source. */
export async function exportFigures(
  platform: Platform,
  language: Language,
  { product: slug, format, ...wish }: Wish,
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
  return exportRows<Row, (string | number)[]>(platform, {
    name: `${title}-${span.from}-${span.to}.${format}`,
    mediaType: mediaTypes[format],
    topic: 'figure-exports',
    query: () =>
      database
        .db<{ facts: Row }>()
        .selectFrom(sql<Row>`${allFacts}`.as('facts'))
        .select([sql<Day>`facts.day::text`.as('day'), 'facts.fact', 'facts.product_id', 'facts.source'])
        .select(sql<number>`sum(facts.amount)::int`.as('amount'))
        .where(sql<boolean>`facts.day between ${span.from}::date and ${span.to}::date and ${only}`)
        .groupBy(['facts.day', 'facts.fact', 'facts.product_id', 'facts.source'])
        .orderBy('facts.day')
        .orderBy('facts.fact')
        .orderBy('facts.source'),
    present: async rows =>
      rows.map(({ day, fact, product_id, source, amount }) => [
        day,
        translate(language, `figures:step.${fact}`),
        names.get(product_id)?.[language] ?? '',
        fact === 'saved' ? '' : sourceName(source, language),
        amount,
      ]),
    write: rows => writeSpreadsheet({ format, columns: columnsIn(language), zone: timeZone, name: title }, rows),
  })
}

interface Row {
  day: Day
  fact: Step
  product_id: string | null
  source: string
  amount: number
}

const columnsIn = (language: Language): SheetColumn[] =>
  (
    [
      ['day', 'text', 12],
      ['figure', 'text', 14],
      ['product', 'text', 28],
      ['source', 'text', 28],
      ['count', 'number', 10],
    ] as const
  ).map(([key, kind, width]) => ({ title: translate(language, `figures:file.${key}`), kind, width }))
