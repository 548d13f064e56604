import { describe, expect, test } from 'vitest'
import { getConfiguration } from '#features/configurator/core'
import type { ProblemError } from '#platform/core'
import type { Account } from '#platform/server'
import { testPortal } from '../../../../test/test-portal.ts'
import { type Company, twoCompanies } from '../../../../test/two-companies.ts'
import {
  claimDevice,
  createDevice,
  endMyRole,
  endRole,
  getDevice,
  getLabel,
  getMyAsBuilt,
  getMyDevice,
  grantRole,
  issueClaimCode,
  issueMyCode,
  isVisible,
  listMyDevices,
  plainKey,
  readClaim,
  setSharing,
  transferDevice,
  withdrawClaimCode,
  withdrawMyCode,
} from '../core/index.ts'
import { onDeviceRightsChanged, visibleIntervals, writeDevices } from './index.ts'

const world = await twoCompanies(await testPortal())
const { own, other, platform, database } = world
const service = await world.api('service')

const account = (change: Partial<Account>): Account => ({
  ...{ id: platform.newId(), kind: 'customer', name: '', email: '', roles: ['company-admin'], companyId: null },
  ...{ emailVerified: true, via: { kind: 'session' }, sessionId: platform.newId() },
  ...change,
})
const [staff, nobody] = [account({ kind: 'staff', roles: ['service'] }), null]
const of = ({ id }: Company) => account({ companyId: id })

const enter = async () => {
  const body = { serial: crypto.randomUUID().slice(0, 13), model: 'VM-850' }
  const { id } = await service.call(createDevice, { body })
  return { deviceId: id }
}
const claimBy = (company: Company, code: string) => company.admin.api.call(claimDevice, { params: { code } })
const claimed = async (company = own) => {
  const params = await enter()
  const { code } = await service.call(issueClaimCode, { params })
  await claimBy(company, code)
  return { params, code }
}
const statusOf = (call: Promise<unknown>) =>
  call.then(
    () => 200,
    error => (error as ProblemError).problem.status,
  )
const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    error => (error as ProblemError).problem,
  )
const sight = async (who: Account | null, deviceId: string) =>
  (await visibleIntervals(platform, who, deviceId)).map(({ deviceId: id, ...span }) => span)
const moment = () => new Promise<Date>(done => setTimeout(() => done(new Date()), 5))
const seesAt = async (who: Account | null, deviceId: string, at: Date) => isVisible(at, await sight(who, deviceId))

describe('as built', () => {
  test('the configuration is the machine’s: every owner sees it, and whom he lets in, without prices; the order is for its first owner', async () => {
    const serial = crypto.randomUUID().slice(0, 13)
    const body = { serial, model: 'VM-850', orderNumber: 'SO-2026-1', configuration: own.configurationToken }
    const params = { deviceId: (await service.call(createDevice, { body })).id }
    const seenBy = (company: Company) => company.member.api.call(getMyAsBuilt, { params })
    const { code } = await service.call(issueClaimCode, { params })
    expect(await statusOf(seenBy(own))).toBe(404)
    await claimBy(own, code)
    const sheet = await own.member.api.call(getConfiguration, { params: { token: own.configurationToken } })
    const modules = sheet.groups.map(({ name, items }) => ({ name, items }))
    expect(modules.length).toBeGreaterThan(0)
    const configuration = { productName: sheet.productName, modules }
    expect(await seenBy(own)).toEqual({ orderNumber: 'SO-2026-1', configuration })
    expect(await statusOf(seenBy(other))).toBe(404)
    await service.call(grantRole, { params, body: { companyId: other.id, role: 'operator' } })
    expect(await seenBy(other)).toEqual({ orderNumber: 'SO-2026-1', configuration })
    const { etag } = await service.callWithEtag(getDevice, { params })
    await service.call(transferDevice, { params, ifMatch: etag, body: { companyId: other.id, reason: 'Sold' } })
    expect(await seenBy(other)).toEqual({ orderNumber: null, configuration })
    expect(await statusOf(seenBy(own))).toBe(404)
    expect(await own.admin.api.call(getMyAsBuilt, { params: (await claimed()).params })).toEqual({
      ...{ orderNumber: null, configuration: null },
    })
  })
})

