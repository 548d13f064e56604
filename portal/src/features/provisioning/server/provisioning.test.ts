import 'reflect-metadata'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { readXlsx, writeXlsx } from 'hucre/xlsx'
import { connectAsync } from 'mqtt'
import { afterAll, expect, test } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { beginDeviceAuthority, claimDevice, getDevice, issueCertificate, listDevices } from '#features/devices/core'
import { listMyNotices } from '#features/notices/core'
import type { Api, ProblemError } from '#platform/core'
import { readMachines } from '../../../../../examples/machine-simulator/read-machines.ts'
import { confirmingApi } from '../../../../test/confirming.ts'
import { newAuthority } from '../../../../test/device-certificates.ts'
import { openDoors, withBroker } from '../../../../test/embedded-broker.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import {
  checkDeviceList,
  getDeviceList,
  getListTemplate,
  handOutDeviceList,
  listDeviceLists,
  registerDeviceList,
} from '../core/index.ts'
import { remindOfCertificates } from './remind-of-certificates.ts'

const folder = await mkdtemp(join(tmpdir(), 'fettle-provisioning-'))
afterAll(() => rm(folder, { recursive: true }))
const server = await newAuthority('The portal')
const placed = async (name: string, text: string) => {
  await writeFile(join(folder, name), text)
  return join(folder, name)
}
const own = await server.issue('localhost')
const tls = { port: 0, clientCa: null, cert: await placed('portal.crt', own.cert), key: await placed('portal.key', own.key) }
const world = await twoCompanies(await testPortal({ config: withBroker({ port: null, tls }) }))
const { database, platform } = world
const url = await openDoors(world)
const service = await world.api('service')
const confirming = confirmingApi(world, 'service')
await service.call(beginDeviceAuthority, {})

const head = ['出厂编号', '型号', '机型代码', '物料号', '订单号', '交付日期', '质保至', '公司']
const sheet = async (rows: (string | number)[][]) => ({
  name: 'machines.xlsx',
  content: new Blob([new Uint8Array(await writeXlsx({ sheets: [{ name: '机器', rows: [head, ...rows] }] }))]),
})
const register = async (file: Awaited<ReturnType<typeof sheet>>) => {
  const { checked } = await service.call(checkDeviceList, { body: file })
  return service.call(registerDeviceList, { body: file, query: { checked } })
}
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'in',
    error => String((error as ProblemError).problem?.type),
  )
type Wish = Partial<Parameters<typeof service.call<typeof handOutDeviceList>>[1]['body']>
/** The files of the one download, and the lines of its workbook by serial number. */
async function handOut(listId: string, wish: Wish = {}) {
  const body = { signIn: 'token' as const, language: 'en' as const, ...wish }
  const answer = await confirming.fetchFile(handOutDeviceList, { params: { listId }, body })
  const archive = await fromBufferPromise(Buffer.from(await (answer as Response).arrayBuffer()))
  const files = new Map<string, Buffer>()
  for await (const entry of archive.eachEntry())
    files.set(entry.fileName, await buffer(await archive.openReadStreamPromise(entry)))
  const [titles, ...rows] = (await readXlsx(files.get('Machines.xlsx')!)).sheets[0]!.rows
  const lines = rows.map(row => Object.fromEntries(titles!.map((title, at) => [String(title), String(row[at] ?? '')])))
  return { files, lines: new Map(lines.map(line => [line['Serial number']!, line])) }
}

