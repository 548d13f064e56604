import type { BomLine } from './api.ts'
import { add, type Exact, exact, one, toNumber } from './decimal.ts'
import { evaluateArithmetic, evaluateLogic, pieces } from './formula/evaluate.ts'
import type { LocalizedText, Selection } from './model.ts'
import type { Rulebook } from './rules.ts'

/**
 * The bill of materials of a selection: the part numbers of chosen options in model order, then the parts of the rules.
 * The same part in the same unit is one line. Parts whose quantity is zero, negative or undefined are left out.
 */
export function bom({ index, rules }: Rulebook, selection: Selection): BomLine[] {
  const lines = new Map<string, { part: string; name: LocalizedText; quantity: Exact; unit?: string; from: string[] }>()
  const count = (part: string, name: LocalizedText, quantity: Exact, unit: string | undefined, from: string) => {
    if (quantity.n <= 0n) return
    const key = JSON.stringify([part, unit ?? null])
    const line = lines.get(key)
    if (!line) lines.set(key, { part, name, quantity, ...(unit !== undefined && { unit }), from: [from] })
    else {
      line.quantity = add(line.quantity, quantity)
      if (!line.from.includes(from)) line.from.push(from)
    }
  }
  for (const [id, { option }] of index.options) {
    const quantity = pieces(selection, id)
    if (option.part !== undefined && quantity > 0) count(option.part, option.name, exact(quantity), undefined, id)
  }
  for (const { rule, when, quantity } of rules.bom) {
    if (when !== undefined && !evaluateLogic(when, selection)) continue
    const value = quantity ? evaluateArithmetic(quantity, selection) : one
    if (value) count(rule.part, rule.name, value, rule.unit, 'rule')
  }
  return [...lines.values()].map(line => ({ ...line, quantity: toNumber(line.quantity) }))
}
