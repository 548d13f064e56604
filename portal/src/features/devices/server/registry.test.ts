import { describe, expect, test } from 'vitest'
import { getManufacturer } from '#features/manufacturer/core'
import { type CallInput, ProblemError } from '#platform/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import {
  addCredential,
  changeDevice,
  changeDeviceType,
  createDevice,
  createDeviceType,
  deleteDevice,
  deleteDeviceType,
  getDevice,
  getDeviceType,
  getMyDevice,
  listDevices,
  listDeviceTypes,
  plainKey,
  transferDevice,
} from '../core/index.ts'
import { writeDevices } from './index.ts'

const world = await twoCompanies(await testPortal())
const { own, other, platform, portal, productId, database } = world
const service = await world.api('service')
const product = await world.api('product')

const name = (text: string) => ({ 'zh-CN': text, en: text })
const load = {
  ...{ key: 'spindle_load', name: name('load'), unit: '%', min: 0, max: 150, decimals: 1 },
  ...{ maxRate: null, tells: null, component: null },
}
const aType = (change: Partial<CallInput<typeof createDeviceType>['body']> = {}) => ({
  key: `type_${crypto.randomUUID().slice(0, 8)}`,
  name: name('Machining centre'),
  metrics: [load],
  ...change,
})
const make = async (change = {}) => {
  const { value, etag } = await product.callWithEtag(createDeviceType, { body: aType(change) })
  return { type: value, params: { typeId: value.id }, ifMatch: etag }
}
const enter = async (change: Partial<CallInput<typeof createDevice>['body']> = {}) => {
  const body = { serial: crypto.randomUUID().slice(0, 13), model: 'VM-850', ...change }
  const { value, etag } = await service.callWithEtag(createDevice, { body })
  return { device: value, params: { deviceId: value.id }, ifMatch: etag, body }
}
const problemOf = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => null,
    thrown => thrown,
  )
  if (!(error instanceof ProblemError)) throw error ?? new Error('The call was expected to be refused')
  return error.problem
}
const fieldsOf = async (call: Promise<unknown>) => (await problemOf(call)).errors?.map(({ field }) => field)

