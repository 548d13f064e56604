import { describe, expect, it } from 'vitest'
import { clicksOn, mulberry32, optionIds, runClicks } from '../../test/click-workload.ts'
import { publicData, readPublic, tellWithout } from '../../test/public-data.ts'
import { compile, complete, start } from '../index.ts'
import { importModel, readDimacs } from './index.ts'

tellWithout('Published answers of public models')

/** Core, dead and the hash over all domains after every click, as independent solvers found them. */
const answers = [
  { model: 'berkeleydb', core: 14, dead: 6 },
  { model: 'busybox-1.18.0', core: 23, dead: 18, hash: -1902209385 },
  { model: 'financialservices01', core: 22, dead: 0, hash: -351477720 },
  { model: 'automotive01', core: 100, dead: 195, hash: -1256748474 },
]

describe.skipIf(!publicData)('an imported public model has the published domains after every click', () => {
  for (const { model, ...expected } of answers) {
    it(`${model} from DIMACS`, { timeout: 60_000 }, () => {
      const path = `dimacs/${model}.dimacs`
      expect(outcomeOf(path, namesIn(path))).toMatchObject(expected)
    })
  }

  for (const { model, ...expected } of answers.slice(1, 3)) {
    it(`${model} from UVL, by name`, { timeout: 60_000 }, () => {
      expect(outcomeOf(`uvl/${model}.uvl`, namesIn(`dimacs/${model}.dimacs`))).toMatchObject(expected)
    })
  }

  it('pc-richmond from UVL and from FeatureIDE XML', { timeout: 60_000 }, () => {
    for (const path of ['uvl/pc-richmond.uvl', 'xml-attributes/PcConfigurator.xml']) {
      expect(outcomeOf(path)).toMatchObject({ core: 9, dead: 0 })
    }
  })
})

describe.skipIf(!publicData)('the cheapest completion of a public model is the published one, proved', () => {
  for (const { model, cheapest } of [
    { model: 'busybox-1.18.0', cheapest: 12595 },
    { model: 'automotive01', cheapest: 77016 },
  ]) {
    it(model, { timeout: 60_000 }, () => {
      const path = `dimacs/${model}.dimacs`
      const imported = importModel(path, readPublic(path))
      if (!imported.ok) throw new Error(JSON.stringify(imported.errors))
      const chance = mulberry32(99)
      const amounts = Object.fromEntries(namesIn(path).map(id => [id, 1 + Math.floor(chance() * 1000)]))
      const result = compile({ ...imported.model, prices: [{ id: 'costs', kind: 'options', amounts }] })
      if (!result.ok) throw new Error(JSON.stringify(result.errors))
      expect(complete(start(result.compiled), { goal: 'cheapest' })).toMatchObject({ status: 'proved', objective: cheapest })
    })
  }
})

function outcomeOf(path: string, ids?: string[]) {
  const imported = importModel(path, readPublic(path))
  if (!imported.ok) throw new Error(JSON.stringify(imported.errors))
  const result = compile(imported.model)
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return runClicks(clicksOn(result.compiled, ids ?? optionIds(result.compiled)))
}

function namesIn(path: string): string[] {
  const { variables, names } = readDimacs(readPublic(path))
  return Array.from({ length: variables }, (_, i) => names.get(i + 1)!)
}
