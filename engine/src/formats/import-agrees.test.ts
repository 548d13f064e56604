import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../../test/click-workload.ts'
import { allFeatures, type Configuration, instances, isValid } from '../../test/naive-features.ts'
import { publicData, readPublic, tellWithout } from '../../test/public-data.ts'
import { check } from '../check.ts'
import type { Model, NumberGroup, Selection } from '../model.ts'
import { indexModel, optionsOf } from '../model-index.ts'
import { type Rulebook, readRules } from '../rules.ts'
import { parseFeatureIde } from './featureide/import.ts'
import { exportModel, importModel } from './index.ts'
import type { Feature, FeatureTree } from './tree/feature-tree.ts'
import { withInstances } from './tree/instances.ts'
import { parseUvl } from './uvl/parse.ts'

tellWithout('Agreement of imported public models')

describe('an imported model', () => {
  it('allows exactly what a random feature tree allows', { timeout: 60_000 }, () => {
    let valid = 0
    let invalid = 0
    for (let seed = 1; seed <= 400; seed++) {
      const text = randomUvl(mulberry32(seed))
      const counts = compareAll('random.uvl', text, withInstances(parseUvl(text)), 60, mulberry32(seed + 5000))
      valid += counts.valid
      invalid += counts.invalid
    }
    expect(valid).toBeGreaterThan(1000)
    expect(invalid).toBeGreaterThan(1000)
  })

  const small = [
    ['uvl-numeric/Sundermann2024_Pizza.uvl', true],
    ['uvl-numeric/bike.uvl', true],
    ['uvl-numeric/featureide-attributed-sandwich.uvl', true],
    ['uvl-numeric/Horcas2025_Icecream.uvl', false],
    ['uvl-numeric/generated-fm0.uvl', false],
    ['uvl/featureide-server.uvl', true],
    ['uvl/printer.uvl', true],
    ['uvl/pc-richmond.uvl', false],
    ['xml-attributes/BikeConfigurator.xml', true],
    ['xml-attributes/PcConfigurator.xml', false],
  ] as const
  for (const [path, hasValid] of small) {
    it.skipIf(!publicData)(`allows exactly what ${path} allows`, { timeout: 60_000 }, () => {
      const text = readPublic(path)
      const tree = path.endsWith('.xml') ? parseFeatureIde(text) : withInstances(parseUvl(text))
      const counts = compareAll(path, text, tree, path.includes('fm0') ? 200 : 1500, mulberry32(7))
      if (hasValid) expect(counts.valid).toBeGreaterThan(0)
    })
  }
})

function compareAll(
  path: string,
  text: string,
  tree: FeatureTree,
  times: number,
  chance: () => number,
): { valid: number; invalid: number } {
  const imported = importModel(path, text)
  if (!imported.ok) throw new Error(`${path}: ${JSON.stringify(imported.errors)}\n${text}`)
  const { model } = imported
  const index = indexModel(model)
  const { rules, errors } = readRules(index)
  expect(errors).toEqual([])
  const second = writtenAndReadAgain(model)
  const counts = { valid: 0, invalid: 0 }
  const numbers = numberGroups(model)
  for (let i = 0; i < times; i++) {
    const configuration = randomConfiguration(tree, model, numbers, chance)
    const expected = isValid(tree, configuration)
    const result = check({ index, rules }, selectionOf(configuration, model))
    if (result.valid !== expected || result.errors.length)
      expect.fail(
        `${path}: tree says ${expected}, model says ${JSON.stringify(result)}\n${show(configuration)}\n${text.slice(0, 3000)}`,
      )
    const again = check(second, numbersAsFeatures(selectionOf(configuration, model), second))
    if (expected ? !again.valid : again.valid && second.exact)
      expect.fail(
        `${path} written again: tree says ${expected}, model says ${JSON.stringify(again)}\n${show(configuration)}\n${text}`,
      )
    counts[expected ? 'valid' : 'invalid']++
  }
  return counts
}

/** `exact`: UVL has words for every constraint, so that the file allows no more than the model. */
function writtenAndReadAgain(model: Model): Rulebook & { exact: boolean } {
  const file = exportModel(model, 'uvl')
  const again = file.ok ? importModel('again.uvl', file.text) : file
  if (!file.ok || !again.ok) throw new Error(`${JSON.stringify(again)}\n${file.ok ? file.text : ''}`)
  const index = indexModel(again.model)
  const { rules, errors } = readRules(index)
  expect(errors).toEqual([])
  return { index, rules, exact: file.notes.every(({ path }) => !path.startsWith('/constraints/')) }
}

function numberGroups(model: Model): Map<string, NumberGroup> {
  return new Map(model.groups.filter(group => group.kind === 'number').map(group => [group.id.replace(/\/value$/, ''), group]))
}

