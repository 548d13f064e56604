import { expect, test } from 'vitest'
import { testPortal } from '../../../../test/test-portal.ts'
import { listStaff, setUp, signIn } from '../core/index.ts'
import { accounts, demoAccounts, firstAdminPath, seedDemoAccounts } from './index.ts'

const { api, platform } = await testPortal({ features: [accounts] })
const tokenOf = (path: string | null) => new URL(path!, 'http://portal.test').searchParams.get('token')!
const expired = expect.objectContaining({ problem: expect.objectContaining({ status: 410 }) })

test('the first administrator is made by the newest link of the start, once', async () => {
  const old = tokenOf(await firstAdminPath(platform))
  const token = tokenOf(await firstAdminPath(platform))
  const visitor = await api()
  const body = { name: '第一位', email: 'first@example.com', password: 'the very first password' }
  await expect(visitor.call(setUp, { body: { ...body, token: old } })).rejects.toEqual(expired)
  await expect(visitor.call(setUp, { body: { ...body, token } })).resolves.toEqual({ email: 'first@example.com' })
  await expect(visitor.call(setUp, { body: { ...body, token, email: 'second@example.com' } })).rejects.toEqual(expired)

  const { account } = await visitor.call(signIn, { body })
  expect(account!.roles).toEqual(['admin'])
  const admin = await api(body)
  expect((await admin.call(listStaff, {})).items).toHaveLength(1)
})

test('demo accounts exist in demo mode only', async () => {
  const production = { ...platform, config: { ...platform.config, mode: 'production' as const } }
  expect(demoAccounts(production)).toEqual([])
  await expect(seedDemoAccounts(production)).rejects.toThrow('demo mode only')
  expect(demoAccounts(platform).map(({ email }) => email)).toContain('admin@zhizao.example')
})
