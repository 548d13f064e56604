import { readFileSync } from 'node:fs'
import { check, compile, complete, type Decision, decideAll, type Model, price, type Selection, start } from '@fettle/engine'
import { describe, expect, test } from 'vitest'
import { breaking } from './breaking.ts'

const read = (file: string) => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))

describe.each(['rotary-table'])('%s', folder => {
  const model: Model = read(`${folder}/model.json`)
  const compiled = compiledOf(model)

  test.each(model.constraints.map(constraint => constraint.id))('%s forbids something that the others allow', id => {
    const { selection } = complete(start(compiledOf(breaking(model, id))), { goal: 'defaults' })
    expect(check(compiled, selection as Selection).violations.map(rule => rule.id)).toEqual([id])
  })

  test('the starting configurations of its page are valid and have a price', () => {
    const { starts } = read(`${folder}/page.json`) as { starts: { id: string; decisions: Decision[] }[] }
    for (const { id, decisions } of starts) {
      const { state, unfit } = decideAll(compiled, decisions)
      expect(unfit, id).toEqual([])
      const selection = complete(state, { goal: 'defaults' }).selection as Selection
      expect(check(compiled, selection), id).toEqual({ valid: true, violations: [], errors: [] })
      expect(price(compiled, selection).status, id).toBe('priced')
    }
  })
})

function compiledOf(json: unknown) {
  const result = compile(json)
  if (!result.ok) throw new Error(JSON.stringify(result.errors, null, 2))
  return result.compiled
}
