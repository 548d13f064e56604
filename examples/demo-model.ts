import { readFileSync } from 'node:fs'
import {
  bom,
  type Compiled,
  check,
  compile,
  complete,
  type Decision,
  decide,
  decideAll,
  domains,
  type Group,
  type Model,
  price,
  type Selection,
  spec,
  start,
  testExamples,
} from '@fettle/engine'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { breaking } from './breaking.ts'

export interface DemoModel {
  model: Model
  compiled: Compiled
  page: { starts: { id: string; decisions: Decision[] }[] }
}

export function readDemoModel(folder: string): DemoModel {
  const read = (file: string) => JSON.parse(readFileSync(new URL(`${folder}/${file}`, import.meta.url), 'utf8'))
  const model: Model = read('model.json')
  return { model, compiled: compiledOf(model), page: read('page.json') }
}

/** What every demo model of another trade must hold. */
export function holdsAsDemo({ model, compiled, page }: DemoModel): void {
  const options = model.groups.flatMap(optionsOf)

  test('it has at least 40 options and 25 constraints, each with words in both languages', () => {
    expect(options.length).toBeGreaterThanOrEqual(40)
    expect(model.constraints.length).toBeGreaterThanOrEqual(25)
    for (const { id, use } of options) expect(use, id).toMatchObject(bothLanguages)
    for (const { id, message } of model.constraints) expect(message, id).toMatchObject(bothLanguages)
  })

  test('every option can be chosen and left out', () => {
    const standing = domains(start(compiled)).options
    expect(options.filter(({ id }) => standing[id]?.state !== 'free').map(({ id }) => id)).toEqual([])
  })

  describe('every constraint forbids something that the others allow', () => {
    test.each(model.constraints.map(constraint => constraint.id))('%s', id => {
      const { selection } = complete(start(compiledOf(breaking(model, id))), { goal: 'defaults' })
      expect(check(compiled, selection as Selection).violations.map(rule => rule.id)).toEqual([id])
    })
  })

  test('its examples are possible and impossible as they say', () => {
    expect(testExamples(compiled).flatMap(({ error }) => error?.message.en ?? [])).toEqual([])
  })

  test.each(page.starts)('the start $id of its page is valid, priced and has parts', ({ decisions }) => {
    const selection = completed(compiled, decisions)
    expect(check(compiled, selection)).toEqual({ valid: true, violations: [], errors: [] })
    expect(price(compiled, selection).status).toBe('priced')
    expect(bom(compiled, selection).filter(({ quantity }) => !(quantity > 0))).toEqual([])
  })

  test('whatever a visitor decides, what the engine completes passes the direct check', () => {
    const wish = fc.oneof(
      fc.constantFrom(...options).map(({ id }): Decision => ({ option: id, chosen: true })),
      fc
        .tuple(
          fc.constantFrom(...model.groups.filter(group => group.kind === 'number')),
          fc.double({ min: 0, max: 1, noNaN: true }),
        )
        .map(
          ([{ id, min, max, step = 1 }, part]): Decision => ({
            number: id,
            value: min + Math.round(((max - min) / step) * part) * step,
          }),
        ),
    )
    fc.assert(
      fc.property(fc.array(wish, { minLength: 1, maxLength: 8 }), wishes => {
        let state = start(compiled)
        for (const each of wishes) {
          const decided = decide(state, each)
          if (decided.status === 'ok') state = decided.state
        }
        const { selection, status } = complete(state, { goal: 'defaults' })
        expect(status).toBe('proved')
        expect(check(compiled, selection as Selection).violations).toEqual([])
      }),
      { numRuns: 40, seed: 4 },
    )
  })
}

/** The decisions, each of which must fit, and defaults for the rest. */
export function completed(compiled: Compiled, decisions: Decision[]): Selection {
  const { state, unfit } = decideAll(compiled, decisions)
  expect(unfit.map(({ decision }) => decision)).toEqual([])
  return complete(state, { goal: 'defaults' }).selection as Selection
}

export const chosen = (...options: string[]): Decision[] => options.map(option => ({ option, chosen: true }))

/** The figure of a line of the specification. */
export function figure(compiled: Compiled, selection: Selection, id: string): unknown {
  return spec(compiled, selection).find(line => line.id === id)?.value
}

const bothLanguages = { 'zh-CN': expect.any(String), en: expect.any(String) }

function optionsOf(group: Group) {
  if (group.kind === 'number') return []
  return group.kind === 'yes-no' ? [group.option] : group.options
}

function compiledOf(json: unknown): Compiled {
  const result = compile(json)
  if (!result.ok) throw new Error(JSON.stringify(result.errors, null, 2))
  return result.compiled
}
