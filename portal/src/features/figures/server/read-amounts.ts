import { type RawBuilder, sql } from 'kysely'
import type { Database } from '#platform/server'
import { type Figures, other, type Period, type Span, type ValuedStep, valuedSteps, type Worth } from '../core/index.ts'
import { type KnownProduct, view } from './known-products.ts'
import { amountsIn } from './tables.ts'

/** Sources that are named; the rest are `other`. */
export const shownSources = 30

interface Asked {
  period: Period
  product: KnownProduct | null
  products: readonly KnownProduct[]
  /** whether the earlier days were counted */
  known: boolean
}

/** What was asked for, offered and won in a period, in each currency for itself. */
export async function amountsOf(
  database: Database,
  { period: { counted, earlier }, product, products, known }: Asked,
): Promise<NonNullable<Figures['amounts']>> {
  const only = product ? sql`product_id = ${product.id}::uuid` : sql`true`
  const sum = async (span: Span) => (await worthBy<'all'>(database, sql`'all'`, span, only)).map(({ worth }) => worth)
  const before = known ? await sum(earlier) : null
  return {
    now: withCurrenciesOf(await sum(counted), before ?? []),
    earlier: before,
    byProduct: product ? [] : namedProducts(await worthBy<string>(database, sql`product_id`, counted, only), products),
    bySource: bounded(await worthBy<string>(database, sql`source`, counted, only)),
  }
}

interface Keyed<Key> {
  key: Key
  worth: Worth
}

/** By whatever `key` says and by currency, most offered first. */
async function worthBy<Key extends string>(
  database: Database,
  key: RawBuilder<unknown>,
  span: Span,
  only: RawBuilder<unknown>,
): Promise<Keyed<Key>[]> {
  const { rows } = await sql<{ key: Key; fact: ValuedStep; currency: string; net: number; count: number }>`
    select ${key}::text as key, fact, currency, sum(amount)::float8 as net, count(*)::int as count
    from ${amountsIn(span)} as amounts where ${only} group by 1, 2, 3`.execute(database.db())
  const groups = [...Map.groupBy(rows, row => `${row.currency} ${row.key}`).values()]
  return groups
    .map(([first, ...rest]) => {
      const worth = worthless(first!.currency)
      for (const { fact, net, count } of [first!, ...rest]) worth[fact] = { net, count }
      return { key: first!.key, worth }
    })
    .toSorted((a, b) => byWeight(a.worth, b.worth))
}

const worthless = (currency: string): Worth => ({
  currency,
  inquired: { net: 0, count: 0 },
  offered: { net: 0, count: 0 },
  won: { net: 0, count: 0 },
})

const byWeight = (a: Worth, b: Worth) =>
  a.currency.localeCompare(b.currency) || b.offered.net - a.offered.net || b.inquired.net - a.inquired.net

/** A currency that was only used earlier stands there with nothing. */
const withCurrenciesOf = (now: readonly Worth[], earlier: readonly Worth[]): Worth[] =>
  [
    ...now,
    ...earlier.filter(({ currency }) => now.every(one => one.currency !== currency)).map(({ currency }) => worthless(currency)),
  ].toSorted(byWeight)

const namedProducts = (sums: readonly Keyed<string>[], products: readonly KnownProduct[]) =>
  sums.flatMap(({ key, worth }) => {
    const product = products.find(({ id }) => id === key)
    return product ? [{ product: view(product), worth }] : []
  })

/** The largest of each currency, and the rest as `other`. */
function bounded(sums: readonly Keyed<string>[]): NonNullable<Figures['amounts']>['bySource'] {
  return [...Map.groupBy(sums, ({ worth }) => worth.currency).values()].flatMap(ofCurrency => {
    const named = ofCurrency.filter(({ key }) => key !== other)
    const rest = [...named.slice(shownSources), ...ofCurrency.filter(({ key }) => key === other)]
    return [
      ...named.slice(0, shownSources).map(({ key: source, worth }) => ({ source, worth })),
      ...(rest.length > 0 ? [{ source: other, worth: rest.map(({ worth }) => worth).reduce(added) }] : []),
    ]
  })
}

/** Of one currency. */
function added(a: Worth, b: Worth): Worth {
  const sum = worthless(a.currency)
  for (const step of valuedSteps) sum[step] = { net: a[step].net + b[step].net, count: a[step].count + b[step].count }
  return sum
}
