import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../../../test/click-workload.ts'
import { configurationOf } from '../../../test/coom-selection.ts'
import { canonical, configurations, keepsRules } from '../../../test/naive-coom.ts'
import { allSelections } from '../../../test/oracle.ts'
import { compile } from '../../compile.ts'
import { indexModel } from '../../model-index.ts'
import { readRules } from '../../rules.ts'
import { expand } from './expand.ts'
import { importCoom } from './import.ts'
import { parseCoom } from './parse.ts'

describe('an imported product', () => {
  it('has exactly the configurations that the file allows, up to the order of instances', { timeout: 120_000 }, () => {
    let compared = 0
    let allowed = 0
    let forbidden = 0
    for (let seed = 1; seed <= 250; seed++) {
      const text = randomCoom(mulberry32(seed))
      const counts = compareAll(text)
      if (!counts) continue
      compared++
      allowed += counts.allowed
      forbidden += counts.forbidden
    }
    expect(compared).toBeGreaterThan(100)
    expect(allowed).toBeGreaterThan(1000)
    expect(forbidden).toBeGreaterThan(1000)
  })
})

/** undefined where the product is too large to be enumerated */
function compareAll(text: string): { allowed: number; forbidden: number } | undefined {
  const file = parseCoom(text)
  let all: ReturnType<typeof configurations>
  try {
    all = configurations(file, '', 1500)
  } catch {
    return undefined
  }
  const allowed = new Set(all.filter(one => keepsRules(file, one)).map(canonical))
  const imported = importCoom(text)
  if (!imported.ok) throw new Error(`${JSON.stringify(imported.errors)}\n${text}`)
  expect(imported.notes, text).toEqual([])
  const index = indexModel(imported.model)
  const { rules, errors } = readRules(index)
  expect(errors, text).toEqual([])
  const product = expand(file, undefined, () => undefined, [])
  let selections: ReturnType<typeof allSelections>
  try {
    selections = allSelections({ index, rules }, 6000)
  } catch {
    return undefined
  }
  const found = new Set(selections.map(selection => canonical(configurationOf(product, index, selection))))
  expect([...found].sort(), text).toEqual([...allowed].sort())
  expect(compile(imported.model).ok, text).toBe(allowed.size > 0)
  return { allowed: allowed.size, forbidden: all.length - allowed.size }
}