describe('types', () => {
  test('a type keeps its metrics and components in order, and says of what product and models it is', async () => {
    const components = [
      { key: 'spindle', name: name('Spindle'), partNumber: 'SP-12K', lifeHours: 20_000 },
      { key: 'bearing', name: name('Bearing'), partOf: 'spindle', lifeMonths: 60 },
    ]
    const temperature = {
      ...load,
      key: 'temperature',
      unit: '°C',
      min: -40,
      max: 150,
      tells: 'condition' as const,
      component: 'bearing',
    }
    const { type, params } = await make({ productId, models: ['AX-850', 'AX-10*'], components, metrics: [temperature, load] })
    expect(await product.call(getDeviceType, { params })).toEqual(type)
    expect(type.metrics).toEqual([temperature, load])
    expect(type.components.map(({ key, partOf }) => [key, partOf])).toEqual([
      ['spindle', null],
      ['bearing', 'spindle'],
    ])
    expect(type).toMatchObject({ product: { id: productId }, models: ['AX-10*', 'AX-850'], reporting: false, devices: 0 })
    const { items } = await product.call(listDeviceTypes, {})
    expect(items.find(({ id }) => id === type.id)).toMatchObject({ metricCount: 2, componentCount: 2 })
  })

  test('machines without a type become those of the type that names their nameplate most closely, also those that an import brings', async () => {
    const [before, special] = [(await enter({ model: 'BX 850' })).device, (await enter({ model: 'BX-1060' })).device]
    const wide = await make({ models: ['BX-*'] })
    const close = await make({ models: ['bx1060'] })
    const typeOf = async (deviceId: string) => (await service.call(getDevice, { params: { deviceId } })).type?.id
    expect(await typeOf(before.id)).toBe(wide.type.id)
    expect(await typeOf(special.id)).toBe(wide.type.id) // it had one when the closer came
    const id = platform.newId()
    await database.transaction(() =>
      writeDevices(
        platform,
        [
          {
            ...{ id, serial: 'B-1', serialKey: plainKey('B-1'), model: 'BX-1060', modelKey: plainKey('BX-1060') },
            ...{ typeCode: null, deliveredOn: '2025-03-01', warrantyUntil: null, site: null, companyId: own.id },
          },
        ],
        platform.newId(),
      ),
    )
    expect(await typeOf(id)).toBe(close.type.id)
  })

  test('what is wrong is said at its field, and nothing is kept', async () => {
    const refused = (change: object) => fieldsOf(product.call(createDeviceType, { body: aType(change) }))
    const { type } = await make({ models: ['CX-1'] })
    expect(await refused({ key: type.key, models: ['cx 1'] })).toEqual(['/key', '/models/0'])
    expect(await refused({ models: ['*'] })).toEqual(['/models/0'])
    expect(await refused({ productId: crypto.randomUUID() })).toEqual(['/productId'])
    expect(await refused({ metrics: [load, load] })).toEqual(['/metrics/1/key'])
    expect(await refused({ metrics: [{ ...load, min: 5, max: 5 }] })).toEqual(['/metrics/0/max'])
    expect(await refused({ metrics: [{ ...load, max: 1e15, decimals: 6 }] })).toEqual(['/metrics/0/decimals'])
    expect(await refused({ metrics: [{ ...load, key: 'Spindle load' }] })).toEqual(['/metrics/0/key'])
    expect(await refused({ metrics: [{ ...load, component: 'wing' }] })).toEqual(['/metrics/0/component'])
    const ring = [
      { key: 'a', name: name('a'), partOf: 'b' },
      { key: 'b', name: name('b'), partOf: 'a' },
    ]
    expect(await refused({ components: ring })).toEqual(['/components/0/partOf'])
  })

  test('once a machine can report, a metric keeps its unit and resolution, and is retired instead of lost', async () => {
    const { type, params } = await make({ models: ['DX-*'] })
    const again = async (metrics: object[]) => {
      const { etag } = await product.callWithEtag(getDeviceType, { params })
      const body = aType({ key: type.key, models: ['DX-*'], metrics: metrics as [typeof load] })
      return product.call(changeDeviceType, { params, ifMatch: etag, body })
    }
    expect((await again([{ ...load, unit: 'kW' }])).metrics[0]!.unit).toBe('kW')
    const { params: machine } = await enter({ model: 'DX-1' })
    await confirmingApi(world, 'service').call(addCredential, { params: machine, body: { kind: 'token' } })
    expect(await fieldsOf(again([load]))).toEqual(['/metrics/0/key'])
    const other = { ...load, key: 'power' }
    const changed = await again([other])
    expect(changed.metrics.map(({ key }) => key)).toEqual(['power'])
    expect(changed.retired.map(({ key }) => key)).toEqual(['spindle_load'])
    expect((await again([other, { ...load, unit: 'kW', max: 200 }])).retired).toEqual([])
  })

  test('two editors do not overwrite each other, and a type with machines is not deleted', async () => {
    const { type, params, ifMatch } = await make({ models: ['EX-*'] })
    const body = aType({ key: type.key, models: ['EX-*'] })
    await product.call(changeDeviceType, { params, ifMatch, body })
    expect((await problemOf(product.call(changeDeviceType, { params, ifMatch, body }))).status).toBe(412)
    const { device, params: machine, ifMatch: tag } = await enter({ model: 'EX-9' })
    expect(device.type?.id).toBe(type.id)
    const { etag } = await product.callWithEtag(getDeviceType, { params })
    expect((await problemOf(product.call(deleteDeviceType, { params, ifMatch: etag }))).type).toBe('/problems/device-type-used')
    await service.call(deleteDevice, { params: machine, ifMatch: tag })
    await product.call(deleteDeviceType, { params, ifMatch: etag })
    expect((await problemOf(product.call(getDeviceType, { params }))).status).toBe(404)
  })
})