test('what is wrong is said by its cell, nothing is registered until it is right, and machines that are there are named and left alone', async () => {
  const wrong = await sheet([
    ['A-1', 'VM-850', '', '', '', '', '2026-13-40', ''],
    ['A-1', 'VM 850', 'none', '', '', '', '', 'Nobody & Sons'],
    ['', 'VM-850', '', '', '', '', '', ''],
  ])
  const check = await service.call(checkDeviceList, { body: wrong })
  expect(check.counts).toEqual({ error: 3, known: 0, new: 0 })
  expect(
    check.machines.flatMap(({ row, findings }) => findings.map(one => `${one.column?.split(' ')[0]}${row} ${one.code}`)),
  ).toEqual(['G2 date-unclear', 'A3 serial-twice', 'C3 type-unknown', 'H3 company-unknown', 'A4 missing'])
  expect(await refusal(service.call(registerDeviceList, { body: wrong, query: { checked: check.checked } }))).toContain(
    'list-wrong',
  )
  const right = await sheet([
    ['A-1', 'VM-850', '', 'VM850-12K', 'SO-7', '2026-10-01', '2028-09-30', ''],
    ['A-2', 'VM-850', '', '', '', '2026-10-01', '', world.own.name],
  ])
  const { checked } = await service.call(checkDeviceList, { body: right })
  expect(await refusal(service.call(registerDeviceList, { body: right, query: { checked: check.checked } }))).toContain(
    'list-changed',
  )
  const list = await service.call(registerDeviceList, { body: right, query: { checked } })
  expect(list).toMatchObject({ machines: 2, owned: 1, signedIn: 0, handedOutAt: null })
  // the answer was lost: sent again, it is the same list
  expect(await service.call(registerDeviceList, { body: right, query: { checked } })).toEqual(list)
  const { items } = await service.call(listDevices, { query: { q: 'SO-7' } })
  expect(await service.call(getDevice, { params: { deviceId: items[0]!.id } })).toMatchObject({
    ...{ serial: 'A-1', typeCode: 'VM850-12K', orderNumber: 'SO-7', deliveredOn: '2026-10-01', warrantyUntil: '2028-09-30' },
    owner: null,
  })
  const more = await sheet([
    ['a1', 'vm 850', '', 'other', 'SO-8', '', '', ''],
    ['A-3', 'VM-850', '', '', '', '', '', ''],
  ])
  expect((await register(more)).machines).toBe(1)
  expect((await service.call(getDevice, { params: { deviceId: items[0]!.id } })).typeCode).toBe('VM850-12K')
  expect(await refusal(register(await sheet([['A-3', 'VM-850', '', '', '', '', '', '']])))).toContain('list-empty')
})

test('a list may say all of a nameplate', async () => {
  const words = [
    '制造年份 Year built',
    'Manufacturer',
    'ProductInstanceUri',
    '软件版本',
    'Initial operation',
    'Asset number',
    '安装地点',
  ]
  const send = async (serial: string, cells: (string | number)[]) => {
    const rows = [
      ['出厂编号', '型号', ...words],
      [serial, 'VM-850', ...cells],
    ]
    const content = new Blob([new Uint8Array(await writeXlsx({ sheets: [{ name: '机器', rows }] }))])
    return { name: 'machines.xlsx', content }
  }
  const wrong = await send('N-1', ['20x0', '', 'example.com/7', '', '', '', ''])
  const { machines } = await service.call(checkDeviceList, { body: wrong })
  expect(machines[0]!.findings.map(({ code, column }) => `${column?.[0]} ${code}`)).toEqual(['E uri-unclear', 'C year-unclear'])
  await register(await send('N-1', [2020, 'Deckel', 'urn:example:7', '2.4', '2021-02-03', 'A-77', 'Hall 3']))
  const { items } = await service.call(listDevices, { query: { q: 'N-1' } })
  expect(await service.call(getDevice, { params: { deviceId: items[0]!.id } })).toMatchObject({
    ...{ builtYear: 2020, manufacturer: 'Deckel', productInstanceUri: 'urn:example:7', softwareRevision: '2.4' },
    ...{ initialOperationDate: '2021-02-03', assetId: 'A-77', site: 'Hall 3', hardwareRevision: null },
  })
})

