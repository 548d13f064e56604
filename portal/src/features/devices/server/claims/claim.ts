import { companyNames } from '#features/accounts/server'
import { notFound, type Platform } from '#platform/server'
import { type DeviceRole, type OfferedDevice, plainClaimCode } from '../../core/index.ts'
import { handOver, lockDevice, type SpokenUntil } from '../holdings/hand-over.ts'
import { isNow, type KeptHolding, ownerAmong, readHoldings } from '../holdings/read-holdings.ts'
import { beginRole } from '../holdings/roles.ts'
import { platesOf } from '../read-devices.ts'
import type { DeviceTables } from '../tables.ts'
import { tellOfDevice } from '../tell.ts'
import { codeDigest, endCodes } from './codes.ts'

/** One answer for codes that were used, withdrawn, are too old, belong to a machine that has an owner, or were guessed. */
const noSuchCode = () => notFound({ 'zh-CN': '可用的认领码', en: 'code that can be used' })

/** What a code is for, for somebody of a company. */
export async function readClaim(platform: Platform, companyId: string, code: string): Promise<OfferedDevice> {
  const { database } = platform
  const row = await findCode(platform, code)
  const holdings = await readHoldings(database, [row.device_id])
  const standing = standingOf(platform, row, holdings, companyId)
  const [device] = await platesOf(platform, [row.device_id])
  const { serial, model, typeCode, deliveredOn, type } = device!
  const from = row.company_id && (await companyNames(database, [row.company_id])).get(row.company_id)
  return {
    ...{ serial, model, typeCode, deliveredOn, role: row.role },
    type: type?.name ?? null,
    from: from ?? null,
    own: standing === 'own' ? row.device_id : null,
  }
}

/** Takes on what a code is for; whoever has it already goes to his machine. Answers the machine. */
export async function claimDevice(
  platform: Platform,
  spokenUntil: SpokenUntil,
  { companyId, code }: { companyId: string; code: string },
): Promise<{ deviceId: string }> {
  return platform.database.transaction(async () => {
    const deviceId = (await findCode(platform, code)).device_id
    const device = await lockDevice(platform, deviceId)
    const row = await findCode(platform, code) // once more, now that nobody else can use it
    if (standingOf(platform, row, device.holdings, companyId) === 'own') return { deviceId }
    if (row.role === 'owner')
      await handOver(platform, spokenUntil, device, { to: companyId, how: row.company_id ? 'code' : 'label' })
    else {
      await beginRole(platform, deviceId, companyId, row.role)
      await endCodes(platform, { deviceId, codeId: row.id })
    }
    await platform.audit.write({
      action: 'device.claimed',
      target: { kind: 'device', id: deviceId },
      after: { companyId, role: row.role },
    })
    await tellOfDevice(platform, deviceId)
    return { deviceId }
  })
}

interface CodeRow {
  id: string
  device_id: string
  role: DeviceRole
  company_id: string | null
  expires_at: Date | null
  ended_at: Date | null
}

async function findCode({ database }: Platform, code: string): Promise<CodeRow> {
  const plain = plainClaimCode(code)
  const row =
    plain &&
    (await database
      .db<DeviceTables>()
      .selectFrom('device_code')
      .select(['id', 'device_id', 'role', 'company_id', 'expires_at', 'ended_at'])
      .where('digest', '=', codeDigest(plain))
      .executeTakeFirst())
  if (!row) throw noSuchCode()
  return row
}

/** open: it can be used. own: the company has the role already, by this code or otherwise. Throws where it is neither. */
function standingOf(
  { now }: Platform,
  { role, company_id, expires_at, ended_at }: CodeRow,
  holdings: readonly KeptHolding[],
  companyId: string,
): 'open' | 'own' {
  const held = holdings.some(one => isNow(one) && one.companyId === companyId && (one.role === role || one.role === 'owner'))
  if (held) return 'own'
  const holds = ended_at === null && (expires_at === null || expires_at > now())
  // only who owns it hands it over; only what nobody owns is claimed by its label
  if (!holds || (ownerAmong(holdings)?.companyId ?? null) !== company_id) throw noSuchCode()
  return 'open'
}
