import { expect, test } from 'vitest'
import { createLog } from '#platform/server'
import { testPortal } from '../../../../test/test-portal.ts'
import { features } from '../../../app/features.ts'
import { turnAuthenticatorOff } from '../core/index.ts'
import { demoPassword } from './demo-accounts.ts'
import { setAppUp, turnClock } from './test-authenticator.ts'

// What whoever watches the portal's log is told: who came in and by what, and whom the portal refused what.

interface Line {
  level: string
  msg: string
  [field: string]: unknown
}

const lines: Line[] = []
const log = createLog('info', { write: text => void lines.push(JSON.parse(text)) })
const portal = await testPortal({ features, log })
const { api, request, platform } = portal
const clock = turnClock(platform)

/** The lines that the work leaves. */
async function during(work: () => Promise<unknown>): Promise<Line[]> {
  const start = lines.length
  await work().catch(() => {})
  return lines.slice(start)
}
const signIn = (email: string, password: string) =>
  request('/api/v1/auth/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })

test('each sign-in is a line with who and by what, a failed one a warning', async () => {
  await request('/api/v1/me', {}, 'customer') // makes the demo's accounts
  const good = await during(() => signIn('customer@example.com', demoPassword))
  expect(good).toContainEqual(
    expect.objectContaining({
      level: 'info',
      msg: 'audit',
      action: 'account.signed-in',
      actor: 'account',
      facts: { by: ['password'] },
    }),
  )
  const bad = await during(() => signIn('customer@example.com', 'not the password'))
  expect(bad).toContainEqual(
    expect.objectContaining({ level: 'warn', action: 'account.signed-in', outcome: 'refused', facts: { by: ['password'] } }),
  )
  expect(bad).toContainEqual(expect.objectContaining({ level: 'warn', msg: 'request', status: 401, problem: 'sign-in-refused' }))
  expect(JSON.stringify(lines)).not.toContain('customer@example.com')
})

test('a second step tells both its proofs, and a wrong one is told too', async () => {
  const someone = await api('customer')
  const { app } = await setAppUp(someone, platform, demoPassword)
  const step = async (proof: string) => {
    const { secondStep } = (await (await signIn('customer@example.com', demoPassword)).json()) as {
      secondStep: { token: string }
    }
    return request('/api/v1/auth/second-step', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: secondStep.token, proof: { method: 'totp', code: proof } }),
    })
  }
  const wrong = await during(() => step('000000'))
  expect(wrong).toContainEqual(
    expect.objectContaining({ level: 'warn', action: 'account.proved', outcome: 'refused', facts: { by: ['totp'] } }),
  )
  clock.forward(30)
  const right = await during(() => step(app(platform.now())))
  expect(right).toContainEqual(
    expect.objectContaining({ action: 'account.signed-in', outcome: 'done', facts: { by: ['password', 'totp'] } }),
  )
  const off = await during(() =>
    someone.call(turnAuthenticatorOff, { body: { proof: { method: 'password', password: demoPassword } } }),
  )
  expect(off).toContainEqual(expect.objectContaining({ msg: 'request', problem: 'proof-refused', account: expect.any(String) }))
})

test('who asks for what he may not is a warning with his account, the operation, and a sign of where he is', async () => {
  await request('/api/v1/me', {}, 'sales')
  const [refused] = await during(() => request('/api/v1/audit', {}, 'sales'))
  expect(refused).toMatchObject({
    level: 'warn',
    msg: 'request',
    route: '/api/v1/audit',
    status: 403,
    problem: 'not-permitted',
    account: expect.stringMatching(/^[\da-f-]{36}$/),
    from: expect.stringMatching(/^[\w-]{12}$/),
  })
  const [nobody] = await during(() => request('/api/v1/audit'))
  expect(nobody).toMatchObject({ level: 'warn', problem: 'sign-in-needed', from: refused!.from })
  const [foreign] = await during(() =>
    request('/api/v1/auth/sign-out', { method: 'POST', headers: { origin: 'https://elsewhere.example' } }),
  )
  expect(foreign).toMatchObject({ level: 'warn', problem: 'foreign-origin' })
  const [odd] = await during(() => request('/api/v1/products/%00'))
  expect(odd).toMatchObject({ level: 'info', problem: 'malformed-url' })
  expect((await platform.metrics.read()).text).toMatch(/fettle_refusals_total\{problem="not-permitted"\} \d/)
})
