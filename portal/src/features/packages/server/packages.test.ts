import { expect, test } from 'vitest'
import { changePlan, getMaintenance, getMyMaintenance, getPlan } from '#features/advisory/core'
import { getAlarm, listAlarms } from '#features/alarms/core'
import { raiseAlarm } from '#features/alarms/server'
import { createDevice, createDeviceType, getDevice, setSharing, transferDevice } from '#features/devices/core'
import { getHealth, getMyHealth } from '#features/diagnosis/core'
import { getMyStanding } from '#features/fleet/core'
import { listMyNotices } from '#features/notices/core'
import { createOffer, dayIn } from '#features/offers/core'
import { getMyOutlook } from '#features/prognosis/core'
import { getMyReport, monthOf } from '#features/reports/core'
import { contactConsent, getInquiry, getLead, listLeads, listMyInquiries } from '#features/sales/core'
import { defaultTimeZone, ProblemError } from '#platform/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { type Company, twoCompanies } from '../../../../test/two-companies.ts'
import {
  changePackage,
  createPackage,
  endEntitlement,
  getMyOffering,
  getMyProofs,
  getPackage,
  grantEntitlement,
  listEntitlements,
  type PackageFields,
  requestMyPackage,
  startMyTrial,
  withdrawMyRequest,
} from '../core/index.ts'

const world = await twoCompanies(await testPortal())
const { own, other, platform, database } = world
const [sales, service] = [await world.api('sales'), await world.api('service')]
const staff = await confirmingApi(world, 'admin')
const words = (text: string) => ({ 'zh-CN': text, en: text })
const type = await (await world.api('product')).call(createDeviceType, {
  body: {
    ...{ key: 'sold_machine', name: words('Machine'), metrics: [] },
    components: [{ key: 'spindle', name: words('Spindle') }],
  },
})
const fields: PackageFields = {
  ...{ name: words('Foresight'), description: words(''), typeIds: [type.id], rights: ['findings', 'outlook', 'advice'] },
  ...{ net: 480_000, currency: 'CNY', months: 12, trialDays: 30, offered: true, showsProof: true },
}
const of = (deviceId: string) => ({ params: { deviceId } })
const statusOf = (call: Promise<unknown>) =>
  call.then(
    () => 200,
    error => (error instanceof ProblemError ? error.problem.status : String(error)),
  )
const give = async (deviceId: string, { id }: Company) => {
  const { etag } = await service.callWithEtag(getDevice, of(deviceId))
  await staff.call(transferDevice, { ...of(deviceId), body: { companyId: id, reason: 'sold' }, ifMatch: etag })
}
const settled = () => world.portal.settled()

/** A machine of the company with a finding, its alarm, an alarm by a rule, a health index and a foretold life. */
async function newMachine(company: Company = own, typeId = type.id) {
  const { id } = await service.call(createDevice, {
    body: { serial: crypto.randomUUID().slice(0, 13), model: 'SM-1', typeId },
  })
  await give(id, company)
  const { pool } = database
  await pool.query(`update device_ownership set from_at = now() - interval '1 year' where device_id = $1`, [id])
  const raised = { deviceId: id, severity: 'high', at: new Date(), message: words('-'), component: null, remedy: null } as const
  const found = await raiseAlarm(platform, { ...raised, source: 'diagnosis:spindle', name: words('Found') })
  await raiseAlarm(platform, { ...raised, source: 'rule:own', name: words('By rule') })
  await pool.query(
    `insert into device_diagnosis (device_id, revision, assessed_until, learned_days, known_since) values ($1, 1, now(), 14, now())`,
    [id],
  )
  await pool.query(`insert into device_health (device_id, component, at, index) values ($1, '', now(), 42)`, [id])
  await pool.query(
    `insert into component_prognosis (id, device_id, component, at, kind, lower_hours, median_hours, upper_hours, beyond, made_at)
     values ($1, $2, 'spindle', now(), 'trend', 100, 200, 300, false, now())`,
    [platform.newId(), id],
  )
  return { deviceId: id, found }
}

/** What a person is told of a machine that a package may open. */
async function toldTo({ api }: Company['member'], { deviceId, found }: { deviceId: string; found: string }) {
  const [health, outlook, standing, alarms, maintenance] = await Promise.all([
    api.call(getMyHealth, of(deviceId)),
    api.call(getMyOutlook, of(deviceId)),
    api.call(getMyStanding, of(deviceId)),
    api.call(listAlarms, { query: { deviceId } }),
    api.call(getMyMaintenance, of(deviceId)),
  ])
  return {
    health: health.open && health.index,
    outlook: outlook.open && outlook.components.map(({ remaining }) => remaining?.median),
    standing: [standing.health?.index ?? null, standing.alarms.map(({ name }) => name.en).toSorted()],
    alarms: alarms.items.map(({ name }) => name.en).toSorted(),
    alarm: await statusOf(api.call(getAlarm, { params: { alarmId: found } })),
    advice: maintenance.adviceOpen,
  }
}
const everything = {
  ...{ health: 42, outlook: [200], standing: [42, ['By rule', 'Found']], alarms: ['By rule', 'Found'], alarm: 200, advice: true },
}
const nothing = {
  ...{ health: false, outlook: false, standing: [null, ['By rule']], alarms: ['By rule'], alarm: 404, advice: false },
}