describe('a claim', () => {
  test('the code on the label says which machine it is, and makes whoever uses it the owner from then on', async () => {
    const params = await enter()
    const { code, address } = await service.call(issueClaimCode, { params })
    expect(address).toBe(`http://portal.test/claim/${code}`)
    const before = await moment()
    const offered = await own.member.api.call(readClaim, { params: { code: code.toLowerCase().replaceAll('-', '') } })
    expect(offered).toMatchObject({ model: 'VM-850', role: 'owner', from: null, own: null })
    await claimBy(own, code)
    const after = await moment()
    const device = await own.member.api.call(getMyDevice, { params })
    expect(device).toMatchObject({ role: 'owner', manages: false, withheld: { manufacturer: null, 'service-partner': null } })
    expect([await seesAt(of(own), params.deviceId, before), await seesAt(of(own), params.deviceId, after)]).toEqual([false, true])
    expect((await own.admin.api.call(listMyDevices, { query: { limit: 100 } })).items.map(({ id }) => id)).toContain(
      params.deviceId,
    )
  })

  test('used, withdrawn, foreign and guessed codes answer alike', async () => {
    const { code: used } = await claimed()
    const params = await enter()
    const { code: renewed } = await service.call(issueClaimCode, { params })
    const { code: withdrawn } = await service.call(issueClaimCode, { params })
    await service.call(withdrawClaimCode, { params })
    const codes = [used, renewed, withdrawn, 'ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-23', 'guess']
    for (const call of [readClaim, claimDevice] as const) {
      const answers = await Promise.all(codes.map(code => problemOf(other.admin.api.call(call, { params: { code } }))))
      expect(new Set(answers.map(answer => JSON.stringify([answer?.type, answer?.status, answer?.detail]))).size).toBe(1)
      expect(answers[0]?.status).toBe(404)
    }
  })

  test('whoever scans the label of his own machine comes to it', async () => {
    const { code, params } = await claimed()
    expect((await own.member.api.call(readClaim, { params: { code } })).own).toBe(params.deviceId)
    expect(await claimBy(own, code)).toEqual(params)
  })

  test('of two who use a code at once, one becomes the owner', async () => {
    const params = await enter()
    const { code } = await service.call(issueClaimCode, { params })
    const answers = await Promise.all([own, other].map(company => statusOf(claimBy(company, code))))
    expect(answers.toSorted()).toEqual([200, 404])
    const { holdings } = await service.call(getDevice, { params })
    expect(holdings.filter(({ role }) => role === 'owner')).toHaveLength(1)
  })

  test('a machine with an owner gets no code, and a code of before holds no more once staff gave the machine to somebody', async () => {
    const params = await enter()
    const { code } = await service.call(issueClaimCode, { params })
    const { etag } = await service.callWithEtag(getDevice, { params })
    await service.call(transferDevice, { params, ifMatch: etag, body: { companyId: own.id, reason: 'Delivered' } })
    expect(await statusOf(claimBy(other, code))).toBe(404)
    expect((await problemOf(service.call(issueClaimCode, { params })))?.type).toBe('/problems/device-owned')
  })

  test('the code is not kept in the database, and the label is printed for the one just issued alone', async () => {
    const params = await enter()
    const { code } = await service.call(issueClaimCode, { params })
    const { rows } = await database.pool.query('select * from device_code where device_id = $1', [params.deviceId])
    expect(JSON.stringify(rows)).not.toContain(code.replaceAll('-', ''))
    const label = (one: string) =>
      world.request(`/api/v1${getLabel.path.replace('{deviceId}', params.deviceId).replace('{code}', one)}`, {}, 'service')
    const answer = await label(code)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect(Buffer.from(await answer.arrayBuffer()).toString('latin1')).toContain(`/claim/${code}`)
    await service.call(issueClaimCode, { params })
    expect((await label(code)).status).toBe(404)
  })
})

