import type { OfferDiscount, OfferLine } from './line.ts'

type Counted = Pick<OfferLine, 'quantity' | 'unitPrice' | 'discountPercent' | 'listPrice' | 'cost'>

/** Minor units throughout. */
export interface OfferTotals {
  lines: LineTotals[]
  /** of all lines, before what is taken off the whole */
  subtotal: number
  /** what is taken off the whole */
  discount: number
  net: number
  tax: number
  gross: number
  /** net without the cost of the lines; null where the cost of one is not known */
  margin: number | null
}

export interface LineTotals {
  /** at the list price, or the price asked where that is higher, without any discount */
  list: number
  /** as it stands on the offer */
  amount: number
  /** its share of what is taken off the whole */
  share: number
  /** amount without that share: all lines together are the net total */
  net: number
}

interface Terms {
  discount: OfferDiscount
  taxPercent: number
}

/**
 * The sums of an offer in exact integers. A line is rounded once, half away from zero; what is taken off the whole is divided among
 * the lines by their amounts, and what the division leaves goes to the largest remainders, so that nothing is lost. A line without a
 * price counts nothing.
 */
export function offerTotals(lines: readonly Counted[], { discount, taxPercent }: Terms): OfferTotals {
  const amounts = lines.map(({ quantity, unitPrice, discountPercent }) =>
    rounded(thousandths(quantity) * BigInt(unitPrice ?? 0) * (whole - hundredths(discountPercent)), 1000n * whole),
  )
  const subtotal = amounts.reduce((sum, amount) => sum + amount, 0n)
  const off = discountOf(subtotal, discount)
  const shares = divide(off, amounts)
  const net = subtotal - off
  const tax = rounded(net * hundredths(taxPercent), whole)
  const cost = costOf(lines)
  return {
    lines: lines.map(({ quantity, unitPrice, listPrice }, i) => ({
      list: Number(rounded(thousandths(quantity) * BigInt(Math.max(unitPrice ?? 0, listPrice ?? 0)), 1000n)),
      amount: Number(amounts[i]),
      share: Number(shares[i]),
      net: Number(amounts[i]! - shares[i]!),
    })),
    subtotal: Number(subtotal),
    discount: Number(off),
    net: Number(net),
    tax: Number(tax),
    gross: Number(net + tax),
    margin: cost === null ? null : Number(net - cost),
  }
}

/** 100 % in hundredths of a percent */
const whole = 10_000n
const thousandths = (quantity: number): bigint => BigInt(Math.round(quantity * 1000))
const hundredths = (percent: number): bigint => BigInt(Math.round(percent * 100))

/** A quotient to the nearest whole number, half away from zero. divisor: positive */
function rounded(dividend: bigint, divisor: bigint): bigint {
  const half = dividend < 0n ? -divisor : divisor
  return (2n * dividend + half) / (2n * divisor)
}

function discountOf(subtotal: bigint, discount: OfferDiscount): bigint {
  if (discount.kind === 'percent') return rounded(subtotal * hundredths(discount.percent), whole)
  const amount = BigInt(discount.amount)
  return amount < subtotal ? amount : subtotal
}

/** An amount by weights. Of two equal remainders the one of the heavier weight goes first, so that the order of the lines does not decide. */
function divide(amount: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((all, weight) => all + weight, 0n)
  if (sum === 0n) return weights.map(() => 0n)
  const shares = weights.map(weight => (amount * weight) / sum)
  const remainders = weights.map((weight, place) => ({ place, weight, remainder: (amount * weight) % sum }))
  const left = Number(amount - shares.reduce((all, share) => all + share, 0n))
  const first = remainders.toSorted((a, b) => sign(b.remainder - a.remainder) || sign(b.weight - a.weight))
  for (const { place } of first.slice(0, left)) shares[place]! += 1n
  return shares
}

const sign = (difference: bigint): number => (difference > 0n ? 1 : difference < 0n ? -1 : 0)

function costOf(lines: readonly Counted[]): bigint | null {
  if (lines.length === 0 || lines.some(({ cost }) => cost === null)) return null
  return lines.reduce((sum, { cost, quantity }) => sum + rounded(thousandths(quantity) * BigInt(cost!), 1000n), 0n)
}
