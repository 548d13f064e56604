import { z } from 'zod'
import { mostInstalments, mostLines, offerDiscount, offerLine, percent } from './line.ts'

const words = (most: number) => z.string().trim().max(most)

const noSuchDay = {
  message: { 'zh-CN': '这不是日期。', en: 'This is not a date.' },
  remedy: { 'zh-CN': '请写成 2026-12-31 的形式。', en: 'Give it as 2026-12-31.' },
}

/** A day as YYYY-MM-DD. */
const day = z.string().refine(isDay, { params: noSuchDay })

export const offerTerms = z.object({
  /** Incoterms or in plain words: 'FCA Changzhou (Incoterms 2020)' */
  delivery: words(500),
  /** from order to dispatch; null: not said */
  leadWeeks: z.number().int().min(0).max(200).nullable(),
  /** parts of the price that fall due one after the other; together 100 % */
  payment: z.array(z.object({ percent, text: words(300) })).max(mostInstalments),
  installation: words(1000),
  warranty: words(1000),
  notes: words(5000),
})
export type OfferTerms = z.output<typeof offerTerms>

/** What an offer says: all that sales edits, and all that the customer agrees to. */
export const offerContent = z.object({
  lines: z.array(offerLine).max(mostLines),
  discount: offerDiscount,
  taxPercent: percent,
  /** the last day on which it can be accepted, in the manufacturer's time zone */
  validUntil: day,
  /** days before that on which the customer is reminded; 0: he is not */
  remindDays: z.number().int().min(0).max(60),
  terms: offerTerms,
})
export type OfferContent = z.output<typeof offerContent>

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}
