import { expect, test } from 'vitest'
import { Failure } from '#platform/server'
import { readModelApart } from './read-model-apart.ts'

/** n + 1 pigeons into n holes: short to write, and no reader of Boolean formulas refutes it quickly. */
function pigeons(n: number): string {
  const holes = Array.from({ length: n }, (_, hole) => hole)
  const birds = Array.from({ length: n + 1 }, (_, bird) => bird)
  const lines = ['features', '  Loft', '    optional']
  for (const bird of birds) for (const hole of holes) lines.push(`      p_${bird}_${hole}`)
  lines.push('constraints')
  for (const bird of birds) lines.push(`  ${holes.map(hole => `p_${bird}_${hole}`).join(' | ')}`)
  for (const hole of holes)
    for (const one of birds) for (const other of birds) if (one < other) lines.push(`  !p_${one}_${hole} | !p_${other}_${hole}`)
  return lines.join('\n')
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    thrown => thrown as Failure,
  )

test('a model that cannot be settled in time is refused as too hard, and this process goes on meanwhile', async () => {
  let turns = 0
  const breathing = setInterval(() => turns++, 10)
  const refused = await failure(readModelApart({ fileName: 'loft.uvl', text: pigeons(12) }, { ms: 1500, memory: 500 }))
  clearInterval(breathing)
  expect(refused).toBeInstanceOf(Failure)
  expect(refused).toMatchObject({ type: 'model-too-hard', status: 422, remedy: { en: expect.any(String) } })
  expect(turns).toBeGreaterThan(30)
})

test('a small contradiction of that kind is proved, and names its rules', async () => {
  const read = await readModelApart({ fileName: 'loft.uvl', text: pigeons(3) })
  expect(read).toMatchObject({ ok: false, errors: [{ code: 'contradiction' }] })
})

test('a file whose reading takes more memory than is set aside is refused as too hard', async () => {
  const lines = Array.from({ length: 60_000 }, (_, i) => `      part_${i}`)
  const text = ['features', '  Store', '    optional', ...lines].join('\n')
  expect(await failure(readModelApart({ fileName: 'store.uvl', text }, { ms: 20_000, memory: 24 }))).toMatchObject({
    type: 'model-too-hard',
  })
})

test('too many files at once are refused, and those before are read', async () => {
  const lamp = { fileName: 'lamp.uvl', text: 'features\n  Lamp\n    optional\n      Dimmer' }
  const answers = await Promise.allSettled(Array.from({ length: 8 }, () => readModelApart(lamp)))
  expect(answers.map(({ status }) => status)).toEqual([...Array(5).fill('fulfilled'), ...Array(3).fill('rejected')])
  expect(answers.at(-1)).toMatchObject({ reason: { type: 'imports-busy' } })
})

test.each([
  ['root.uvl', 'features\n  root\n    optional\n      Dimmer', 'root'],
  ['lamp-2.uvl', 'features\n  root\n    optional\n      Dimmer', 'lamp-2'],
  ['lamp-2.uvl', 'features\n  Lamp\n    optional\n      Dimmer', 'Lamp'],
])('%s goes by the name of its root feature, or of the file where that says nothing', async (fileName, text, id) => {
  expect(await readModelApart({ fileName, text })).toMatchObject({ ok: true, presentation: { name: { en: id } } })
})
