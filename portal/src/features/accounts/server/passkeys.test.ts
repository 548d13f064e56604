import { expect, test } from 'vitest'
import { testPortal } from '../../../../test/test-portal.ts'
import {
  addPasskey,
  askForPasskey,
  askForPasskeyInSecondStep,
  askForPasskeyToSignIn,
  beginPasskey,
  getSecurity,
  removePasskey,
  renamePasskey,
  signIn,
  signInByPasskey,
  takeSecondStep,
} from '../core/index.ts'
import { accounts, methodsOf, prove } from './index.ts'
import { writeStaff } from './people.ts'
import { setAppUp, turnClock } from './test-authenticator.ts'
import { lastMail } from './test-links.ts'
import { testPasskey } from './test-passkey.ts'

const portal = await testPortal({ features: [accounts] })
const { api, database, platform } = portal
turnClock(platform)
const password = 'correct horse battery'
const visitor = await api()
const byPassword = { method: 'password', password } as const

const problem = (type: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ type: expect.stringContaining(type) }) })

async function colleague(name: string) {
  const email = `${name}@zhizao.example`
  const id = await platform.database.transaction(() =>
    writeStaff(platform, { name, email, roles: ['sales'], language: 'en', password, grantedBy: null }),
  )
  return { id, email, someone: await api({ email, password }) }
}

async function withPasskey(name: string) {
  const person = await colleague(name)
  const passkey = testPasskey()
  const options = await person.someone.call(beginPasskey, { body: { proof: byPassword } })
  const added = await person.someone.call(addPasskey, { body: { response: passkey.create(options), name: 'Work laptop' } })
  return { ...person, passkey, added }
}

const enter = async (passkey: ReturnType<typeof testPasskey>, doing = {}) =>
  visitor.call(signInByPasskey, { body: { response: passkey.get(await visitor.call(askForPasskeyToSignIn, {}), doing) } })

test('a passkey is added, named, used to sign in without a password, renamed and removed', async () => {
  const { email, someone, passkey, added } = await withPasskey('ann')
  expect(added).toMatchObject({ name: 'Work laptop', usedAt: null })
  expect((await lastMail(portal, email)).subject).toBe('A passkey was added')
  expect(await enter(passkey)).toMatchObject({ account: { email } })
  await someone.call(renamePasskey, { params: { passkeyId: added.id }, body: { name: 'Old laptop' } })
  expect(await someone.call(getSecurity, {})).toMatchObject({
    methods: ['passkey', 'password'],
    passkeys: [{ name: 'Old laptop', usedAt: expect.any(String) }],
  })
  await someone.call(removePasskey, { params: { passkeyId: added.id }, body: { proof: byPassword } })
  await expect(enter(passkey)).rejects.toEqual(problem('passkey-refused'))
  expect((await lastMail(portal, email)).subject).toBe('A passkey was removed')
})

test('adding one needs a proof, and the same one is not added twice', async () => {
  const { someone, passkey } = await withPasskey('ben')
  const wrong = someone.call(beginPasskey, { body: { proof: { method: 'password', password: 'not mine' } } })
  await expect(wrong).rejects.toEqual(problem('proof-refused'))
  const options = await someone.call(beginPasskey, { body: { proof: byPassword } })
  expect(options.excludeCredentials).toHaveLength(1)
  const again = someone.call(addPasskey, { body: { response: passkey.create(options), name: 'Twice' } })
  await expect(again).rejects.toEqual(problem('passkey-refused'))
})

test.each([
  ['of another origin', { origin: 'https://portal.test.evil.example' }],
  ['without verification of the person', { verified: false }],
])('an answer %s is refused', async (name, doing) => {
  const { someone, passkey } = await withPasskey(`cleo.${name.length}`)
  await expect(enter(passkey, doing)).rejects.toEqual(problem('passkey-refused'))
  const options = await someone.call(beginPasskey, { body: { proof: byPassword } })
  const add = someone.call(addPasskey, { body: { response: testPasskey().create(options, doing), name: 'X' } })
  await expect(add).rejects.toEqual(problem('passkey-refused'))
})

