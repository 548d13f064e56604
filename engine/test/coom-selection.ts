import type { Product, Thing } from '../src/formats/coom/things.ts'
import { evaluateArithmetic, evaluateLogic } from '../src/formula/evaluate.ts'
import { parseArithmetic, parseLogic } from '../src/formula/parse.ts'
import type { Selection } from '../src/model.ts'
import type { ModelIndex } from '../src/model-index.ts'
import type { Item, PartItem } from './naive-coom.ts'

/** The configuration of the file that a selection of its model stands for. */
export function configurationOf(product: Product, index: ModelIndex, selection: Selection): PartItem {
  const [root] = itemsOf(product.root)
  return root as PartItem

  function itemsOf(thing: Thing): Item[] {
    if (!holds(thing.present)) return []
    const count = amount(thing.pieces)
    const item = (): Item => {
      switch (thing.kind) {
        case 'part': {
          const inside = [...thing.features].map(([name, things]) => [name, things.flatMap(one => once(one, count))] as const)
          return { kind: 'part', structure: thing.structure.name, features: new Map(inside) }
        }
        case 'choice':
          return option(thing.enumeration.name, thing.cases.find(({ when }) => holds(when))!.value)
        case 'value':
          return thing.value.kind === 'number'
            ? { kind: 'number', value: Number(thing.value.text) }
            : option(thing.enumeration!.name, thing.value.text)
        case 'number':
          return { kind: 'number', value: selection.numbers[thing.id]! }
      }
    }
    return Array.from({ length: count }, item)
  }

  /** What is in one of `count` equal parts. */
  function once(thing: Thing, count: number): Item[] {
    const all = itemsOf(thing)
    return count > 1 ? all.slice(0, all.length / count) : all
  }

  function holds(text: string): boolean {
    const parsed = parseLogic(text, index)
    if (!parsed.ok) throw new Error(`${text}: ${parsed.errors[0]?.message.en}`)
    return evaluateLogic(parsed.ast, selection)
  }

  function amount(text: string): number {
    const parsed = parseArithmetic(text, index)
    if (!parsed.ok) throw new Error(`${text}: ${parsed.errors[0]?.message.en}`)
    const value = evaluateArithmetic(parsed.ast, selection)!
    return Number(value.n / value.d)
  }
}

const option = (enumeration: string, name: string): Item => ({ kind: 'option', enumeration, name })