test('a list may come as CSV, in UTF-8 or as Chinese Excel writes it, and the template is read as it is given', async () => {
  const gb18030 = Buffer.from('b3f6b3a7b1e0bac52cd0cdbac50d0a303031322c564d2d3835300d0a', 'hex')
  const files = [new Blob(['\uFEFFSerial number;Model\r\n0012;VM-850\r\n']), new Blob([gb18030])]
  for (const content of files) {
    const { machines } = await service.call(checkDeviceList, { body: { name: 'machines.csv', content } })
    expect(machines).toMatchObject([{ serial: '0012', model: 'VM-850', verdict: 'new' }])
  }
  const picture = new Blob([Buffer.from('89504e470d0a1a0a00', 'hex')])
  expect(await refusal(service.call(checkDeviceList, { body: { name: 'a.csv', content: picture } }))).toContain('file-refused')
  const template = await ((await service.fetchFile(getListTemplate, {})) as Response).blob()
  const { findings, machines } = await service.call(checkDeviceList, { body: { name: 'template.xlsx', content: template } })
  expect([findings.map(({ code }) => code), machines]).toEqual([['no-machines'], []])
})

test('one download holds what each machine is claimed by and signs in by, and is worth nothing once the next one is made', async () => {
  const { id: listId } = await register(
    await sheet([
      ['B-1', 'VM-850', '', '', '', '', '', ''],
      ['B-2', 'VM-850', '', '', '', '', '', ''],
      ['B-3', 'VM-850', '', '', '', '', '', world.other.name],
    ]),
  )
  const body = { signIn: 'token' as const, language: 'en' as const }
  expect(await refusal(service.call(handOutDeviceList, { params: { listId }, body }))).toContain('confirmation-needed')
  const first = await handOut(listId)
  expect([...first.files.keys()]).toEqual(['labels-01.pdf', 'Machines.xlsx'])
  const [b1, b2, b3] = ['B-1', 'B-2', 'B-3'].map(serial => first.lines.get(serial)!) as [Line, Line, Line]
  await writeFile(join(folder, 'Machines.xlsx'), first.files.get('Machines.xlsx')!)
  expect(await readMachines(join(folder, 'Machines.xlsx'))).toEqual(
    [b1, b2, b3].map((line, at) => ({ serial: `B-${at + 1}`, deviceId: line['Device id'], token: line.Token })),
  )
  expect(b1['Topic prefix']).toBe(`fettle/${b1['Device id']}/`)
  expect([b3['Claim code'], b3.Remarks]).toEqual(['', 'Has an owner, so it has no claim code.'])
  const { rows } = await database.pool.query(
    `select to_jsonb(c) as row from device_credential c union all select to_jsonb(d) from device_code d`,
  )
  for (const secret of [b1.Token!, b1['Claim code']!, b1['Claim code']!.replaceAll('-', '')])
    expect(JSON.stringify(rows)).not.toContain(secret)

  const client = await signIn(b1, { username: b1['Device id']!, password: b1.Token! })
  await client.endAsync()
  const second = await handOut(listId)
  expect([second.lines.get('B-1')!.Token, second.lines.get('B-1')!.Remarks]).toEqual([
    '',
    'Has connected, and keeps its credential.',
  ])
  expect(await opens(b1, { username: b1['Device id']!, password: b1.Token! })).toBe(true)
  expect(await opens(b2, { username: b2['Device id']!, password: b2.Token! })).toBe(false)
  const again = second.lines.get('B-2')!
  expect(await opens(again, { username: again['Device id']!, password: again.Token! })).toBe(true)
  const claim = (code: string) => world.own.admin.api.call(claimDevice, { params: { code } })
  expect(await refusal(claim(b2['Claim code']!))).toContain('not-found')
  await claim(again['Claim code']!)
  expect(await service.call(getDeviceList, { params: { listId } })).toMatchObject({ machines: 3, owned: 2, signedIn: 2 })
})