test('an answer works once, only for a challenge of ours, and a copied key is found out by its counter', async () => {
  const { passkey } = await withPasskey('dora')
  const response = passkey.get(await visitor.call(askForPasskeyToSignIn, {}))
  await visitor.call(signInByPasskey, { body: { response } })
  await expect(visitor.call(signInByPasskey, { body: { response } })).rejects.toEqual(problem('passkey-refused'))
  const invented = passkey.get({ challenge: 'aW52ZW50ZWQtYnktc29tZWJvZHk', rpId: 'portal.test' })
  await expect(visitor.call(signInByPasskey, { body: { response: invented } })).rejects.toEqual(problem('passkey-refused'))
  const stranger = testPasskey().get(await visitor.call(askForPasskeyToSignIn, {}))
  await expect(visitor.call(signInByPasskey, { body: { response: stranger } })).rejects.toEqual(problem('passkey-refused'))
  passkey.turnBack()
  await expect(enter(passkey)).rejects.toEqual(problem('passkey-refused'))
})

test('a challenge for one person or purpose serves no other', async () => {
  const one = await withPasskey('emil')
  const other = await withPasskey('fay')
  const asked = await one.someone.call(askForPasskey, {})
  const foreign = { method: 'passkey', response: other.passkey.get(asked) } as const
  await expect(prove(platform, other.id, foreign)).rejects.toMatchObject({ type: 'proof-refused' })
  const again = { method: 'passkey', response: one.passkey.get(await one.someone.call(askForPasskey, {})) } as const
  await prove(platform, one.id, again)
  const toSignIn = one.passkey.get(await visitor.call(askForPasskeyToSignIn, {}))
  await expect(prove(platform, one.id, { method: 'passkey', response: toSignIn })).rejects.toMatchObject({
    type: 'proof-refused',
  })
  const proof = one.passkey.get(await one.someone.call(askForPasskey, {}))
  await expect(visitor.call(signInByPasskey, { body: { response: proof } })).rejects.toEqual(problem('passkey-refused'))
})

test('a passkey answers the second step, and is not asked for one itself', async () => {
  const { id, email, someone, passkey } = await withPasskey('gil')
  await setAppUpByPasskeyHolder(someone)
  const { secondStep } = await visitor.call(signIn, { body: { email, password } })
  expect(secondStep!.methods).toEqual(['passkey', 'totp', 'recovery'])
  expect(await methodsOf(platform, id)).toEqual(['passkey', 'totp', 'recovery'])
  const options = await visitor.call(askForPasskeyInSecondStep, { body: { token: secondStep!.token } })
  const proof = { method: 'passkey', response: passkey.get(options) } as const
  const { account } = await visitor.call(takeSecondStep, { body: { token: secondStep!.token, proof } })
  expect(account).toMatchObject({ email })
  expect(await enter(passkey)).toMatchObject({ account: { email } })
})

const setAppUpByPasskeyHolder = (someone: Awaited<ReturnType<typeof api>>) => setAppUp(someone, platform, password)

test('where staff must have a second factor a passkey is one, and the last does not go', async () => {
  const { email, someone, added, passkey } = await withPasskey('hal')
  platform.config.staffSecondFactor = 'required'
  try {
    const { secondStep } = await visitor.call(signIn, { body: { email, password } })
    expect(secondStep!.methods).toEqual(['passkey'])
    const remove = someone.call(removePasskey, { params: { passkeyId: added.id }, body: { proof: byPassword } })
    await expect(remove).rejects.toEqual(problem('second-factor-required'))
    expect(await enter(passkey)).toMatchObject({ account: { email } })
  } finally {
    platform.config.staffSecondFactor = 'offered'
  }
})

test('nobody touches the passkey of another', async () => {
  const one = await withPasskey('ida')
  const { someone } = await colleague('jon')
  const rename = someone.call(renamePasskey, { params: { passkeyId: one.added.id }, body: { name: 'Mine' } })
  await expect(rename).rejects.toEqual(problem('not-found'))
  const remove = someone.call(removePasskey, { params: { passkeyId: one.added.id }, body: { proof: byPassword } })
  await expect(remove).rejects.toEqual(problem('not-found'))
  const { rows } = await database.pool.query('select name from passkey where id = $1', [one.added.id])
  expect(rows).toEqual([{ name: 'Work laptop' }])
})
