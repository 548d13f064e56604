import { createHash, randomBytes } from 'node:crypto'
import { type Account, conflict, type Platform } from '#platform/server'
import { claimCodeBytes, type DeviceRole, type IssuedClaimCode, writeClaimCode } from '../../core/index.ts'
import { lockDevice } from '../holdings/hand-over.ts'
import { ownerAmong } from '../holdings/read-holdings.ts'
import { noSuchDevice } from '../read-devices.ts'
import type { DeviceTables } from '../tables.ts'
import { tellOfDevice } from '../tell.ts'

/** How long a code holds that one company gives another. */
const codeDays = 14
/** Of one machine at a time. */
const mostCodes = 20

/** A plain hash is enough: a code has 128 random bits, which nobody tries through. plain: as `plainClaimCode` writes it */
export const codeDigest = (plain: string): string => createHash('sha256').update(plain).digest('hex')

/** A new code for the label of a machine without an owner. 409 where it has one: he hands it over himself, or staff transfer it. */
export async function issueClaimCode(platform: Platform, account: Account, deviceId: string): Promise<IssuedClaimCode> {
  const { database } = platform
  return database.transaction(async () => {
    const { holdings } = await lockDevice(platform, deviceId)
    if (ownerAmong(holdings)) throw owned()
    await endCodes(platform, { deviceId })
    return insertCode(platform, account, { deviceId, role: 'owner', companyId: null })
  })
}

/** A code with which another company takes on a role towards a machine of this one. 404 for whoever does not own it. */
export async function issueCodeOfOwner(
  platform: Platform,
  account: Account,
  { deviceId, companyId, role }: { deviceId: string; companyId: string; role: DeviceRole },
): Promise<IssuedClaimCode> {
  const { database } = platform
  return database.transaction(async () => {
    const { holdings } = await lockDevice(platform, deviceId)
    if (ownerAmong(holdings)?.companyId !== companyId) throw noSuchDevice()
    if ((await openCodes(platform, deviceId)).length >= mostCodes) throw codesFull()
    return insertCode(platform, account, { deviceId, role, companyId })
  })
}

/** Codes of a machine that wait to be used, newest first. */
export const openCodes = ({ database, now }: Platform, deviceId: string) =>
  database
    .db<DeviceTables>()
    .selectFrom('device_code')
    .select(['id', 'role', 'company_id', 'issued_at', 'expires_at'])
    .where('device_id', '=', deviceId)
    .where('ended_at', 'is', null)
    .where(({ or, eb }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', now())]))
    .orderBy('id', 'desc')
    .execute()

/** Lets codes hold no more, in the ambient transaction: one, or all of a machine. Answers how many did. */
export async function endCodes({ database, now }: Platform, which: { deviceId: string; codeId?: string }): Promise<number> {
  let query = database
    .db<DeviceTables>()
    .updateTable('device_code')
    .set({ ended_at: now() })
    .where('device_id', '=', which.deviceId)
    .where('ended_at', 'is', null)
  if (which.codeId) query = query.where('id', '=', which.codeId)
  const { numUpdatedRows } = await query.executeTakeFirst()
  return Number(numUpdatedRows)
}

/** by null: staff, who withdraw the code on the label; else the company that owns the machine. */
export async function withdrawCode(
  platform: Platform,
  { deviceId, codeId, by }: { deviceId: string; codeId?: string; by: string | null },
): Promise<void> {
  await platform.database.transaction(async () => {
    const { holdings } = await lockDevice(platform, deviceId)
    const owner = ownerAmong(holdings)
    if (by !== null && owner?.companyId !== by) throw noSuchDevice()
    // what an owner gave away is his to withdraw
    if (by === null && owner) return
    if ((await endCodes(platform, { deviceId, ...(codeId ? { codeId } : {}) })) === 0) return
    await platform.audit.write({ action: 'device.code-withdrawn', target: { kind: 'device', id: deviceId } })
    await tellOfDevice(platform, deviceId)
  })
}

async function insertCode(
  platform: Platform,
  account: Account,
  { deviceId, role, companyId }: { deviceId: string; role: DeviceRole; companyId: string | null },
): Promise<IssuedClaimCode> {
  const { database, config } = platform
  const code = writeClaimCode(randomBytes(claimCodeBytes))
  const issuedAt = platform.now()
  const expiresAt = companyId === null ? null : new Date(issuedAt.getTime() + codeDays * 86_400_000)
  await database
    .db<DeviceTables>()
    .insertInto('device_code')
    .values({
      ...{ id: platform.newId(), device_id: deviceId, digest: codeDigest(code.replaceAll('-', '')), role },
      ...{ company_id: companyId, issued_by: account.id, issued_at: issuedAt, expires_at: expiresAt, ended_at: null },
    })
    .execute()
  await platform.audit.write({ action: 'device.code-issued', target: { kind: 'device', id: deviceId }, after: { role } })
  await tellOfDevice(platform, deviceId)
  return { code, address: claimAddress(config.publicUrl, code), expiresAt: expiresAt?.toISOString() ?? null }
}

/** What the QR code on a label says. */
export const claimAddress = (publicUrl: string, code: string): string => new URL(`/claim/${code}`, publicUrl).href

const owned = () =>
  conflict(
    'device-owned',
    { 'zh-CN': '这台机器已有所有者，不能再认领。', en: 'This machine has an owner, so nobody can claim it.' },
    {
      'zh-CN': '请由所有者转让，或在此转移。',
      en: 'Let its owner hand it over, or transfer it here.',
    },
  )

const codesFull = () =>
  conflict(
    'codes-full',
    { 'zh-CN': `这台机器已有 ${mostCodes} 个未使用的码。`, en: `There are ${mostCodes} unused codes of this machine.` },
    { 'zh-CN': '请先撤回其中一些。', en: 'Withdraw some of them first.' },
  )
