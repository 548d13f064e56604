import { writeXlsx } from 'hucre/xlsx'
import { createDevice } from '#features/devices/core'
import { checkDeviceList } from '#features/provisioning/core'
import type { World } from '../two-companies.ts'
import { type Call, none } from './call.ts'

export const provisioningCalls: Record<string, Call> = {
  'provisioning.getListTemplate': none,
  'provisioning.checkDeviceList': { call: async () => ({ file: await aList() }) },
  'provisioning.registerDeviceList': { call: newList },
  'provisioning.listDeviceLists': none,
  'provisioning.getDeviceList': { call: async world => ({ params: await registered(world) }) },
  'provisioning.handOutDeviceList': {
    call: async world => ({ params: await registered(world), body: { signIn: 'token', language: 'en' } }),
  },
}

const aList = async () => {
  const rows = [
    ['Serial number', 'Model'],
    [crypto.randomUUID(), 'VM-850'],
  ]
  return new Uint8Array(await writeXlsx({ sheets: [{ name: 'Machines', rows }] }))
}

async function newList(world: World) {
  const file = await aList()
  const body = { name: 'machines.xlsx', content: new Blob([file]) }
  const { checked } = await (await world.api('service')).call(checkDeviceList, { body })
  return { file, query: { checked } }
}

/** A list that was registered, as its rows: reading a workbook for each visitor would take long. */
async function registered({ api, database, platform, own }: World): Promise<{ listId: string }> {
  const { id } = await (await api('service')).call(createDevice, { body: { serial: crypto.randomUUID(), model: 'VM-850' } })
  const listId = platform.newId()
  await database.pool.query(
    `with list as (insert into device_list (id, file_name, sha256, registered_at, registered_by)
      values ($1, 'machines.xlsx', '', now(), $2) returning id)
    insert into device_list_member (list_id, device_id, place) select id, $3, 0 from list`,
    [listId, own.admin.id, id],
  )
  return { listId }
}
