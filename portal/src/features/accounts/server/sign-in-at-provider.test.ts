import { afterAll, expect, test } from 'vitest'
import type { OidcProvider } from '#platform/server'
import { testPortal } from '../../../../test/test-portal.ts'
import { getSecurity, linkProvider, listProviders, unlinkProvider } from '../core/index.ts'
import { demoPassword, seedDemoAccounts } from './demo-accounts.ts'
import { accounts } from './index.ts'
import { writeStaff } from './people.ts'
import { unlink } from './providers.ts'
import { setAppUp, turnClock } from './test-authenticator.ts'
import { lastMail } from './test-links.ts'
import { type Known, startTestProvider } from './test-provider.ts'

const ids = ['customers', 'works', 'domain', 'trusted', 'graded', 'recent']
const provider = await startTestProvider(ids.map(id => `http://portal.test/api/v1/auth/oidc/${id}/callback`))
afterAll(() => provider.close())
const at = (id: string, more: Partial<OidcProvider>): OidcProvider => ({
  id,
  name: { 'zh-CN': id, en: id },
  issuer: provider.issuer,
  clientId: 'portal',
  clientSecret: provider.secret,
  for: 'staff',
  groupsClaim: 'groups',
  roles: {},
  scope: 'openid email profile',
  secondFactor: false,
  ...more,
})
const portal = await testPortal({
  features: [accounts],
  config: {
    oidcProviders: [
      at('customers', { for: 'customers' }),
      at('works', { groups: ['machines'], roles: { sellers: 'sales', engineers: 'product' } }),
      at('domain', { emailDomains: ['zhizao.example'] }),
      at('trusted', { emailDomains: ['zhizao.example'], secondFactor: true }),
      at('graded', { emailDomains: ['zhizao.example'], secondFactor: ['gold'] }),
      at('recent', { for: 'customers', maxAgeMinutes: 30 }),
    ],
  },
})
const { api, platform, request } = portal
turnClock(platform)
const password = 'correct horse battery'
const byPassword = { method: 'password', password } as const

const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .join('; ')

/** A browser that begins to sign in: the provider's address it goes on to, and the cookie it keeps. */
async function begin(id: string, next: string | null = null) {
  const answer = await request(`/api/v1/auth/oidc/${id}/start`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ next }),
  })
  const { url } = (await answer.json()) as { url: string }
  return { url: new URL(url), cookie: cookiesOf(answer), headers: answer.headers }
}

/** A browser that goes to the provider as somebody and comes back; answers where it lands and its cookies. */
async function come(id: string, as: Known, next: string | null = null) {
  provider.state.current = as
  const { url, cookie } = await begin(id, next)
  return land(await provider.visit(url.href), cookie)
}
async function land(callback: URL, cookie: string) {
  const answer = await request(callback.pathname + callback.search, { headers: { cookie } })
  expect(answer.status).toBe(302)
  const cookies = cookiesOf(answer)
  const me = (await (await request('/api/v1/me', { headers: { cookie: cookies } })).json()) as {
    account: { id: string; email: string } | null
  }
  return { location: answer.headers.get('location')!, account: me.account, cookies }
}
const verified = (name: string, more: Partial<Known> = {}): Known => ({
  sub: name,
  email: `${name}@kunde.example`,
  email_verified: true,
  name,
  ...more,
})
const staff = async (name: string) => {
  const email = `${name}@zhizao.example`
  const id = await platform.database.transaction(() =>
    writeStaff(platform, { name, email, roles: ['sales'], language: 'en', password, grantedBy: null }),
  )
  return { id, email, someone: await api({ email, password }) }
}

test('a customer comes by a provider, gets an account and a company of one, and is the same the next time', async () => {
  const first = await come('customers', verified('ann'), '/en/account')
  expect(first).toMatchObject({
    location: '/en/account',
    account: { email: 'ann@kunde.example', kind: 'customer', emailVerified: true },
  })
  await expect(unlink(platform, first.account!.id, platform.config.oidcProviders[0]!)).rejects.toMatchObject({
    type: 'last-way-in',
  })
  const again = await come('customers', verified('ann', { email: 'ann.new@kunde.example' })) // known by his id, not by his address
  expect(again.account).toMatchObject({ email: 'ann@kunde.example' })
  expect((await come('customers', verified('bob'), '//evil.example')).location).toBe('/account')
})

