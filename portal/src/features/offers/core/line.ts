import { z } from 'zod'

/**
 * configuration: from a saved configuration, whose price is the list price. part: a standard part. service: installation, training,
 * freight. free: what is in no list.
 */
export const lineKinds = ['configuration', 'part', 'service', 'free'] as const
export type LineKind = (typeof lineKinds)[number]

/** Lines of one offer, and instalments of one payment. */
export const mostLines = 100
export const mostInstalments = 10

/** One hundred million in minor units of two digits; a line of more than a hundred times that is a slip of the keyboard. */
const mostUnitPrice = 10_000_000_000
const mostAmount = 1_000_000_000_000

const money = z.number().int().min(0).max(mostUnitPrice)

const tooManyDecimals = (decimals: number) => ({
  message: { 'zh-CN': '小数位过多。', en: 'There are too many decimals.' },
  remedy: { 'zh-CN': `最多 ${decimals} 位小数。`, en: `Give ${decimals} at most.` },
})
const tooMuch = {
  message: { 'zh-CN': '这一行的金额过大。', en: 'The amount of this line is too large.' },
  remedy: { 'zh-CN': '请检查数量和单价。', en: 'Look at quantity and price.' },
}

const hasDecimals = (value: number, decimals: number): boolean => Number(value.toFixed(decimals)) === value

/** 0 to 100 with two decimals */
export const percent = z
  .number()
  .min(0)
  .max(100)
  .refine(value => hasDecimals(value, 2), { params: tooManyDecimals(2) })

const quantity = z
  .number()
  .positive()
  .max(100_000)
  .refine(value => hasDecimals(value, 3), { params: tooManyDecimals(3) })

export const offerLine = z
  .object({
    /** made by whoever adds the line; stays with it through all versions */
    id: z.string().min(1).max(64),
    kind: z.enum(lineKinds),
    /** type code or part number */
    code: z.string().trim().max(120),
    name: z.string().trim().max(200),
    text: z.string().trim().max(2000),
    /** of a saved configuration, for the kind of that name */
    configurationToken: z.string().max(64).nullable(),
    /** minor units, of the saved configuration: said by the portal, not by whoever edits; null: on request, or of another kind */
    listPrice: money.nullable(),
    quantity,
    unit: z.string().trim().max(20),
    /** minor units; null: not known yet, which a sent offer has nowhere */
    unitPrice: money.nullable(),
    discountPercent: percent,
    /** minor units a piece */
    cost: money.nullable().meta({ right: 'cost.read' }),
  })
  .refine(line => line.quantity * Math.max(line.unitPrice ?? 0, line.listPrice ?? 0, line.cost ?? 0) <= mostAmount, {
    path: ['quantity'],
    params: tooMuch,
  })
export type OfferLine = z.output<typeof offerLine>

/** What is taken off the sum of all lines. */
export const offerDiscount = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('percent'), percent }),
  z.strictObject({ kind: z.literal('amount'), amount: z.number().int().min(0).max(mostAmount) }),
])
export type OfferDiscount = z.output<typeof offerDiscount>