/** Follows the tree most of the time, so that the constraints get to speak, and breaks it now and then. */
function randomConfiguration(
  tree: FeatureTree,
  model: Model,
  numbers: Map<string, NumberGroup>,
  chance: () => number,
): Configuration {
  const configuration: Configuration = { chosen: new Map(), values: new Map(), texts: new Map() }
  const many = allFeatures(tree.root)
  const generous = chance()
  const choose = (feature: Feature) => {
    const { min, max } = instances(feature)
    configuration.chosen.set(feature.name, max === 0 ? 1 : min + Math.floor(chance() * (Math.min(max, min + 3) - min + 1)))
    const group = numbers.get(feature.name)
    if (group) {
      const steps = Math.round((group.max - group.min) / (group.step ?? 1))
      const near = Math.round((0 - group.min) / (group.step ?? 1)) + Math.floor(chance() * 9) - 3
      const at = chance() < 0.5 ? near : Math.floor(chance() * (steps + 1))
      configuration.values.set(
        feature.name,
        Number((group.min + Math.min(Math.max(at, 0), steps) * (group.step ?? 1)).toFixed(6)),
      )
    }
    if (feature.type === 'string') {
      const listed = listedTexts(model, feature.name)
      const measured = model.groups.some(({ id }) => id === `${feature.name}/length`)
      const other = { length: measured ? Math.floor(chance() * 6) + 1 : 3 }
      configuration.texts.set(feature.name, listed[Math.floor(chance() * (listed.length + 1))] ?? other)
    }
    for (const group of feature.groups) {
      const n = group.features.length
      const all = shuffled(group.features, chance)
      const wanted = {
        mandatory: n,
        optional: Math.floor(generous * (n + 1)),
        or: 1 + Math.floor(generous * n),
        alternative: 1,
        cardinality: group.min + Math.floor(generous * (Math.min(group.max ?? n, n) - group.min + 1)),
      }[group.kind]
      for (const child of all.slice(0, wanted)) choose(child)
    }
  }
  choose(tree.root)
  if (chance() < 0.3) {
    const flipped = many[Math.floor(chance() * many.length)]!
    if (configuration.chosen.has(flipped.name)) {
      configuration.chosen.delete(flipped.name)
      configuration.values.delete(flipped.name)
      configuration.texts.delete(flipped.name)
    } else choose(flipped)
  }
  return configuration
}

/** A number that was no feature of the tree, like the length of a text, is one in the file. */
function numbersAsFeatures({ options, numbers }: Selection, { index }: Rulebook): Selection {
  const own = Object.keys(numbers).filter(id => !index.grids.has(id))
  return {
    options: { ...options, ...Object.fromEntries(own.map(id => [id, 1])) },
    numbers: Object.fromEntries(Object.entries(numbers).map(([id, value]) => [own.includes(id) ? `${id}/value` : id, value])),
  }
}

/** The texts that the model has for a String feature. */
function listedTexts({ groups }: Model, feature: string): string[] {
  const choice = groups.find(({ id }) => id === `${feature}/text`)
  return choice ? optionsOf(choice).flatMap(({ id }) => /='(.*)'$/.exec(id)?.[1] ?? []) : []
}

function selectionOf(configuration: Configuration, { groups }: Model): Selection {
  const options = Object.fromEntries(configuration.chosen)
  const numbers = Object.fromEntries([...configuration.values].map(([name, value]) => [`${name}/value`, value]))
  for (const [name, text] of configuration.texts) {
    if (groups.some(({ id }) => id === `${name}/text`))
      options[typeof text === 'string' ? `${name}='${text}'` : `${name}/other`] = 1
    if (typeof text !== 'string' && groups.some(({ id }) => id === `${name}/length`)) numbers[`${name}/length`] = text.length
  }
  return { options, numbers }
}

const WORDS = ['red', 'blue', 'no', 'black']

function show(configuration: Configuration): string {
  return JSON.stringify({
    chosen: [...configuration.chosen],
    values: [...configuration.values],
    texts: [...configuration.texts],
  })
}