/** A product of a few features with rules about them. */
function randomCoom(chance: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)]!
  const many = () => pick(['', '', '0..1 ', '0..2 ', '1..2 ', '2 '])
  const names = ['a', 'b', 'c']
  const inside: Record<string, string> = { a: pick(['E', 'F', 'num 0-2']), b: pick(['E', 'Bool', 'F']) }
  const partFeatures = ['a', 'b'].slice(0, 1 + Math.floor(chance() * 2))
  const types = names.map(() => pick(['E', 'F', 'Part', 'Part', 'num 1-3', 'Bool', 'Empty']))
  const cards = names.map((_, i) => (types[i] === 'Bool' || types[i]!.startsWith('num') ? pick(['', '', '0..1 ']) : many()))
  const inner = partFeatures.map(() => pick(['', '', '0..1 ', '0..2 ']))

  /** paths to numbers and to texts */
  const numbers: string[] = []
  const texts: string[] = []
  const countable: string[] = [...names]
  const note = (path: string, type: string) => {
    if (type.startsWith('num')) numbers.push(path)
    if (type === 'E' || type === 'F') {
      texts.push(path)
      numbers.push(`${path}.${type === 'E' ? 'size' : 'mass'}`)
      if (type === 'F') texts.push(`${path}.kind`)
    }
    if (type === 'Bool') texts.push(path)
  }
  names.forEach((name, i) => {
    note(name, types[i]!)
    if (types[i] === 'Part') for (const feature of partFeatures) note(`${name}.${feature}`, inside[feature]!)
    if (types[i] === 'Part') countable.push(...partFeatures.map(feature => `${name}.${feature}`))
  })
  const local = { numbers: [] as string[], texts: [] as string[] }
  partFeatures.forEach(feature => {
    const type = inside[feature]!
    if (type.startsWith('num')) local.numbers.push(feature)
    else if (type !== 'Bool') local.numbers.push(`${feature}.${type === 'E' ? 'size' : 'mass'}`)
    if (!type.startsWith('num')) local.texts.push(feature)
  })

  const number = (from: string[], depth: number): string => {
    if (from.length === 0 || chance() < 0.2) return String(Math.floor(chance() * 5))
    const kind = chance()
    if (depth < 2 && kind < 0.25) return `${number(from, depth + 1)} ${pick(['+', '-', '+', '*'])} ${number(from, depth + 1)}`
    if (depth < 2 && kind < 0.55) {
      const of = pick(['count', 'sum', 'sum'])
      return `${of}(${pick(of === 'count' && from === numbers ? countable : from)})`
    }
    return pick(from)
  }
  const comparison = (own: { numbers: string[]; texts: string[] }): string => {
    if (own.texts.length > 0 && chance() < 0.4) {
      const right = chance() < 0.7 ? pick(['E1', 'E2', 'F1', 'True', 'x', 'y', 'Nowhere']) : pick(own.texts)
      return `${pick(own.texts)} ${pick(['=', '!='])} ${right}`
    }
    if (own.numbers.length > 0 && chance() < 0.2)
      return `${pick(['min', 'max'])}(${pick(own.numbers)}) ${pick(['=', '<=', '>', '!='])} ${number(own.numbers, 2)}`
    return `${number(own.numbers, 0)} ${pick(['=', '!=', '<', '<=', '>', '>='])} ${number(own.numbers, 1)}`
  }
  const condition = (own: typeof local, depth = 0): string => {
    const kind = chance()
    if (depth < 2 && kind < 0.15) return `!(${condition(own, depth + 1)})`
    if (depth < 2 && kind < 0.35) return `(${condition(own, depth + 1)} ${pick(['&&', '||'])} ${condition(own, depth + 1)})`
    return comparison(own)
  }
  const rule = (own: typeof local): string => {
    const kind = chance()
    const when = chance() < 0.4 ? `condition ${condition(own)}\n` : ''
    if (kind < 0.15 && own.numbers.some(path => !path.includes('.')))
      return `${when}imply ${pick(own.numbers.filter(path => !path.includes('.')))} = ${number(own.numbers, 0)}`
    if (kind < 0.35 && own.texts.length > 1) {
      const columns = [pick(own.texts), pick(own.texts)]
      const cell = () => pick(['E1', 'F1', 'True', 'x', '-*-', '(E1, F2)', '(E2 F1 False)', '!= E1'])
      const rows = Array.from(
        { length: 1 + Math.floor(chance() * 3) },
        () => `${pick(['allow', 'allow', 'forbid'])} (${cell()}, ${cell()})`,
      )
      return `${when}combinations (${columns.join(' ')})\n${rows.join('\n')}`
    }
    return `${when}require ${condition(own)}`
  }
  const own = { numbers, texts }
  const rules = Array.from({ length: 1 + Math.floor(chance() * 3) }, () => rule(own))
  const inRules = Array.from({ length: Math.floor(chance() * 3) }, () => rule(local))
  return `product {
${names.map((name, i) => `${cards[i]}${types[i]} ${name}`).join('\n')}
}
structure Part {
${partFeatures.map((feature, i) => `${inner[i]}${inside[feature]} ${feature}`).join('\n')}
}
structure Empty {}
enumeration E {
attribute num size
E1 = (1)
E2 = (2)
}
enumeration F {
attribute num mass
attribute kind
F1 = (2 x)
F2 = (4 y)
}
behavior {
${rules.join('\n')}
}
behavior Part {
${inRules.join('\n')}
}
`
}
