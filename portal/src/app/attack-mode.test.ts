import { setTimeout as breathe } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { listAuditEntries } from '#features/audit/core'
import { readHealth, switchAttackMode } from '#features/operations/core'
import { confirmingApi } from '../../test/confirming.ts'
import { eventually } from '../../test/eventually.ts'
import { type TestPortal, testPortal } from '../../test/test-portal.ts'

// Two portals on one database, each with its own memory, as two processes behind a balancer.
const one = {
  attackMode: { sampleMs: 40, calmMs: 5000, alarming: { late: 60_000, costly: 60_000, 'sign-ins': 60_000 } },
  config: { trustProxy: 1 },
  http: { rateLimits: {} },
}
const first = await testPortal(one)
const second = await testPortal({ ...one, config: first.platform.config })
const both = [first, second]
const strict = () => both.map(({ platform }) => platform.attackMode.strict())
const admin = confirmingApi(first, 'admin')

const ask = async ({ request }: TestPortal, path: string, address: string, as?: 'customer') =>
  (await request(path, { headers: { 'x-forwarded-for': address } }, as)).status

/** Many addresses that spend their whole share and go on, for as long as `until` is not true. */
async function attack(until: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 20_000; !until() && Date.now() < deadline; ) {
    await breathe(5) // refusals come from memory: without a pause nothing else would ever get its turn
    await Promise.all(Array.from({ length: 60 }, (_, turn) => ask(first, '/c/none/sheet.pdf', `192.0.2.${turn % 6}`)))
  }
}

const actions = async () => {
  const { items } = await admin.call(listAuditEntries, { query: { limit: 100 } })
  return items.map(({ action }) => action).filter(action => action.startsWith('attack-mode.'))
}
const checkOf = async ({ api }: TestPortal) =>
  (await (await api('admin')).call(readHealth, {})).checks.find(({ id }) => id === 'attack')

test('one process that is attacked turns the stricter mode on for both, once, and it ends for both when there is calm', async () => {
  expect(strict()).toEqual([false, false])
  let over = false
  const attacking = attack(() => over)
  await eventually(() => strict().every(Boolean))
  expect(await checkOf(second)).toMatchObject({ state: 'warning', says: expect.stringContaining('被拒绝') })
  expect((await second.platform.metrics.read()).text).toContain('\nfettle_attack_mode 1\n')
  over = true
  await attacking
  await eventually(() => !strict().some(Boolean))
  expect(await actions()).toEqual(['attack-mode.turned-off', 'attack-mode.turned-on'])
  expect(await checkOf(first)).toMatchObject({ state: 'fine' })
}, 90_000)

test('an administrator turns it on for both, and his name and the time are seen', async () => {
  await admin.call(switchAttackMode, { body: { mode: 'on' } })
  await eventually(() => strict().every(Boolean))
  const { facts } = (await checkOf(second))!
  expect(facts).toMatchObject([{ unit: 'time' }, { value: expect.stringMatching(/.+/) }])
  expect((await actions())[0]).toBe('attack-mode.switched')
})

test('while it is on, strangers have less and who is signed in has what he had', async () => {
  const answers = async (as?: 'customer') =>
    Promise.all(Array.from({ length: 8 }, () => ask(second, '/c/none/sheet.pdf', '198.51.100.7', as)))
  const customer = await answers('customer')
  expect(customer.filter(status => status === 429)).toEqual([])
  expect((await answers()).filter(status => status !== 429)).toHaveLength(3)
})

test('switched off, it does not come on, not even under attack', async () => {
  await admin.call(switchAttackMode, { body: { mode: 'off' } })
  await eventually(() => !strict().some(Boolean))
  const until = Date.now() + 1000
  await attack(() => Date.now() > until)
  expect(strict()).toEqual([false, false])
  expect(await checkOf(first)).toMatchObject({ state: 'warning' })
  await admin.call(switchAttackMode, { body: { mode: 'auto' } })
})
