import { describe, expect, it } from 'vitest'
import { publicData, readPublic, tellWithout } from '../../test/public-data.ts'
import { check } from '../check.ts'
import { compile } from '../compile.ts'
import { importModel } from '../formats/index.ts'
import { review } from './review.ts'

tellWithout('Reviews of public models')

describe.skipIf(!publicData)('a public model is reviewed', () => {
  it('as a whole, and agrees with the published core and dead features', { timeout: 60_000 }, () => {
    const { model, result } = reviewed('busybox-1.18.0', 3_000_000)
    expect(result.status).toBe('proved')
    expect(countsOf(result)).toMatchObject({ 'always-chosen': 23, 'dead-option': 18 })
    expect(Object.keys(result.witnesses.of)).toHaveLength(854 - 18)
    for (const selection of result.witnesses.selections) expect(check(model, selection).valid).toBe(true)
    expect(result.findings.every(({ status, rules }) => status === 'proved' && rules.length > 0)).toBe(true)
  })

  it('within a budget, and says what that left out', { timeout: 60_000 }, () => {
    const { result } = reviewed('automotive01', 20_000)
    expect(countsOf(result)).toMatchObject({ 'always-chosen': 100, 'dead-option': 195 })
    expect(result.status).toBe('best-found')
    expect(result.unsettled.rules).toBeGreaterThan(0)
  })
})

function reviewed(name: string, steps: number) {
  const path = `dimacs/${name}.dimacs`
  const imported = importModel(path, readPublic(path))
  if (!imported.ok) throw new Error(JSON.stringify(imported.errors))
  const compiled = compile(imported.model)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors))
  return { model: compiled.compiled, result: review(compiled.compiled, { steps }) }
}

function countsOf({ findings }: ReturnType<typeof review>) {
  const counts: Record<string, number> = {}
  for (const { code } of findings) counts[code] = (counts[code] ?? 0) + 1
  return counts
}