/** What the owner's report of the present month tells of a machine that a package may open. */
async function reported({ deviceId }: { deviceId: string }) {
  const month = monthOf(dayIn(platform.now(), defaultTimeZone))
  const { machines } = (await own.member.api.call(getMyReport, { params: { month } })).facts
  const { health, outlook, alarms } = machines.find(({ device }) => device.id === deviceId)!
  return { health: health?.end, outlook: outlook?.map(({ remaining }) => remaining?.median), alarms: alarms.high }
}

const first = await newMachine()
const before = [await toldTo(own.member, first), await reported(first)]
const { id: packageId } = await sales.call(createPackage, { body: fields })
const trial = (deviceId: string, { member }: Company = own) => member.api.call(startMyTrial, { params: { deviceId, packageId } })
const ask = (deviceIds: string[], { member }: Company = own, net = 480_000) =>
  member.api.call(requestMyPackage, {
    params: { packageId },
    body: { deviceIds, net, currency: 'CNY', message: 'Soon?', consent: { version: contactConsent.version, accepted: true } },
  })
const standingsAt = async (deviceId: string) => (await own.member.api.call(getMyOffering, of(deviceId))).packages[0]!.standings

test('where nothing is sold everything is open; where something is, nothing of it is told by any path, but to staff', async () => {
  expect(before).toEqual([everything, { health: 42, outlook: [200], alarms: 2 }])
  expect([await toldTo(own.member, first), await reported(first)]).toEqual([nothing, { alarms: 1 }])
  expect(await own.member.api.call(getMyOffering, of(first.deviceId))).toMatchObject({
    closed: ['findings', 'outlook', 'advice'],
    owner: true,
    packages: [{ id: packageId, mayTry: true, mayAsk: true, standings: [] }],
  })
  expect(await service.call(getHealth, of(first.deviceId))).toMatchObject({ open: true, index: 42 })
  expect(await statusOf(other.member.api.call(getMyOffering, of(first.deviceId)))).toBe(404)
})

test('beside a package stands what came of warnings at all machines of its types that are shared, unless the manufacturer keeps it', async () => {
  const proven = await (await world.api('product')).call(createDeviceType, { body: { key: 'proven', name: words('Proven') } })
  const body = { ...fields, typeIds: [proven.id] }
  const { id } = await sales.call(createPackage, { body })
  const [mine, theirs] = [await newMachine(own, proven.id), await newMachine(other, proven.id)]
  const told = async () => (await own.member.api.call(getMyProofs, of(mine.deviceId))).items
  expect(await told()).toMatchObject([{ packageId: id, machines: 2, outcome: { warnings: 2, precision: null } }])
  for (const [n, verdict] of ['confirmed', 'confirmed', 'confirmed', 'confirmed', 'no-fault'].entries()) {
    const said = { name: words('-'), message: words('-'), severity: 'high', remedy: null, component: null } as const
    const alarm = await raiseAlarm(platform, {
      ...said,
      ...{ deviceId: theirs.deviceId, source: `diagnosis:${n}`, at: new Date() },
    })
    await database.pool.query('update alarm set verdict = $2 where id = $1', [alarm, verdict])
  }
  expect(await told()).toMatchObject([{ machines: 2, outcome: { warnings: 7, confirmed: 4, precision: { value: 0.8 } } }])
  expect(await statusOf(other.member.api.call(getMyProofs, of(mine.deviceId)))).toBe(404)
  const shared = { params: { deviceId: theirs.deviceId }, body: { whom: 'manufacturer', shared: false } } as const
  await other.admin.api.call(setSharing, shared)
  expect(await told()).toMatchObject([{ machines: 1, outcome: { warnings: 1, precision: null } }])
  await sales.call(changePackage, { params: { packageId: id }, body: { ...body, showsProof: false }, ifMatch: '1' })
  expect(await told()).toEqual([])
})

