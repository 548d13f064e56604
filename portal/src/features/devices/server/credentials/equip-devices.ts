import { randomBytes, X509Certificate } from 'node:crypto'
import { sql } from 'kysely'
import type { Account, Platform } from '#platform/server'
import { claimCodeBytes, writeClaimCode } from '../../core/index.ts'
import { timeOf } from '../authorities/issue-certificate.ts'
import { listAddress, ownAuthority } from '../authorities/own-authority.ts'
import { certifyNewKey } from '../authorities/sign-certificates.ts'
import { claimAddress, codeDigest } from '../claims/codes.ts'
import { ownerAmong, readHoldings } from '../holdings/read-holdings.ts'
import type { DeviceTables } from '../tables.ts'
import { tellOfCredentials, tellOfDevice } from '../tell.ts'
import { newToken, plainFingerprint, tokenDigest } from './add-credential.ts'

interface WantedEquipment {
  /** what credentials are called */
  label: string
  /** by what the machines sign in; null: they get nothing to sign in with */
  signIn: { kind: 'token' } | { kind: 'certificate'; months: number } | null
}

export interface Equipment {
  deviceId: string
  /** null: somebody owns it already */
  claim: { code: string; address: string } | null
  credential:
    | { id: string; kind: 'token'; token: string }
    /** in PEM */
    | { id: string; kind: 'certificate'; certificate: string; key: string; authority: string }
    /** it signs in by what it was given before, which stays */
    | { id: string; kind: 'kept' }
    | null
}

/**
 * Gives machines what they are claimed by and sign in by, all of it shown this once. What was given before, `former`, and was never used holds
 * no more, nor does a code on an earlier label. Machines that are gone are left out. At most some dozens: the machines are held meanwhile.
 * Whoever calls writes it down in the audit log. In the ambient transaction.
 */
export async function equipDevices(
  platform: Platform,
  account: Account,
  machines: readonly { deviceId: string; former: string | null }[],
  { label, signIn }: WantedEquipment,
): Promise<Equipment[]> {
  const { database } = platform
  const there = await held(
    platform,
    machines.map(({ deviceId }) => deviceId),
  )
  const holdings = Map.groupBy(await readHoldings(database, [...there]), ({ deviceId }) => deviceId)
  const free = [...there].filter(id => !ownerAmong(holdings.get(id) ?? []))
  const claims = await newCodes(platform, account, free)
  const given = machines.filter(({ deviceId }) => there.has(deviceId))
  const kept = signIn ? await endUnused(platform, given) : new Set<string>()
  const needy = signIn ? given.filter(({ former }) => former === null || !kept.has(former)) : []
  const ids = needy.map(({ deviceId }) => deviceId)
  const made = signIn?.kind === 'certificate' ? await certified(platform, ids, signIn.months) : ids.map(newTokenOf)
  const credentials = await keep(platform, account, label, made)
  for (const id of there) await tellOfDevice(platform, id)
  return given.map(({ deviceId, former }) => ({
    deviceId,
    claim: claims.get(deviceId) ?? null,
    credential: credentials.get(deviceId) ?? (former !== null && kept.has(former) ? { id: former, kind: 'kept' } : null),
  }))
}

/** Those that are there, held until the transaction ends. */
async function held({ database }: Platform, ids: readonly string[]): Promise<Set<string>> {
  const rows = await database
    .db<DeviceTables>()
    .selectFrom('device')
    .select('id')
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Set(rows.map(({ id }) => id))
}

async function newCodes(
  { database, config, now, newId }: Platform,
  account: Account,
  ids: readonly string[],
): Promise<Map<string, { code: string; address: string }>> {
  if (ids.length === 0) return new Map()
  const db = database.db<DeviceTables>()
  const at = now()
  await db
    .updateTable('device_code')
    .set({ ended_at: at })
    .where(sql<boolean>`device_id = any(${ids}::uuid[])`)
    .where('ended_at', 'is', null)
    .execute()
  const codes = ids.map(id => [id, writeClaimCode(randomBytes(claimCodeBytes))] as const)
  await db
    .insertInto('device_code')
    .values(
      codes.map(([device_id, code]) => ({
        ...{ id: newId(), device_id, digest: codeDigest(code.replaceAll('-', '')), role: 'owner' as const, company_id: null },
        ...{ issued_by: account.id, issued_at: at, expires_at: null, ended_at: null },
      })),
    )
    .execute()
  return new Map(codes.map(([id, code]) => [id, { code, address: claimAddress(config.publicUrl, code) }]))
}

/** Lets what was given before hold no more, unless a machine has signed in by it: answers those that stay. */
async function endUnused(
  platform: Platform,
  machines: readonly { deviceId: string; former: string | null }[],
): Promise<Set<string>> {
  const former = machines.flatMap(one => one.former ?? [])
  if (former.length === 0) return new Set()
  const db = platform.database.db<DeviceTables>()
  const rows = await db
    .selectFrom('device_credential')
    .select(['id', 'device_id', 'last_used_at'])
    .where('id', 'in', former)
    .where('revoked_at', 'is', null)
    .where(({ or, eb }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', platform.now())]))
    .forUpdate()
    .execute()
  for (const { id, device_id } of rows.filter(({ last_used_at }) => last_used_at === null)) {
    await db.updateTable('device_credential').set({ revoked_at: platform.now() }).where('id', '=', id).execute()
    await platform.record('device.credential-revoked', { deviceId: device_id, credentialId: id })
    await tellOfCredentials(platform, device_id)
  }
  return new Set(rows.flatMap(({ id, last_used_at }) => (last_used_at === null ? [] : [id])))
}

/** What a machine is to sign in by, before it is written down. */
interface Made {
  deviceId: string
  shown: { kind: 'token'; token: string } | { kind: 'certificate'; certificate: string; key: string; authority: string }
  kept: {
    digest: string
    expires_at: Date | null
    authority_id?: string
    serial?: string
    certificate?: string
  }
}

function newTokenOf(deviceId: string): Made {
  const token = newToken()
  return { deviceId, shown: { kind: 'token', token }, kept: { digest: tokenDigest(token), expires_at: null } }
}

async function certified(platform: Platform, ids: readonly string[], months: number): Promise<Made[]> {
  const authority = await ownAuthority(platform)
  const made: Made[] = []
  for (const deviceId of ids) {
    const wanted = { deviceId, ...timeOf(platform, months), listAddress: listAddress(platform, authority.id) }
    const { certificate, serial, key } = await certifyNewKey(authority, wanted)
    const { fingerprint256, validToDate } = new X509Certificate(certificate)
    made.push({
      deviceId,
      shown: { kind: 'certificate', certificate, key, authority: authority.certificate },
      kept: {
        ...{ digest: plainFingerprint(fingerprint256)!, expires_at: validToDate },
        ...{ authority_id: authority.id, serial, certificate },
      },
    })
  }
  return made
}

async function keep(
  { database, now, newId }: Platform,
  account: Account,
  label: string,
  made: readonly Made[],
): Promise<Map<string, { id: string } & Made['shown']>> {
  const rows = made.map(({ deviceId, shown, kept }) => ({
    ...{ id: newId(), device_id: deviceId, kind: shown.kind, label, company_id: null, created_by: account.id },
    ...{ created_at: now(), revoked_at: null, last_used_at: null, ...kept },
  }))
  if (rows.length > 0) await database.db<DeviceTables>().insertInto('device_credential').values(rows).execute()
  return new Map(made.map(({ deviceId, shown }, at) => [deviceId, { id: rows[at]!.id, ...shown }]))
}
