import type { Grounding } from './ground.ts'
import { FALSE, or, TRUE } from './logic.ts'
import { follow } from './paths.ts'
import type { Formula } from './syntax.ts'
import type { Part, Thing } from './things.ts'
import { arithmetic, attributeText, NotExpressed, numeric, type Value, valueOfThing } from './values.ts'

/**
 * count, sum, min, max or avg over everything its paths lead to. What is not there does not count; a sum of nothing is 0,
 * and the least of nothing is more than any number.
 */
export function aggregated(
  { product, unknown }: Grounding,
  part: Part,
  { of, args, at }: Extract<Formula, { op: 'aggregate' }>,
): Value {
  const found: { thing: Thing; attribute: string | undefined }[] = []
  const seen = new Set<Thing>()
  for (const arg of args) {
    if (arg.op !== 'path') throw new NotExpressed(at, `${of}()`)
    const { things, attribute, unknown: nowhere } = follow(product, part, arg.path)
    if (nowhere) unknown(arg.at, arg.path.items.map(({ name }) => name).join('.'))
    for (const thing of things) if (!seen.has(thing)) found.push({ thing, attribute })
    for (const thing of things) seen.add(thing)
  }
  const count = total(found.map(({ thing }) => thing.pieces))
  if (of === 'count') return numeric(TRUE, count)
  const values = found.map(({ thing, attribute }) => valueOfThing(product, thing, attribute, at))
  if (of === 'min' || of === 'max') return { defined: TRUE, extreme: { of, elements: values } }
  const sum = total(summands())
  if (of === 'sum') return numeric(TRUE, sum)
  return numeric(or(values.map(({ defined }) => defined)), arithmetic(sum, '/', count))

  /** Options of one group are summed as one. */
  function summands(): string[] {
    const texts: string[] = []
    const groups = new Set<string>()
    for (const [i, { thing, attribute }] of found.entries()) {
      const { number, defined } = values[i]!
      const text = attribute === undefined ? undefined : attributeText(product, thing, attribute)
      if (text !== undefined) {
        if (!groups.has(text)) texts.push(text)
        groups.add(text)
      } else if (number === undefined) throw new NotExpressed(at, `${of}()`)
      else if (defined !== FALSE) texts.push(thing.kind === 'value' ? arithmetic(number, '*', thing.pieces) : number)
    }
    return texts
  }
}

function total(parts: string[]): string {
  const isFixed = (part: string) => /^\(?-?[\d.]+\)?$/.test(part)
  const fixed = parts.filter(isFixed).reduce((sum, part) => arithmetic(sum, '+', part), '0')
  const open = parts.filter(part => !isFixed(part))
  if (fixed !== '0') open.push(fixed)
  return open.length > 1 ? `(${open.join(' + ')})` : (open[0] ?? '0')
}
