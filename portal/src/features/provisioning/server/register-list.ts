import { sql } from 'kysely'
import { plainKey } from '#features/devices/core'
import { type NewDevice, writeDevices } from '#features/devices/server'
import { type IncomingFile, safeFileName } from '#platform/core'
import type { Account, Platform } from '#platform/server'
import type { DeviceListDetail } from '../core/index.ts'
import type { JudgedMachine } from '../core/judge-list.ts'
import { type JudgedList, judgeNow, readListFile } from './check-list.ts'
import { listChanged, listEmpty, listWrong } from './problems.ts'
import { getList } from './read-lists.ts'
import type { ProvisioningTables } from './tables.ts'

/**
 * Registers the machines of a list, all of them or none; what was shown in the check is what is written. The same file sent again, whose answer
 * was lost, answers the list it has made. Throws file-refused, device-list-wrong, device-list-changed, device-list-empty.
 */
export async function registerList(
  platform: Platform,
  account: Account,
  file: IncomingFile,
  checked: string,
): Promise<DeviceListDetail> {
  const name = safeFileName(file.name, /\.csv$/i.test(file.name) ? 'csv' : 'xlsx')
  const read = await readListFile(platform, file)
  return platform.database.transaction(async () => {
    await sql`select pg_advisory_xact_lock(hashtext('fettle-device-list'))`.execute(platform.database.db())
    const list = await judgeNow(platform, read)
    const fresh = list.machines.filter(({ verdict }) => verdict === 'new')
    if (fresh.length === 0) {
      const before = await listOfFile(platform, list)
      if (before) return getList(platform, before)
    }
    const errors = countErrors(list)
    if (errors > 0) throw listWrong(errors)
    if (list.checked !== checked) throw listChanged()
    if (fresh.length === 0) throw listEmpty()
    return getList(platform, await write(platform, account, { name, sha256: list.sha256, machines: fresh }))
  })
}

const countErrors = ({ findings, machines }: JudgedList): number =>
  [...findings, ...machines.flatMap(one => one.findings)].filter(({ level }) => level === 'error').length

async function listOfFile({ database }: Platform, { sha256 }: JudgedList): Promise<string | undefined> {
  const row = await database
    .db<ProvisioningTables>()
    .selectFrom('device_list')
    .select('id')
    .where('sha256', '=', sha256)
    .orderBy('registered_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

async function write(
  platform: Platform,
  account: Account,
  { name, sha256, machines }: { name: string; sha256: string; machines: readonly JudgedMachine[] },
): Promise<string> {
  const db = platform.database.db<ProvisioningTables>()
  const id = platform.newId()
  const devices = machines.map(
    ({ row: { values }, typeId, companyId, configurationToken }): NewDevice => ({
      ...{ id: platform.newId(), serial: values.serial!, model: values.model!, typeId, companyId, configurationToken },
      ...{ serialKey: plainKey(values.serial!), modelKey: plainKey(values.model!) },
      ...{ typeCode: values.typeCode ?? null, orderNumber: values.orderNumber ?? null, site: values.site ?? null },
      ...{ deliveredOn: values.deliveredOn ?? null, warrantyUntil: values.warrantyUntil ?? null },
      builtYear: values.builtYear ? Number(values.builtYear) : null,
      // its columns have the names of the fields
      identification: values,
    }),
  )
  await writeDevices(platform, devices, null)
  await db
    .insertInto('device_list')
    .values({
      ...{ id, file_name: name, sha256, registered_at: platform.now(), registered_by: account.id },
      ...{ handed_out_at: null, handed_out_by: null },
    })
    .execute()
  for (let at = 0; at < devices.length; at += 1000)
    await db
      .insertInto('device_list_member')
      .values(
        devices
          .slice(at, at + 1000)
          .map((device, n) => ({ list_id: id, device_id: device.id, place: at + n, credential_id: null })),
      )
      .execute()
  await platform.audit.write({
    action: 'device-list.registered',
    target: { kind: 'device-list', id },
    facts: { fileName: name, sha256, machines: devices.length },
  })
  await platform.live.publish('devices', id)
  return id
}
