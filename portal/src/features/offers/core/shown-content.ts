import type { OfferContent } from './content.ts'
import { offerTotals } from './totals.ts'

/** What the customer sees of an offer: lines with their amounts and the sums, nothing of cost or list prices. */
export function shownContent({ lines, ...content }: OfferContent) {
  const { lines: amounts, margin: _, ...totals } = offerTotals(lines, content)
  return {
    ...content,
    totals,
    lines: lines.map(({ id, code, name, text, configurationToken, quantity, unit, unitPrice, discountPercent }, place) => ({
      id,
      code,
      name,
      text,
      configurationToken,
      quantity,
      unit,
      unitPrice: unitPrice ?? 0,
      discountPercent,
      amount: amounts[place]!.amount,
    })),
  }
}
