import { notFound, type Platform } from '#platform/server'
import type { PasskeyAnswer, PasskeyView } from '../core/index.ts'
import { credentialChanged } from './credential-changed.ts'
import { passkeyRefused, secondFactorRequired, tooManyPasskeys } from './failures.ts'
import { issueToken, redeemToken } from './one-time-token.ts'
import { viewAccount } from './people.ts'
import { mustKeepAFactor } from './second-factor-rule.ts'
import type { AccountTables } from './tables.ts'

/** for a person; nobody needs more, and a list stays readable */
const most = 20
/** Ed25519, ES256, RS256 in COSE's numbers: what devices have */
const supportedAlgorithmIDs = [-8, -7, -257]
/** whom a challenge was made for, where nobody has said yet who he is */
const anybody = 'anybody'

/** What a browser needs to make a passkey for this person. The challenge is a one-time token. origin: of the page, https://portal.example.com */
export async function beginPasskey(platform: Platform, accountId: string, origin: string) {
  const { generateRegistrationOptions } = await library()
  const [{ email, name }, known] = [await viewAccount(platform, accountId), await passkeysOf(platform, accountId)]
  if (known.length >= most) throw tooManyPasskeys(most)
  return generateRegistrationOptions({
    rpName: new URL(platform.config.publicUrl).hostname,
    rpID: new URL(origin).hostname,
    userID: new TextEncoder().encode(accountId),
    userName: email,
    userDisplayName: name,
    challenge: await newChallenge(platform, 'passkey-add', accountId, origin),
    attestationType: 'none',
    supportedAlgorithmIDs,
    excludeCredentials: known.map(({ credential_id, transports }) => ({ id: credential_id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

interface NewPasskey {
  response: PasskeyAnswer
  name: string
}

/** Keeps the passkey the browser has made. Throws passkey-refused where challenge, origin, signature or user verification do not hold. */
export async function addPasskey(platform: Platform, accountId: string, { response, name }: NewPasskey): Promise<PasskeyView> {
  const { verifyRegistrationResponse } = await library()
  const challenge = await redeemChallenge(platform, 'passkey-add', response)
  if (challenge?.who !== accountId) throw passkeyRefused()
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: response as never,
    expectedChallenge: () => true, // redeemed above
    expectedOrigin: challenge.origin,
    expectedRPID: new URL(challenge.origin).hostname,
    requireUserVerification: true,
    supportedAlgorithmIDs,
  }).catch(() => ({ verified: false, registrationInfo: undefined }))
  if (!verified || !registrationInfo) throw passkeyRefused()
  const { credential, credentialBackedUp } = registrationInfo
  return platform.database.transaction(async () => {
    const row = {
      id: platform.newId(),
      person_id: accountId,
      credential_id: credential.id,
      public_key: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: credential.transports ?? [],
      name,
      synced: credentialBackedUp,
      created_at: platform.now(),
      used_at: null,
    }
    const { numInsertedOrUpdatedRows } = await platform.database
      .db<AccountTables>()
      .insertInto('passkey')
      .values(row)
      .onConflict(known => known.column('credential_id').doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows !== 1n) throw passkeyRefused()
    await credentialChanged(platform, 'passkey.added', { accountId, passkeyId: row.id })
    return present(row)
  })
}

/** What a browser needs to ask for a passkey: of one person, or of whoever has one for this portal. */
export async function askForPasskey(platform: Platform, origin: string, accountId: string | null) {
  const { generateAuthenticationOptions } = await library()
  const known = accountId ? await passkeysOf(platform, accountId) : []
  return generateAuthenticationOptions({
    rpID: new URL(origin).hostname,
    challenge: await newChallenge(platform, 'passkey-use', accountId ?? anybody, origin),
    allowCredentials: known.map(({ credential_id, transports }) => ({ id: credential_id, transports })),
    userVerification: 'required',
  })
}

/** Whose passkey has answered, for whom it was asked; null where anything about the answer does not hold. */
async function takePasskey(platform: Platform, response: PasskeyAnswer): Promise<{ accountId: string; askedOf: string } | null> {
  const { verifyAuthenticationResponse } = await library()
  const challenge = await redeemChallenge(platform, 'passkey-use', response)
  if (!challenge) return null
  const db = platform.database.db<AccountTables>()
  const passkey = await db.selectFrom('passkey').selectAll().where('credential_id', '=', response.id).executeTakeFirst()
  if (!passkey) return null
  const answer = await verifyAuthenticationResponse({
    response: response as never,
    expectedChallenge: () => true, // redeemed above
    expectedOrigin: challenge.origin,
    expectedRPID: new URL(challenge.origin).hostname,
    credential: {
      id: passkey.credential_id,
      publicKey: Buffer.from(passkey.public_key, 'base64url'),
      counter: passkey.counter,
    },
    requireUserVerification: true,
  }).catch(() => null) // a counter that went backwards among the reasons
  if (!answer?.verified) return null
  await db
    .updateTable('passkey')
    .set({ counter: answer.authenticationInfo.newCounter, used_at: platform.now() })
    .where('id', '=', passkey.id)
    .execute()
  return { accountId: passkey.person_id, askedOf: challenge.who }
}

/** Whether the passkey that answers is this person's and was asked of him. */
export async function isPasskeyOf(platform: Platform, accountId: string, response: PasskeyAnswer): Promise<boolean> {
  const taken = await takePasskey(platform, response)
  return taken?.accountId === accountId && taken.askedOf === accountId
}

/** The person who signs in by a passkey of his, whoever he is; null where it does not hold. */
export async function personByPasskey(platform: Platform, response: PasskeyAnswer): Promise<string | null> {
  const taken = await takePasskey(platform, response)
  return taken?.askedOf === anybody ? taken.accountId : null
}

export async function listPasskeys(platform: Platform, accountId: string): Promise<PasskeyView[]> {
  return (await passkeysOf(platform, accountId)).map(present)
}

export async function renamePasskey(
  platform: Platform,
  accountId: string,
  { passkeyId, name }: { passkeyId: string; name: string },
) {
  const { numUpdatedRows } = await platform.database
    .db<AccountTables>()
    .updateTable('passkey')
    .set({ name })
    .where('id', '=', passkeyId)
    .where('person_id', '=', accountId)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw noSuchPasskey()
}

/** The caller has had the person prove himself. */
export async function removePasskey(platform: Platform, accountId: string, passkeyId: string): Promise<void> {
  await platform.database.transaction(async () => {
    const { numDeletedRows } = await platform.database
      .db<AccountTables>()
      .deleteFrom('passkey')
      .where('id', '=', passkeyId)
      .where('person_id', '=', accountId)
      .executeTakeFirst()
    if (numDeletedRows === 0n) throw noSuchPasskey()
    if (await mustKeepAFactor(platform, accountId)) throw secondFactorRequired()
    await credentialChanged(platform, 'passkey.removed', { accountId, passkeyId })
  })
}

const passkeysOf = (platform: Platform, accountId: string) =>
  platform.database
    .db<AccountTables>()
    .selectFrom('passkey')
    .selectAll()
    .where('person_id', '=', accountId)
    .orderBy('id')
    .execute()

/** Loaded when first wanted: it brings parsers for certificates along. */
const library = () => import('@simplewebauthn/server')

type Purpose = 'passkey-add' | 'passkey-use'

/** A one-time token as the bytes to be signed; it remembers whom it was made for and on which origin's page. */
async function newChallenge(platform: Platform, purpose: Purpose, who: string, origin: string): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(Buffer.from(await issueToken(platform, purpose, `${who} ${origin}`), 'base64url'))
}

/** What the answer's challenge remembers; null where nobody made it, it was used before, or it has expired. */
async function redeemChallenge(platform: Platform, purpose: Purpose, answer: PasskeyAnswer) {
  const challenge = challengeIn(answer)
  const subject = challenge && (await redeemToken(platform, purpose, challenge))
  const [who, origin] = subject?.split(' ') ?? []
  return who && origin ? { who, origin } : null
}

function challengeIn({ response }: PasskeyAnswer): string | null {
  try {
    const { challenge } = JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString('utf8'))
    return typeof challenge === 'string' && challenge.length <= 100 ? challenge : null
  } catch {
    return null
  }
}

const present = (row: Pick<AccountTables['passkey'], 'id' | 'name' | 'synced' | 'created_at' | 'used_at'>): PasskeyView => ({
  id: row.id,
  name: row.name,
  synced: row.synced,
  createdAt: row.created_at.toISOString(),
  usedAt: row.used_at?.toISOString() ?? null,
})

const noSuchPasskey = () => notFound({ 'zh-CN': '通行密钥', en: 'passkey' })
