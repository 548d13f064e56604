import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importModel } from '@fettle/engine/formats'
import { afterAll, expect, test } from 'vitest'
import { listManagedProducts, listProducts } from '#features/products/core'
import { eventually } from '../../test/eventually.ts'
import { drillStand, publishDrillStand } from '../../test/small-product.ts'
import { testPortal } from '../../test/test-portal.ts'

const { api, platform } = await testPortal()
const folder = mkdtempSync(join(tmpdir(), 'fettle-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The command beside the running portal, on the same database. */
const fettle = (...words: string[]) =>
  new Promise<{ code: number; said: string; complained: string }>(resolve => {
    const env = {
      ...process.env,
      FETTLE_MODE: 'demo',
      DATABASE_URL: platform.config.databaseUrl!,
      DATA_DIR: platform.config.dataDir,
    }
    execFile(process.execPath, [join(import.meta.dirname, 'cli.ts'), ...words], { env }, (error, said, complained) =>
      resolve({ code: Number(error?.code ?? 0), said, complained }),
    )
  })

test('a model file becomes a product that can be configured at once, or a draft', async () => {
  const file = join(folder, 'drill.uvl')
  writeFileSync(
    file,
    'features\n  Drill\n    mandatory\n      Motor\n        alternative\n          Small\n          Large\n    optional\n      Lamp\nconstraints\n  Lamp => Large\n',
  )
  const draft = await fettle('model', 'publish', file, '--draft')
  expect(draft.complained).toBe('')
  expect(draft.said).toMatch(/ is its draft/)
  const product = await api('product')
  expect((await (await api()).call(listProducts, {})).items).toEqual([])
  expect((await product.call(listManagedProducts, {})).items).toHaveLength(1)

  expect((await fettle('model', 'publish', file)).said).toMatch(/is published: configure it at \/configure\/drill/)
  expect((await (await api()).call(listProducts, {})).items).toMatchObject([{ untranslated: true }])
})

test('a model file is validated, tested and compared without a portal, and against what the portal has', async () => {
  const model = {
    ...drillStand,
    examples: [{ id: 'strong_on_small', expect: 'possible', decisions: [chosen('motor_3kw'), chosen('supply_2kw')] }],
  }
  const [good, bad] = [join(folder, 'good.json'), join(folder, 'bad.json')]
  writeFileSync(good, JSON.stringify({ ...drillStand, prices: [{ id: 'base', kind: 'base', amount: 90_000 }] }))
  writeFileSync(bad, JSON.stringify(model))
  expect(await fettle('model', 'validate', bad)).toMatchObject({ code: 0, said: expect.stringContaining('drill_stand 1.0.0') })
  expect(await fettle('model', 'test', good)).toMatchObject({ code: 0, said: expect.stringContaining('may be published') })
  const tested = await fettle('model', 'test', bad)
  expect(tested).toMatchObject({ code: 1, said: expect.stringContaining(`${bad}:/examples/0`) })

  await publishDrillStand(platform)
  const compared = await fettle('model', 'diff', 'drill-stand', good)
  expect(compared).toMatchObject({ code: 0, said: expect.stringContaining('amount: ¥800 → ¥900') })
  expect((await fettle('model', 'diff', 'drill-stand@7', good)).complained).toContain('drill-stand@7')
}, 90_000)

const chosen = (option: string) => ({ option, chosen: true })

test('a model leaves as a file of other tools, which says what it cannot express and is read again', async () => {
  const [json, uvl] = [join(folder, 'stand.json'), join(folder, 'stand.uvl')]
  writeFileSync(json, JSON.stringify(drillStand))
  const wrote = await fettle('model', 'export', json, uvl)
  expect(wrote).toMatchObject({ code: 0, said: expect.stringContaining(`Wrote ${json} to ${uvl}`) })
  expect(wrote.said).toMatch(/Not expressed \(\d+\):\n {2}.*:\/\w+: Not in the file: /)
  expect(importModel(uvl, readFileSync(uvl, 'utf8'))).toMatchObject({ ok: true, model: { currency: drillStand.currency } })
  expect((await fettle('model', 'export', json, join(folder, 'stand.docx'))).complained).toMatch(/ends with .*\.uvl/)
}, 90_000)

test('the audit log is written into a new file, which can be checked, and any change of it is found', async () => {
  const file = join(folder, 'audit.jsonl')
  await (await api('product')).call(listManagedProducts, {})
  const wrote = await fettle('audit', 'export', file)
  expect(wrote).toMatchObject({ code: 0, said: expect.stringMatching(/^Wrote [1-9]\d* entries/) })
  expect((await fettle('audit', 'verify', '--file', file)).said).toMatch(/^The export holds: [1-9]\d* entries, without a gap/)
  expect((await fettle('audit', 'export', file)).complained).toMatch(/exists already/)
  writeFileSync(file, readFileSync(file, 'utf8').replace('"done"', '"refused"'))
  expect(await fettle('audit', 'verify', '--file', file)).toMatchObject({
    code: 1,
    said: expect.stringMatching(/^The export does not hold: line 1/),
  })
}, 90_000)

test('the stricter mode is switched from outside, and the portal that runs follows at once', async () => {
  expect((await fettle('attack', 'on')).said).toMatch(/The switch is at on\. The stricter mode is on since/)
  await eventually(() => platform.attackMode.strict())
  expect((await fettle('attack')).said).toMatch(/at on/)
  expect((await fettle('attack', 'auto')).said).toMatch(/at auto\. The stricter mode is off/)
  await eventually(() => !platform.attackMode.strict())
  expect(await fettle('attack', 'maybe')).toMatchObject({ code: 1, complained: expect.stringContaining('auto, on, off') })
}, 90_000)

test('a wrong file is refused with its place and remedy, a wrong command with the usage', async () => {
  const file = join(folder, 'cut-off.uvl')
  writeFileSync(file, 'features\n  Drill\n    mandatory\n      "Mot')
  const refused = await fettle('model', 'publish', file)
  expect(refused).toMatchObject({ code: 1, said: '' })
  expect(refused.complained).toMatch(/4:\d+/)
  expect(await fettle('model', 'publish', join(folder, 'none.uvl'))).toMatchObject({
    code: 1,
    complained: expect.stringContaining('cannot be read'),
  })
  expect((await fettle('export')).complained).toMatch(/^Usage:/)
  expect(await fettle('model', 'publish', file, '--publsih')).toMatchObject({
    code: 1,
    complained: expect.stringContaining('Usage:'),
  })
}, 90_000)
