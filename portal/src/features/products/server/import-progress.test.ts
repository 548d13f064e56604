import type { Model } from '@fettle/engine'
import { expect, test } from 'vitest'
import { eventually } from '../../../../test/eventually.ts'
import { largeProduct } from '../../../../test/large-product.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { type ImportProgress, importsTopic, progressMessage, readProgressMessage } from '../core/import-progress.ts'
import { importModel } from '../core/index.ts'
import { makeWorkbook } from './workbook/make-workbook.ts'

const { api, platform } = await testPortal()
const editor = await api('product')

/** What a browser hears that listens for one id while a file of another is imported too. */
async function heardOf(model: Model, progressId: string): Promise<ImportProgress[]> {
  const heard: ImportProgress[] = []
  const stop = platform.live.subscribe(importsTopic, message => {
    const progress = readProgressMessage(progressId, message)
    if (progress) heard.push(progress)
  })
  try {
    await editor.call(importModel, { body: { ...(await fileOf(model)), publish: false, progressId } })
    await eventually(() => heard.at(-1)?.step === 'checking')
    return heard
  } finally {
    stop()
  }
}

async function fileOf(model: Model) {
  const made = await makeWorkbook(model)
  if (!made.ok) throw new Error(made.error.message.en)
  return { fileName: `${model.id}.xlsx`, base64: Buffer.from(made.bytes).toString('base64') }
}

test('whoever imports a workbook hears that it is opened, which row of which sheet is read, and that it is checked', async () => {
  const heard = await heardOf({ ...largeProduct(600), id: 'told-product' }, 'told-0001')
  expect(heard.map(({ step }) => step).filter((step, i, all) => step !== all[i - 1])).toEqual(['opening', 'reading', 'checking'])
  const rows = heard.filter(one => one.step === 'reading')
  for (const { sheet, row, rows: all } of rows) {
    expect(sheet).toMatch(/^\w+$/)
    expect(row).toBeGreaterThan(2)
    expect(row).toBeLessThanOrEqual(all)
  }
})

test('a file that waits for another says so', async () => {
  const other = editor.call(importModel, {
    body: { ...(await fileOf(largeProduct(300))), publish: false, progressId: 'other-001' },
  })
  const heard = await heardOf({ ...largeProduct(60), id: 'second-product' }, 'waits-001')
  expect(heard[0]).toEqual({ step: 'waiting' })
  await other
})

test('a message is understood by whom it is for, and by nobody else', () => {
  const progress: ImportProgress = { step: 'reading', sheet: 'options', row: 12_400, rows: 18_002 }
  const message = progressMessage('mine-0001', progress)
  expect(readProgressMessage('mine-0001', message)).toEqual(progress)
  for (const [id, said] of [
    ['yours-001', message],
    [null, message],
    ['mine-0001', null],
    ['mine-0001', 'mine-0001/dancing'],
    ['mine-0001', 'mine-0001/reading/toString/1/2'],
  ] as const)
    expect(readProgressMessage(id, said)).toBeUndefined()
})
