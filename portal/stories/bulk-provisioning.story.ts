import { readFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { readXlsx, writeXlsx } from 'hucre/xlsx'
import { connectAsync } from 'mqtt'
import { fromBufferPromise } from 'yauzl'
import { admitAtBroker } from './admit-at-broker.ts'
import { expect, phone, test } from './portal-fixture.ts'
import { readPdf } from './read-pdf.ts'

type Cell = (title: string) => string

test('service registers machines by list, corrects a cell, downloads what they need once; one of them connects by it and no other hears it, and a customer claims it', async ({
  visit,
  complaints,
}) => {
  complaints.expect(/status of 403/) // asks to be confirmed
  const mark = `L${Date.now() % 1_000_000_000}`
  const file = async (warranty: string) => ({
    ...{ name: `${mark}.xlsx`, mimeType: '' },
    buffer: Buffer.from(
      await writeXlsx({
        sheets: [
          {
            name: '机器',
            rows: [
              ['出厂编号', '型号', '订单号', '质保至'],
              [`${mark}-1`, 'VM-850', 'SO-1', '2028-09-30'],
              [`${mark}-2`, 'VM-850', 'SO-1', warranty],
            ],
          },
        ],
      }),
    ),
  })
  const service = await visit({ as: 'service' })
  await service.goto('/console/devices')
  await service.getByRole('link', { name: '批量登记' }).click()
  const choose = service.getByLabel('清单（.xlsx 或 .csv）')
  const check = service.getByRole('button', { name: '上传并检查' })
  await check.click()
  await expect(service.getByText('请选择文件。')).toBeVisible()
  await choose.setInputFiles(await file('明年'))
  await check.click()
  await expect(service.getByText('有错误，尚未登记任何机器')).toBeVisible()
  await expect(service.getByText(/D3 质保至 .*“明年” 无法看出这是哪一天/)).toBeVisible()
  await choose.setInputFiles(await file('2028-10-31'))
  await check.click()
  await service.getByRole('button', { name: '登记 2 台机器' }).click()

  await expect(service.getByRole('heading', { level: 1, name: `${mark}.xlsx` })).toBeVisible()
  await service.getByRole('radio', { name: '令牌' }).check()
  await service.getByRole('button', { name: '生成并下载' }).click()
  const confirmation = service.getByRole('dialog', { name: /确认/ })
  await expect(confirmation).toContainText('2 台机器的认领码和令牌')
  await confirmation.getByLabel(/^密码/).fill('fettle-demo-2026')
  await confirmation.getByLabel(/理由/).fill('随新机器发货')
  const [download] = await Promise.all([
    service.waitForEvent('download'),
    confirmation.getByRole('button', { name: '确认并执行' }).click(),
  ])
  await expect(service.getByText(/已下载。请妥善保存/)).toBeVisible()
  const archive = await fromBufferPromise(readFileSync(await download.path()))
  const files = new Map<string, Buffer>()
  for await (const entry of archive.eachEntry())
    files.set(entry.fileName, await buffer(await archive.openReadStreamPromise(entry)))
  expect(readPdf(files.get('labels-01.pdf')!)).toMatchObject({ pages: 1, text: expect.stringContaining(`${mark}-2`) })
  const [titles, ...lines] = (await readXlsx(files.get('机器.xlsx')!)).sheets[0]!.rows
  const [said, ofOther] = lines.map(line => (title: string) => String(line[titles!.indexOf(title)])) as [Cell, Cell]
  expect(said('出厂编号')).toBe(`${mark}-1`)

  const admin = await visit({ as: 'admin' })
  const health = await (await admin.request.get('/api/v1/operations/health')).text()
  const url = /mqtts?:\/\/[\w.:-]+/.exec(health)![0]
  await admitAtBroker(Object.fromEntries([said, ofOther].map(cell => [cell('设备编号'), cell('令牌')])))
  const signIn = (cell: Cell, password = cell('令牌')) =>
    connectAsync(url, {
      ...{ clientId: cell('设备编号'), username: cell('设备编号'), password, protocolVersion: 4, reconnectPeriod: 0 },
    })
  await expect(signIn(said, ofOther('令牌'))).rejects.toThrow()
  const other = await signIn(ofOther)
  const overheard: string[] = []
  other.on('message', topic => overheard.push(topic))
  // refused, or granted and never served, as the broker has it
  for (const filter of ['#', `${said('主题前缀')}#`]) await other.subscribeAsync(filter, { qos: 1 }).catch(() => {})
  const machine = await signIn(said)
  await machine.publishAsync(`${said('主题前缀')}readings`, '{"values": {}}', { qos: 1 })
  await machine.endAsync()
  await other.publishAsync(`${ofOther('主题前缀')}readings`, '{"values": {}}', { qos: 1 }) // its acknowledgement comes after what it might have heard
  expect(overheard.filter(topic => topic.startsWith(said('主题前缀')))).toEqual([])
  await other.endAsync()

  const owner = await visit({ as: 'customer', ...phone })
  await owner.goto(new URL(said('认领链接')).pathname)
  await owner.getByRole('button', { name: '确认认领' }).click()
  await expect(owner.getByRole('heading', { level: 1, name: `VM-850 ${mark}-1` })).toBeVisible()
  await service.reload()
  await expect(service.getByText(/此清单已在 .* 下载/)).toBeVisible()
})
