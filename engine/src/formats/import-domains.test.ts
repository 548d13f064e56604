import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../../test/click-workload.ts'
import { allFeatures, type Configuration, isValid } from '../../test/naive-features.ts'
import { publicData, readPublic, tellWithout } from '../../test/public-data.ts'
import { compile, type Decision, decide, domains, start } from '../index.ts'
import { importModel } from './index.ts'
import type { Feature, FeatureTree } from './tree/feature-tree.ts'
import { parseUvl } from './uvl/parse.ts'

tellWithout('Domains of imported public models by brute force')

/** Values that tell apart what the constraints of these files say about a number. */
const values: Record<string, number[]> = { Size: [21, 40, 59], Inch: [-1_000_000, 21, 22, 23, 1_000_000] }

/** Texts that tell apart what the constraints of these files say about a text: those they name, and others of some length. */
const texts: Record<string, (string | { length: number })[]> = {
  Manufacturer: ['Wheelio', { length: 4 }],
  City: ['Omashu', { length: 4 }],
  Street: [{ length: 4 }, { length: 400 }],
}

describe.skipIf(!publicData)('after any clicks, every option is what listing all valid configurations says', () => {
  for (const name of [
    'uvl-numeric/Sundermann2024_Pizza',
    'uvl-numeric/bike',
    'uvl-numeric/featureide-attributed-sandwich',
    'uvl/featureide-server',
  ]) {
    it(name, { timeout: 60_000 }, () => {
      const text = readPublic(`${name}.uvl`)
      const tree = parseUvl(text)
      const valid = everyConfiguration(tree).filter(configuration => isValid(tree, configuration))
      expect(valid.length).toBeGreaterThan(10)
      for (let visitor = 1; visitor <= 20; visitor++) click(name, text, tree, valid, mulberry32(visitor))
    })
  }
})

function click(path: string, text: string, tree: FeatureTree, all: Configuration[], chance: () => number): void {
  const imported = importModel(`${path}.uvl`, text)
  if (!imported.ok) throw new Error(JSON.stringify(imported.errors))
  const result = compile(imported.model)
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  let state = start(result.compiled)
  let left = all
  for (let k = 0; k < 12; k++) {
    const { options, numbers } = domains(state)
    const free: string[] = []
    for (const { name } of allFeatures(tree.root)) {
      const some = left.some(({ chosen }) => chosen.has(name))
      const every = left.every(({ chosen }) => chosen.has(name))
      const stateNow = options[name]?.state === 'chosen' ? 'forced' : options[name]?.state
      expect(stateNow, `${path} ${name}`).toBe(every ? 'forced' : some ? 'free' : 'excluded')
      if (some && !every) free.push(name)
    }
    for (const [name, listed] of Object.entries(values)) {
      const domain = numbers[`${name}/value`]
      if (!domain) continue
      for (const value of listed) {
        const possible = left.some(configuration => configuration.values.get(name) === value)
        expect(
          domain.values.some(({ min, max }) => value >= min && value <= max),
          `${path} ${name} ${value}`,
        ).toBe(possible)
      }
    }
    const option = free[Math.floor(chance() * free.length)]
    const number = Object.keys(values).find(name => numbers[`${name}/value`] && !numbers[`${name}/value`]!.decided)
    let decision: Decision
    if (number && (option === undefined || chance() < 0.2)) {
      const possible = values[number]!.filter(value => left.some(configuration => configuration.values.get(number) === value))
      const value = possible[Math.floor(chance() * possible.length)]!
      decision = { number: `${number}/value`, value }
      left = left.filter(configuration => configuration.values.get(number) === value)
    } else if (option !== undefined) {
      const chosen = chance() < 0.6
      decision = { option, chosen }
      left = left.filter(configuration => configuration.chosen.has(option) === chosen)
    } else return
    const decided = decide(state, decision)
    if (decided.status !== 'ok') throw new Error(`${path}: ${JSON.stringify(decision)} refused`)
    state = decided.state
  }
}

/** Every configuration that follows the tree. */
function everyConfiguration(tree: FeatureTree): Configuration[] {
  return below(tree.root).map(part => ({
    chosen: new Map(part.names.map(name => [name, 1])),
    values: new Map(part.values),
    texts: new Map(part.texts),
  }))
}

interface Part {
  names: string[]
  values: [string, number][]
  texts: [string, string | { length: number }][]
}

function below(feature: Feature): Part[] {
  let parts: Part[] = (values[feature.name] ?? [undefined]).map(value => ({
    names: [feature.name],
    values: value === undefined ? [] : [[feature.name, value]],
    texts: [],
  }))
  const own = texts[feature.name]
  if (own) parts = parts.flatMap(part => own.map(text => ({ ...part, texts: [[feature.name, text]] as Part['texts'] })))
  for (const group of feature.groups) {
    let chosen: { part: Part; count: number }[] = [{ part: { names: [], values: [], texts: [] }, count: 0 }]
    for (const child of group.features) {
      const with_ = below(child)
      chosen = chosen.flatMap(one => [
        ...(group.kind === 'mandatory' ? [] : [one]),
        ...with_.map(more => ({ part: join(one.part, more), count: one.count + 1 })),
      ])
    }
    const [low, high] = {
      mandatory: [0, 99],
      optional: [0, 99],
      or: [1, 99],
      alternative: [1, 1],
      cardinality: [group.min, group.max ?? 99],
    }[group.kind]
    chosen = chosen.filter(({ count }) => count >= low! && count <= high!)
    parts = parts.flatMap(part => chosen.map(one => join(part, one.part)))
  }
  return parts
}

function join(a: Part, b: Part): Part {
  return { names: [...a.names, ...b.names], values: [...a.values, ...b.values], texts: [...a.texts, ...b.texts] }
}