test('an address the provider has not verified makes no account', async () => {
  const { location, account } = await come('customers', verified('cleo', { email_verified: false }))
  expect(location).toBe('/sign-in?refused=email')
  expect(account).toBeNull()
})

test('an existing account is not taken over by its address, nor linked in a browser its owner is not signed in with', async () => {
  await seedDemoAccounts(platform)
  const hijack = verified('mallory', { email: 'customer@example.com' })
  expect(await come('customers', hijack)).toMatchObject({ location: '/sign-in?refused=sign-in-first', account: null })

  const begun = await request(
    '/api/v1/me/providers/customers/link',
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ proof: { method: 'password', password: demoPassword } }),
    },
    'customer',
  )
  provider.state.current = verified('zhou')
  const callback = await provider.visit(((await begun.json()) as { url: string }).url)
  expect((await land(callback, cookiesOf(begun))).location).toBe('/sign-in?refused=expired') // nobody is signed in there
})

test('an owner links and unlinks, and the last way in stays', async () => {
  const { email, someone } = await staff('dora')
  const signIn = await request('/api/v1/auth/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  const session = cookiesOf(signIn)
  const begun = await request('/api/v1/me/providers/domain/link', {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: session },
    body: JSON.stringify({ proof: byPassword }),
  })
  provider.state.current = { sub: 'dora-there', email: 'd@zhizao.example', email_verified: true }
  const back = await provider.visit(((await begun.json()) as { url: string }).url)
  const linked = await request(back.pathname + back.search, { headers: { cookie: `${session}; ${cookiesOf(begun)}` } })
  expect(linked.headers.get('location')).toBe('/account')
  expect((await lastMail(portal, email)).subject).toBe('A sign-in provider was linked')
  expect((await someone.call(getSecurity, {})).providers.find(({ id }) => id === 'domain')).toMatchObject({
    linkedAt: expect.any(String),
  })
  expect((await come('domain', provider.state.current)).account).toMatchObject({ email })
  await someone.call(unlinkProvider, { params: { providerId: 'domain' }, body: { proof: byPassword } })
  await expect(
    someone.call(unlinkProvider, { params: { providerId: 'domain' }, body: { proof: byPassword } }),
  ).rejects.toMatchObject({ problem: { status: 404 } })
})

test('staff come where a group gives them a role, and strangers do not', async () => {
  const unknown = await come('works', verified('emil', { groups: ['machines'] }))
  expect(unknown.location).toBe('/sign-in?refused=unknown-staff')
  const outside = await come('works', verified('fay', { groups: ['sellers'] }))
  expect(outside.location).toBe('/sign-in?refused=not-allowed')
  const seller = await come('works', verified('gil', { groups: ['machines', 'sellers', 'engineers'] }))
  expect(seller).toMatchObject({ location: '/console', account: { kind: 'staff', roles: ['product', 'sales'] } })
  const left = await come('works', verified('gil', { groups: ['sellers'] })) // the rule is asked every time
  expect(left.location).toBe('/sign-in?refused=not-allowed')
})

test('by the rule of the administrator a provider speaks for staff of its domains, and for no other', async () => {
  const { email } = await staff('hal')
  const known = { sub: 'hal', email, email_verified: true }
  expect((await come('works', { ...known, groups: ['machines'] })).location).toBe('/sign-in?refused=sign-in-first')
  expect((await come('domain', { ...known, email_verified: false })).location).toBe('/sign-in?refused=not-allowed')
  expect((await come('domain', known)).account).toMatchObject({ email })
  expect((await come('domain', verified('ida'))).location).toBe('/sign-in?refused=not-allowed')
})

test('a second factor is asked for after the provider, unless the provider asks itself', async () => {
  const { email, someone } = await staff('jon')
  await setAppUp(someone, platform, password)
  const known = { sub: 'jon', email, email_verified: true }
  const step = await come('domain', known)
  expect(step.account).toBeNull()
  const [, text] = /^\/sign-in#second-step=(.+)$/.exec(step.location)!
  expect(JSON.parse(Buffer.from(text!, 'base64url').toString())).toMatchObject({ methods: ['totp', 'recovery'] })
  expect((await come('trusted', { ...known, amr: ['pwd', 'mfa'] })).account).toMatchObject({ email })
  expect((await come('graded', { ...known, acr: 'gold' })).account).toMatchObject({ email })
})