describe('handing over', () => {
  test('a code of the owner cuts cleanly: nobody sees the time of the other, and the machine leaves the one list for the other', async () => {
    const { params } = await claimed()
    const during = await moment()
    const { code } = await own.admin.api.call(issueMyCode, { params, body: { role: 'owner' } })
    expect(await other.admin.api.call(readClaim, { params: { code } })).toMatchObject({ from: own.name, role: 'owner' })
    await claimBy(other, code)
    const after = await moment()
    expect([await seesAt(of(own), params.deviceId, during), await seesAt(of(own), params.deviceId, after)]).toEqual([true, false])
    expect([await seesAt(of(other), params.deviceId, during), await seesAt(of(other), params.deviceId, after)]).toEqual([
      false,
      true,
    ])
    const [[his], [hers]] = [await sight(of(own), params.deviceId), await sight(of(other), params.deviceId)]
    expect(his!.until).toEqual(hers!.from)
    expect(await statusOf(own.admin.api.call(getMyDevice, { params }))).toBe(404)
    expect(await statusOf(other.admin.api.call(getMyDevice, { params }))).toBe(200)
    // and nobody reclaims what is not his
    expect(await statusOf(claimBy(own, code))).toBe(404)
    expect(await statusOf(own.admin.api.call(issueMyCode, { params, body: { role: 'owner' } }))).toBe(404)
  })

  test('a code holds while its giver owns the machine, for fourteen days, and until he withdraws it', async () => {
    const { params } = await claimed()
    const { code } = await own.admin.api.call(issueMyCode, { params, body: { role: 'owner' } })
    const { codes } = await own.admin.api.call(getMyDevice, { params })
    expect(codes).toMatchObject([{ role: 'owner' }])
    expect((await own.member.api.call(getMyDevice, { params })).codes).toEqual([])
    await own.admin.api.call(withdrawMyCode, { params: { ...params, codeId: codes[0]!.id } })
    expect(await statusOf(claimBy(other, code))).toBe(404)
    const { code: old } = await own.admin.api.call(issueMyCode, { params, body: { role: 'owner' } })
    await database.pool.query('update device_code set expires_at = now() where device_id = $1 and ended_at is null', [
      params.deviceId,
    ])
    expect(await statusOf(claimBy(other, old))).toBe(404)
    const { code: stale } = await own.admin.api.call(issueMyCode, { params, body: { role: 'operator' } })
    const { etag } = await service.callWithEtag(getDevice, { params })
    await service.call(transferDevice, { params, ifMatch: etag, body: { companyId: null, reason: 'Taken back' } })
    expect(await statusOf(claimBy(other, stale))).toBe(404)
    expect((await service.call(getDevice, { params })).owner).toBeNull()
  })

  test('everybody who had a role before has none afterwards', async () => {
    const { params } = await claimed()
    await service.call(grantRole, { params, body: { companyId: other.id, role: 'service-partner' } })
    expect(await statusOf(other.member.api.call(getMyDevice, { params }))).toBe(200)
    const { etag } = await service.callWithEtag(getDevice, { params })
    await service.call(transferDevice, { params, ifMatch: etag, body: { companyId: null, reason: 'Scrapped' } })
    expect(await statusOf(other.member.api.call(getMyDevice, { params }))).toBe(404)
    expect(await sight(of(other), params.deviceId)).toEqual([])
  })

  test('where the clock was set back, two owners still share no instant', async () => {
    const { params } = await claimed()
    await database.pool.query(`update device_ownership set from_at = now() + interval '1 hour' where device_id = $1`, [
      params.deviceId,
    ])
    const { code } = await own.admin.api.call(issueMyCode, { params, body: { role: 'owner' } })
    await claimBy(other, code)
    expect(await sight(of(own), params.deviceId)).toEqual([])
    expect((await sight(of(other), params.deviceId))[0]!.from!.getTime()).toBeGreaterThan(Date.now() + 3_500_000)
  })

  test('streams are told to ask anew', async () => {
    const { params } = await claimed()
    const told: (string | null)[] = []
    const stop = onDeviceRightsChanged(platform, id => told.push(id))
    await own.admin.api.call(setSharing, { params, body: { whom: 'manufacturer', shared: false } })
    await expect.poll(() => told).toContain(params.deviceId)
    stop()
  })
})

