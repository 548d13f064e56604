import { addDays, type Day, roundedSeconds, type ValuedStep } from '../core/index.ts'
import type { DayFact, Stay } from './tally.ts'

const days = 84
/** where visits come from, with the share of each */
const sources: readonly (readonly [source: string, share: number])[] = [
  ['direct', 0.3],
  ['host:baidu.com', 0.28],
  ['utm:wechat', 0.18],
  ['utm:cimt-2026', 0.1],
  ['host:gongkong.com', 0.08],
  ['qr:stand-4', 0.06],
]

/** A product of the catalogue. currency, net: what it begins at, in minor units */
interface Priced {
  id: string
  currency: string
  net: number
}

/** A row of figure_amount. */
interface InventedAmount {
  fact: ValuedStep
  subject_id: string
  version: number
  day: Day
  product_id: string
  source: string
  currency: string
  amount: number
}

/** A row of figure_lead. */
interface InventedLead {
  lead_id: string
  product_id: string
  source: string
  asked_at: Date
  inquired_on: Day
  answered_on: Day | null
  answer_minutes: number | null
  in_time: boolean | null
  offered_on: Day | null
  won_on: Day | null
}

/**
 * What might have been counted in the twelve weeks before a day: growing, quieter at weekends, and thinner from step to step. The same
 * for the same day. products: the most visited first
 */
export function inventFigures(
  today: Day,
  products: readonly Priced[],
  newId: () => string,
): { facts: DayFact[]; stays: Stay[]; leads: InventedLead[]; amounts: InventedAmount[] } {
  const [chance, priceChance] = [chances(4815), chances(4816)]
  const facts: DayFact[] = []
  const stays = new Map<string, Stay>()
  const leads: InventedLead[] = []
  const amounts: InventedAmount[] = []
  for (let ago = days; ago >= 1; ago--) {
    const day = addDays(today, -ago)
    const busy = (isWeekend(day) ? 0.35 : 1) * (1.7 - ago / 120)
    const saved = new Map<string, number>()
    for (const [source, share] of sources) {
      const some = (usual: number) => Math.round(usual * busy * share * (0.6 + 0.8 * chance()))
      const visits = Math.max(1, some(70))
      facts.push({ day, fact: 'visits', productId: null, source, amount: visits })
      for (const [place, product] of products.entries()) {
        const productId = product.id
        const opened = Math.min(visits, some(17 / (place + 1)))
        const configured = Math.round(opened * (0.55 + 0.2 * chance()))
        if (opened > 0) facts.push({ day, fact: 'opened', productId, source, amount: opened })
        if (configured > 0) facts.push({ day, fact: 'configured', productId, source, amount: configured })
        for (let visitor = 0; visitor < configured; visitor++) {
          const seconds = roundedSeconds(Math.exp(3.6 + 2.7 * chance()))
          const stay = stays.get(`${day} ${productId} ${seconds}`)
          stays.set(`${day} ${productId} ${seconds}`, { day, productId, seconds, amount: (stay?.amount ?? 0) + 1 })
          const asks = chance() < 0.11
          if (asks || chance() < 0.1) saved.set(productId, (saved.get(productId) ?? 0) + 1)
          if (!asks) continue
          const lead = inventLead({ day, today, productId, source, chance, newId })
          leads.push(lead)
          amounts.push(...inventAmounts(lead, product, priceChance))
        }
      }
    }
    for (const [productId, amount] of saved) facts.push({ day, fact: 'saved', productId, source: 'direct', amount })
  }
  return { facts, stays: [...stays.values()], leads, amounts }
}

interface Asked {
  day: Day
  today: Day
  productId: string
  source: string
  chance: () => number
  newId: () => string
}

/** Asked at noon; what would come after yesterday has not happened. */
function inventLead({ day, today, productId, source, chance, newId }: Asked): InventedLead {
  const past = (days: number): Day | null => (addDays(day, days) < today ? addDays(day, days) : null)
  const minutes = Math.round(Math.exp(3.2 + 4 * chance()))
  const answered = chance() < 0.94 ? past(Math.floor((minutes + 12 * 60) / (24 * 60))) : null
  const offered = answered && chance() < 0.6 ? past(3 + Math.floor(6 * chance())) : null
  const won = offered && chance() < 0.26 ? past(14 + Math.floor(20 * chance())) : null
  return {
    lead_id: newId(),
    product_id: productId,
    source,
    asked_at: new Date(`${day}T04:00:00Z`),
    inquired_on: day,
    answered_on: answered,
    answer_minutes: answered === null ? null : minutes,
    in_time: answered === null ? null : minutes <= 600,
    offered_on: offered,
    won_on: won,
  }
}

/** Somewhat more than the least, offered for somewhat less; in whole hundreds. */
function inventAmounts(lead: InventedLead, { currency, net }: Priced, chance: () => number): InventedAmount[] {
  const round = (amount: number) => Math.round(amount / 10_000) * 10_000
  const asked = round(net * (1 + 0.6 * chance()))
  const offered = round(asked * (0.9 + 0.1 * chance()))
  const of = { subject_id: lead.lead_id, product_id: lead.product_id, source: lead.source, currency }
  const all: [ValuedStep, Day | null, number][] = [
    ['inquired', lead.inquired_on, asked],
    ['offered', lead.offered_on, offered],
    ['won', lead.won_on, offered],
  ]
  return all.flatMap(([fact, day, amount]) => (day === null || net === 0 ? [] : [{ ...of, fact, day, version: 1, amount }]))
}

const isWeekend = (day: Day): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())

/** Numbers from 0 to 1 that look like chance and are always the same (Park and Miller's generator). */
function chances(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