test('a trial opens it at once, is for one machine and once, and ends by itself', async () => {
  const [machine, beside] = [await newMachine(), await newMachine()]
  expect(await statusOf(trial(machine.deviceId, other))).toBe(404)
  const { closed, packages } = await trial(machine.deviceId)
  expect(closed).toEqual([])
  expect(packages[0]).toMatchObject({ mayTry: false, mayAsk: true, standings: [{ kind: 'trial', status: 'running' }] })
  expect(await toldTo(own.member, machine)).toEqual(everything)
  expect(await toldTo(own.member, beside)).toEqual(nothing)
  await settled()
  const notices = (await own.member.api.call(listMyNotices, { query: { limit: 100 } })).items
  expect(notices.filter(({ path }) => path.includes(beside.deviceId)).map(({ title }) => title.en)).toEqual(['By rule'])
  await database.pool.query(`update entitlement set until_at = now() where device_id = $1`, [machine.deviceId])
  expect(await toldTo(own.member, machine)).toEqual(nothing)
  expect(await statusOf(trial(machine.deviceId))).toBe(409)
})

test('it is asked for at its price for named machines, comes to sales as a lead like others, and staff grants it', async () => {
  const machines = [await newMachine(), await newMachine()]
  const ids = machines.map(({ deviceId }) => deviceId)
  expect(await statusOf(ask(ids, own, 1))).toBe(409) // another price was seen
  expect(await statusOf(ask([ids[0]!, (await newMachine(other)).deviceId]))).toBe(404)
  const { path } = await ask(ids)
  expect(await statusOf(ask(ids))).toBe(409) // it waits already
  await settled()

  const token = path.split('/').at(-1)!
  const inquiry = await own.admin.api.call(getInquiry, { params: { token } })
  expect(inquiry).toMatchObject({ configurationToken: null, message: 'Soon?', subject: { net: 960_000, currency: 'CNY' } })
  expect(inquiry.subject!.lines).toHaveLength(2)
  expect(inquiry.subject).not.toHaveProperty('deskPath')
  const mine = await own.admin.api.call(listMyInquiries, {})
  expect(mine.items[0]).toMatchObject({ token, productName: words('Foresight'), net: 960_000 })
  expect((await other.member.api.call(listMyInquiries, {})).items.map(one => one.token)).not.toContain(token)
  const mail = (await world.mails()).findLast(({ to }) => to === own.member.email)
  expect(mail?.text).toContain('Foresight')
  const { items } = await sales.call(listLeads, { query: { search: own.member.email } })
  const lead = items.find(({ net }) => net === 960_000)!
  expect(lead.productName).toEqual(words('Foresight'))
  expect(await sales.call(getLead, { params: { leadId: lead.id } })).toMatchObject({ subject: { name: words('Foresight') } })
  expect(await statusOf(sales.call(createOffer, { params: { leadId: lead.id } }))).toBe(409)

  const waiting = (await sales.call(listEntitlements, { query: { stage: 'waiting' } })).items
  expect(waiting.map(({ device }) => device.id).toSorted()).toEqual(ids.toSorted())
  const params = { entitlementId: waiting.find(({ device }) => device.id === ids[0])!.id }
  expect(await sales.call(grantEntitlement, { params })).toMatchObject({ status: 'running', kind: 'granted' })
  expect(await statusOf(sales.call(grantEntitlement, { params }))).toBe(409)
  expect(await toldTo(own.member, machines[0]!)).toEqual(everything)
  expect(await toldTo(own.member, machines[1]!)).toEqual(nothing)
  await settled()
  expect((await world.mails()).findLast(({ to }) => to === own.admin.email)?.subject).toContain('Foresight')

  const second = { entitlementId: waiting.find(({ device }) => device.id === ids[1])!.id }
  expect(await statusOf(other.member.api.call(withdrawMyRequest, { params: second }))).toBe(404)
  await own.member.api.call(withdrawMyRequest, { params: second })
  expect(await statusOf(sales.call(grantEntitlement, { params: second }))).toBe(409)
})

test('a renewal begins where the term ends; what was granted stays as it was granted; staff can take it back', async () => {
  const { deviceId } = await newMachine()
  const grant = async () => {
    await ask([deviceId])
    const id = (await standingsAt(deviceId))[0]!.id
    return sales.call(grantEntitlement, { params: { entitlementId: id } })
  }
  const [one, two] = [await grant(), await grant()]
  expect([one.kind, one.status, two.kind, two.status]).toEqual(['granted', 'running', 'renewed', 'granted'])
  expect(two.from).toBe(one.until)
  const { etag } = await sales.callWithEtag(getPackage, { params: { packageId } })
  const dearer = { ...fields, net: 600_000, rights: ['findings' as const] }
  const changed = await sales.callWithEtag(changePackage, { params: { packageId }, body: dearer, ifMatch: etag })
  expect(await statusOf(sales.callWithEtag(changePackage, { params: { packageId }, body: fields, ifMatch: etag }))).toBe(412)
  expect((await standingsAt(deviceId))[0]).toMatchObject({ price: { net: 480_000 }, rights: fields.rights })
  await sales.callWithEtag(changePackage, { params: { packageId }, body: fields, ifMatch: changed.etag })
  for (const { id } of [one, two]) await service.call(endEntitlement, { params: { entitlementId: id } })
  expect((await own.member.api.call(getMyOffering, of(deviceId))).closed).toHaveLength(3)
})