test('with certificates each machine connects by its PKCS #12 file and the password beside it', async () => {
  const { id: listId } = await register(await sheet([['编号/1', 'VM-850', '', '', '', '', '', '']]))
  const { files, lines } = await handOut(listId, { signIn: 'certificate', months: 12, pkcs12: true })
  const line = lines.get('编号/1')!
  const file = (ending: string) => files.get(`certificates/${line['Certificate files']}.${ending}`)!
  const connection = { pfx: file('p12'), passphrase: line['PKCS #12 password']! }
  expect(await opens(line, connection)).toBe(true)
  expect(await opens(line, { cert: file('crt'), key: file('key') })).toBe(true)
  expect(await opens(line, { ...connection, passphrase: 'guessed' })).toBe(false)
  expect(files.get('certificates/authority.crt')!.toString()).toContain('BEGIN CERTIFICATE')

  const deviceId = line['Device id']!
  const { pkcs12 } = await service.call(issueCertificate, { params: { deviceId }, body: { pkcs12: true } })
  expect(await opens(line, { pfx: Buffer.from(pkcs12!.content, 'base64'), passphrase: pkcs12!.password })).toBe(true)
})

test('whoever can renew a certificate is told 30, 7 and 1 days before it ends, once each, and of none that has a successor', async () => {
  const { id: listId } = await register(
    await sheet([
      ['C-1', 'VM-850', '', '', '', '', '', world.own.name],
      ['C-2', 'VM-850', '', '', '', '', '', world.own.name],
    ]),
  )
  const { lines } = await handOut(listId, { signIn: 'certificate', months: 3 })
  const replaced = { deviceId: lines.get('C-2')!['Device id']! }
  await service.call(issueCertificate, { params: replaced, body: { months: 24 } })
  const { credentials } = await service.call(getDevice, { params: { deviceId: lines.get('C-1')!['Device id']! } })
  const lookAt = async (days: number) => {
    const ends = new Date(Date.now() + days * 86_400_000)
    await database.pool.query('update device_credential set expires_at = $2 where id = $1', [credentials[0]!.id, ends])
    await database.transaction(() => remindOfCertificates(platform))
  }
  const told = async (api: Api) =>
    (await api.call(listMyNotices, { query: { limit: 100 } })).items.filter(
      ({ kind, where }) => kind === 'certificate' && where.includes('C-1'),
    )
  for (const days of [31, 29.5, 29, 8, 6.5, 6, 0.9, 0.5, -1]) await lookAt(days)
  expect((await told(world.own.admin.api)).map(({ urgency }) => urgency)).toEqual(['critical', 'critical', 'high'])
  expect(await told(service)).toHaveLength(3)
  expect(await told(world.own.member.api)).toEqual([])
  expect(await told(world.other.admin.api)).toEqual([])
  const mails = (await world.mails()).filter(({ to, subject }) => to === world.own.admin.email && subject.includes('C-1'))
  expect(mails).toHaveLength(3)
  expect(mails.some(({ subject }) => subject.includes('C-2'))).toBe(false)
})

test('no customer reaches any of it', async () => {
  const { items } = await service.call(listDeviceLists, {})
  const call = (api: Api) => refusal(api.call(getDeviceList, { params: { listId: items[0]!.id } }))
  expect(await call(world.own.admin.api)).toContain('not-permitted')
})

type Line = Record<string, string>
type Shown = { username: string; password: string } | { pfx: Buffer; passphrase: string } | { cert: Buffer; key: Buffer }

const signIn = (line: Line, shown: Shown) =>
  connectAsync(url, { clientId: line['Device id']!, ca: server.cert, reconnectPeriod: 0, protocolVersion: 4, ...shown } as never)

const opens = (line: Line, shown: Shown): Promise<boolean> =>
  Promise.resolve()
    .then(() => signIn(line, shown))
    .then(
      async client => {
        await client.endAsync()
        return true
      },
      () => false,
    )