test('what the token does not say of a second factor, the provider has not asked for', async () => {
  const { email, someone } = await staff('joy')
  await setAppUp(someone, platform, password)
  const known = { sub: 'joy', email, email_verified: true }
  for (const amr of [undefined, ['pwd'], ['otp']]) expect((await come('trusted', { ...known, amr })).account).toBeNull()
  for (const acr of [undefined, 'silver']) expect((await come('graded', { ...known, acr, amr: ['mfa'] })).account).toBeNull()
  expect((await begin('graded')).url.searchParams.get('acr_values')).toBe('gold')
})

test('where a provider must have asked lately, it is told so, and when it asked is checked', async () => {
  const { url, cookie } = await begin('recent')
  expect(url.searchParams.get('max_age')).toBe('1800')
  provider.state.current = verified('max')
  expect((await land(await provider.visit(url.href), cookie)).account).not.toBeNull()
  const other = await begin('recent')
  other.url.searchParams.delete('max_age') // what somebody between would do: the token then names no time
  expect((await land(await provider.visit(other.url.href), other.cookie)).location).toBe('/sign-in?refused=provider')
})

test('nothing but the portal’s own page begins a sign-in', async () => {
  expect((await request('/api/v1/auth/oidc/customers/start')).status).toBe(405)
  const foreign = await request('/api/v1/auth/oidc/customers/start', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://elsewhere.example' },
    body: '{}',
  })
  expect(foreign.status).toBe(403)
  expect(foreign.headers.getSetCookie()).toEqual([])
})

test('an answer counts once, in the browser that asked, at the provider that was asked, and unchanged', async () => {
  provider.state.current = verified('kim')
  const visit = async () => {
    const { url, cookie } = await begin('customers')
    return { callback: await provider.visit(url.href), cookie }
  }
  const refused = async (callback: URL, cookie: string) => (await land(callback, cookie)).location
  const good = await visit()
  expect(await refused(good.callback, '')).toBe('/sign-in?refused=expired')
  expect(await refused(good.callback, (await visit()).cookie)).toBe('/sign-in?refused=expired')
  expect((await land(good.callback, good.cookie)).account).not.toBeNull()
  expect(await refused(good.callback, good.cookie)).toBe('/sign-in?refused=expired')

  const mixedUp = await visit()
  mixedUp.callback.searchParams.set('iss', 'https://evil.example')
  expect(await refused(mixedUp.callback, mixedUp.cookie)).toBe('/sign-in?refused=provider')
  const elsewhere = await visit()
  elsewhere.callback.pathname = '/api/v1/auth/oidc/works/callback'
  expect(await refused(elsewhere.callback, elsewhere.cookie)).toBe('/sign-in?refused=expired')
  const invented = await visit()
  invented.callback.searchParams.set('code', 'invented')
  expect(await refused(invented.callback, invented.cookie)).toBe('/sign-in?refused=provider')
})

test('a token whose signature does not hold is nobody’s', async () => {
  provider.state.forges = true
  expect(await come('customers', verified('forged'))).toMatchObject({ location: '/sign-in?refused=provider', account: null })
  provider.state.forges = false
  expect((await come('customers', verified('forged'))).account).not.toBeNull()
})

test('the address one is sent to carries state, nonce and a PKCE challenge, and no secret', async () => {
  const { url, headers } = await begin('customers')
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_type: 'code',
    code_challenge_method: 'S256',
    state: expect.stringMatching(/^[\w-]{32}$/),
    nonce: expect.stringMatching(/^[\w-]{32}$/),
  })
  expect(url.href).not.toContain('secret')
  expect(headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax/)
})

test('a provider that is away is said so, and an unknown one does not exist', async () => {
  provider.state.down = true
  const { url, cookie } = await begin('customers') // its published data are known already
  const back = new URL(`http://portal.test/api/v1/auth/oidc/customers/callback?code=x&state=${url.searchParams.get('state')}`)
  expect((await land(back, cookie)).location).toBe('/sign-in?refused=provider')
  provider.state.down = false
  const nowhere = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
  expect((await request('/api/v1/auth/oidc/nowhere/start', nowhere)).status).toBe(404)
  const visitor = await api()
  expect((await visitor.call(listProviders, {})).items[0]).toEqual({
    id: 'customers',
    name: 'customers',
    for: 'customers',
  })
  const { someone } = await staff('lea')
  await expect(
    someone.call(linkProvider, { params: { providerId: 'nowhere' }, body: { proof: byPassword } }),
  ).rejects.toMatchObject({ problem: { status: 404 } })
})
