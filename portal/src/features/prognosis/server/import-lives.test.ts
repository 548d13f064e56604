import { expect, test } from 'vitest'
import { createDevice, createDeviceType } from '#features/devices/core'
import type { ProblemError } from '#platform/core'
import { writeWorkbook } from '#platform/server'
import { testPortal } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import { getPart, importLives } from '../core/index.ts'

const world = await twoCompanies(await testPortal())
const service = await world.api('service')
const name = (text: string) => ({ 'zh-CN': text, en: text })
const { id: typeId } = await service.call(createDeviceType, {
  body: { key: 'listed', name: name('Machine'), components: [{ key: 'pump', name: name('Pump') }] },
})
await service.call(createDevice, { body: { serial: 'L-1', model: 'TM-1', typeId } })
const params = { typeId, component: 'pump' }

const send = async (rows: string[][], write: 'yes' | 'no') => {
  const head = ['机器序列号 Serial number', '装上日期 Installed on', '结束日期 Ended on', '结果 Ending']
  const content = await writeWorkbook([{ name: 'Ends', widths: [20, 20, 20, 20], rows: [head, ...rows] }])
  return service.call(importLives, {
    params,
    query: { write },
    body: { name: 'ends.xlsx', content: new Blob([Uint8Array.from(content)]) },
  })
}
const livesNow = async () =>
  (await service.call(getPart, { params })).lives.map(({ source, ending, beganAt }) => [source, ending, beganAt.slice(0, 10)])

const good = [
  ['L-1', '2023-01-10', '2024-01-10', '故障'],
  ['l 1', '2024-01-10', '2025/3/1', 'replaced'],
]

test('a list is looked at first; with one wrong row nothing is written, without any all of it', async () => {
  const wrong = [...good, ['L-9', '2024-01-10', '2025-04-01', '故障'], ['L-1', '2024-02-01', '2024-01-10', '坏']]
  const seen = await send(wrong, 'yes')
  expect(seen.written).toBe(0)
  expect(seen.rows.map(({ row, faults }) => [row, ...faults.map(({ fault }) => fault)])).toEqual([
    [2],
    [3],
    [4, 'unknown-machine'],
    [5, 'not-after', 'no-ending', 'twice'],
  ])
  expect((await send(good, 'no')).written).toBe(0)
  expect(await livesNow()).toEqual([])
  expect((await send(good, 'yes')).written).toBe(2)
  expect(await livesNow()).toEqual([
    ['import', 'censored', '2024-01-10'],
    ['import', 'failed', '2023-01-10'],
  ])
  const again = await send(good, 'yes')
  expect(again.written).toBe(0)
  expect(again.rows.flatMap(({ faults }) => faults.map(({ fault }) => fault))).toEqual(['known', 'known'])
})

test('what is no such list is refused with what to do', async () => {
  const content = await writeWorkbook([{ name: 'Ends', widths: [20], rows: [['Something else']] }])
  const body = { name: 'ends.xlsx', content: new Blob([Uint8Array.from(content)]) }
  const problem = await service
    .call(importLives, { params, query: { write: 'no' }, body })
    .catch((error: ProblemError) => error.problem)
  expect(problem).toMatchObject({ status: 422, errors: [{ field: '/file', value: 'ends.xlsx' }] })
})