test('of its end the company is told once at each time, unless it has renewed', async () => {
  const { deviceId } = await newMachine()
  await ask([deviceId])
  const id = (await standingsAt(deviceId))[0]!.id
  await sales.call(grantEntitlement, { params: { entitlementId: id } })
  await settled()
  const { serial } = await service.callWithEtag(getDevice, of(deviceId)).then(({ value }) => value)
  const told = async () => {
    await platform.jobs.enqueue('packages.give-notice', {})
    await settled()
    const mails = await world.mails()
    return mails.filter(({ to, subject }) => to === own.admin.email && subject.includes('Foresight') && subject.includes(serial))
      .length
  }
  const left = (days: number) =>
    database.pool.query(`update entitlement set until_at = now() + make_interval(days => $2) where id = $1`, [id, days])
  const granted = 1
  expect(await told()).toBe(granted)
  await left(20)
  expect([await told(), await told()]).toEqual([granted + 1, granted + 1])
  await left(6)
  expect(await told()).toBe(granted + 2)
  await left(-1)
  expect([await told(), await told()]).toEqual([granted + 3, granted + 3])
})

test('with the machine it goes from who sells it and does not go over; whom the owner lets in has it too', async () => {
  const machine = await newMachine()
  await trial(machine.deviceId)
  await database.pool.query(
    `insert into device_ownership (id, device_id, company_id, role, from_at) values ($1, $2, $3, 'operator', now() - interval '1 day')`,
    [platform.newId(), machine.deviceId, other.id],
  )
  expect(await toldTo(other.member, machine)).toEqual(everything)
  expect(await statusOf(trial(machine.deviceId, other))).toBe(409)
  await give(machine.deviceId, other)
  expect((await other.member.api.call(getMyOffering, of(machine.deviceId))).closed).toHaveLength(3)
  expect(await own.member.api.call(getMyHealth, of(machine.deviceId))).toMatchObject({ open: false, findings: [] })
  await settled()
  const { rows } = await database.pool.query('select ending from entitlement where device_id = $1', [machine.deviceId])
  expect(rows).toEqual([{ ending: 'sold' }])
})

test('advice names a package: its owner is led to it, or told that he has it, and who can ask for none is told alone', async () => {
  const advised = await (await world.api('product')).call(createDeviceType, {
    body: {
      ...{ key: 'advised_machine', name: words('Machine'), metrics: [] },
      components: [{ key: 'spindle', name: words('Spindle') }],
    },
  })
  const params = { typeId: advised.id }
  const { id: packageId } = await sales.call(createPackage, {
    body: { ...fields, name: words('Care'), typeIds: [advised.id], rights: ['report'] },
  })
  const advice = (change: object) => ({
    ...{ key: 'watch', when: { kind: 'alarm' as const, code: 'By rule' }, action: words('Watch it'), reason: words('') },
    ...{ urgency: 'soon' as const, ...change },
  })
  const write = async (change: object) => {
    const { value, etag } = await service.callWithEtag(getPlan, { params })
    expect(value.packages.map(({ name }) => name.en)).toContain('Care')
    return service.call(changePlan, { params, ifMatch: etag, body: { tasks: [], advice: [advice(change)] } })
  }
  const wrong = await write({ packageId: crypto.randomUUID() }).catch(error => (error as ProblemError).problem)
  expect(wrong).toMatchObject({ status: 422, errors: [{ field: '/advice/0/packageId' }] })
  expect((await write({ packageId })).advice).toMatchObject([{ packageId }])

  const { deviceId } = await newMachine(own, advised.id)
  const toldTo = async ({ api }: Company['member']) => (await api.call(getMyMaintenance, of(deviceId))).advice[0]?.package
  const care = { id: packageId, name: words('Care') }
  expect(await toldTo(own.member)).toEqual({ ...care, standing: 'open' })
  expect((await service.call(getMaintenance, of(deviceId))).advice[0]?.package).toEqual({ ...care, standing: 'told' })
  await own.admin.api.call(startMyTrial, { params: { deviceId, packageId } })
  expect(await toldTo(own.member)).toEqual({ ...care, standing: 'held' })

  // advice that names none any more, and a package that is not offered
  const other = await newMachine(own, advised.id)
  const { value, etag } = await sales.callWithEtag(getPackage, { params: { packageId } })
  const { id, machines, ...rest } = value
  await sales.call(changePackage, { params: { packageId }, ifMatch: etag, body: { ...rest, offered: false } })
  expect((await own.member.api.call(getMyMaintenance, of(other.deviceId))).advice[0]?.package).toBe(null)
  expect(await toldTo(own.member)).toEqual({ ...care, standing: 'held' })
})