function shuffled<T>(list: readonly T[], chance: () => number): T[] {
  return list
    .map(item => ({ item, order: chance() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item)
}

/** A small UVL file with everything the importer says it expresses. */
function randomUvl(chance: () => number): string {
  const pick = <T>(list: readonly T[]) => list[Math.floor(chance() * list.length)]!
  const lines = ['features']
  const names: { name: string; type: string; price: boolean; flag: boolean; note: boolean }[] = []
  const unit = chance() < 0.5 ? '\t' : '    '
  const feature = (depth: number, canHaveChildren: boolean) => {
    const name = chance() < 0.2 ? `F ${names.length}.x` : `F${names.length}`
    const type = depth === 0 ? '' : pick(['', '', '', 'Boolean ', 'Integer ', 'Real ', 'String '])
    const children =
      canHaveChildren && names.length < 9 ? (depth === 0 ? 1 + Math.floor(chance() * 3) : Math.floor(chance() * 2)) : 0
    const price = chance() < 0.5
    const flag = chance() < 0.3
    const note = chance() < 0.15
    const attributes = [
      ...(price ? [`Price ${pick(['1', '2.5', '-3', '0'])}`] : []),
      ...(flag ? [`flag ${pick(['true', 'false'])}`] : []),
      ...(note ? [`note '${pick(WORDS)}'`] : []),
    ]
    const cardinality = depth > 0 && chance() < 0.2 ? ` cardinality [${pick(['0..2', '1..3', '2', '0..0', '1..1'])}]` : ''
    names.push({ name, type: type.trim(), price, flag, note })
    const written = name.includes(' ') ? `"${name}"` : name
    lines.push(
      `${unit.repeat(depth * 2 + 1)}${type}${written}${cardinality}${attributes.length ? ` {${attributes.join(', ')}}` : ''}`,
    )
    for (let g = 0; g < children; g++) {
      const size = 1 + Math.floor(chance() * 3)
      const low = Math.floor(chance() * (size + 1))
      const high = low + Math.floor(chance() * 2)
      lines.push(
        unit.repeat(depth * 2 + 2) + pick(['mandatory', 'optional', 'or', 'alternative', `[${low}..${high}]`, `[${low}..*]`]),
      )
      for (let i = 0; i < size; i++) feature(depth + 1, depth < 2)
    }
  }
  feature(0, true)
  const written = (name: string) => (name.includes(' ') ? `"${name}"` : name)
  const priced = names.filter(n => n.price)
  const flagged = names.filter(n => n.flag)
  const texts = names.filter(n => n.type === 'String')
  const numeric = names.filter(n => n.type !== 'String')
  const whole = numeric.filter(n => n.type !== 'Real')
  const arithmetic = (depth: number): string => {
    const roll = chance()
    if (depth > 2 || roll < 0.25) return pick(['0', '1', '2', '2.5', '-1', '7'])
    if (roll < 0.45) return written(pick(names.filter(n => n.type !== 'String')).name)
    if (roll < 0.6 && priced.length) return `${written(pick(priced).name)}.Price`
    if (roll < 0.7 && priced.length) return pick(['sum(Price)', `sum(Price, ${written(pick(names).name)})`])
    if (roll < 0.72 && priced.length)
      return pick(['avg(Price)', 'max(Price)', `avg(Price, ${written(pick(names).name)})`, 'min(Price)'])
    if (roll < 0.73 && texts.length) return `len(${written(pick(texts).name)})`
    if (roll < 0.75) return `sum(${written(names[0]!.name)}, ${written(pick(names.filter(n => n.type !== 'String')).name)})`
    if (roll < 0.88)
      return `${arithmetic(depth + 1)} ${pick(['+', '-', '*', '/'])} (${arithmetic(depth + 1)} ${pick(['+', '-', '*', '/'])} ${arithmetic(depth + 1)})`
    return `${arithmetic(depth + 1)} ${pick(['+', '-', '*', '/'])} ${arithmetic(depth + 1)}`
  }
  const comparison = () => pick(['==', '!=', '<', '<=', '>', '>='])
  const text = () => {
    const noted = names.filter(n => n.note)
    const roll = chance()
    if (roll < 0.35) return `'${pick(WORDS)}'`
    return roll < 0.45 && noted.length ? `${written(pick(noted).name)}.note` : written(pick(texts).name)
  }
  const logic = (depth: number): string => {
    const roll = chance()
    if (depth > 2 || roll < 0.3) return written(pick(names).name)
    if (roll < 0.35 && flagged.length) return `${written(pick(flagged).name)}.flag`
    if (roll < 0.38 && flagged.length) return `${written(pick(flagged).name)}.flag == true`
    if (roll < 0.4) return `avg(${written(pick(numeric).name)}, ${written(pick(numeric).name)}) > 1`
    if (roll < 0.43)
      return `${pick(['floor', 'ceil'])}(${written(pick(numeric).name)}) ${comparison()} ${pick(['0', '1', '2.5', '-1', written(pick(whole).name)])}`
    if (roll < 0.48 && texts.length) return `${text()} ${pick(['==', '!='])} ${text()}`
    if (roll < 0.51 && texts.length) return `len(${written(pick(texts).name)}) ${comparison()} ${pick(['2', '3', '4'])}`
    if (roll < 0.6) return `${arithmetic(0)} ${pick(['==', '!=', '<', '<=', '>', '>='])} ${arithmetic(0)}`
    if (roll < 0.7) return `!${logic(depth + 1)}`
    if (roll < 0.76) return `(${logic(depth + 1)})`
    return `${logic(depth + 1)} ${pick(['&', '|', '=>', '<=>'])} ${logic(depth + 1)}`
  }
  const count = Math.floor(chance() * 4)
  if (count) lines.push('constraints')
  for (let i = 0; i < count; i++) lines.push(unit + logic(0))
  return lines.join('\n')
}