describe('who sees what', () => {
  test('nobody, strangers, staff without the right and keys without the scope see nothing, of no machine', async () => {
    const { params } = await claimed()
    const marketing = account({ kind: 'staff', roles: ['marketing'] })
    const narrow = account({ kind: 'staff', roles: ['service'], via: { kind: 'api-key', scopes: ['product.read'] } })
    for (const who of [nobody, of(other), marketing, narrow, account({})]) {
      expect(await sight(who, params.deviceId)).toEqual([])
      expect((await visibleIntervals(platform, who, 'all')).filter(({ deviceId }) => deviceId === params.deviceId)).toEqual([])
    }
    for (const id of ['', 'x', crypto.randomUUID()]) expect(await sight(staff, id)).toEqual([])
    expect(await sight(staff, params.deviceId)).toEqual([{ role: 'manufacturer', from: null, until: null }])
  })

  test('all machines at once say the same as one at a time', async () => {
    const { params } = await claimed()
    await own.admin.api.call(setSharing, { params, body: { whom: 'manufacturer', shared: false } })
    for (const who of [staff, of(own), of(other)]) {
      const all = await visibleIntervals(platform, who, 'all')
      const { rows } = await database.pool.query<{ id: string }>('select id from device')
      const single = (await Promise.all(rows.map(({ id }) => visibleIntervals(platform, who, id)))).flat()
      const sorted = (spans: typeof all) => spans.map(span => JSON.stringify(span)).toSorted()
      expect(sorted(all)).toEqual(sorted(single))
    }
  })

  test('an owner keeps his readings from the manufacturer, who then sees the nameplate alone, and shows new ones again', async () => {
    const { params } = await claimed()
    const shared = await moment()
    const off = await own.admin.api.call(setSharing, { params, body: { whom: 'manufacturer', shared: false } })
    expect(off.withheld!.manufacturer).not.toBeNull()
    const kept = await moment()
    expect([await seesAt(staff, params.deviceId, shared), await seesAt(staff, params.deviceId, kept)]).toEqual([false, false])
    const device = await service.call(getDevice, { params })
    expect(device).toMatchObject({ model: 'VM-850', withheldSince: off.withheld!.manufacturer })
    await own.admin.api.call(setSharing, { params, body: { whom: 'manufacturer', shared: true } })
    const again = await moment()
    expect(await Promise.all([shared, kept, again].map(at => seesAt(staff, params.deviceId, at)))).toEqual([true, false, true])
  })

  test('members of the company see the machine, and its administrators alone decide', async () => {
    const { params } = await claimed()
    const body = { whom: 'manufacturer', shared: false } as const
    expect(await statusOf(own.member.api.call(setSharing, { params, body }))).toBe(403)
    expect(await statusOf(other.admin.api.call(setSharing, { params, body }))).toBe(404)
  })

  test('an operator by code sees what comes since, is named to the owner, and is gone when he says so', async () => {
    const { params } = await claimed()
    const before = await moment()
    const { code } = await own.admin.api.call(issueMyCode, { params, body: { role: 'operator' } })
    await claimBy(other, code)
    const after = await moment()
    expect([await seesAt(of(other), params.deviceId, before), await seesAt(of(other), params.deviceId, after)]).toEqual([
      false,
      true,
    ])
    const mine = await other.admin.api.call(getMyDevice, { params })
    expect(mine).toMatchObject({ role: 'operator', withheld: null, manages: false })
    expect(mine.onlookers.map(({ who }) => who)).toEqual(['own-company', 'manufacturer'])
    const { onlookers } = await own.admin.api.call(getMyDevice, { params })
    expect(onlookers.map(({ who, name }) => [who, name.en])).toContainEqual(['operator', other.name])
    const roleId = onlookers.find(({ who }) => who === 'operator')!.id!
    expect(await statusOf(service.call(endRole, { params: { ...params, roleId: crypto.randomUUID() } }))).toBe(404)
    await own.admin.api.call(endMyRole, { params: { ...params, roleId } })
    expect(await sight(of(other), params.deviceId)).toEqual([])
    expect(await statusOf(other.admin.api.call(getMyDevice, { params }))).toBe(404)
  })

  test('a machine that came from an Excel list was its owner’s since the morning of the day it was delivered, where the manufacturer is', async () => {
    const id = platform.newId()
    const machine = { id, serial: id, serialKey: plainKey(id), model: 'VM-1', modelKey: 'VM1', typeCode: null, site: null }
    await database.transaction(() =>
      writeDevices(
        platform,
        [{ ...machine, deliveredOn: '2025-03-01', warrantyUntil: null, companyId: own.id }],
        platform.newId(),
      ),
    )
    expect(await sight(of(own), id)).toEqual([{ role: 'owner', from: new Date('2025-02-28T16:00:00Z'), until: null }])
  })

  test('what the version before wrote, in days, is read alike', async () => {
    const { deviceId } = await enter()
    await database.pool.query(
      `insert into device_ownership (id, device_id, company_id, role, from_day) values ($1, $2, $3, 'owner', '2025-03-01')`,
      [platform.newId(), deviceId, own.id],
    )
    expect(await sight(of(own), deviceId)).toEqual([{ role: 'owner', from: new Date('2025-02-28T16:00:00Z'), until: null }])
    expect(await statusOf(own.admin.api.call(getMyDevice, { params: { deviceId } }))).toBe(200)
  })
})
