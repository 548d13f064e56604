import {
  type LineKind,
  type OfferContent,
  type OfferDiscount,
  type OfferLine,
  type OfferTotals,
  offerTotals,
  parseMoney,
  parseNumber,
  typedMoney,
} from '../../core/index.ts'

/** A draft as it is typed: numbers as text, so that what is half typed stays as it is. */
export interface DraftForm {
  recipient: { name: string; company: string }
  lines: LineForm[]
  discount: { kind: OfferDiscount['kind']; value: string }
  taxPercent: string
  validUntil: string
  remindDays: string
  delivery: string
  leadWeeks: string
  payment: { key: string; percent: string; text: string }[]
  installation: string
  warranty: string
  notes: string
}

export interface LineForm
  extends Pick<OfferLine, 'id' | 'kind' | 'code' | 'name' | 'text' | 'unit' | 'configurationToken' | 'listPrice'> {
  quantity: string
  unitPrice: string
  discountPercent: string
  cost: string
}

export function formOf(recipient: DraftForm['recipient'], content: OfferContent, currency: string): DraftForm {
  const money = (amount: number | null) => (amount === null ? '' : typedMoney(amount, currency))
  const { discount, terms } = content
  return {
    recipient,
    lines: content.lines.map(line => ({
      ...line,
      quantity: String(line.quantity),
      unitPrice: money(line.unitPrice),
      discountPercent: String(line.discountPercent),
      cost: money(line.cost),
    })),
    discount: {
      kind: discount.kind,
      value: discount.kind === 'percent' ? String(discount.percent) : typedMoney(discount.amount, currency),
    },
    taxPercent: String(content.taxPercent),
    validUntil: content.validUntil,
    remindDays: String(content.remindDays),
    delivery: terms.delivery,
    leadWeeks: terms.leadWeeks === null ? '' : String(terms.leadWeeks),
    payment: terms.payment.map(({ percent, text }, place) => ({ key: `saved-${place}`, percent: String(percent), text })),
    installation: terms.installation,
    warranty: terms.warranty,
    notes: terms.notes,
  }
}

/** The draft as the API takes it, and the fields that are no numbers, by the path the API would name. Such a field counts as nothing. */
export function contentOf(form: DraftForm, currency: string): { content: OfferContent; wrong: ReadonlySet<string> } {
  const wrong = new Set<string>()
  const number = (typed: string, decimals: number, field: string, instead = 0): number => {
    const read = parseNumber(typed, decimals)
    if (read === null) wrong.add(field)
    return read ?? instead
  }
  const percent = (typed: string, field: string): number => {
    const read = number(typed.trim() === '' ? '0' : typed, 2, field)
    if (read > 100) wrong.add(field)
    return Math.min(100, read)
  }
  const money = (typed: string, field: string): number | null => {
    if (typed.trim() === '') return null
    const amount = parseMoney(typed, currency)
    if (amount === null) wrong.add(field)
    return amount
  }
  const lines = form.lines.map((line, place): OfferLine => {
    const field = (name: string) => `lines.${place}.${name}`
    const quantity = number(line.quantity, 3, field('quantity'))
    if (quantity === 0) wrong.add(field('quantity'))
    return {
      ...line,
      quantity,
      unitPrice: money(line.unitPrice, field('unitPrice')),
      discountPercent: percent(line.discountPercent, field('discountPercent')),
      cost: money(line.cost, field('cost')),
    }
  })
  const { kind, value } = form.discount
  const content: OfferContent = {
    lines,
    discount:
      kind === 'percent' ? { kind, percent: percent(value, 'discount') } : { kind, amount: money(value, 'discount') ?? 0 },
    taxPercent: percent(form.taxPercent, 'taxPercent'),
    validUntil: form.validUntil,
    remindDays: number(form.remindDays.trim() || '0', 0, 'remindDays'),
    terms: {
      delivery: form.delivery,
      leadWeeks: form.leadWeeks.trim() === '' ? null : number(form.leadWeeks, 0, 'leadWeeks'),
      payment: form.payment.map(({ percent: typed, text }, place) => ({ percent: percent(typed, `payment.${place}`), text })),
      installation: form.installation,
      warranty: form.warranty,
      notes: form.notes,
    },
  }
  return { content, wrong }
}

export const totalsOf = ({ lines, ...terms }: OfferContent): OfferTotals => offerTotals(lines, terms)

/** A line to be filled in. unit: what it is mostly counted in */
export const newLine = (kind: Exclude<LineKind, 'configuration'>, id: string, unit: string): LineForm => ({
  id,
  kind,
  code: '',
  name: '',
  text: '',
  unit,
  configurationToken: null,
  listPrice: null,
  quantity: '1',
  unitPrice: '',
  discountPercent: '0',
  cost: '',
})

/** The list with the element one place further up (-1) or down (1). */
export function moved<Element>(list: readonly Element[], place: number, by: -1 | 1): Element[] {
  const target = place + by
  if (target < 0 || target >= list.length) return [...list]
  return list.with(place, list[target]!).with(target, list[place]!)
}