describe('machines by hand', () => {
  test('a machine is entered, corrected and found by number, model, owner and type', async () => {
    const { type } = await make({ models: ['FX-*'], components: [{ key: 'pump', name: name('Pump') }] })
    const { device, params, ifMatch, body } = await enter({ model: 'FX-2', deliveredOn: '2025-02-03' })
    expect(device.components).toMatchObject([{ key: 'pump', since: '2025-02-03', replaced: false }])
    const changed = await service.call(changeDevice, {
      ...{ params, ifMatch },
      body: { ...body, builtYear: 2024, site: '三号车间', replaced: [{ key: 'pump', on: '2026-01-05' }] },
    })
    expect(changed).toMatchObject({ builtYear: 2024, site: '三号车间', deliveredOn: '2025-02-03' })
    expect(changed.components).toMatchObject([{ key: 'pump', since: '2026-01-05', replaced: true }])
    const { etag } = await service.callWithEtag(getDevice, { params })
    await service.call(transferDevice, { params, ifMatch: etag, body: { companyId: other.id, reason: 'Sold' } })
    const found = async (query: object) => (await service.call(listDevices, { query })).items.some(item => item.id === device.id)
    expect(await found({ q: body.serial.toUpperCase().replaceAll('-', ' ') })).toBe(true)
    expect(await found({ q: 'fx 2' })).toBe(true)
    expect(await found({ q: 'beta', type: type.id, company: other.id, owned: 'yes' })).toBe(true)
    for (const query of [{ q: 'alpha' }, { q: '%' }, { type: 'none' }, { company: own.id }, { owned: 'no' }])
      expect(await found(query), JSON.stringify(query)).toBe(false)
  })

  test('the list goes on where its page ended', async () => {
    for (const at of [1, 2, 3]) await enter({ serial: `PAGE-${at}`, model: 'PAGE' })
    const serials: string[] = []
    let cursor: string | undefined
    do {
      const query = { q: 'PAGE', limit: 2, ...(cursor ? { cursor } : {}) }
      const page = await service.call(listDevices, { query })
      serials.push(...page.items.map(({ serial }) => serial))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(serials).toEqual(['PAGE-1', 'PAGE-2', 'PAGE-3'])
  })

  test('a nameplate stands in the register once, and what is named must be there', async () => {
    await enter({ serial: 'TWICE 1', model: 'VM-850' })
    const refused = (change: object) =>
      fieldsOf(service.call(createDevice, { body: { serial: 'NEW 1', model: 'VM-850', ...change } }))
    expect(await refused({ serial: 'twice-1', model: 'vm 850' })).toEqual(['/serial'])
    expect(await refused({ serial: ' - ' })).toEqual(['/serial'])
    expect(await refused({ typeId: crypto.randomUUID() })).toEqual(['/typeId'])
    expect(await refused({ configuration: 'https://portal.test/c/nothing-like-a-token' })).toEqual(['/configuration'])
    expect(await refused({ replaced: [{ key: 'wing', on: '2026-01-01' }] })).toEqual(['/replaced/0/key'])
    const { device } = await enter({ configuration: `https://portal.test/en/c/${own.configurationToken}` })
    expect(device.configurationToken).toBe(own.configurationToken)
  })

  test('a nameplate speaks the words of OPC 40001-1: as entered, within bounds, made by the portal’s own company unless it says otherwise', async () => {
    const words = {
      ...{ manufacturerUri: 'https://example.com', productInstanceUri: 'urn:example:VM-850:7', deviceClass: 'Lathe' },
      ...{ hardwareRevision: 'B', softwareRevision: '2.4.1', initialOperationDate: '2025-04-01', assetId: 'A-77' },
      site: 'Hall 2',
    }
    const { device, params, ifMatch, body } = await enter(words)
    const maker = await service.call(getManufacturer, {})
    expect(device).toMatchObject({ ...words, manufacturer: null, manufacturerName: maker.name })
    await service.call(changeDevice, { params, ifMatch, body: { ...body, manufacturer: 'Deckel' } })
    const transfer = async (companyId: string) => {
      const { etag } = await service.callWithEtag(getDevice, { params })
      return service.call(transferDevice, { params, ifMatch: etag, body: { companyId, reason: 'Sold' } })
    }
    await transfer(own.id)
    expect(await own.admin.api.call(getMyDevice, { params })).toMatchObject({ ...words, manufacturer: name('Deckel') })
    await transfer(other.id)
    // where the owner of before had it, and what he calls it, is his own
    expect(await other.admin.api.call(getMyDevice, { params })).toMatchObject({ site: null, assetId: null })

    const refused = (change: object) => fieldsOf(service.call(createDevice, { body: { serial: 'N 1', model: 'VM', ...change } }))
    expect(await refused({ manufacturerUri: 'example.com' })).toEqual(['/manufacturerUri'])
    expect(await refused({ productInstanceUri: 'https://example.com/机器 1' })).toEqual(['/productInstanceUri'])
    expect(await refused({ softwareRevision: 'x'.repeat(61) })).toEqual(['/softwareRevision'])
    expect(await refused({ initialOperationDate: '2025-13-01' })).toEqual(['/initialOperationDate'])
  })

  test('what somebody has owned is not deleted', async () => {
    const { params, ifMatch } = await enter()
    await service.call(transferDevice, { params, ifMatch, body: { companyId: own.id, reason: 'Sold' } })
    const { etag } = await service.callWithEtag(getDevice, { params })
    expect((await problemOf(service.call(deleteDevice, { params, ifMatch: etag }))).type).toBe('/problems/device-used')
    expect((await problemOf(service.call(deleteDevice, { params, ifMatch }))).status).toBe(412)
    await portal.settled()
  })
})
