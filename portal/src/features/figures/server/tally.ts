import { sql } from 'kysely'
import { readManufacturer } from '#features/manufacturer/server'
import type { Platform } from '#platform/server'
import { type Day, dayIn, direct, other } from '../core/index.ts'
import type { FigureTables } from './tables.ts'

/** Something to be counted, as a page tells it. product: slug */
export type Counted =
  | { fact: 'visits' | 'opened' | 'configured'; product: string | null; source: string }
  | { fact: 'stay'; product: string; seconds: number }

/** Counts a process has taken and not yet written. */
interface Tally {
  waiting: Map<string, { what: Counted; amount: number }>
  writing: Promise<void>
  timer: NodeJS.Timeout | null
}

/** How long a count may wait, and so how much a process that is killed forgets. */
const waitMs = 2000
/** Different things that may wait at once: what a flood of invented names can take of the memory. */
const mostWaiting = 2000
/** Names of sources in one day; further ones are counted as `other`. */
const mostSources = 50

const tallies = new WeakMap<Platform, Tally>()

function tallyOf(platform: Platform): Tally {
  const known = tallies.get(platform)
  if (known) return known
  const made: Tally = { waiting: new Map(), writing: Promise.resolve(), timer: null }
  tallies.set(platform, made)
  return made
}

/** Adds one in this process; the database hears of it two seconds later, together with what else came. */
export function count(platform: Platform, what: Counted): void {
  const tally = tallyOf(platform)
  add(tally, named(tally, what))
  tally.timer ??= setTimeout(() => {
    writeTally(platform).catch(error => platform.log.warn({ error }, 'figures could not be written; trying again with the next'))
  }, waitMs).unref()
}

/** Where there is no room for further names, a visit comes from somewhere else. */
const named = ({ waiting }: Tally, what: Counted): Counted =>
  what.fact === 'visits' && waiting.size >= mostWaiting ? { ...what, source: other } : what

/** What names a product is left out where there is no room for it: there are not so many products. */
function add({ waiting }: Tally, what: Counted, amount = 1): void {
  const key = JSON.stringify(Object.values(what))
  const known = waiting.get(key)
  if (known) known.amount += amount
  else if (waiting.size < mostWaiting || what.fact === 'visits') waiting.set(key, { what, amount })
}

/** Writes what waits. What could not be written waits on. */
export function writeTally(platform: Platform): Promise<void> {
  const tally = tallyOf(platform)
  const write = async () => {
    if (tally.timer) clearTimeout(tally.timer)
    tally.timer = null
    const taken = [...tally.waiting.values()]
    tally.waiting = new Map()
    if (taken.length === 0) return
    try {
      await platform.database.outside(() => platform.database.transaction(() => addToDay(platform, taken)))
    } catch (error) {
      for (const { what, amount } of taken) add(tally, what, amount)
      throw error
    }
  }
  tally.writing = tally.writing.then(write, write)
  return tally.writing
}

async function addToDay(platform: Platform, taken: { what: Counted; amount: number }[]): Promise<void> {
  const { database } = platform
  // one process after another: the names of a day stay within their bound, and nobody waits for a row in a circle
  await sql`select pg_advisory_xact_lock(hashtext('fettle-figures'))`.execute(database.db())
  const day = await dayNow(platform)
  const products = await productIds(platform, new Set(taken.flatMap(({ what }) => what.product ?? [])))
  const sources = new Set(await sourcesOf(platform, day))
  const [facts, stays] = [new Map<string, DayFact>(), new Map<string, Stay>()]
  for (const { what, amount } of taken) {
    const productId = what.product === null ? null : products.get(what.product)
    if (productId === undefined) continue // no such product: somebody's invention
    if (what.fact === 'stay') merge(stays, { day, productId: productId!, seconds: what.seconds, amount })
    else merge(facts, { day, fact: what.fact, productId, source: nameWithin(sources, what.source), amount })
  }
  await addFacts(platform, [...facts.values()])
  await addStays(platform, [...stays.values()])
}

function merge<Row extends { amount: number }>(rows: Map<string, Row>, { amount, ...rest }: Row): void {
  const key = JSON.stringify(Object.values(rest))
  rows.set(key, { ...rest, amount: amount + (rows.get(key)?.amount ?? 0) } as Row)
}

/** Today by the manufacturer's clock. */
export async function dayNow({ database, now }: Platform, at: Date = now()): Promise<Day> {
  return dayIn(at, (await readManufacturer(database)).timeZone)
}

function nameWithin(sources: Set<string>, source: string): string {
  if (source === direct || source === other || sources.has(source)) return source
  if (sources.size >= mostSources) return other
  sources.add(source)
  return source
}

async function sourcesOf({ database }: Platform, day: Day): Promise<string[]> {
  const rows = await database
    .db<FigureTables>()
    .selectFrom('figure_day')
    .select('source')
    .distinct()
    .where(sql<Day>`day`, '=', sql<Day>`${day}::date`)
    .where('source', 'not in', [direct, other])
    .execute()
  return rows.map(({ source }) => source)
}

async function productIds({ database }: Platform, slugs: ReadonlySet<string>): Promise<Map<string, string>> {
  if (slugs.size === 0) return new Map()
  const rows = await database
    .db<{ product: { id: string; slug: string } }>()
    .selectFrom('product')
    .select(['id', 'slug'])
    .where('slug', 'in', [...slugs])
    .execute()
  return new Map(rows.map(({ id, slug }) => [slug, id]))
}

export interface DayFact {
  day: Day
  fact: 'visits' | 'opened' | 'configured' | 'saved'
  productId: string | null
  source: string
  amount: number
}

/** Raises counts, in the ambient transaction. No two of them are of the same thing. */
export async function addFacts({ database }: Platform, facts: readonly DayFact[]): Promise<void> {
  if (facts.length === 0) return
  await database
    .db<FigureTables>()
    .insertInto('figure_day')
    .values(facts.map(({ productId, ...fact }) => ({ ...fact, product_id: productId })))
    .onConflict(conflict =>
      conflict
        .columns(['day', 'fact', 'product_id', 'source'])
        .doUpdateSet(eb => ({ amount: eb('figure_day.amount', '+', eb.ref('excluded.amount')) })),
    )
    .execute()
}

export interface Stay {
  day: Day
  productId: string
  /** rounded */
  seconds: number
  amount: number
}

/** The same of how long visitors stayed. */
export async function addStays({ database }: Platform, stays: readonly Stay[]): Promise<void> {
  if (stays.length === 0) return
  await database
    .db<FigureTables>()
    .insertInto('figure_stay')
    .values(stays.map(({ productId, ...stay }) => ({ ...stay, product_id: productId })))
    .onConflict(conflict =>
      conflict
        .columns(['day', 'product_id', 'seconds'])
        .doUpdateSet(eb => ({ amount: eb('figure_stay.amount', '+', eb.ref('excluded.amount')) })),
    )
    .execute()
}
