import type { World } from '../two-companies.ts'
import type { Call } from './call.ts'

export const devicesCalls: Record<string, Call> = {
  'devices.listDevicesOf': { call: ({ own }) => ({ params: { companyId: own.id } }) },
  'devices.listMyDevices': {
    call: async world => {
      await newDevice(world)
      return { query: { limit: 100 } }
    },
    shows: ({ items }, { id }) => items.some((item: { serial: string }) => item.serial === id),
  },
}

/** A machine of the company; its serial number is the company's id. */
async function newDevice({ database, platform, own }: World): Promise<void> {
  const { rows } = await database.pool.query(
    `insert into device (id, serial, serial_key, model, model_key, created_at) values ($1, $2, $2, 'VM', 'VM', now())
    on conflict do nothing returning id`,
    [platform.newId(), own.id],
  )
  if (rows[0])
    await database.pool.query(`insert into device_ownership (id, device_id, company_id, role) values ($1, $2, $3, 'owner')`, [
      platform.newId(),
      rows[0].id,
      own.id,
    ])
}
